"""Tokens with which a team's programs read a case: a name, a role and an end; of the secret its digest alone is kept.

They lie in ``tokens.json`` beside the accounts, readable by the case's owner alone and never in the ledger.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable

import msgspec

from uncounted.case.case import Case
from uncounted.case.people import write_private
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.roles import ROLES, Role

TOKENS = "tokens.json"


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A token as it is kept; ``until`` is the last day on which it is good (UTC), ``None`` for no end."""

    name: str
    role: Role
    by: str
    digest: str
    until: dt.date | None = None


class Tokens:
    """The tokens of a case. ``today`` gives the day in UTC."""

    def __init__(self, case: Case, today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date()) -> None:
        self.case, self._today = case, today
        self.path = case.folder / TOKENS

    def all(self) -> tuple[Token, ...]:
        """Every token that was not revoked, in order of names."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=tuple[Token, ...])
        except FileNotFoundError:
            return ()

    def make(self, name: str, role: Role, by: str, until: dt.date | None = None) -> str:
        """Make a token and return its secret, which is shown this once; ``by`` must be a lead."""
        self._lead(by)
        if not name.strip() or len(name) > 100 or not name.isprintable():
            raise BadInput("the token's name", "it is 1 to 100 letters on one line", "Choose another.")
        if role not in ROLES:
            raise BadInput(f"the role {role}", "there is no such role", f"Use one of {', '.join(ROLES)}.")
        if until is not None and until < self._today():
            raise BadInput("the token's end", f"{until} is past", "Give a later day, or none.")
        secret = secrets.token_urlsafe(32)
        made = Token(name=name, role=role, by=by, digest=_digest(secret), until=until)
        with self.case.writing("keep a token"):
            held = self.all()
            if any(one.name == name for one in held):
                raise Refused(f"the token {name}", "there is one of that name", "Revoke it, or choose another name.")
            self._write((*held, made))
        return secret

    def revoke(self, name: str, by: str) -> None:
        """Let a token be good for nothing from now on; ``by`` must be a lead."""
        self._lead(by)
        with self.case.writing("revoke a token"):
            held = self.all()
            kept = tuple(one for one in held if one.name != name)
            if kept == held:
                raise NotFound(f"the token {name}", "there is none of that name", "List the tokens there are.")
            self._write(kept)

    def of(self, secret: str) -> Token | None:
        """The token of a secret; ``None`` when it is wrong, was revoked or has ended."""
        given = _digest(secret)
        found = [one for one in self.all() if secrets.compare_digest(one.digest, given)]
        return next((one for one in found if one.until is None or self._today() <= one.until), None)

    def _lead(self, by: str) -> None:
        if "lead" not in self.case.views.roles().get(by, frozenset()):
            raise Refused("a token", "a lead of the case makes and revokes them", "Ask a lead.")

    def _write(self, tokens: tuple[Token, ...]) -> None:
        write_private(self.path, msgspec.to_builtins(tuple(sorted(tokens, key=lambda one: one.name))))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
