"""What is known of how names begin dismisses words, and never a name that the gazetteer has."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stages.locate.places import gazetteer, geonames
from uncounted.model.claims import Document
from uncounted.stages.locate.beginnings import MOST, beginnings, begins, reach
from uncounted.stages.locate.gazetteer import Entry, Gazetteer
from uncounted.stages.locate.places import find_places

_PIECES = [
    "Bab", "al-", "Al ", "el ", "San ", "SAN ", "Salvador", "Santa Ana", "Khan", " Yunis", "Younis", "’", "'", "-", " ",
    " ", " ", "in ", "In ", "near the town of ", ", ", "Syria", "The ", "Hague", "Springfield", "Aleppo", "حلب", " ب",
    "الباب", "Deir ", "ez", "-", "Zor", "ß", "ﷺ", "é", "\u0301", "Tell ", "Kalakh", "District", "Old Mill", "north of ",
    "ı", "_",
]  # fmt: skip
_WORDS = st.text(st.sampled_from("abcé"), min_size=1, max_size=3)
_NAMES = st.lists(st.lists(_WORDS, min_size=1, max_size=7).map(" ".join), max_size=20)
_OWN = (Entry(id="case:1", name="Old Mill", lat=1.0, lon=2.0, precision="exact", own=True),)
_TOWNS = geonames()


class _Unfiltered(Gazetteer):
    """A gazetteer that dismisses nothing beforehand."""

    def reach(self, word: str) -> int:
        return MOST

    def begins(self, first: str, second: str) -> bool:
        return True


@given(_NAMES)
def test_every_name_is_within_reach_of_its_first_word(names: list[str]) -> None:
    bits = beginnings(names, len(names))
    for name in names:
        words = name.split(" ")
        assert reach(bits, words[0]) >= min(MOST, len(words))
        assert len(words) == 1 or begins(bits, words[0], words[1])


def test_a_word_that_begins_no_name_reaches_nothing() -> None:
    bits = beginnings(["san salvador"], 1)
    assert [reach(bits, "san"), reach(bits, "salvador"), begins(bits, "san", "jose")] == [2, 0, False]


def test_an_article_may_be_left_out_of_a_name_so_it_reaches_any_length() -> None:
    assert [gazetteer().reach(word) for word in ("al", "el", "'", "mosul")] == [MOST, MOST, MOST, 1]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=16).map("".join), st.booleans())
def test_the_same_places_are_found_with_and_without(text: str, capitals: bool) -> None:
    document = Document(id="d", text=text.upper() if capitals else text)
    assert find_places(document, Gazetteer(_OWN, towns=_TOWNS)) == find_places(
        document, _Unfiltered(_OWN, towns=_TOWNS)
    )
