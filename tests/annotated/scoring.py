"""How well a reader does on the annotated reports: claims found, claims true, chains exactly right."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.annotated.form import Report
from uncounted.model.claims import Claim, Source
from uncounted.stages.read.protocol import Reader


class Miss(NamedTuple):
    """One thing that went wrong: in which report, of what class, and the claim."""

    document: str
    kind: str
    claim: Claim


class Score(NamedTuple):
    """Counts over reports: annotated claims, read claims, those that are equal, and of these chains exactly right."""

    annotated: int
    read: int
    right: int
    chains: int
    misses: tuple[Miss, ...]

    @property
    def precision(self) -> float:
        """The share of what was read that is annotated."""
        return self.right / max(self.read, 1)

    @property
    def recall(self) -> float:
        """The share of what is annotated that was read."""
        return self.right / max(self.annotated, 1)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / max(self.annotated + self.read, 1)

    @property
    def chain(self) -> float:
        """The share of chains that are exactly right among the claims that are."""
        return self.chains / max(self.right, 1)

    def classes(self) -> list[tuple[str, int]]:
        """What went wrong, by class, most frequent first."""
        return Counter(miss.kind for miss in self.misses).most_common()


def score(reports: Iterable[Report], reader: Reader) -> Score:
    """Read each report and count. A claim is right when harm, bounds, group and modality are and its words overlap."""
    annotated = read = right = chains = 0
    misses: list[Miss] = []
    for document, truth in reports:
        left = [claim for claim in reader.read(document) if not _sums_up(claim)]
        annotated, read = annotated + len(truth), read + len(left)
        for claim in truth:
            same = next((one for one in left if _equal(claim, one)), None)
            if same is None:
                misses.append(Miss(document.id, _why(claim, left), claim))
                continue
            left.remove(same)
            right += 1
            if _same_chain(claim.attribution, same.attribution):
                chains += 1
            else:
                misses.append(Miss(document.id, "chain", same))
        misses += [Miss(document.id, "not annotated", one) for one in left]
    return Score(annotated, read, right, chains, tuple(misses))


def _sums_up(claim: Claim) -> bool:
    """Whether a claim only adds up others of the report, which no words say and no annotation repeats."""
    return claim.victim is None and any(one.kind in ("same_as", "sum_of") for one in claim.relations)


def _equal(truth: Claim, read: Claim) -> bool:
    fields = all(getattr(truth, name) == getattr(read, name) for name in ("harm", "group", "modality"))
    return fields and _bounds(truth) == _bounds(read) and _overlap(truth, read)


def _bounds(claim: Claim) -> tuple[int | None, int | None]:
    """The bounds as compared: to deny that any were killed is to deny it of none."""
    bounds = claim.count.low, claim.count.high
    return (None, None) if claim.modality == "denied" and bounds == (0, 0) else bounds


def _overlap(truth: Claim, read: Claim) -> bool:
    one, other = truth.victim or truth.passage, read.victim or read.passage
    return one.start < other.end and other.start < one.end


def _why(truth: Claim, read: list[Claim]) -> str:
    """The field in which the nearest claim differs, or that there is none."""
    near = [one for one in read if _overlap(truth, one)]
    if not near:
        return "not read"
    differing: list[list[str]] = [
        [name for name in ("harm", "group", "modality") if getattr(truth, name) != getattr(one, name)]
        + (["count"] if _bounds(truth) != _bounds(one) else [])
        for one in near
    ]
    return min((len(fields), " and ".join(fields)) for fields in differing)[1] or "read once, annotated twice"


def _same_chain(truth: tuple[Source, ...], read: tuple[Source, ...]) -> bool:
    return len(truth) == len(read) and all(map(_same_node, truth, read))


def _same_node(truth: Source, read: Source) -> bool:
    """The same kind, and words that overlap, or no words on either side (a publisher's own words may stand in)."""
    if truth.kind != read.kind:
        return False
    if truth.start is None or read.start is None or truth.end is None or read.end is None:
        return truth.kind == "publisher" or truth.start is read.start
    return truth.start < read.end and read.start < truth.end
