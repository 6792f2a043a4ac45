"""Copies and transfers: the evidence stays as it is, and whatever leaves the case is a fact."""

from pathlib import Path
from typing import Literal

from uncounted import __version__
from uncounted.case.case import Case
from uncounted.case.consent import unpublished
from uncounted.case.new_file import write_new
from uncounted.case.reviewing import record
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import CopyMade, Entry, HandedOver
from uncounted.model.identity import digest
from uncounted.stages.capture import Options
from uncounted.stages.capture.office import strip
from uncounted.stages.capture.page import PICTURE
from uncounted.stages.capture.wacz import opened

Kind = Literal["evidence", "working", "publication"]
STRIPPED = {"image": "image", "pdf": "pdf", "docx": "docx"}
MOST = 500_000_000
"""Bytes of the largest picture that is taken out of a WACZ file."""


def copy(case: Case, by: str, capture: str, target: Path, kind: Kind, *, purpose: str = "") -> Entry:
    """Copy a capture's object to a new file and record it.

    ``evidence`` is bit for bit and read-only, ``working`` bit for bit and free to be worked on, ``publication`` is made
    anew without metadata (pictures, PDF, DOCX; of a page from a browser its picture). ``Refused`` for a file that
    exists, for one inside the case, for a publication copy of what must not be shown (consent was withdrawn, or a
    source of it is under seal and nobody consented), and for one of a form that cannot be made anew.
    """
    held = case.views.capture(capture)
    if kind == "publication" and held.id in unpublished(case.views):
        rule = "consent to publish it was withdrawn, or a source of it is under seal and nobody consented"
        raise Refused(f"capture {held.id}", rule, "Ask for consent, then state it: uncounted consent")
    if target.resolve().is_relative_to(case.folder.resolve()):
        raise Refused(f"copy {target}", "copies lie outside the case", "Name a file elsewhere")
    data = case.objects.get(held.object)
    made, changes = (data, ()) if kind != "publication" else _published(held, data)
    write_new(f"copy {target}", target, made, 0o400 if kind == "evidence" else 0o600)
    fact = CopyMade(
        capture=held.id, kind=kind, source=held.object, result=digest(made), changes=changes,
        tool=f"uncounted/{__version__}", purpose=purpose,
    )  # fmt: skip
    return record(case, by, fact)[0]


def hand_over(
    case: Case,
    by: str,
    subject: str,
    who: str,
    means: str,
    *,
    received: bool = False,
    reason: str = "",
    file: Path | None = None,
) -> Entry:
    """Record that a capture, or the whole ``case``, was given to somebody, or received from them."""
    if subject != "case":
        case.views.capture(subject)
    if file is not None and not file.is_file():
        raise NotFound(f"file {file}", "there is no such file", "Name the file that was handed over")
    fact = HandedOver(
        subject=subject, direction="received" if received else "given", who=who, means=means, reason=reason,
        digest=digest(file.read_bytes()) if file else None,
    )  # fmt: skip
    return record(case, by, fact)[0]


def _published(held: Capture, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    if held.form == "url" and data.startswith(b"PK"):
        picture = opened(data, PICTURE, MOST)
        if picture is None:
            raise NotFound(
                f"capture {held.id}", "it holds no picture of the page", "Publish its text, or a working copy"
            )
        made, changes = strip(held.id, picture, "image", Options())
        return made, (f"{PICTURE} taken out of the WACZ file", *changes)
    if held.form not in STRIPPED:
        raise BadInput(
            f"capture {held.id}", f"a {held.form} is not made anew by this program",
            "Make a working copy, redact it, add the result, and publish that",
        )  # fmt: skip
    return strip(held.id, data, STRIPPED[held.form], Options())
