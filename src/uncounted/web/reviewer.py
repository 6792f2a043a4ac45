"""Who sits at the desk: a name given at the server's start, or asked once and kept in a signed cookie."""

import base64
import hashlib
import hmac

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "uncounted-reviewer"
LONGEST_NAME = 100


def signed(name: str, secret: bytes) -> str:
    """A name as a cookie's value that only this server can have made."""
    said = base64.urlsafe_b64encode(name.encode()).decode()
    return f"{said}.{hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()}"


def unsigned(value: str, secret: bytes) -> str | None:
    """The name in a cookie's value, or ``None`` when this server did not sign it."""
    said, _, signature = value.partition(".")
    proper = hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(signature.encode(), proper.encode()):
        return None
    return base64.urlsafe_b64decode(said).decode()


def reviewer(request: Request) -> str | None:
    """The person at the desk, or ``None`` while they have not said their name."""
    fixed: str | None = request.app.state.reviewer
    if fixed:
        return fixed
    value = request.cookies.get(COOKIE)
    return unsigned(value, request.app.state.secret) if value else None


def remember(response: Response, name: str, secret: bytes) -> None:
    """Keep a name in the browser until it closes."""
    response.set_cookie(COOKIE, signed(name, secret), httponly=True, samesite="strict")


def local(path: str) -> str:
    """A path on this server to go on to; anything else is the first page."""
    return path if path.startswith("/") and not path.startswith("//") and "\\" not in path else "/"
