"""One page by plain HTTP(S): body, headers and every redirect, within limits of size and time."""

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import httpcore
import httpx
import msgspec

from uncounted import __version__
from uncounted.model.errors import BadInput, NotFound
from uncounted.stages.capture.address import Resolve, parse, resolve
from uncounted.stages.capture.clock import kernel_clock, server_offset
from uncounted.stages.capture.draft import Draft, finish
from uncounted.stages.capture.exchange import Headers
from uncounted.stages.capture.pinned import PinnedBackend
from uncounted.stages.capture.taken import Fault, Options, Taken

AGENT = f"uncounted/{__version__} (casualty recording; fetches single pages at a person's request)"
MOVED = frozenset({301, 302, 303, 307, 308})
AGAIN = "Try again later, or save the page as a file and add that"


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page as fetched; ``record`` is its collection record in plain JSON values."""

    url: str
    body: bytes
    content_type: str
    charset: str | None
    record: dict[str, object]
    status: int = 200

    def header(self, wanted: str) -> str | None:
        """The first header of that name (lower case), ``None`` when there is none."""
        headers = self.record["headers"]
        assert isinstance(headers, list)
        return next((str(value) for name, value in headers if name.lower() == wanted), None)


def fetch(url: str, options: Options, how: Resolve = resolve) -> Page:
    """Fetch one page, as :func:`answered`; :class:`NotFound` or :class:`BadInput` when the server has none."""
    page = answered(url, options, how)
    _usable(page.url, page.status, page.body)
    return page


def answered(url: str, options: Options, how: Resolve = resolve, asked: Headers = ()) -> Page:
    """What a server answers, whatever its status; ``asked`` are further request headers.

    Every hop is parsed and checked anew, and the address that was checked is the one connected to. No proxy, cookie or
    credential of the environment is used. Raises :class:`~uncounted.model.errors.Refused` for an address that is not on
    the open internet and :class:`BadInput` for what fails or runs over a limit.
    """
    began, over = options.clock(), time.monotonic() + options.web_seconds

    def left() -> float:
        remaining = over - time.monotonic()
        if remaining <= 0:
            raise BadInput(url, f"it took longer than {options.web_seconds:g} seconds", AGAIN)
        return remaining

    backend = PinnedBackend(how, left, allow_loopback=options.allow_loopback)
    hops: list[dict[str, object]] = []
    current = parse(url)
    with httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=backend) as pool:
        while True:
            try:
                status, headers, raw, tls = _get(pool, current, options.limit, asked)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as fault:
                raise BadInput(
                    str(current), f"it could not be fetched ({fault or type(fault).__name__})", AGAIN
                ) from fault
            place = _header(headers, "location")
            hops.append(
                {"url": str(current), "status": status, "location": place, "address": backend.addresses[-1], **tls}
            )
            if status not in MOVED or place is None:
                break
            if len(hops) > options.redirects:
                raise BadInput(url, f"it redirects more than {options.redirects} times", "Give the last address")
            try:
                current = parse(str(current.join(place)))
            except (httpx.InvalidURL, ValueError) as fault:
                raise BadInput(url, f"it redirects to no address ({fault})", AGAIN) from fault
    body = _inflate(str(current), raw, _header(headers, "content-encoding"), options.limit)
    kind, charset = _content_type(_header(headers, "content-type"))
    record: dict[str, object] = {
        "requested": url,
        "final": str(current),
        "redirects": hops[:-1],
        "status": status,
        "address": hops[-1]["address"],
        "tls": hops[-1].get("tls"),
        "certificate": hops[-1].get("certificate"),
        "headers": [[name, value] for name, value in headers],
        "content_encoding_undone": _header(headers, "content-encoding"),
        "began": began,
        "ended": options.clock(),
        "clock": {**kernel_clock(), "server_ahead_seconds": server_offset(_header(headers, "date"), began)},
        "collector": options.collector,
        "agent": AGENT,
    }
    return Page(url=str(current), body=body, content_type=kind, charset=charset, record=record, status=status)


def _get(
    pool: httpcore.ConnectionPool, url: httpx.URL, limit: int, more: Headers
) -> tuple[int, list[tuple[str, str]], bytes, dict[str, object]]:
    """Status, headers and undecoded body of one request, and how TLS was spoken."""
    asked = [("Host", url.netloc.decode("ascii")), ("User-Agent", AGENT), ("Accept", "*/*"),
             ("Accept-Encoding", "identity"), ("Connection", "close"), *more]  # fmt: skip
    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    with pool.stream("GET", target, headers=asked) as response:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers]
        declared = _header(headers, "content-length")
        if declared and declared.isdigit() and int(declared) > limit:
            raise BadInput(str(url), f"its {int(declared):,} bytes are over the limit of {limit:,}", AGAIN)
        tls = _tls(response.extensions.get("network_stream"))
        return response.status, headers, _collect(str(url), response.iter_stream(), limit), tls


def _tls(stream: object) -> dict[str, object]:
    """The version of TLS and the server's certificate (PEM), where there is one."""
    speaking = stream.get_extra_info("ssl_object") if isinstance(stream, httpcore.NetworkStream) else None
    if speaking is None:
        return {}
    certificate = speaking.getpeercert(True)
    pem = ssl.DER_cert_to_PEM_cert(certificate) if certificate else None
    return {"tls": speaking.version(), "certificate": pem}


def _collect(url: str, pieces: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit:
            raise BadInput(url, f"it sends more than the limit of {limit:,} bytes", AGAIN)
    return bytes(body)


def _inflate(url: str, raw: bytes, encoding: str | None, limit: int) -> bytes:
    """Undo a compression that the server used unasked, never beyond ``limit`` bytes."""
    if encoding is None or encoding.strip().lower() in {"", "identity"}:
        return raw
    windows = {"gzip": 31, "x-gzip": 31, "deflate": 15}
    if (bits := windows.get(encoding.strip().lower())) is None:
        raise BadInput(url, f"it is sent as {encoding}, which was not asked for", AGAIN)
    body, rest, members = b"", raw, 0
    try:
        while rest:  # gzip may come in several members, one behind the other
            members += 1
            if members > 100:
                raise BadInput(url, f"its {encoding} is in more than 100 pieces", AGAIN)
            machine = zlib.decompressobj(bits)
            body += machine.decompress(rest, limit + 1 - len(body))
            if len(body) > limit:
                raise BadInput(url, f"it unpacks to more than the limit of {limit:,} bytes", AGAIN)
            if not machine.eof:
                raise BadInput(url, f"its {encoding} ends too early", AGAIN)
            rest = machine.unused_data if bits == 31 else b""
    except zlib.error as fault:
        raise BadInput(url, f"its {encoding} is broken ({fault})", AGAIN) from fault
    return body


def _usable(url: str, status: int, body: bytes) -> None:
    if status in {404, 410}:
        raise NotFound(url, f"the server says that it is not there ({status})", "Look for it in an archive")
    if status != 200:
        raise BadInput(url, f"the server answered with status {status}", AGAIN)
    if not body.strip():
        raise BadInput(url, "the page is empty", AGAIN)


def _header(headers: list[tuple[str, str]], wanted: str) -> str | None:
    return next((value for name, value in headers if name.lower() == wanted), None)


def _content_type(value: str | None) -> tuple[str, str | None]:
    kind, _, rest = (value or "").partition(";")
    charset = next(
        (item.split("=", 1)[1] for item in rest.split(";") if item.strip().lower().startswith("charset=")), None
    )
    return kind.strip().lower(), charset.strip(" \"'") if charset else None


def from_web(url: str, options: Options, how: Resolve = resolve) -> Iterator[Taken | Fault]:
    """The report at an address, with its collection record."""
    page = fetch(url, options, how)
    draft = _draft(page, options)
    draft = msgspec.structs.replace(draft, form="url", url=page.url)
    name = unquote(httpx.URL(page.url).path).rstrip("/").rpartition("/")[2] or httpx.URL(page.url).host
    taken = finish(draft, name=name, original=page.body, options=options)
    yield msgspec.structs.replace(taken, record=page.record)


def _draft(page: Page, options: Options) -> Draft:
    """Read a page by what its server says it is, or by its first bytes."""
    kind, head = page.content_type, page.body[:1024].lstrip()
    if kind == "application/pdf" or head.startswith(b"%PDF-"):
        from uncounted.stages.capture.office import read_office

        return read_office(page.url, page.body, "pdf", options)
    if kind.endswith("wordprocessingml.document"):
        from uncounted.stages.capture.office import read_office

        return read_office(page.url, page.body, "docx", options)
    if kind in {"text/html", "application/xhtml+xml"} or (not kind and head[:1] == b"<"):
        from uncounted.stages.capture.html import read_html

        return read_html(page.url, page.body, charset=page.charset, url=page.url, given=options.encoding)
    if kind in {"text/plain", "text/markdown", ""}:
        from uncounted.stages.capture.decode import decode

        read = decode(page.url, page.body, page.charset, options.encoding)
        return Draft(form="url", extractor="text/1", text=read.text, notes=read.notes, partial=read.doubts)
    raise BadInput(page.url, f"its server sends {kind}, which is no form that is read", "Save it and add the file")
