"""A focus keeps what a given kind of record would hold; it is asked for by name."""

import pytest

from tests.stages.read.reading import READER
from uncounted.model.claims import Document
from uncounted.model.errors import NotFound
from uncounted.stages.read.focus import Focus, features, focus, names

TEXT = "Gunmen murdered a teacher in Orvale. Nine soldiers were killed in clashes with rebels last year."


def test_every_shipped_focus_loads_and_weighs_within_bounds() -> None:
    for name in names():
        for reading in READER.readings(Document(id="d", text=TEXT)):
            assert 0 <= focus(name).worth(reading) <= 1


def test_a_murdered_teacher_belongs_to_the_record_rather_than_soldiers_in_combat() -> None:
    teacher, soldiers = READER.readings(Document(id="d", text=TEXT))
    assert focus("muc4").worth(teacher) > focus("muc4").worth(soldiers)


def test_a_focus_without_weights_keeps_all_at_one_half() -> None:
    plain = Focus(about="", threshold=0.5, intercept=0.0, weights={})
    assert all(plain.keeps(reading) for reading in READER.readings(Document(id="d", text=TEXT)))


def test_features_are_numbers_other_than_zero() -> None:
    for reading in READER.readings(Document(id="d", text=TEXT)):
        assert all(features(reading).values())


def test_an_unknown_focus_is_named_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="muc4"):
        focus("none such")
