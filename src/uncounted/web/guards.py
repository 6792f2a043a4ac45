"""What stands between the pages and anybody who is not their reader."""

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


def may_write(headers: Mapping[str, str]) -> bool:
    """Whether a request that changes something comes from our own pages (OWASP ASVS 5.0, 3.5).

    A browser says where a request comes from in ``Sec-Fetch-Site``; one too old to say so sends ``Origin``, which must
    be the host that it speaks to. Without either the request is refused.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin, host = headers.get("origin"), headers.get("host")
    return bool(host) and origin == f"http://{host}"


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
            if not length.isdigit() or int(length) > LARGEST_FORM:
                refusal = PlainTextResponse("Refused: a form of the review desk states its length and is small.", 413)
                return await refusal(scope, receive, send)
        await self.app(scope, receive, send)


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
                    headers[name] = value
                if not scope["path"].startswith(("/static/", "/style/")):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)
