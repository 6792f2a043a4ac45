"""WACZ 1.1.1: a visit to a page as one file, with an index, that any reader of the format can replay."""

import gzip
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from uncounted import __version__
from uncounted.stages.capture.warc import Place

VERSION = "1.1.1"


def write_wacz(
    *,
    url: str,
    title: str,
    at: str,
    text: str,
    warc: bytes,
    places: Sequence[Place],
    extras: Mapping[str, bytes],
) -> bytes:
    """A WACZ file of one page.

    ``extras`` are further files (the collection record, the picture, the PDF) under names outside the format's own
    folders; all are listed with their SHA-256 in ``datapackage.json``, whose own is in ``datapackage-digest.json``.
    The same visit gives the same bytes.
    """
    page = {"id": hashlib.sha256(url.encode()).hexdigest()[:12], "url": url, "ts": at, "title": title, "text": text}
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
    files = {
        "archive/data.warc.gz": warc,
        "indexes/index.cdx": write_index(places),
        "pages/pages.jsonl": "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in (head, page)).encode(),
        **extras,
    }
    package = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title or url,
        "created": at,
        "software": f"uncounted/{__version__}",
        "mainPageUrl": url,
        "mainPageDate": at,
        "resources": [
            {"name": path.rpartition("/")[2], "path": path, "hash": _hash(body), "bytes": len(body)}
            for path, body in files.items()
        ],
    }
    manifest = json.dumps(package, ensure_ascii=False, indent=1).encode()
    digest = json.dumps({"path": "datapackage.json", "hash": _hash(manifest)}).encode()
    files |= {"datapackage.json": manifest, "datapackage-digest.json": digest}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, body in files.items():
            entry = zipfile.ZipInfo(path, date_time=_when(at))
            stored = path.endswith((".gz", ".png", ".pdf", ".mp4", ".webm"))
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return out.getvalue()


def write_index(places: Sequence[Place]) -> bytes:
    """A CDXJ index: the sort-friendly address, fourteen digits of time, and where the record lies, a line each."""
    lines = []
    for place in places:
        told = {
            "url": place.url, "mime": place.kind, "status": "" if place.status is None else str(place.status),
            "digest": place.digest, "length": str(place.length), "offset": str(place.offset),
            "filename": "data.warc.gz",
        }  # fmt: skip
        if place.method != "GET":
            told["method"] = place.method
        lines.append(f"{sort_key(place.url)} {re.sub(r'[^0-9]', '', place.at)[:14]} {json.dumps(told)}\n")
    return "".join(sorted(lines)).encode()


def sort_key(url: str) -> str:
    """An address as indexes sort it (SURT): ``http://www.A.example/B?y&x`` is ``example,a)/b?x&y``."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return url.lower()
    host = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower())
    turned = host if ":" in host else ",".join(reversed(host.split(".")))
    port = f":{parts.port}" if parts.port not in {None, 80 if parts.scheme == "http" else 443} else ""
    path = parts.path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&")))
    return f"{turned}{port}){path}{'?' + query if query else ''}".lower()


def opened(data: bytes, path: str, limit: int) -> bytes | None:
    """One file of a WACZ, never more than ``limit`` bytes of it; ``None`` when it is not there."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if path not in archive.namelist():
            return None
        with archive.open(path) as stream:
            return stream.read(limit)


def faults(data: bytes) -> list[str]:
    """What is wrong with a WACZ, in words: checked by content, for validators pass archives without a WARC."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            missing = [n for n in ("datapackage.json", "pages/pages.jsonl") if n not in names]
            missing += [
                f"{folder}/" for folder in ("archive", "indexes") if not any(n.startswith(folder) for n in names)
            ]
            if missing:
                return [f"it has no {name}" for name in missing]
            package = json.loads(archive.read("datapackage.json"))
            listed = {one["path"]: one["hash"] for one in package["resources"]}
            wrong = [f"{name} is not what its hash says" for name, said in listed.items()
                     if name not in names or _hash(archive.read(name)) != said]  # fmt: skip
            own = {"datapackage.json", "datapackage-digest.json"}
            wrong += [f"{name} is not listed" for name in names if name not in listed and name not in own]
            for name in (n for n in names if n.endswith(".warc.gz")):
                if not gzip.decompress(archive.read(name)).startswith(b"WARC/1."):
                    wrong.append(f"{name} holds no WARC record")
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, LookupError, TypeError) as fault:
        return [f"it is no whole WACZ ({fault})"]
    return wrong


def _hash(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def _when(at: str) -> tuple[int, int, int, int, int, int]:
    digits = re.sub(r"[^0-9]", "", at)
    return (
        int(digits[:4]), int(digits[4:6]), int(digits[6:8]), int(digits[8:10]), int(digits[10:12]), int(digits[12:14]),
    )  # fmt: skip
