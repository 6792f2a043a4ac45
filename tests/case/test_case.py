"""A case's folder: made whole or not at all, and its owner's alone."""

from pathlib import Path

import pytest

from uncounted.case import Case
from uncounted.case.keeping import Keeper
from uncounted.model.errors import BadInput, Refused
from uncounted.model.facts import Agent

ADA = Agent("person", "Ada")


def test_a_new_case_is_its_owners_alone(tmp_path: Path) -> None:
    with Case.create(tmp_path / "deep" / "case", "Invented", ADA) as case:
        Keeper(case).fresh()
        assert case.folder.stat().st_mode & 0o777 == 0o700
        modes = {path.name: path.stat().st_mode & 0o777 for path in case.folder.iterdir() if path.is_file()}
        assert {name.partition(".")[0] for name in modes} >= {"ledger", "views", "index"}
        assert {name for name, mode in modes.items() if mode & 0o077} == set()


def test_a_case_that_could_not_be_opened_is_not_in_the_way_of_another(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        Case.create(tmp_path / "case", "half a pair \ud800", ADA)
    with Case.create(tmp_path / "case", "Invented", ADA) as case:
        assert case.opened.title == "Invented"


def test_a_case_is_not_made_over_anything(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Refused, match="empty folder"):
        Case.create(tmp_path, "Invented", ADA)
