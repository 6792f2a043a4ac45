"""What stands between the pages and anybody who is not let in."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from uncounted.model.roles import Role
from uncounted.web.door import Door
from uncounted.web.rights import ANYONE, needed

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LARGEST_FORM = 1_000_000
"""Bytes of the largest form that is read."""
LARGEST_UPLOAD = 200_000_000
"""Bytes of the largest form of the inbox, files and all."""


def may_write(headers: Mapping[str, str]) -> bool:
    """Whether a request that changes something comes from our own pages (OWASP ASVS 5.0, 3.5).

    A browser says where a request comes from in ``Sec-Fetch-Site``; one too old to say so sends ``Origin``, which must
    be the host that it speaks to. Without either the request is refused.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin, host = headers.get("origin"), headers.get("host")
    return bool(host) and origin in (f"http://{host}", f"https://{host}")


class OwnPagesWrite:
    """Refuses writes that do not come from our own pages, and forms too large to be ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403 or 413."""
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            headers = Headers(scope=scope)
            if not may_write(headers):
                refusal = PlainTextResponse("Refused: this request does not come from the review desk itself.", 403)
                return await refusal(scope, receive, send)
            length = headers.get("content-length", "")
            most = LARGEST_UPLOAD if scope["path"] == "/inbox" else LARGEST_FORM
            if not (length.isascii() and length.isdigit()) or int(length) > most:
                refusal = PlainTextResponse("Refused: a form of the review desk states its length and is small.", 413)
                return await refusal(scope, receive, send)
        await self.app(scope, receive, send)


class Admission:
    """Lets a request through when the table of rights says so for the person who sends it; else it is refused."""

    def __init__(self, app: ASGIApp, door: Door, refuse: Callable[[Request], Response]) -> None:
        self.app, self.door, self.refuse = app, door, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the person's seat in the scope, send to the sign-in, or refuse."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        wanted = needed(scope["method"], scope["path"])
        said = Headers(scope=scope).get("authorization")
        if said is not None:
            return await self._by_token(said, wanted)(scope, receive, send)
        seat = self.door.seat(HTTPConnection(scope))
        scope["seat"] = seat
        if wanted is ANYONE or (wanted is not None and seat is not None and wanted & seat.roles):
            return await self.app(scope, receive, send)
        request = Request(scope, receive)
        if seat is None:
            await _sign_in_first(request)(scope, receive, send)
        else:
            await self.refuse(request)(scope, receive, send)
        return None

    def _by_token(self, said: str, wanted: frozenset[Role] | None) -> ASGIApp:
        """What answers a request with a token: it reads the views' JSON alone, under the rights of its role."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            scheme, _, secret = said.partition(" ")
            seat = self.door.bearer(secret.strip()) if scheme.lower() == "bearer" else None
            scope["seat"] = seat
            if seat is None:
                fault = {"thing": "the token", "rule": "it is wrong, was revoked or has ended", "remedy": "Ask a lead."}
                headers = {"WWW-Authenticate": "Bearer"}
                return await JSONResponse(fault, 401, headers)(scope, receive, send)
            reads = scope["method"] in ("GET", "HEAD") and scope["path"].endswith(".json")
            if reads and wanted is not None and wanted is not ANYONE and wanted & seat.roles:
                return await self.app(scope, receive, send)
            rule = "the token's role does not let it see this" if reads else "a token reads addresses in .json alone"
            fault = {"thing": scope["path"], "rule": rule, "remedy": ""}
            return await JSONResponse(fault, 403)(scope, receive, send)

        return answer


def _sign_in_first(request: Request) -> Response:
    path = request.url.path
    if request.method in ("GET", "HEAD") and not path.endswith((".json", ".csv")):
        onward = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(onward)}", 303)
    return JSONResponse({"thing": path, "rule": "somebody must be signed in", "remedy": "Sign in."}, 401)


class SafeHeaders:
    """Adds the security headers to every answer; pages are never cached, for they show a case."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the headers added."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    if name != "Content-Security-Policy" or name not in headers:
                        headers[name] = value
                if not scope["path"].startswith(("/static/", "/style/")):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
