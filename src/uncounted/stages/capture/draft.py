"""A report half-way: what a reader of one form found, before it is named and measured."""

import msgspec

from uncounted.model.errors import BadInput
from uncounted.model.evidence import Capture, CaptureForm
from uncounted.model.identity import capture_id, digest
from uncounted.stages.capture.dates import iso_date
from uncounted.stages.capture.language import language_of
from uncounted.stages.capture.taken import Options, Secret, Taken


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One report as a form's reader found it; ``published`` is as written, ``declared`` a language it states.

    ``original`` are the bytes to preserve where they differ from the file's, since something in it is to be sealed.
    ``language`` is trusted (a person wrote it); ``declared`` is a template's word and yields to what the text shows.
    """

    form: CaptureForm
    extractor: str
    text: str | None
    part: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    declared: str | None = None
    partial: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    more: dict[str, str] = {}
    sealed: tuple[Secret, ...] = ()
    original: bytes | None = None


def _clean(value: str | None) -> str | None:
    value = " ".join(value.split()) if value else ""
    return value or None


def told_apart(draft: Draft, parts: dict[str | None, int]) -> Draft:
    """The draft, with a part of its own where a file gives two reports one number.

    ``parts`` counts the parts that the file gave so far, and is added to.
    """
    turn = parts[draft.part] = parts.get(draft.part, 0) + 1
    if turn == 1:
        return draft
    note = f"the file has {draft.part} more than once; this is the {turn}. in its order"
    return msgspec.structs.replace(draft, part=f"{draft.part} ({turn})", notes=(*draft.notes, note))


def finish(draft: Draft, *, name: str, original: bytes, options: Options, object_digest: str | None = None) -> Taken:
    """Name and measure a draft. Raises :class:`BadInput` when a word of it cannot be written as UTF-8."""
    notes = list(draft.notes)
    _check_words(name, draft)
    encoded = None if draft.text is None else draft.text.encode()
    found = {
        "publisher": _clean(draft.publisher),
        "author": _clean(draft.author),
        "language": _clean(draft.language),
        "url": _clean(draft.url),
        "published": None,
    }
    if said := _clean(draft.published):
        found["published"] = iso_date(said)
        if found["published"] is None:
            notes.append(f"the date of publication is given as {said!r}, which is not clear; it stays unknown")
    for field, given in _given(options).items():
        if given is not None:
            if found[field] not in {None, given}:
                notes.append(f"{field} is {given!r} as given; the file itself says {found[field]!r}")
            found[field] = given
    if found["language"] is None:
        seen = language_of(draft.text) if draft.text else None
        found["language"] = seen or _clean(draft.declared)
    if draft.original is not None:
        original, object_digest = draft.original, None
    object_name = object_digest or digest(original)
    return Taken(
        capture=Capture(
            id=capture_id(object_name, draft.part),
            object=object_name,
            part=draft.part,
            form=draft.form,
            size=len(original),
            name=name,
            taken=options.clock(),
            text=None if encoded is None else digest(encoded),
            characters=len(draft.text or ""),
            extractor=draft.extractor,
            url=found["url"],
            title=_clean(draft.title),
            publisher=found["publisher"],
            author=found["author"],
            published=found["published"],
            language=found["language"],
            partial=draft.partial,
        ),
        original=original,
        text=draft.text,
        notes=tuple(notes),
        more=draft.more,
        sealed=draft.sealed,
    )


def _check_words(name: str, draft: Draft) -> None:
    """Raise :class:`BadInput` for half a surrogate pair, which escapes of JSON can leave and no record can hold."""
    for field in ("text", "part", "url", "title", "publisher", "author", "published", "language", "declared"):
        try:
            (getattr(draft, field) or "").encode()
        except UnicodeEncodeError as fault:
            rule = f"character {fault.start} of its {field} is half of a pair that has no other half"
            raise BadInput(name, rule, "Repair the file's escapes") from fault


def _given(options: Options) -> dict[str, str | None]:
    published = options.published
    if published is not None:
        published = iso_date(published)
        if published is None:
            raise BadInput(f"--published {options.published}", "is not a date", "Write it as 2025-03-31")
    return {
        "publisher": options.publisher,
        "author": options.author,
        "language": options.language,
        "url": options.url,
        "published": published,
    }
