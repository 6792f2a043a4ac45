"""Laws of reading, on any text: every span verbatim, the same each time, whatever the marks, halves and line ends."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uncounted.model.claims import Claim, Document
from uncounted.model.quoting import misquoted
from uncounted.stages.locate.attach import locate
from uncounted.stages.locate.gazetteer import Gazetteer
from uncounted.stages.locate.times import find_times
from uncounted.stages.read.attribution import attributions
from uncounted.stages.read.contract import ReaderContract
from uncounted.stages.read.protocol import Reader
from uncounted.stages.read.standard import standard_reader

READER = standard_reader()
NOWHERE = Gazetteer()

MARKS = st.sampled_from(
    ["\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202e", "\u2066", "\u2069", "\u200b",
     "\u200d", "\ufeff", "\u00ad",
     "\u0301", "\u0308", "\u20dd", "\u0640", "\u064b", "\ud800", "\udfff", "\U0001f4a5", "\x00", "\x85",
     "\u2028", "\r\n",
     "\r", "\n", "\t", "\xa0", "\u3000", "’", "“", "«", "–", "…"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["killed", "were killed", "at least", "14", "1,200", "٣", "people", "villagers", "a woman", "five of them children",
     "the hospital said", "on Tuesday", "in Homs", "said", "denied", "no one", "dozens of", "bodies", "according to",
     "İSTANBUL", "ﬁve men", "Straße", "قتل", "مدنياً", "وأصيب", "شهيدين", "بحسب", "mató a",
     "12", "personas"]
)  # fmt: skip
ANYTHING = st.text(st.characters(), max_size=40) | st.text(
    st.characters(categories=["Cs", "Mn", "Cf", "Zs"]), max_size=9
)
TEXTS = st.lists(st.one_of(MARKS, WORDS, WORDS, ANYTHING, st.sampled_from([". ", ", ", " ", " "])), max_size=40).map(
    "".join
)


def everything(text: str, language: str | None) -> tuple[Claim, ...]:
    """The claims of a text with places and times, after looking at all its statements and times too."""
    document = Document(id="d", text=text, language=language, published="2025-03-05", publisher="Courier")
    claims = READER.read(document)
    where = locate(document, claims, NOWHERE)
    for said in attributions(document):
        assert text[said.cue.start : said.cue.end] == said.cue.text
    for time in find_times(document):
        assert time.start is not None
        assert text[time.start : time.end] == time.text
    return tuple(
        Claim(**{name: getattr(claim, name) for name in claim.__struct_fields__} | {"place": at.place, "time": at.time})
        for claim, at in zip(claims, where, strict=True)
    )


@given(TEXTS, st.sampled_from(["en", "ar", "es", None, "xx"]))
@settings(max_examples=400)
def test_every_span_of_every_field_is_the_texts_own_slice(text: str, language: str | None) -> None:
    for claim in everything(text, language):
        assert not list(misquoted(claim, text))


@given(TEXTS, st.sampled_from(["en", "ar"]))
@settings(max_examples=80)
def test_reading_again_gives_the_same(text: str, language: str) -> None:
    first = everything(text, language)
    standard_reader().read(Document(id="other", text="Two men were killed."))
    assert everything(text, language) == first


@given(TEXTS)
@settings(max_examples=80)
def test_a_count_never_closes_a_bound_the_wrong_way(text: str) -> None:
    for claim in everything(text, "en"):
        low, high = claim.count.low, claim.count.high
        assert low is None or high is None or 0 <= low <= high
        assert claim.count.quantifier != "at_least" or high is None
        assert claim.count.quantifier != "at_most" or low is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_the_ends_of_lines_change_no_claim(end: str) -> None:
    lines = [
        "At least 14 villagers were killed",
        "in the raid on the market, the hospital said.",
        "",
        "Nine were hurt.",
    ]
    counts = [claim.count.low for claim in everything(end.join(lines), "en")]
    assert counts[0] == 14


def test_a_line_of_a_megabyte_is_read_to_its_end() -> None:
    words = [
        "a",
        "green",
        "hill",
        "and",
        "long",
        "grass",
        "by",
        "some",
        "river",
        "under",
        "old",
        "trees",
        "with",
        "yellow",
        "leaves",
    ]
    chosen = random.Random(5)
    line = " ".join(chosen.choice(words) for _ in range(200_000))
    text = line[:1_000_000] + " two men were killed"
    (claim,) = READER.read(Document(id="d", text=text))
    assert claim.passage.text == "two men were killed"
    assert claim.passage.end == len(text)


@pytest.mark.parametrize("piece", ["\u0301", "(", '"', "killed,", "1,", "and ", "\u0640", "(((", "- ", "no "])
def test_what_is_repeated_a_hundred_thousand_times_costs_no_more_than_its_length(piece: str) -> None:
    """A cost that grew with the square of the length would not end while anybody waits."""
    READER.read(Document(id="d", text=piece * (100_000 // len(piece)) + " Two men were killed."))


class TestContract(ReaderContract):
    """The grammar keeps what every reader keeps."""

    def make(self) -> Reader:
        return standard_reader()
