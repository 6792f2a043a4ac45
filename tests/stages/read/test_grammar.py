"""The reader as a whole: grounded, deterministic, linear, in the public form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stages.read.reading import READER, read, shorts
from uncounted.model.claims import Claim, Document
from uncounted.stages.read.clause import clause
from uncounted.stages.read.explain import explain
from uncounted.stages.read.lexicon import Lexicon
from uncounted.stages.read.phrase import Clause
from uncounted.stages.read.protocol import Reader
from uncounted.text.view import View

PIECES = st.sampled_from(
    [
        "At least 14 villagers",
        "five of them children",
        "were killed",
        "died",
        "and",
        ",",
        ". ",
        "\n",
        "\r\n",
        "\u200f",
        "wounded",
        "two soldiers",
        "including",
        "the bodies of",
        "(",
        ")",
        "12",
        "dozens of",
        "é",
        "\u202b",
        "قتل",
        "ـ",
        "killing",
        "the death toll rose to",
        "no",
        "–",
        "“",
        "”",
        "'",
        "ki*lled",
        "\x00",
        "💔",
        "²",
        "by",
        "an airstrike",
        "Coalition",
        "1,200",
        "more than",
        "women and children",
        "in",
        "of",
        "who",
        "-",
        "[",
        "]",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs"]), max_size=6)), max_size=30).map(
    " ".join
)


def check_grounded(text: str, claim: Claim) -> None:
    parts = (claim.passage, claim.victim, claim.count, claim.place, claim.time, claim.actor, claim.means)
    for part in parts:
        if part is not None and part.text is not None:
            assert part.start is not None
            assert text[part.start : part.end] == part.text


@given(TEXTS)
@settings(deadline=None)
def test_every_span_is_verbatim_on_any_unicode(text: str) -> None:
    for claim in read(text):
        check_grounded(text, claim)


@given(TEXTS)
@settings(deadline=None, max_examples=30)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


@given(TEXTS)
@settings(deadline=None, max_examples=30)
def test_names_are_numbers_in_order_and_wholes_are_among_them(text: str) -> None:
    claims = read(text)
    assert [claim.id for claim in claims] == [f"d#{n}" for n in range(1, len(claims) + 1)]
    assert {claim.subset_of for claim in claims} - {None} <= {claim.id for claim in claims}


def test_a_line_of_a_million_characters_is_read() -> None:
    text = "Two people were killed and the convoy went on " * 22_000
    assert len(read(text)) >= 21_500  # a cut falls here and there into a claim


def test_the_work_grows_with_the_length_and_not_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in sentences looked at, not in seconds."""
    from uncounted.stages.read import grammar

    looked: list[int] = []
    real = clause

    def counting(seen: View, start: int, end: int, lex: Lexicon) -> Clause:
        looked.append(end - start)
        return real(seen, start, end, lex)

    monkeypatch.setattr(grammar, "clause", counting)
    read("Two people were killed in the raid. " * 50)
    once = sum(looked)
    looked.clear()
    read("Two people were killed in the raid. " * 500)
    assert sum(looked) <= 10 * once + 50


def test_capitals_with_hard_line_breaks_are_read() -> None:
    text = (
        "ORVALE, 4 MAR 91 (RADIO NORD) -- [TEXT] UNIDENTIFIED GUNMEN SHOT DEAD THE\n"
        "DEPUTY MAYOR OF ORVALE AND TWO OF HIS BODYGUARDS LAST NIGHT, THE POLICE\n"
        "REPORTED. THE MAYOR'S DRIVER AND THREE PASSERS-BY WERE SERIOUSLY\n"
        "WOUNDED."
    )
    assert sorted(shorts(text)) == ["injured 1 people", "injured 3 people", "killed 1 people", "killed 2 people"]


def test_a_passage_is_the_clause_and_a_victim_the_one_harmed() -> None:
    (claim,) = read("Police said on Friday that at least 14 villagers had been killed by shelling near the mill.")
    assert claim.passage.text == "at least 14 villagers had been killed"
    assert claim.victim is not None
    assert claim.victim.text == "at least 14 villagers"
    assert claim.count.text == "at least 14"


def test_parts_point_to_their_whole() -> None:
    whole, part = read("Twelve people were killed, including three children.")
    assert part.subset_of == whole.id
    assert [(relation.kind, relation.claim) for relation in part.relations] == [("subset_of", whole.id)]


def test_the_same_said_twice_is_related_and_not_merged() -> None:
    first, second = read("Nine people died in the raid. The nine people who were killed came from Orvale.")
    assert [(relation.kind, relation.claim) for relation in second.relations] == [("same_as", first.id)]


def test_a_sum_points_to_its_parts() -> None:
    *parts, total = read("Three men and four women were killed. In total seven people were killed.")
    assert {relation.claim for relation in total.relations if relation.kind == "sum_of"} == {part.id for part in parts}


def test_a_new_figure_points_to_the_one_it_replaces() -> None:
    first, second = read("Four people were killed in the blast. The death toll later rose to nine.")
    assert [(relation.kind, relation.claim) for relation in second.relations] == [("update_of", first.id)]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Two people were killed on Monday.", "incident"),
        ("Ninety people were killed last week.", "period"),
        ("4,000 people have been killed since the war began.", "cumulative"),
    ],
)
def test_a_scope_has_its_name(text: str, scope: str) -> None:
    assert [claim.scope for claim in read(text)] == [scope]


@pytest.mark.parametrize(
    ("text", "actor", "means"),
    [
        ("A Coalition airstrike killed four farmers.", "Coalition", "airstrike"),
        ("Four farmers were killed by rebels with a roadside bomb.", "rebels", "ied"),
        ("Government forces killed two nurses.", "Government forces", None),
        ("Four farmers were killed when a drone hit the market.", None, "drone"),
    ],
)
def test_actor_and_means_are_named_where_said(text: str, actor: str | None, means: str | None) -> None:
    (claim,) = read(text)
    assert (claim.actor.name if claim.actor else None, claim.means.name if claim.means else None) == (actor, means)


def test_a_person_told_of_again_makes_no_new_claim() -> None:
    assert shorts("Gunmen shot dead a teacher in Orvale. The victim was killed at her door.") == ["killed 1 people"]


def test_a_language_without_lexicon_yields_nothing() -> None:
    assert read("Killed 12 people", language="xx") == ()


def test_a_count_that_nobody_wrote_has_no_words() -> None:
    (claim,) = read("A farmer was killed.")
    assert (claim.count.text, claim.count.low, claim.count.high) == (None, 1, 1)


def test_chains_are_applied_last() -> None:
    from uncounted.stages.read.grammar import GrammarReader

    reader = GrammarReader(chains=lambda document, claims: claims[:0])
    assert reader.read(Document(id="d", text="no harm here")) == ()


def test_the_explanation_names_words_rule_and_runners_up() -> None:
    (reading,) = READER.readings(Document(id="d", text="The driver of the bus, a friend of ours, was killed."))
    told = explain(reading)
    assert "word of harm 'killed'" in told
    assert "runner-up" in told


def test_it_is_a_reader() -> None:
    reader: Reader = READER
    assert reader.name == "grammar/1"
