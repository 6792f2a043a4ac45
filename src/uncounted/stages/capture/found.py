"""The way in: a path or an address, and the reports found there."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from uncounted.model.errors import BadInput, UncountedError
from uncounted.model.evidence import Capture, CaptureForm
from uncounted.model.identity import digest
from uncounted.stages.capture.decode import Decoded, decode
from uncounted.stages.capture.draft import Draft, finish, told_apart
from uncounted.stages.capture.files import read_file, shown, walk
from uncounted.stages.capture.front import part_front
from uncounted.stages.capture.taken import Fault, Options, Taken

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff"})
FORMS = ".txt .md .html .htm .pdf .docx .eml .mbox .json .csv .tsv .jsonl .jpg .jpeg .png .webp .gif .tif .tiff .wacz"


def found(path_or_url: str | Path, options: Options | None = None) -> Iterator[Taken | Fault]:
    """Every report at a path or an ``http(s)`` address, one at a time.

    A file that cannot be taken at all raises :class:`~uncounted.model.errors.UncountedError` when it was named itself,
    and is a :class:`Fault` in the stream when it lies in a folder. A broken row, line or message is always a fault, and
    the others are taken. The same input gives the same captures, ``taken`` apart.
    """
    options = options or Options()
    if isinstance(path_or_url, str) and "://" in path_or_url[:12]:
        yield from from_address(path_or_url, options)
        return
    path = Path(path_or_url)
    if not path.is_dir():
        yield from from_file(path, shown(Path(path.name)), options)
        return
    empty = True
    for item in walk(path):
        empty = False
        if isinstance(item, Fault):
            yield item
            continue
        name = shown(item.relative_to(path))
        try:
            yield from from_file(item, name, options)
        except UncountedError as fault:
            yield Fault(path=shown(item), error=fault)
    if empty:
        raise BadInput(shown(path), "the folder holds no file", "Check the path")


def from_address(url: str, options: Options) -> Iterator[Taken | Fault]:
    """The report at an address: visited with a browser where that is wanted and can be, else fetched plainly.

    Where a browser was not asked for and cannot open it, the plain fetch stands in, and the capture says that it is of
    the bare page.
    """
    from uncounted.stages.capture.web import from_web

    if options.browser == "never":
        yield from from_web(url, options)
        return
    from uncounted.stages.capture.browser import can_browse

    why = "there is no browser on this machine"
    if options.browser == "always" or can_browse():
        from uncounted.stages.capture.page import from_browser

        try:
            yield from from_browser(url, options)
            return
        except BadInput as fault:
            if options.browser == "always":
                raise
            why = fault.rule
    for item in from_web(url, options):
        yield item if isinstance(item, Fault) else _bare(item, f"fetched plainly, no picture of it is kept: {why}")


def _bare(item: Taken, why: str) -> Taken:
    return msgspec.structs.replace(
        item, capture=msgspec.structs.replace(item.capture, partial=(*item.capture.partial, why))
    )


def from_file(path: Path, name: str, options: Options) -> Iterator[Taken | Fault]:
    """The reports of one file; ``name`` is what the captures are called."""
    reader_known(path)
    data = read_file(path, options.limit)
    yield from from_bytes(shown(path), name, data, options)


def reader_known(path: Path) -> None:
    """Raise :class:`BadInput` when no form has the path's suffix."""
    if path.exists() and path.is_file() and path.suffix.lower() not in FORMS.split():
        raise BadInput(
            shown(path), f"a file {path.suffix or 'without a suffix'} is no form that is read", f"Forms: {FORMS}"
        )


def from_bytes(path: str, name: str, data: bytes, options: Options) -> Iterator[Taken | Fault]:
    """The reports in the bytes of one file, by the suffix of its name and, for chats, by what it holds."""
    if not data.strip():
        raise BadInput(path, "there is nothing in the file but white space", "Fetch the report again")
    object_digest = digest(data)
    parts: dict[str | None, int] = {}
    for draft in drafts(path, name, data, options):
        if isinstance(draft, Fault):
            yield draft
            continue
        draft = told_apart(draft, parts)  # noqa: PLW2901 -- the same report under a part of its own
        try:
            yield finish(draft, name=name, original=data, options=options, object_digest=object_digest)
        except UncountedError as fault:
            if draft.part is None:
                raise
            yield Fault(path=path, part=draft.part, error=fault)


def drafts(path: str, name: str, data: bytes, options: Options) -> Iterator[Draft | Fault]:
    """What the reader of the file's form finds in it."""
    match "." + name.rpartition("/")[2].lower().rpartition(".")[2]:
        case ".pdf" | ".docx" as suffix:
            from uncounted.stages.capture.office import read_office

            yield read_office(path, data, "pdf" if suffix == ".pdf" else "docx", options)
        case suffix if suffix in PICTURES:
            from uncounted.stages.capture.office import read_office

            yield read_office(path, data, "image", options)
        case ".wacz":
            from uncounted.stages.capture.office import read_archive

            yield from _some(path, read_archive(path, data, options), "page")
        case ".html" | ".htm":
            yield from _page(path, data, options.encoding)
        case ".eml":
            from uncounted.stages.capture.mail import read_message

            yield read_message(path, data)
        case ".mbox":
            from uncounted.stages.capture.mail import read_mbox

            yield from _some(path, read_mbox(path, data), "message")
        case ".csv" | ".tsv":
            from uncounted.stages.capture.table import read_csv

            whole = decode(path, data, given=options.encoding)
            yield from _some(path, read_csv(path, whole.text, options.columns), "row", whole)
        case ".jsonl":
            from uncounted.stages.capture.table import read_jsonl

            whole = decode(path, data, given=options.encoding)
            yield from _some(path, read_jsonl(path, whole.text), "document", whole)
        case ".json":
            from uncounted.stages.capture.telegram import read_json

            whole = decode(path, data, given=options.encoding)
            yield from _some(path, read_json(path, whole.text), "message", whole)
        case ".txt" | ".md" as suffix:
            yield from _plain(path, name, data, "text" if suffix == ".txt" else "markdown", options)
        case suffix:
            raise BadInput(path, f"a file {suffix} is no form that is read", f"Forms: {FORMS}")


def _some(
    path: str, items: Iterator[Draft | Fault], what: str, whole: Decoded | None = None
) -> Iterator[Draft | Fault]:
    """Pass items on, each with the doubts about the text they come from; none at all is a fault of the file."""
    empty = True
    for item in items:
        empty = False
        if whole is not None and isinstance(item, Draft):
            yield msgspec.structs.replace(
                item, partial=(*whole.doubts, *item.partial), notes=(*whole.notes, *item.notes)
            )
        else:
            yield item
    if empty:
        raise BadInput(path, f"it holds no {what}", "Check that it is the right file")


def _page(path: str, data: bytes, given: str | None) -> Iterator[Draft | Fault]:
    from uncounted.stages.capture import html, telegram

    if b"page_wrap" in data[:20_000]:
        page = decode(path, data, "utf-8")
        if telegram.is_export(page.text):
            yield from _some(path, telegram.read_page(path, page.text), "message", page)
            return
    yield html.read_html(path, data, given=given)


def _plain(path: str, name: str, data: bytes, form: CaptureForm, options: Options) -> Iterator[Draft | Fault]:
    decoded = decode(path, data, given=options.encoding)
    whole = decoded.text
    if form == "text":
        from uncounted.stages.capture import whatsapp

        if whatsapp.looks_like(name.rpartition("/")[2], whole):
            yield from _some(path, whatsapp.read_chat(path, whole, options.day_first), "message", decoded)
            return
    front = part_front(path, name, whole, data)
    if not front.text.strip():
        raise BadInput(path, "it has front matter but no text", "Add the report's words")
    draft = Draft(
        form=form, extractor=f"{form}/1", text=front.text, notes=decoded.notes, more=front.more, sealed=front.sealed,
        title=front.fields.get("title"), publisher=front.fields.get("publisher"), author=front.fields.get("author"),
        published=front.fields.get("published"), url=front.fields.get("url"), language=front.fields.get("language"),
        partial=decoded.doubts,
        original=None if front.redacted is None else front.redacted.encode(),
    )  # fmt: skip
    yield draft


def same_text(capture: Capture, known: Mapping[str, Capture]) -> str | None:
    """The id of another capture among ``known`` (by id) with the very same working text, or ``None``."""
    if capture.text is None:
        return None
    return next((name for name, other in known.items() if other.text == capture.text and name != capture.id), None)
