"""Archives that others export: web archives, chats, mailboxes, a Twitter archive, a folder of the auto-archiver.

Nothing is unpacked to disk; what an archive declares is checked first (see :mod:`uncounted.text.zipped`).
"""

import ast
import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from uncounted.model.errors import BadInput, NotFound, UncountedError
from uncounted.stages.capture.decode import decode
from uncounted.stages.capture.draft import Draft, finish
from uncounted.stages.capture.files import read_file, shown, walk
from uncounted.stages.capture.found import found, from_bytes
from uncounted.stages.capture.html import read_html
from uncounted.stages.capture.taken import Fault, Options, Taken
from uncounted.text.zipped import member, members

READ = (".html", ".htm", ".txt", ".md", ".pdf", ".docx", ".eml", ".mbox", ".json", ".jsonl")


def archived(path: Path, form: str, options: Options) -> Iterator[Taken | Fault]:
    """The reports of an archive of a form: ``auto-archiver``, ``wacz``, ``mbox``, ``telegram``, ``whatsapp``,
    ``twitter``. Raises :class:`BadInput` when it is not what it is said to be.
    """
    if not path.exists():
        raise NotFound(shown(path), "there is no such file or folder", "Check the path")
    match form:
        case "wacz":
            yield from _web_archive(path, read_file(path, options.limit), options)
        case "twitter":
            yield from _twitter(path, options)
        case "auto-archiver":
            yield from _auto_archiver(path, options)
        case "whatsapp" | "telegram" if path.suffix.lower() == ".zip":
            yield from _zipped(path, ("_chat.txt", ".txt") if form == "whatsapp" else ("result.json",), options)
        case _:
            yield from found(path, options)


def _zipped(path: Path, endings: tuple[str, ...], options: Options) -> Iterator[Taken | Fault]:
    """The chats in an export that is still packed; pictures and sounds in it are left where they are."""
    archive = members(path.name, read_file(path, options.limit), options.inflated)
    names = [name for name in archive.namelist() if name.endswith(endings)]
    if not names:
        raise BadInput(shown(path), f"it holds no {endings[0]}", "Check that it is the right export")
    for name in names:
        yield from from_bytes(f"{shown(path)}/{name}", name, member(archive, path.name, name), options)


def _web_archive(path: Path, data: bytes, options: Options) -> Iterator[Taken | Fault]:
    """Every HTML page of a WACZ or WARC file, each a report with its own address and moment."""
    if path.suffix.lower() == ".wacz":
        archive = members(path.name, data, options.inflated)
        names = [name for name in archive.namelist() if name.startswith("archive/") and ".warc" in name]
        if not names:
            raise BadInput(
                shown(path), "it holds no WARC file, so it is no web archive", "Check that it is the right file"
            )
        for name in names:
            yield from _warc(path, member(archive, path.name, name), data, options)
        return
    yield from _warc(path, data, data, options)


def _warc(path: Path, warc: bytes, original: bytes, options: Options) -> Iterator[Taken | Fault]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as fault:
        rule = "the library that reads web archives is not installed"
        raise NotFound(shown(path), rule, "Install it with: pip install 'uncounted[browser]'") from fault
    pages = 0
    try:
        for record in ArchiveIterator(io.BytesIO(warc)):
            if record.rec_type not in ("response", "resource"):
                continue
            headers = record.http_headers or record.rec_headers
            kind = (headers.get_header("Content-Type") or "").partition(";")
            if kind[0].strip().lower() not in ("text/html", "application/xhtml+xml"):
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            at = record.rec_headers.get_header("WARC-Date")
            body = record.content_stream().read(options.limit + 1)
            pages += 1
            part = f"{url} at {at}"
            try:
                if len(body) > options.limit:
                    raise BadInput(part, f"the page unpacks to more than {options.limit:,} bytes", "Raise --limit")
                charset = kind[2].partition("charset=")[2].strip("\"' ;") or None
                draft = read_html(
                    f"{shown(path)}, {part}", body, charset=charset, url=url or None, given=options.encoding
                )
                draft = msgspec.structs.replace(draft, part=part, url=draft.url or url or None)
                yield finish(draft, name=path.name, original=original, options=options)
            except UncountedError as fault:
                yield Fault(path=shown(path), part=part, error=fault)
    except (ArchiveLoadFailed, OSError, EOFError, ValueError, gzip.BadGzipFile) as fault:
        raise BadInput(shown(path), f"it is no web archive that can be read ({fault})", "Check the file") from fault
    if not pages:
        raise BadInput(shown(path), "it holds no page", "Only HTML pages of a web archive are read")


def _twitter(path: Path, options: Options) -> Iterator[Taken | Fault]:
    """Every tweet of an account's own archive (``data/tweets.js``), from a folder, a .zip or that file itself."""
    for name, data in _tweet_files(path, options):
        text = decode(name, data, given="utf-8").text
        start = text.find("[")
        try:
            tweets = json.loads(text[start:])
        except (ValueError, RecursionError) as fault:
            raise BadInput(name, f"it is no list of tweets ({fault})", "Take data/tweets.js as it came") from fault
        for number, held in enumerate(tweets, 1):
            tweet = held.get("tweet", held) if isinstance(held, dict) else None
            try:
                yield finish(_tweet(name, number, tweet), name=Path(name).name, original=data, options=options)
            except UncountedError as fault:
                yield Fault(path=name, part=f"tweet {number}", error=fault)


def _tweet_files(path: Path, options: Options) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        names = sorted([*path.glob("data/tweet*.js"), *path.glob("tweet*.js")])
        names = [one for one in names if one.stem.rstrip("0123456789-part") in ("tweets", "tweet")]
        for one in names:
            yield shown(one), read_file(one, options.limit)
        if not names:
            raise BadInput(shown(path), "it holds no data/tweets.js", "Check that it is a Twitter archive")
    elif path.suffix.lower() == ".zip":
        archive = members(path.name, read_file(path, options.limit), options.inflated)
        held = [name for name in archive.namelist() if name.endswith(("data/tweets.js", "data/tweet.js"))]
        if not held:
            raise BadInput(shown(path), "it holds no data/tweets.js", "Check that it is a Twitter archive")
        for name in held:
            yield f"{path.name}/{name}", member(archive, path.name, name)
    else:
        yield shown(path), read_file(path, options.limit)


def _tweet(name: str, number: int, tweet: Any) -> Draft:
    if not isinstance(tweet, dict) or not isinstance(tweet.get("full_text", tweet.get("text")), str):
        raise BadInput(f"{name}, tweet {number}", "it has no text")
    said = str(tweet.get("full_text", tweet.get("text")))
    identity = str(tweet.get("id_str") or tweet.get("id") or number)
    return Draft(
        form="chat", extractor="twitter/1", text=said, part=f"tweet {identity}", publisher="Twitter archive",
        published=_twitter_time(str(tweet.get("created_at") or "")), declared=tweet.get("lang"),
        url=f"https://twitter.com/i/status/{identity}" if identity.isdigit() else None,
    )  # fmt: skip


def _twitter_time(said: str) -> str | None:
    from datetime import datetime

    try:
        return datetime.strptime(said, "%a %b %d %H:%M:%S %z %Y").isoformat()
    except ValueError:
        return said or None


def _auto_archiver(path: Path, options: Options) -> Iterator[Taken | Fault]:
    """A folder that the auto-archiver filled: its list of results, its pages and web archives, its texts."""
    if not path.is_dir():
        raise BadInput(shown(path), "the auto-archiver's output is a folder", "Name the folder")
    empty = True
    for item in walk(path):
        if isinstance(item, Fault):
            yield item
            continue
        suffix = item.suffix.lower()
        try:
            if suffix == ".csv":
                yield from _results(item, options)
            elif suffix in (".wacz", ".warc") or item.name.endswith(".warc.gz"):
                yield from _web_archive(item, read_file(item, options.limit), options)
            elif suffix in READ:
                yield from from_bytes(shown(item), item.name, read_file(item, options.limit), options)
            else:
                continue
            empty = False
        except UncountedError as fault:
            yield Fault(path=shown(item), error=fault)
    if empty:
        raise BadInput(shown(path), "it holds no page, web archive, text or list of results", "Check the folder")


def _results(path: Path, options: Options) -> Iterator[Taken | Fault]:
    """The list of results (one row a link): what was said of each, as its own report."""
    data = read_file(path, options.limit)
    text = decode(shown(path), data, given=options.encoding).text
    for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), 1):
        said = {**{key: cell for key, cell in row.items() if key and cell}, **_literal(row.get("metadata"))}
        words = "\n\n".join(str(said[key]) for key in ("title", "content", "text") if said.get(key))
        part = f"row {number}"
        if not words.strip():
            yield Fault(
                path=shown(path), part=part, error=BadInput(f"{shown(path)}, {part}", "nothing was said of the link")
            )
            continue
        draft = Draft(
            form="row", extractor="auto-archiver/1", text=words, part=part, url=_text(said.get("url")),
            title=_text(said.get("title")), published=_text(said.get("timestamp")),
            author=_text(said.get("author") or said.get("uploader")),
        )  # fmt: skip
        yield finish(draft, name=path.name, original=data, options=options)


def _literal(said: str | None) -> dict[str, Any]:
    """A dictionary as the list writes it: JSON, or a Python literal (read as data, never run)."""
    if not said or len(said) > 1_000_000:
        return {}
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(said)
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
        return found if isinstance(found, dict) else {}
    return {}


def _text(value: Any) -> str | None:
    return str(value) if value else None
