"""Judging on a terminal: undoing goes back to its claim, a typo is no open bound, a report cannot move the cursor."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.web.invented_case import BY, add_report, built
from uncounted.case.desk import CaseDesk
from uncounted.cli.review import changed, one_at_a_time
from uncounted.model.errors import BadInput


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CaseDesk]:
    made = built(tmp_path / "case")
    yield made
    made.close()
    made.case.close()


def typed(monkeypatch: pytest.MonkeyPatch, keys: str) -> list[str]:
    """Let somebody press these keys; answers what pauses say."""
    left, told = iter(keys), list[str]()
    monkeypatch.setattr(click, "getchar", lambda: next(left))
    monkeypatch.setattr(click, "pause", told.append)
    monkeypatch.setattr(click, "clear", lambda: None)
    return told


def statuses(desk: CaseDesk) -> list[str]:
    """How each claim stands, in the order in which they are reviewed on a terminal."""
    return [desk.claim(name).status for name in names(desk)]


def names(desk: CaseDesk) -> list[str]:
    return [one.claim.id for one in desk.case.views.claims()]


def test_undoing_goes_back_to_the_claim_that_was_judged_past_those_that_were_skipped(
    desk: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "assuxq")
    one_at_a_time(desk.case, BY)
    assert statuses(desk)[:3] == ["rejected", "proposed", "proposed"]


def test_what_somebody_else_judged_in_the_meantime_is_told_and_the_next_claim_comes(
    desk: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = names(desk)[0]
    keys = iter("aaq")

    def pressed() -> str:
        if desk.claim(first).status == "proposed":
            desk.judge(first, "rejected", "Karim")
        return next(keys)

    told = typed(monkeypatch, "")
    monkeypatch.setattr(click, "getchar", pressed)
    one_at_a_time(desk.case, BY)
    assert "Karim" in told[0]
    assert statuses(desk)[:3] == ["rejected", "accepted", "proposed"]


@pytest.mark.parametrize("said", ["low=abc", "high=-3", "low=²", "low=1.5"])
def test_what_is_no_number_is_no_bound_and_leaves_none_open(desk: CaseDesk, said: str) -> None:
    with pytest.raises(BadInput, match="a bound is a whole number"):
        changed(desk.claim("kkilled").claim, [said])


def test_an_empty_bound_is_open(desk: CaseDesk) -> None:
    assert changed(desk.claim("kseven").claim, ["high=", "low=5"]).count.high is None


def test_no_words_of_a_report_move_the_cursor(
    desk: CaseDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_report(desk, "esc", "Lines\n\x1b[2J\x1b]0;x\x07 and \u202efour people died\u202c there.", "four people died")
    typed(monkeypatch, "s" * 5 + "q")
    one_at_a_time(desk.case, BY)
    said = capsys.readouterr().out
    assert "\\u001b[2J" in said
    assert "\x1b[2J" not in said
    assert "\u202e" not in said
