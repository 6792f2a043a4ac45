"""Two readers side by side."""

import msgspec
import pytest

from tests.stages.read.reading import read
from uncounted.model.claims import Claim, Count, Passage, Source
from uncounted.stages.read.agreement import compared

TEXT = "At least 14 villagers, five of them children, were killed, the hospital said. Nine others were wounded."


def again(claim: Claim, **changed: object) -> Claim:
    """The same claim as another reader would say it: another id, a longer passage, less sure."""
    start = claim.passage.start
    longer = Passage(TEXT[start : claim.passage.end + 1], start, claim.passage.end + 1)
    return msgspec.structs.replace(claim, **{"id": f"o{claim.id}", "passage": longer, "confidence": 0.1, **changed})


def test_the_same_said_in_longer_words_agrees() -> None:
    left = read(TEXT)
    found = compared(left, [again(claim, subset_of="d#9" if claim.subset_of else None) for claim in left])
    assert len(left) == 3
    assert [(pair.left.id, pair.right.id) for pair in found.agreed] == [(one.id, f"o{one.id}") for one in left]
    assert found.left == found.right == ()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"harm": "injured"}, "harm"),
        ({"group": "women"}, "group"),
        ({"modality": "denied"}, "modality"),
        ({"scope": "cumulative"}, "scope"),
        ({"subset_of": "d#1"}, "part"),
        ({"count": Count(low=14, high=14, quantifier="exact", text="14", start=9, end=11)}, "count"),
        ({"attribution": (Source(name="the hospital", text="the hospital", start=59, end=71),)}, "said by"),
    ],
)
def test_any_field_that_a_toll_rests_on_parts_them(changed: dict[str, object], field: str) -> None:
    whole = read(TEXT)[0]
    (pair,) = compared([whole], [again(whole, **changed)]).aligned
    assert pair.differs == (field,)


def test_what_only_one_has_is_told_apart() -> None:
    whole, part, others = read(TEXT)
    found = compared([whole, others], [again(whole), again(part)])
    assert [claim.id for claim in found.left] == [others.id]
    assert [claim.id for claim in found.right] == [f"o{part.id}"]


def test_two_numbers_of_one_passage_are_not_one_claim() -> None:
    _, part, _ = read(TEXT)
    whole = read(TEXT)[0]
    assert compared([whole], [part]).aligned == ()


def test_no_claim_stands_in_two_pairs() -> None:
    whole = read(TEXT)[0]
    found = compared([whole], [again(whole), again(whole, id="x")])
    assert len(found.aligned) == 1
    assert len(found.right) == 1
