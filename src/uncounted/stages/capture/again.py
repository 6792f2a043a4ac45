"""An address looked at again: unchanged, changed, or gone, each told apart and kept with what it follows."""

import difflib
from collections.abc import Callable

import msgspec

from uncounted.model.errors import NotFound
from uncounted.model.evidence import Capture
from uncounted.model.identity import capture_id, digest
from uncounted.stages.capture.taken import Options, Taken
from uncounted.stages.capture.web import Page

GONE = frozenset({404, 410})


def looked_again(
    before: Capture, words: str, look: Callable[[], Taken], ask: Callable[[], Page], options: Options
) -> Taken | None:
    """The capture that follows ``before`` (whose working text is ``words``), ``None`` where nothing changed.

    ``look`` takes the address as it was taken before; where it is not found, ``ask`` gets the bare answer, which is
    kept as evidence that it is gone.
    """
    try:
        now = look()
    except NotFound:
        page = ask()
        if page.status not in GONE:
            raise
        return None if before.change == "gone" else gone(before, page, options)
    if before.change != "gone" and _as_before(before, words, now):
        return None
    return following(before, words, now)


def _as_before(before: Capture, words: str, now: Taken) -> bool:
    """Whether an address says what it said before.

    Where it had no words and has none, its bytes tell; those of a visit with a browser are never the same twice.
    """
    if (now.text or "") != words or words:
        return (now.text or "") == words
    return now.capture.object == before.object or (now.record is not None and "exchanges" in now.record)


def following(before: Capture, words: str, now: Taken) -> Taken:
    """A capture as one that follows another, with the difference of their texts."""
    part = f"as of {now.capture.taken}"
    return msgspec.structs.replace(
        now,
        capture=msgspec.structs.replace(
            now.capture, id=capture_id(now.capture.object, part), part=part, follows=before.id, change="changed"
        ),
        diff=difference(words, now.text or "", before.taken, now.capture.taken),
    )


def gone(before: Capture, page: Page, options: Options) -> Taken:
    """The capture of an address that is no longer there: the server's answer, with how it was asked."""
    at = options.clock()
    body = page.body or f"(the server sent no body with status {page.status})\n".encode()
    part = f"gone as of {at}"
    capture = Capture(
        id=capture_id(digest(body), part), object=digest(body), part=part, form="url", size=len(body), name=before.name,
        taken=at, url=before.url, title=before.title, publisher=before.publisher, follows=before.id, change="gone",
        partial=(f"the server says that it is not there ({page.status}); what it held is in {before.id}",),
    )  # fmt: skip
    return Taken(capture=capture, original=body, text=None, record=page.record)


def difference(before: str, after: str, since: str, now: str) -> str:
    """The unified difference of two texts, line by line; long lines are parted at the ends of sentences."""
    lines = difflib.unified_diff(_lines(before), _lines(after), since, now, lineterm="")
    return "\n".join(lines) + "\n"


def _lines(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in line.replace(". ", ".\n").splitlines()]
