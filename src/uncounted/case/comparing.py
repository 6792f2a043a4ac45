"""What two readers made of the same reports: where they differ is reviewed first, what they agree on quickly."""

from collections.abc import Iterator

import msgspec

from uncounted.case.case import Case
from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, Agreement, ClaimsRead, ReadingsCompared
from uncounted.stages.read.agreement import Comparison, compared

COMPARER = "agreement/1"


class ReadTwice(msgspec.Struct, frozen=True):
    """One capture, the two readings of it by full name, and what came of laying them side by side."""

    capture: Capture
    left: str
    right: str
    comparison: Comparison


def compare(case: Case, left: str, right: str) -> Iterator[ReadTwice]:
    """Compare the newest readings by two readers of each capture that both have read, and record what they agree on.

    A reader is named in full (``grammar/1``) or by its family (``grammar``, ``llm``, ``llm:qwen3:8b``). Of two claims
    that agree the left one stands for both and is reviewed after all others. Running it again adds nothing new.
    Raises :class:`BadInput` for one reader twice, and :class:`NotFound` where the two have read no report in common.
    """
    if left == right:
        raise BadInput(f"reader {left}", "a reader cannot be compared with itself", "Name two readers.")
    found = False
    with case.writing("compare readings"):
        for capture in case.views.captures():
            readings, known = _readings(case, capture)
            pair = [_newest(readings, name) for name in (left, right)]
            if pair[0] is None or pair[1] is None:
                continue
            found = True
            one, other = pair[0], pair[1]
            comparison = compared(one.claims, other.claims)
            fact = _fact(capture, one.reader, other.reader, comparison)
            if fact not in known:
                case.record(Agent("machine", COMPARER), fact)
            yield ReadTwice(capture, one.reader, other.reader, comparison)
    if not found:
        raise NotFound(
            f"readings by {left} and {right}",
            "no report of this case was read by both",
            "Read with: uncounted read --reader NAME",
        )


def _readings(case: Case, capture: Capture) -> tuple[list[ClaimsRead], list[ReadingsCompared]]:
    """The readings of a capture's present text, and the latest comparison of each two readers."""
    readings: list[ClaimsRead] = []
    told: dict[tuple[str, str], ReadingsCompared] = {}
    for entry in case.views.history(capture.id):
        match entry.fact:
            case ClaimsRead() as fact if fact.text == capture.text:
                readings.append(fact)
            case ReadingsCompared() as fact:
                told[fact.left, fact.right] = fact
            case _:
                pass
    return readings, list(told.values())


def _newest(readings: list[ClaimsRead], name: str) -> ClaimsRead | None:
    for fact in reversed(readings):
        if fact.reader == name or fact.reader.startswith((f"{name}/", f"{name}:")):
            return fact
    return None


def _fact(capture: Capture, left: str, right: str, comparison: Comparison) -> ReadingsCompared:
    agreed = tuple(Agreement(left=pair.left.id, right=pair.right.id) for pair in comparison.agreed)
    held = {name for one in agreed for name in (one.left, one.right)}
    claims: list[Claim] = [*comparison.left, *comparison.right]
    claims += [claim for pair in comparison.aligned for claim in (pair.left, pair.right)]
    apart = dict.fromkeys(claim.id for claim in claims if claim.id not in held)
    return ReadingsCompared(capture=capture.id, left=left, right=right, agreed=agreed, apart=tuple(apart))
