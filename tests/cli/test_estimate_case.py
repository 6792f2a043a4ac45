"""``uncounted estimate`` in a case (invented lists)."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from uncounted.case import Case, lists
from uncounted.cli import uncounted
from uncounted.model.facts import Agent, LinksProposed
from uncounted.model.incidents import Link
from uncounted.stages.match.persons.persons import MATCHER

ADA = Agent("person", "Ada Recorder")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    case = Case.create(tmp_path / "case", "Invented", ADA, invented=True)
    on = np.random.default_rng(2).random((150, 3)) < 0.5
    links = []
    for at, name in enumerate("abc"):
        file = tmp_path / f"{name}.csv"
        file.write_text("id,name\n" + "".join(f"{i},Person {i}\n" for i in range(150) if on[i, at]), "utf-8")
        lists.add(case, file, ADA, name=name)
        for other in range(at):
            links += [
                Link(left=f"{'abc'[other]}:{i}", right=f"{name}:{i}", probability=1.0)
                for i in range(150)
                if on[i, at] and on[i, other]
            ]
    case.record(Agent("machine", MATCHER), LinksProposed(of="entries", matcher=MATCHER, links=tuple(links)))
    case.close()
    return case.folder


def test_a_case_is_estimated_shown_and_made_again(folder: Path) -> None:
    run = CliRunner().invoke
    made = run(uncounted, ["estimate", "--case", str(folder), "--lists", "a,b,c", "--links", "0", "--json"])
    assert made.exit_code == 0, made.output
    said = json.loads(made.stdout)
    assert said["model"] == "shrinkage"
    assert said["estimate"]["low"] < 150 < said["estimate"]["high"]
    assert "no part of the toll" in made.stderr
    shown = json.loads(run(uncounted, ["estimate", "--case", str(folder), "--made", "--json"]).stdout)
    assert shown[0]["median"] == said["estimate"]["median"]
    again = run(uncounted, ["estimate", "--case", str(folder), "--again", str(shown[0]["entry"])])
    assert "byte for byte" in again.stdout


def test_all_engines_at_once_are_for_the_report(folder: Path) -> None:
    refused = CliRunner().invoke(uncounted, ["estimate", "--case", str(folder), "--model", "all"])
    assert refused.exit_code != 0
