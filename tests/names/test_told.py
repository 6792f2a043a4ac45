"""Whether words for one victim are a name (every name is invented)."""

import pytest

from uncounted.model.claims import Claim, Count, Passage
from uncounted.names.told import is_a_name, is_single, victim_named

ONE = Count(low=1, high=1)


def told(words: str, count: Count = ONE, flags: tuple[str, ...] = ()) -> Claim:
    return Claim(
        document="d", id="c", harm="killed", passage=Passage(words, 0, len(words)),
        victim=Passage(words, 0, len(words)), count=count, flags=flags,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Mahmud al-Mukhtara", "Omar de la Cruza", "two-year-old Rima Zahrawi", "the journalist Mahmud al-Mukhtara",
        "Mahmud al-Mukhtara, a shepherd from Tal Zahr", "Ada Lind", "Іван Вигаданий", "ريما فارس الزهراوي",
        "سائق ابن زهر",
    ],
)  # fmt: skip
def test_a_name_is_known_by_its_letters(words: str) -> None:
    assert is_a_name(words)
    assert victim_named(told(words)) == words


@pytest.mark.parametrize(
    "words",
    [
        "", "a shepherd", "the UN", "a Civil Defence volunteer", "a resident of Tal Zahr", "a man from Beit Odra",
        "Young Odran Man", "one Odran", "Odran", "طالب جامعي", "رجل مسن",
    ],
)  # fmt: skip
def test_a_description_names_nobody(words: str) -> None:
    assert not is_a_name(words)
    assert victim_named(told(words)) is None


def test_a_reader_that_says_so_decides() -> None:
    assert victim_named(told("mahmud", flags=("named",))) == "mahmud"


def test_words_for_several_people_name_no_single_victim() -> None:
    both = told("Ada Lind and Cora Tinn", Count(low=2, high=2, text="both", start=0, end=4))
    assert not is_single(both)
    assert victim_named(both) is None
