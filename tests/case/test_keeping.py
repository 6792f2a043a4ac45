"""The index after any run of judgements is the index that the whole case would give, and its sums are the toll's."""

import random
from pathlib import Path

import msgspec
import pytest

from tests.web.invented_case import accept_all, add_report, built
from uncounted.case import telling
from uncounted.case.desk import CaseDesk
from uncounted.case.keeping import Keeper
from uncounted.ledger.views import Views
from uncounted.model.asking import Filter
from uncounted.model.facts import Agent, LinksProposed, PairJudged
from uncounted.model.incidents import Link, TollCell
from uncounted.stages.toll.cells import By


@pytest.fixture
def desk(tmp_path: Path) -> CaseDesk:
    return built(tmp_path / "case")


def told(keeper: Keeper) -> list[object]:
    """All that an index says of incidents, in order."""
    index = keeper.fresh()
    rows = index.page(size=1000).rows
    held = [index.incident(row.incident.id) for row in rows]
    sums = [*index.sums(()), *index.sums(("month", "place", "actor"))]
    resting = [index.resting(Filter(harm=o.labels["harm"], group=o.labels["group"]), 1, 100) for o in index.sums(())]
    return [*rows, *held, *sums, *resting, *index.leads(100), index.lead_count()]


def test_leads_are_the_proposals_between_incidents_on_which_nobody_spoke(desk: CaseDesk) -> None:
    accept_all(desk)
    add_report(desk, "more", "A neighbour said that 3 people were killed in Qasr Lamin.", "3 people")
    desk.judge("kmore", "accepted", "Rana")
    one, two, three = (row.incident for row in desk.incidents().rows)
    links = tuple(Link(left=min(a.anchor, b.anchor), right=max(a.anchor, b.anchor), probability=p, reasons=("so",))
                  for a, b, p in ((one, two, 0.2), (two, three, 0.4), (one, three, 0.4)))  # fmt: skip
    desk.case.record(Agent("machine", "incidents/9"), LinksProposed(of="claims", matcher="incidents/9", links=links))
    order = [(lead.one, lead.other) for lead, *_ in desk.index().leads(10)]
    assert len(order) == 3
    assert order[2] == tuple(sorted((one.id, two.id)))
    assert desk.index().lead_after(*order[0]) == order[1]
    assert desk.index().lead_after(*order[2]) == order[0], "behind the last comes the first"
    spoken = desk.hold_apart(*order[0], "different", "Rana")[-1]
    assert [(lead.one, lead.other) for lead, *_ in desk.index().leads(10)] == order[1:]
    desk.undo(spoken.number, "Rana")
    assert [(lead.one, lead.other) for lead, *_ in desk.index().leads(10)] == order
    desk.merge(*order[0], "Rana")
    standing = {row.incident.id for row in desk.incidents().rows}
    (gone,) = set(order[0]) - standing
    assert desk.incident(gone)[0].incident.id in order[0], "an earlier code leads to the incident"


def test_judging_one_claim_after_another_gives_what_folding_the_whole_case_gives(desk: CaseDesk) -> None:
    draw = random.Random(7)
    accept_all(desk)
    for n in range(4):
        add_report(
            desk, f"more{n}", f"A neighbour said that {n + 3} people were killed in Qasr Lamin.", f"{n + 3} people"
        )
    names = [reviewed.claim.id for reviewed in desk.claims(size=100).rows]
    for _ in range(40):
        one, two = sorted(draw.sample(names, 2))
        match draw.randrange(5):
            case 0:
                desk.judge(one, draw.choice(("accepted", "accepted", "rejected")), "Rana")
            case 1:
                pair = PairJudged(of="claims", left=one, right=two, verdict=draw.choice(("same", "different")))
                if draw.random() < 0.5:
                    pair = msgspec.structs.replace(pair, of="origins")
                desk.judge_pair(pair, "Rana")
            case 2:
                desk.undo(len(desk.case.ledger) - 1, "Rana") if draw.random() < 0.5 else accept_all(desk)
            case 3:
                desk.judge(two, "accepted", "Rana")
            case _:
                found = desk.incidents().rows
                if len(found) > 1:
                    desk.merge(found[0].incident.id, found[1].incident.id, "Rana")
        assert told(desk.keeper) == told(Keeper(desk.case, path=False))


@pytest.mark.parametrize("by", [(), ("month",), ("place",), ("actor",)])
def test_sums_are_the_cells_of_the_toll(desk: CaseDesk, by: tuple[By, ...]) -> None:
    accept_all(desk)
    policy = telling.policy_of(desk.case, None)
    cells = telling.cells(telling.standing(desk.case), policy, (*by, "group"))

    def cell(one: TollCell) -> tuple[object, ...]:
        return tuple(sorted(one.cell.items())), one.low, one.high, len(one.incidents), one.without, one.alone

    sums = desk.index().sums(by, None, policy.grades)
    assert {cell(one) for one in cells} == {
        (tuple(sorted(one.labels.items())), one.low, one.high, one.incidents, one.of - one.incidents, one.alone)
        for one in sums
    }


def test_incidents_are_those_of_the_whole_case_with_their_grades(desk: CaseDesk) -> None:
    accept_all(desk)
    whole = telling.dossier(desk.case, telling.policy_of(desk.case, None)).incidents
    assert tuple(row.incident for row in desk.incidents().rows) == whole


def test_an_index_that_was_thrown_away_is_made_anew(desk: CaseDesk) -> None:
    accept_all(desk)
    before = told(desk.keeper)
    desk.close()
    for path in desk.case.folder.glob("index.sqlite*"):
        path.unlink()
    assert told(Keeper(desk.case)) == before


def test_a_whole_case_is_indexed_without_asking_for_the_proposals_once_per_claim(
    desk: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(12):
        add_report(
            desk, f"more{n}", f"A neighbour said that {n + 3} people were killed in Qasr Lamin.", f"{n + 3} people"
        )
    accept_all(desk)
    asked: list[str] = []
    proposals = Views.proposals

    def counted(views: Views, of: str) -> str:
        asked.append(of)
        return proposals(views, of)

    monkeypatch.setattr(Views, "proposals", counted)
    keeper = Keeper(desk.case, path=False)
    assert len(keeper.views.accepted()) > 12
    keeper.fresh()
    assert len(asked) <= 6


def test_a_merge_by_a_person_puts_whole_incidents_together_however_far_apart(desk: CaseDesk) -> None:
    accept_all(desk)
    one, two = (row.incident for row in desk.incidents().rows)
    before, after = desk.keeper.preview(one.anchor, two.anchor, "same")
    assert {incident.id for incident in before} == {one.id, two.id}
    desk.merge(one.id, two.id, "Rana")
    (row,) = desk.incidents().rows
    assert set(row.incident.claims) == set(one.claims) | set(two.claims) == set(after[0].claims)
    assert desk.earlier_codes(row.incident)


def test_a_filter_asks_for_time_place_words_and_a_part_of_the_map(desk: CaseDesk) -> None:
    accept_all(desk)
    index = desk.index()
    assert index.count(Filter(since="2031-05-07")) == 1
    assert index.count(Filter(until="2031-05-07")) == 1
    assert index.count(Filter(words="Lamin")) == 1
    assert index.count(Filter(words="100%")) == 0
    assert index.count(Filter(west=39, east=40, south=35, north=36)) == 1
    assert index.count(Filter(harm="killed", group="children")) == 1
