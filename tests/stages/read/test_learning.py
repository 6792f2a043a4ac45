"""What is learned from judgements, on invented ones."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.read.reading import read
from uncounted.model.claims import Document
from uncounted.model.errors import NotEnough
from uncounted.stages.read.learning import Judged, chance, fitted, learned
from uncounted.stages.read.scorer import sure, table, weights
from uncounted.stages.read.standard import standard_reader


def judged(count: int, *, wrong: str | None = None, seed: int = 1) -> list[Judged]:
    """Judgements at random; claims with the feature ``wrong`` hold in a tenth of cases, all others in nine tenths."""
    chosen = random.Random(seed)
    made = []
    for at in range(count):
        name = chosen.choice(["rule:subject", "rule:object", "rule:figure"])
        holds = chosen.random() < (0.1 if name == wrong else 0.9)
        made.append(Judged(f"c{at // 4}", 0.7, {name: 1.0, "quantity": 1.0}, holds))
    return made


def test_a_rule_that_reviewers_reject_loses_its_confidence() -> None:
    found = learned(judged(200, wrong="rule:figure"))
    assert found.changes["rule:figure"] < -1
    assert found.changes["rule:subject"] > 0
    assert found.gain > 0.1
    assert found.ranked[1] > found.ranked[0] + 0.2


def test_what_tells_nothing_teaches_little() -> None:
    chosen = random.Random(3)
    noise = [Judged(f"c{at}", 0.5, {f"f{chosen.randrange(6)}": 1.0}, chosen.random() < 0.5) for at in range(120)]
    found = learned(noise)
    assert found.gain < 0.02
    assert all(abs(value) < 1 for value in found.changes.values())


@pytest.mark.parametrize(
    "few",
    [
        judged(39),
        [one for one in judged(400) if one.held],
        [Judged("c1", 0.7, one.features, one.held) for one in judged(100)],
    ],
    ids=["too few", "one kind alone", "one report alone"],
)
def test_too_little_is_refused_with_what_is_missing(few: list[Judged]) -> None:
    with pytest.raises(NotEnough, match="learning needs 40 of 5 reports, and 8 of either kind"):
        learned(few)


def test_a_report_is_never_in_both_halves() -> None:
    """One whose feature is its own cannot look learned."""
    own = [Judged(f"c{at // 10}", 0.5, {f"own{at // 10}": 1.0}, (at // 10) % 2 == 0) for at in range(400)]
    assert learned(own).gain < 0.01


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.floats(0.0, 1.0)), max_size=60))
def test_what_is_learned_is_bounded_and_the_same_each_time(drawn: list[tuple[str, bool, float]]) -> None:
    examples = [Judged("c", share, {name: 2.0}, held) for name, held, share in drawn]
    changes = fitted(examples)
    assert changes == fitted(examples)
    assert all(abs(value) <= 3 for value in changes.values())
    assert all(0 < chance(one, changes) < 1 for one in examples)


def test_no_change_leaves_every_figure_as_shipped() -> None:
    assert table({}) is weights()
    assert table({"nobody knows": 3.0}) == weights()
    assert sure(0.73, {"subject": 1.0}, {}) == 0.73


def test_a_changed_reader_says_so_in_its_name_and_its_confidence() -> None:
    text = "Two farmers were killed on the road, police said."
    (plain,) = read(text)
    changed = standard_reader({"rule:subject": -2.0})
    (claim,) = changed.read(Document(id="d", text=text))
    assert claim.reader == changed.name
    assert claim.reader.startswith("grammar/1+")
    assert claim.confidence < plain.confidence


def test_a_claim_without_a_stated_count_that_reviewers_reject_is_no_longer_read() -> None:
    """It falls below the least confidence; one whose count is stated is still proposed."""
    changed = standard_reader({"rule:subject": -3.0})
    assert changed.read(Document(id="d", text="A farmer was killed.")) == ()
    assert len(changed.read(Document(id="d", text="Two farmers were killed."))) == 1
