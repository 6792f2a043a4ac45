"""The third door: Uncounted from Python, as ``uncounted.open``, ``uncounted.read`` and ``uncounted.verify``.

Each loads what it needs when it is called. ``uncounted.estimate`` is the room of that name, which can be called.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from uncounted.model.claims import Claim, Document
from uncounted.model.errors import NotFound

if TYPE_CHECKING:
    from uncounted.case import Case


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What was found unbroken: a ``case``, ``bundle`` or ``release``; how many entries, and the ledger's root (hex).

    ``files`` is the number of files of a release, 0 otherwise.
    """

    kind: str
    entries: int
    root: str
    files: int = 0


def open(folder: str | Path) -> "Case":
    """Open the case in a folder; use it as a context manager. :class:`NotFound` when there is none.

    What is done with it stands in :mod:`uncounted.case`, one module a deed: ``intake``, ``reading``, ``reviewing``,
    ``linking``, ``telling``, ``importing``, ``releasing``.
    """
    from uncounted.case import Case

    return Case(Path(folder))


def read(
    text: str, *, published: str | None = None, language: str | None = None, publisher: str | None = None,
    name: str = "document", places: bool = True,
) -> tuple[Claim, ...]:  # fmt: skip
    """Read who said how many were harmed, where and when, from the text of one report.

    ``published`` (ISO 8601) is what "on Tuesday" is relative to; ``language`` is ISO 639-1. With ``places`` places and
    dates are resolved too, by the gazetteer that ships. Every quoted part of a claim is a verbatim slice of ``text``.
    """
    from uncounted.stages.read.options import reader

    document = Document(id=name, text=text, published=published, language=language, publisher=publisher)
    found = tuple(reader().read(document))
    if not places or not found:
        return found
    from uncounted.stages.locate.attach import locate
    from uncounted.stages.locate.gazetteer import open_gazetteer

    spots = locate(document, found, open_gazetteer())
    return tuple(
        msgspec.structs.replace(claim, place=where.place, time=where.time)
        for claim, where in zip(found, spots, strict=True)
    )


def verify(path: str | Path) -> Verified:
    """Check a case, an exported bundle or a release, byte by byte.

    :class:`Broken` names the first thing that does not hold, :class:`NotFound` a folder that is none of the three.
    """
    from uncounted.ledger.bundle import MANIFEST, verify_bundle
    from uncounted.ledger.verify import verify_folder
    from uncounted.stages.publish import verify as verify_release
    from uncounted.stages.publish.release import MANIFEST as RELEASE

    folder = Path(path)
    if (folder / "ledger.sqlite").is_file():
        found = verify_folder(folder)
        return Verified(kind="case", entries=found.entries, root=str(found.root))
    if (folder / MANIFEST).is_file():
        found = verify_bundle(folder, None)
        return Verified(kind="bundle", entries=found.entries, root=str(found.root))
    if (folder / RELEASE).is_file():
        made = verify_release(folder)
        return Verified(kind="release", entries=made.facts, root=made.root, files=len(made.files))
    raise NotFound(f"{folder}", "it is no case, no exported bundle and no release", "Name the folder of one")
