"""A folder that the auto-archiver filled: its list of results, its pages and web archives, its texts.

The list (``csv_db``) is a CSV of ``status``, ``metadata`` and ``media``; its ``metadata`` are a dictionary as Python
prints it, moments and all: https://github.com/bellingcat/auto-archiver. It is read as data and never run.
"""

import ast
import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from uncounted.model.errors import BadInput, UncountedError
from uncounted.model.identity import digest
from uncounted.stages.capture.dates import moment
from uncounted.stages.capture.decode import decode
from uncounted.stages.capture.draft import Draft, finish
from uncounted.stages.capture.files import read_file, shown, walk
from uncounted.stages.capture.found import from_bytes
from uncounted.stages.capture.table import WIDEST
from uncounted.stages.capture.taken import Fault, Options, Taken
from uncounted.stages.capture.web_archive import read_web_archive

READ = (".html", ".htm", ".txt", ".md", ".pdf", ".docx", ".eml", ".mbox", ".json", ".jsonl")
LONGEST = 1_000_000
"""Signs of the longest dictionary that is parsed."""


def read_auto_archiver(path: Path, options: Options) -> Iterator[Taken | Fault]:
    """The reports of the auto-archiver's output. Raises :class:`BadInput` when it is no folder, or holds none."""
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
                yield from read_web_archive(item, options)
            elif suffix in READ:
                yield from from_bytes(shown(item), item.name, read_file(item, options.limit), options)
            else:
                continue
            empty = False
        except UncountedError as fault:
            empty = False
            yield Fault(path=shown(item), error=fault)
    if empty:
        raise BadInput(shown(path), "it holds no page, web archive, text or list of results", "Check the folder")


def _results(path: Path, options: Options) -> Iterator[Taken | Fault]:
    """The list of results (one row a link): what was said of each, as its own report."""
    csv.field_size_limit(WIDEST)
    data = read_file(path, options.limit)
    text, name = decode(shown(path), data, given=options.encoding).text, digest(data)
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), 1):
            part = f"row {number}"
            try:
                draft = _result(f"{shown(path)}, {part}", part, row)
                yield finish(draft, name=path.name, original=data, options=options, object_digest=name)
            except UncountedError as fault:
                yield Fault(path=shown(path), part=part, error=fault)
    except csv.Error as fault:
        raise BadInput(shown(path), f"it is not CSV ({fault})", "Save the table again as CSV") from fault


def _result(thing: str, part: str, row: dict[str, Any]) -> Draft:
    """One row as a report. Raises :class:`BadInput` where nothing was said of the link, or it cannot be read."""
    own = {key: cell for key, cell in row.items() if key and isinstance(cell, str) and cell}
    said = {**own, **dictionary(thing, own.get("metadata", ""))}
    words = "\n\n".join(str(said[key]) for key in ("title", "content", "text") if said.get(key))
    if not words.strip():
        raise BadInput(thing, "nothing was said of the link")
    return Draft(
        form="row", extractor="auto-archiver/2", text=words, part=part, url=_text(said.get("url")),
        title=_text(said.get("title")), published=_text(said.get("timestamp")),
        author=_text(said.get("author") or said.get("uploader")),
    )  # fmt: skip


def dictionary(thing: str, said: str) -> dict[str, Any]:
    """A dictionary as JSON or as Python prints one; of what is neither data nor a moment, ``None`` is kept.

    Raises :class:`BadInput` for words that are no dictionary: what they say must not pass for nothing.
    """
    if not said:
        return {}
    if len(said) > LONGEST:
        raise BadInput(thing, f"its metadata have more than {LONGEST:,} signs", "Shorten them")
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        try:
            found = _value(ast.parse(said.strip(), mode="eval").body)
        except (ValueError, SyntaxError, RecursionError, MemoryError) as fault:
            raise BadInput(thing, f"its metadata cannot be read ({type(fault).__name__})", "Mend the row") from fault
    if not isinstance(found, dict):
        raise BadInput(thing, "its metadata are no dictionary", "Mend the row")
    return found


def _value(node: ast.expr) -> Any:
    """What a literal stands for; a moment (``datetime.datetime(…)``) as ISO 8601, anything else that is run as None."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Dict(keys=keys, values=values):
            return {str(_value(key)): _value(value) for key, value in zip(keys, values, strict=True) if key}
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return [_value(part) for part in parts]
        case ast.Call(func=ast.Attribute(value=ast.Name(id="datetime"), attr="datetime"), args=args, keywords=named):
            numbers = [_value(part) for part in args]
            if all(isinstance(number, int) for number in numbers):
                when = datetime(*numbers)
                return moment(when.replace(tzinfo=UTC) if _in_utc(named) else when)
    return None


def _in_utc(named: list[ast.keyword]) -> bool:
    return any(ast.unparse(one.value) in ("datetime.timezone.utc", "tzutc()") for one in named)


def _text(value: Any) -> str | None:
    return str(value) if value else None
