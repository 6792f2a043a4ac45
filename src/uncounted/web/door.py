"""Who sits at the desk: sign-in with a password, or, while the case is one person's, with a one-time address.

Sessions live in the server's memory alone and end with it; a seized disk surrenders none.
"""

import hashlib
import secrets
import time
from collections.abc import Callable

import msgspec
from starlette.requests import HTTPConnection
from starlette.responses import Response

from uncounted.case.people import People
from uncounted.case.tokens import Tokens
from uncounted.model.errors import Refused
from uncounted.model.roles import EVERYBODY, Role

COOKIE = "uncounted-session"
IDLE, WHOLE = 30 * 60.0, 12 * 3600.0
"""Seconds after which a session ends: unused, and in all (OWASP ASVS 5.0, 7.3)."""
UNTOUCHED = frozenset({"/inbox.json"})
"""What a page asks for by itself: it tells nothing of somebody who sits there."""
FREE_TRIES, LONGEST_WAIT = 5, 900.0
"""Wrong passwords for one name before each further one waits, twice as long each time, up to so many seconds."""


class Seat(msgspec.Struct, frozen=True):
    """A person at the desk and what they may be."""

    name: str
    roles: frozenset[Role]


class _Session(msgspec.Struct):
    name: str
    begun: float
    used: float


class Door:
    """Seats people. ``alone`` is whose case it is while nobody has an account; ``say`` is told each new ticket.

    Who leaves the desk for ``idle`` seconds must come in again.
    """

    def __init__(
        self,
        people: People,
        alone: str,
        say: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
        idle: float = IDLE,
    ) -> None:
        self.people, self.alone, self._say, self._clock = people, alone, say, clock
        self.idle = idle
        self.tokens = Tokens(people.case)
        self._sessions: dict[str, _Session] = {}
        self._wrong: dict[str, tuple[int, float]] = {}
        self.ticket = secrets.token_urlsafe(18)

    def seat(self, request: HTTPConnection) -> Seat | None:
        """The person whose session a request belongs to; roles are looked up anew each time."""
        session = self._sessions.get(_digest(request.cookies.get(COOKIE, "")))
        now = self._clock()
        if session is None or now - session.used > self.idle or now - session.begun > WHOLE:
            return None
        if request.url.path not in UNTOUCHED:
            session.used = now
        if not self.people.any():
            return Seat(session.name, EVERYBODY) if session.name == self.alone else None
        return Seat(session.name, self.people.roles(session.name))

    def bearer(self, secret: str) -> Seat | None:
        """The seat of a token, looked up anew each time; ``None`` when it is wrong, was revoked or has ended."""
        token = self.tokens.of(secret)
        return Seat(f"token {token.name}", frozenset([token.role])) if token else None

    def enter(self, ticket: str) -> str | None:
        """Use the one-time address; returns a session's secret, ``None`` when the ticket is none (any more)."""
        if self.people.any() or not secrets.compare_digest(ticket.encode(), self.ticket.encode()):
            return None
        self.ticket = secrets.token_urlsafe(18)
        self._say(self.ticket)
        return self.open(self.alone)

    def sign_in(self, name: str, password: str) -> str | None:
        """A session's secret for name and password; ``None`` when they are wrong, ``Refused`` while too many were."""
        wrong, until = self._wrong.get(name, (0, 0.0))
        if until > self._clock():
            raise Refused("signing in", "too many wrong passwords were given for this name", "Wait, then try again.")
        if self.people.check(name, password):
            self._wrong.pop(name, None)
            return self.open(name)
        wait = min(LONGEST_WAIT, 2.0 ** (wrong + 1 - FREE_TRIES)) if wrong + 1 >= FREE_TRIES else 0.0
        if len(self._wrong) > 10_000:
            self._wrong.clear()
        self._wrong[name] = (wrong + 1, self._clock() + wait)
        return None

    def open(self, name: str) -> str:
        """Begin a session."""
        now = self._clock()
        self._sessions = {
            key: s for key, s in self._sessions.items() if now - s.used <= self.idle and now - s.begun <= WHOLE
        }
        secret = secrets.token_urlsafe(32)
        self._sessions[_digest(secret)] = _Session(name, now, now)
        return secret

    def close(self, request: HTTPConnection) -> None:
        """End the session of a request."""
        self._sessions.pop(_digest(request.cookies.get(COOKIE, "")), None)

    def close_all(self, name: str) -> None:
        """End all sessions of a person, as after a new password."""
        self._sessions = {key: session for key, session in self._sessions.items() if session.name != name}


def remember(response: Response, secret: str, *, safe: bool) -> None:
    """Keep a session's secret in the browser until it closes; ``safe`` where the browser came over TLS."""
    response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=safe)


def forget(response: Response) -> None:
    """Take the secret out of the browser."""
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def local(path: str) -> str:
    """A path on this server to go on to; anything else is the first page."""
    return path if path.startswith("/") and not path.startswith("//") and "\\" not in path else "/"
