"""What the tests of reading share: a claim as a short line of text."""

from uncounted.model.claims import Claim, Document
from uncounted.stages.read.grammar import GrammarReader

READER = GrammarReader()


def read(text: str, language: str | None = None) -> tuple[Claim, ...]:
    return READER.read(Document(id="d", text=text, language=language))


def bounds(claim: Claim) -> str:
    """``14..``, ``3``, ``..5``, ``10..12``, ``?`` for a count without bounds."""
    low, high = claim.count.low, claim.count.high
    if low is None and high is None:
        return "?"
    if low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def short(claim: Claim) -> str:
    """``killed 14.. civilians``, with the modality when it is not plain assertion."""
    said = f"{claim.harm} {bounds(claim)} {claim.group}"
    return said if claim.modality == "asserted" else f"{said} {claim.modality}"


def shorts(text: str) -> list[str]:
    """The claims of a text, sums that no words say left out."""
    return [short(claim) for claim in read(text) if "inferred_sum" not in claim.flags]


def held(text: str) -> list[str]:
    """The claims that say that a harm happened."""
    return [short(claim) for claim in read(text) if claim.modality in ("asserted", "estimated", "presumed")]
