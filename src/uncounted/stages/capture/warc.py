"""WARC 1.1 (ISO 28500:2017): exchanges and what was made of a page, each record with SHA-256 digests."""

import io
from collections.abc import Mapping, Sequence

import msgspec

from uncounted import __version__
from uncounted.stages.capture.exchange import Exchange, Headers

UNDONE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that speak of the body as sent. The body kept is the decoded one, so they are kept as ``x-orig-…``."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """Something made of a page: a picture, its text. ``name`` follows ``urn:``, as in ``view`` or ``text``."""

    name: str
    kind: str
    body: bytes
    at: str


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a response lies in a WARC file: what an index says of it."""

    url: str
    at: str
    kind: str
    status: int | None
    digest: str
    offset: int
    length: int
    method: str = "GET"


def write_warc(url: str, exchanges: Sequence[Exchange], made: Sequence[Made], software: Mapping[str, str],
               at: str) -> tuple[bytes, list[Place]]:  # fmt: skip
    """A gzipped WARC file, a member a record, and where its responses and resources lie.

    ``software`` becomes the ``warcinfo`` record. An exchange whose body was lost is kept with an empty one and marked
    ``WARC-Truncated: unspecified``.
    """
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.utils import Digester
    from warcio.warcwriter import WARCWriter

    class Writer(WARCWriter):  # type: ignore[misc]
        @staticmethod
        def _create_digester() -> Digester:
            return Digester("sha256")

    out, places = io.BytesIO(), list[Place]()
    writer = Writer(out, gzip=True, warc_version="1.1")
    info = {"software": f"uncounted/{__version__} warcio", "format": "WARC File Format 1.1", **software}
    record = writer.create_warcinfo_record("data.warc.gz", info)
    record.rec_headers.replace_header("WARC-Date", at)
    writer.write_record(record)
    for one in exchanges:
        more = {"WARC-Date": one.at}
        if one.address:
            more["WARC-IP-Address"] = one.address
        lost = {"WARC-Truncated": "unspecified"} if one.body is None else {}
        line = f"{one.status} {one.status_text}".rstrip()
        response = writer.create_warc_record(
            one.url, "response", payload=io.BytesIO(one.body or b""), length=len(one.body or b""),
            http_headers=StatusAndHeaders(line, _as_kept(one.headers, one.body), protocol=_version(one.version)),
            warc_headers_dict={**more, **lost},
        )  # fmt: skip
        asked = [(name, value) for name, value in one.request_headers if not name.startswith(":")]
        request = writer.create_warc_record(
            one.url, "request", payload=io.BytesIO(one.posted), length=len(one.posted),
            http_headers=StatusAndHeaders(_target(one), asked, protocol="", is_http_request=True),
            warc_headers_dict=dict(more),
        )  # fmt: skip
        start = out.tell()
        writer.write_record(response)
        kind = _kind(one.headers)
        places.append(Place(
            url=one.url, at=one.at, kind=kind, status=one.status, method=one.method, offset=start,
            length=out.tell() - start, digest=response.rec_headers.get_header("WARC-Payload-Digest"),
        ))  # fmt: skip
        request.rec_headers.add_header("WARC-Concurrent-To", response.rec_headers.get_header("WARC-Record-ID"))
        writer.write_record(request)
    for thing in made:
        record = writer.create_warc_record(
            f"urn:{thing.name}:{url}", "resource", payload=io.BytesIO(thing.body), length=len(thing.body),
            warc_content_type=thing.kind, warc_headers_dict={"WARC-Date": thing.at},
        )  # fmt: skip
        start = out.tell()
        writer.write_record(record)
        places.append(Place(
            url=f"urn:{thing.name}:{url}", at=thing.at, kind=thing.kind, status=None, offset=start,
            length=out.tell() - start, digest=record.rec_headers.get_header("WARC-Payload-Digest"),
        ))  # fmt: skip
    return out.getvalue(), places


def _as_kept(headers: Headers, body: bytes | None) -> list[tuple[str, str]]:
    kept = [(f"x-orig-{name}" if name.lower() in UNDONE else name, _line(value)) for name, value in headers]
    return [*kept, ("Content-Length", str(len(body or b"")))]


def _target(one: Exchange) -> str:
    rest = one.url.split("://", 1)[-1]
    path = rest[rest.index("/") :] if "/" in rest else "/"
    return f"{one.method} {path} {_version(one.version)}"


def _version(version: str) -> str:
    """The HTTP version as a WARC block can bear it: HTTP/2 and 3 have no such line, so it is said as HTTP/1.1."""
    return version if version in {"HTTP/1.0", "HTTP/1.1"} else "HTTP/1.1"


def _kind(headers: Headers) -> str:
    value = next((value for name, value in headers if name.lower() == "content-type"), "")
    return value.partition(";")[0].strip().lower() or "application/octet-stream"


def _line(value: str) -> str:
    return " ".join(value.splitlines())
