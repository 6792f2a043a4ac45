"""Agreement beyond chance, checked against worked examples from the literature."""

from pathlib import Path

import pytest

from tests.web.invented_case import built
from uncounted.case.agreement import agreement, cohen, krippendorff
from uncounted.model.errors import BadInput


def test_kappa_is_that_of_cohens_definition() -> None:
    # 20 yes-yes, 15 no-no, 10 yes-no, 5 no-yes: the textbook's table, kappa 0.4.
    table = [("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 10 + [("no", "yes")] * 5
    found = cohen({str(n): {"A": a, "B": b} for n, (a, b) in enumerate(table)}, "A", "B")
    assert found is not None
    assert (found.claims, found.share) == (50, 0.7)
    assert found.kappa == pytest.approx(0.4)


def test_kappa_is_undefined_where_both_say_one_thing_throughout() -> None:
    found = cohen({"1": {"A": "yes", "B": "yes"}}, "A", "B")
    assert found is not None
    assert found.kappa is None
    assert cohen({"1": {"A": "yes"}}, "A", "B") is None


def test_alpha_is_that_of_krippendorffs_worked_example() -> None:
    # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): two observers, nominal, alpha 0.095.
    first, second = "0100000010", "1110010000"
    units = [[a, b] for a, b in zip(first, second, strict=True)]
    assert krippendorff(units, lambda a, b: float(a != b)) == pytest.approx(0.095, abs=0.0005)
    assert krippendorff([["0", "0"]], lambda a, b: float(a != b)) is None
    assert krippendorff([["0"]], lambda a, b: float(a != b)) is None


def test_a_second_reading_measures_and_changes_nothing(tmp_path: Path) -> None:
    desk = built(tmp_path / "case")
    desk.judge("kkilled", "accepted", "Rana")
    desk.judge("kchildren", "accepted", "Rana")
    with pytest.raises(BadInput):
        desk.reread("kkilled", "rejected", "Rana")
    desk.reread("kkilled", "accepted", "Karim")
    desk.reread("kchildren", "rejected", "Karim", "not said of this day")
    assert desk.claim("kchildren").status == "accepted"
    found = agreement(desk.case)
    assert (found.claims, found.split) == (2, ("kchildren",))
    assert (found.pairs[0].one, found.pairs[0].other, found.pairs[0].share) == ("Karim", "Rana", 0.5)
