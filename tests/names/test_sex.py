"""Sex from a given name: a guess by a table, none where both sexes bear the name."""

import pytest

from uncounted.names.sex import sex_of


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Muhammed Orva", "m"),
        ("Mohamad Orva", "m"),
        ("Dr. Fatma Orva", "f"),
        ("Umm Karim Orva", "f"),
        ("Abu Karim Orva", "m"),
        ("Abdel Hakim Orva", "m"),
        ("Oksana Semi", "f"),
        ("Олена Семі", "f"),
        ("Nour Orva", None),
        ("Vorin Orva", None),
        ("", None),
    ],
)
def test_a_given_name_tells_the_sex_or_nothing(name: str, sex: str | None) -> None:
    assert sex_of(name) == sex
