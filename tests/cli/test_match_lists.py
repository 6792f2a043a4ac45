"""``uncounted match --lists``: persons across a case's lists. All names are invented."""

import json
from pathlib import Path

from tests.conftest import Run
from tests.stages.match.persons.invented import families, listed
from uncounted.case import Case
from uncounted.model.facts import Agent, ListRead
from uncounted.model.persons import ListEntry


def with_lists(folder: Path) -> None:
    people = families(40, seed=31)
    with Case(folder) as case:
        for one in (listed("north", people[:60]), listed("south", people[10:], shift=1)):
            rows = zip(one.ids, one.names, one.sex, one.age, strict=True)
            entries = tuple(ListEntry(list=one.name, id=i, name=n, sex=s, age=a) for i, n, s, a in rows)
            case.record(Agent("person", "Ada Recorder"), ListRead(list=one.name, capture="c0", entries=entries))


def test_lists_are_matched_judged_explained_and_undone(case: Path, run: Run) -> None:
    with_lists(case)
    everybody = json.loads(run("match", "--lists", "--json", cwd=case).stdout)
    assert ["north:north30", "south:south20"] in [person["entries"] for person in everybody]
    shown = run("match", "--different", "north:north30", "south:south20", "--effects", cwd=case).stdout
    assert "would" in shown
    assert "against a machine's link" in shown
    said = run("match", "--different", "north:north30", "south:south20", "--reason", "two cousins", cwd=case)
    number = said.stderr.split("entry ")[1].split(";")[0]
    why = json.loads(run("match", "--explain", "north:north30", "south:south20", "--json", cwd=case).stdout)
    assert why["probability"] == 0
    run("review", "--undo", number, cwd=case)
    again = json.loads(run("match", "--lists", "--json", cwd=case).stdout)
    assert again == everybody


def test_without_lists_it_says_what_is_missing(case: Path, run: Run) -> None:
    assert "needs two or more" in run("match", "--lists", cwd=case, status=3).stderr
