"""Why figures changed: an invented history of thirty changes, each accounted for by its cause."""

from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from tests.case.invented import claim
from uncounted.case import Case, changes, corrections, linking, policies, reviewing, telling
from uncounted.case import consent as consenting
from uncounted.model.claims import Claim
from uncounted.model.facts import Agent, PairJudged
from uncounted.model.identity import digest

ADA = Agent("person", "Ada Recorder")
BEN = "Ben Reviewer"


def same(case: Case, left: str, right: str, verdict: str = "same", of: str = "claims") -> None:
    pair = PairJudged(of=of, left=left, right=right, verdict=verdict)  # type: ignore[arg-type]
    reviewing.judge_pair(case, pair, BEN)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, list[tuple[str, int]]]:
    """A case with its scripted changes: the cause of each, and the number of entries after it."""
    folder = tmp_path_factory.mktemp("history")
    case = Case.create(folder / "case", "Invented", ADA, invented=True)
    told: list[tuple[str, int]] = [("", len(case.ledger))]

    def done(cause: str) -> None:
        told.append((cause, len(case.ledger)))

    ids = []
    for number in range(8):
        ids.append(claim(case, number, 5 + number, f"clinic of ward {number}", at=number % 3))
        done("new claim")
    for left, right in ((0, 3), (3, 6), (1, 4), (2, 5)):
        same(case, ids[left], ids[right])
        done("merge")
    same(case, ids[0], ids[3], of="origins")
    done("origins")
    reviewing.edit(case, ids[7], counting(case, ids[7], 20), "Ada Recorder", reason="misread")
    done("claim corrected")
    rejected = reviewing.judge(case, ids[4], "rejected", BEN, reason="read twice")
    done("claim rejected")
    reviewing.undo(case, rejected.number, BEN)
    done("undone")
    same(case, ids[3], ids[6], "different")
    same(case, ids[0], ids[6], "different")
    done("split")
    reviewing.describe(case, f"c{0:012}", BEN, published="2025-03-30", reason="seen on the page")
    done("publication stated")
    policies.adopt(case, "airwars", BEN, "the group publishes by it")
    done("rule")
    first = linking.incident(case.views, ids[1])
    for person, value in (("Ada Recorder", "refuted"), (BEN, "refuted")):
        linking.assess(case, first.id, "happened", value, by=person, reason="the film is older")
    done("regrade")
    mine = policies.named(case, "airwars")
    (case.folder / "policies").mkdir()
    (case.folder / "policies" / "ours.toml").write_text(
        'name = "ours"\ntitle = "Ours"\ndescription = ""\nsource = "invented"\nmodalities = ["asserted"]\n'
        'at_least = "closed"\n'
    )
    assert mine.policy.name == "airwars"
    policies.adopt(case, "ours", BEN, "we changed our mind")
    done("rule")
    consenting.state(case, BEN, f"c{2:012}", ["analyse"], given=False, reason="asked to be left out")
    done("consent")
    form = folder / "form.toml"
    form.write_text(f'about = "{ids[7]}"\nreason = "duplicate"\nsaid = "counted in Odra already"\n')
    asked = corrections.ask(case, form, "Ada Recorder")
    corrections.decide(case, asked.id, "accepted", BEN, "It was counted twice.", reject=(ids[7],))
    done("correction")
    total = claim(case, 20, 90, "ministry", scope="cumulative")
    done("new claim")
    corrections.overlap(case, total, (ids[0],), (4, 6), by=BEN, reason="the ministry lists them")
    done("overlap")
    for number in range(21, 25):
        ids.append(claim(case, number, number, f"clinic of ward {number}", at=number % 3))
        done("new claim")
    same(case, ids[-1], ids[-2])
    done("merge")
    return case, told


def counting(case: Case, name: str, low: int) -> Claim:
    standing = case.views.claim(name).claim
    return msgspec.structs.replace(standing, count=msgspec.structs.replace(standing.count, low=low, high=low))


def figures(case: Case, size: int) -> dict[tuple[tuple[str, str], ...], changes.Figure]:
    """The same figures by the road that 'uncounted toll' takes."""
    now, rules = telling.standing(case, str(size)), telling.policy_of(case, None, str(size))
    cells = [cell for by in changes.SHOWN for cell in telling.cells(now, rules, by)]
    return {
        tuple(sorted(cell.cell.items())): (cell.low, cell.high) for cell in (*cells, *telling.stated_totals(now, rules))
    }


def test_thirty_changes_are_all_accounted_for(history: tuple[Case, list[tuple[str, int]]]) -> None:
    case, told = history
    assert len(told) - 1 == 30
    first, last = told[0][1], told[-1][1]
    found = changes.diff(case, changes.state(case, str(first)), changes.state(case, str(last)))
    before, after = figures(case, first), figures(case, last)
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {tuple(sorted(one.cell.items())) for one in found.changed} == differing
    for one in found.changed:
        key = tuple(sorted(one.cell.items()))
        assert (one.before, one.after) == (before.get(key), after.get(key))
        way = [one.before, *(step.after for step in one.steps)]
        assert [step.before for step in one.steps] == way[:-1]
        assert way[-1] == one.after


def test_each_change_alone_is_explained_by_its_own_cause(history: tuple[Case, list[tuple[str, int]]]) -> None:
    case, told = history
    causes = []
    for (_, start), (cause, end) in pairwise(told):
        found = changes.diff(case, changes.state(case, str(start)), changes.state(case, str(end)))
        assert {step.cause for one in found.changed for step in one.steps} <= {cause}, cause
        assert all(step.words and step.by for one in found.changed for step in one.steps)
        causes += [cause] if found.changed else []
    moved = {"new claim", "merge", "claim corrected", "claim rejected", "undone", "split", "rule", "regrade", "consent",
             "correction", "overlap"}  # fmt: skip
    assert moved <= set(causes)


def test_the_public_note_of_a_correction_stands_in_the_history(history: tuple[Case, list[tuple[str, int]]]) -> None:
    case, told = history
    place = [cause for cause, _ in told].index("correction")
    found = changes.diff(case, changes.state(case, str(told[place - 1][1])), changes.state(case, str(told[place][1])))
    assert any("It was counted twice." in step.words for one in found.changed for step in one.steps)


def test_adopted_rules_stay_as_they_were_adopted(history: tuple[Case, list[tuple[str, int]]]) -> None:
    case, _ = history
    before = policies.in_force(case).policy
    file = case.folder / "policies" / "ours.toml"
    kept = file.read_text()
    file.write_text(kept.replace("closed", "open"))
    assert policies.in_force(case).policy == before
    file.write_text(kept)


def test_an_overlap_stands_as_cells_of_its_own_and_moves_no_other(history: tuple[Case, list[tuple[str, int]]]) -> None:
    case, told = history
    size = next(size for cause, size in told if cause == "overlap")
    now, rules = telling.standing(case, str(size)), telling.policy_of(case, None, str(size))
    cells = {cell.cell["scope"]: (cell.low, cell.high) for cell in telling.stated_totals(now, rules)}
    assert cells["cumulative"] == (90, 90)
    assert cells["remainder"] == (84, 86)
    assert figures(case, size).items() >= figures(case, size - 1).items()


def test_a_digest_of_a_case_that_is_not_this_one_is_refused(
    history: tuple[Case, list[tuple[str, int]]], tmp_path: Path
) -> None:
    case, _ = history
    (tmp_path / "manifest.json").write_text(f'{{"facts": 3, "root": "{digest(b"else")}", "policy": "literal"}}')
    with pytest.raises(Exception, match="another case"):
        changes.state(case, str(tmp_path))
