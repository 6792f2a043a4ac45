"""One request and its answer, as a browser made them."""

import msgspec

Headers = tuple[tuple[str, str], ...]


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """A request and its answer. ``body`` is decoded, ``None`` where it could not be kept, for the reason in ``lost``.

    ``at`` is RFC 3339 in UTC; ``address`` the IP address that was connected to; ``version`` the HTTP version.
    """

    url: str
    method: str
    at: str
    request_headers: Headers
    posted: bytes = b""
    status: int
    status_text: str = ""
    version: str = "HTTP/1.1"
    headers: Headers
    body: bytes | None
    lost: str = ""
    address: str | None = None


def header(headers: Headers, wanted: str) -> str | None:
    """The first header of that name (lower case), ``None`` when there is none."""
    return next((value for name, value in headers if name.lower() == wanted), None)
