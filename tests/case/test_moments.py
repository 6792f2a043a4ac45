"""How many entries a case held at a moment, by clocks that are right, set elsewhere, or wrong for a while."""

from pathlib import Path

import pytest

from uncounted.case import Case
from uncounted.case.moments import moment
from uncounted.ledger.contract import facts
from uncounted.model.errors import BadInput
from uncounted.model.facts import Agent, ReleaseMade

ADA = Agent("person", "Ada")


def recorded(folder: Path, *times: str) -> Case:
    """A case whose entries behind the first were recorded at these times of 9 March 2131."""
    case = Case.create(folder, "Invented", ADA)
    for at in times:
        case.ledger.append(ADA, facts(1), at=at if "T" in at else f"2131-03-09T{at}Z")
    return case


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ("2131-03-08", 1), ("2131-03-09", 4), ("2131-03-09T10:00:00Z", 2), ("2131-03-09T10:00:00", 2),
        ("2131-03-09T11:00:00+02:00", 1), ("2131-03-09T12:00:00+02:00", 2), ("2131-03-09 10:30", 3),
        ("2131-03-09T09:59:59.999Z", 1), ("2", 2),
    ],
)  # fmt: skip
def test_a_moment_is_asked_for_in_any_zone(tmp_path: Path, asked: str, size: int) -> None:
    case = recorded(tmp_path / "case", "10:00:00", "10:30:00", "10:30:00.500")
    # The case was opened today by the clock, long before these entries.
    assert moment(case, asked) == size


def test_a_clock_that_ran_ahead_for_one_entry_hides_none_behind_it(tmp_path: Path) -> None:
    case = recorded(tmp_path / "case", "10:00:00", "2199-01-01T00:00:00Z", "10:10:00", "10:20:00", "10:30:00")
    assert moment(case, "2131-03-09T10:25:00Z") == 5
    assert moment(case, "2131-03-09T10:05:00Z") == 2


def test_a_clock_that_forgot_the_year_for_one_entry_brings_none_forward(tmp_path: Path) -> None:
    case = recorded(tmp_path / "case", "10:00:00", "10:10:00", "1970-01-01T00:00:00Z", "10:20:00", "10:30:00")
    assert moment(case, "2131-03-09T10:15:00Z") == 4
    assert moment(case, "2131-03-09T10:05:00Z") == 2


@pytest.mark.parametrize("asked", ["yesterday", "9" * 5000, "2131-13-40", "2131-03", "²", "2131-03-09T25:00:00Z", ""])
def test_what_is_no_moment_is_named(tmp_path: Path, asked: str) -> None:
    with pytest.raises(BadInput, match="moment"):
        moment(recorded(tmp_path / "case"), asked)


def test_now_is_before_the_releases_that_nothing_followed(tmp_path: Path) -> None:
    case = recorded(tmp_path / "case", "10:00:00")
    case.record(ADA, ReleaseMade(name="r", policy="p", facts=2, manifest="m"))
    assert moment(case) == 2
