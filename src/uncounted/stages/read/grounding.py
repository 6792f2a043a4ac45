"""The grounding gate: nothing leaves a reader unless it is the document's own words."""

from typing import TypeVar

import msgspec

from uncounted.model.claims import Claim, Count, Passage, Quoted

_Quoted = TypeVar("_Quoted", bound=Quoted)


def grounded(text: str, claim: Claim) -> Claim | None:
    """The claim with every field that is not a verbatim slice of ``text`` dropped; ``None`` when its passage is not.

    A count that is not grounded takes the claim with it: a number without its words is worth nothing.
    """
    if not _slice(text, claim.passage) or not _said(text, claim.count):
        return None
    if claim.victim is not None and not _slice(text, claim.victim):
        return None
    kept = {
        "place": claim.place if claim.place and _said(text, claim.place) else None,
        "time": claim.time if claim.time and _said(text, claim.time) else None,
        "actor": claim.actor if claim.actor and _said(text, claim.actor) else None,
        "means": claim.means if claim.means and _said(text, claim.means) else None,
        "attribution": tuple(source for source in claim.attribution if _said(text, source)),
    }
    if all(getattr(claim, name) == value for name, value in kept.items()):
        return claim
    return msgspec.structs.replace(claim, **kept)


def _slice(text: str, passage: Passage) -> bool:
    return 0 <= passage.start < passage.end and text[passage.start : passage.end] == passage.text


def _said(text: str, quoted: Quoted | Count) -> bool:
    if quoted.text is None:
        return quoted.start is None and quoted.end is None
    if quoted.start is None or quoted.end is None:
        return False
    return 0 <= quoted.start < quoted.end and text[quoted.start : quoted.end] == quoted.text
