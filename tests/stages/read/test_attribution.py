"""Reported statements are found with their source, the word of saying and what was said."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uncounted.model.claims import Attributed, Document
from uncounted.stages.read.attribution import attributions
from uncounted.stages.read.attribution_words import inflected, reporting


def told(text: str) -> list[Attributed]:
    return list(attributions(Document(id="d", text=text)))


def parts(one: Attributed) -> tuple[str | None, str, str | None]:
    return one.source.text if one.source else None, one.cue.text, one.content.text if one.content else None


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The minister said the road was closed.", "The minister", "said", "the road was closed"),
        ("The minister said that the road was closed.", "The minister", "said", "the road was closed"),
        ("The road was closed, the minister said.", "the minister", "said", "The road was closed"),
        ("The road was closed, the minister said on Friday.", "the minister", "said", "The road was closed"),
        ("According to police, the road was closed.", "police", "According to", "the road was closed"),
        ("The road was closed, according to police.", "police", "according to", "The road was closed"),
        ("She told reporters that the road was closed.", "She", "told", None),
        ("Omar Selim has said the road is closed.", "Omar Selim", "has said", "the road is closed"),
        ("The report says the road was closed.", "The report", "says", "the road was closed"),
        ("Witnesses reported that the road was closed.", "Witnesses", "reported", "the road was closed"),
        ("The army denied that the road was closed.", "The army", "denied", "the road was closed"),
    ],
)
def test_a_statement_has_source_cue_and_content(text: str, source: str, cue: str, content: str | None) -> None:
    found = [parts(one) for one in told(text)]
    assert len(found) == 1, found
    assert found[0][:2] == (source, cue)
    assert content is None or found[0][2] == content


def test_an_inverted_quotation_is_the_content_of_its_cue() -> None:
    (one,) = told('"The road was closed," said Omar Selim.')
    assert one.source is not None
    assert one.source.text == "Omar Selim"
    assert one.content is not None
    assert "The road was closed" in one.content.text


def test_a_quotation_that_runs_on_is_followed_to_its_end() -> None:
    (one,) = told('The minister said: "The road was closed. Nobody could pass."')[:1]
    assert one.content is not None
    assert one.content.text.endswith('Nobody could pass."') or one.content.text.endswith("Nobody could pass.")


def test_a_word_that_names_nobody_has_no_source() -> None:
    assert [parts(one)[:2] for one in told("The road was reportedly closed.")] == [(None, "reportedly")]


@pytest.mark.parametrize("text", ["The road was closed.", "A shell hit a bakery near the market.", "", "\n \n"])
def test_plain_telling_is_nobodys_statement(text: str) -> None:
    assert told(text) == []


def test_another_language_gives_nothing_yet() -> None:
    assert attributions(Document(id="d", text="The minister said so.", language="fr")) == ()


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("say", {"say", "says", "sayed", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("report", {"report", "reports", "reported", "reporting"}),
        ("state", {"state", "states", "stated", "stating"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
        ("refer", {"refer", "refers", "referred", "referring"}),
    ],
)
def test_verbs_are_inflected_by_rule(verb: str, forms: set[str]) -> None:
    assert set(inflected(verb)) == forms


def test_irregular_forms_lead_to_their_verb() -> None:
    forms = reporting("en").forms
    assert {forms[word][0] for word in ("said", "says", "saying", "say")} == {"say"}


@given(
    st.text(alphabet=st.sampled_from('the army said that "nine died," he \u202b\u0301\r\n.’\U0001f600'), max_size=120)
)
def test_every_span_is_verbatim_and_reading_is_deterministic(text: str) -> None:
    found = told(text)
    for one in found:
        for part in (one.source, one.cue, one.content):
            assert part is None or part.text == text[part.start : part.end]
    assert found == told(text)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    told(text)


def test_the_cost_grows_with_the_length_not_with_its_square() -> None:
    def cost(copies: int) -> float:
        text = 'The minister said the road was closed. "Nobody passed," he added.\n' * copies
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            told(text)
            best = min(best, time.process_time() - begun)
        return best

    cost(10)
    assert cost(400) < 8 * 3 * cost(50)
