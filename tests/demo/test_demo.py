"""The demonstration: every published number leads to its words, and the toll is the one worked out by hand."""

import html
import json
import re
from pathlib import Path

import pytest

from uncounted.case import Case, telling
from uncounted.demo.build import build
from uncounted.model.incidents import TollCell
from uncounted.stages.toll.cells import By

WORKED = json.loads(Path(__file__).with_name("worked.json").read_text())
HARMS = {
    "killed": ("killed", "people"),
    "injured": ("injured", "people"),
    "casualties": ("casualties", "people"),
    "detained": ("detained", "people"),
    "missing": ("missing", "people"),
    "children_killed": ("killed", "children"),
    "women_killed": ("killed", "women"),
    "health_workers_killed": ("killed", "health_workers"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "case"
    build(folder)
    return folder


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return Case(folder)


def cells(case: Case, *by: By) -> dict[tuple[str, ...], TollCell]:
    found = telling.cells(telling.standing(case), telling.policy_of(case, "literal"), by)
    return {(cell.cell.get("incident", ""), cell.cell["harm"], cell.cell["group"]): cell for cell in found}


def test_the_case_holds_thirty_reports_and_says_that_they_are_invented(case: Case) -> None:
    assert len(case.views.captures()) == 30
    assert case.opened.invented


@pytest.mark.parametrize("worked", WORKED["incidents"], ids=lambda worked: worked["key"])
def test_an_incident_has_the_range_and_origins_worked_out_by_hand(case: Case, worked: dict[str, object]) -> None:
    now, known = telling.standing(case), cells(case, "incident", "group")
    (incident,) = [
        one
        for one in now.incidents
        if one.time and one.place and one.time.from_ == worked["date"]
        and one.place.gazetteer == f"geonames:{worked['geonames']}"
    ]  # fmt: skip
    origins = worked["origins"]
    assert isinstance(origins, dict)
    for name, (harm, group) in HARMS.items():
        cell = known.get((incident.id, harm, group))
        if worked.get(name) is None:
            assert cell is None, f"{name} should be unknown"
        else:
            assert cell is not None, f"{name} should be known"
            assert [cell.low, cell.high] == worked[name]
            allowed = {origins[name], worked.get("origins_when_arabic_is_read", origins).get(name)}  # type: ignore[attr-defined]
            assert cell.origins in allowed


def test_the_case_has_the_toll_worked_out_by_hand(case: Case) -> None:
    known = cells(case, "group")
    for name, worked in WORKED["case"].items():
        if name in HARMS:
            cell = known["", *HARMS[name]]
            assert [cell.low, cell.high] == worked, name


def test_what_was_ordered_threatened_denied_or_totalled_is_kept_and_never_added(case: Case) -> None:
    now = telling.standing(case)
    added = {claim for cell in cells(case, "group").values() for claim in cell.claims}
    for claim in now.claims.values():
        if claim.scope != "incident" or claim.modality in {"ordered", "threatened", "denied"}:
            assert claim.id not in added
    assert {claim.modality for claim in now.claims.values()} >= {"asserted", "ordered", "threatened", "denied"}
    totals = telling.stated_totals(now, telling.policy_of(case, "literal"))
    assert {(cell.cell["scope"], cell.low, cell.high) for cell in totals} >= {
        ("cumulative", 412, 412), ("period", 61, 61),
    }  # fmt: skip


def test_every_cell_rests_on_claims_whose_words_are_the_captures_own(case: Case) -> None:
    now = telling.standing(case)
    for cell in cells(case, "incident", "group").values():
        assert cell.claims
        for name in cell.claims:
            claim = now.claims[name]
            text = now.texts[claim.document]
            assert text[claim.passage.start : claim.passage.end] == claim.passage.text != ""


def test_every_number_of_the_toll_leads_in_one_click_to_its_words(folder: Path, case: Case) -> None:
    site, now = folder / "site", telling.standing(case)
    numbers = re.findall(r'<a href="(toll/[^"#]+)">([^<]+)</a>', (site / "index.html").read_text())
    assert len(numbers) > 40
    for target, _ in numbers:
        articles = (site / target).read_text().split('<article class="claim" id="')[1:]
        assert articles, f"{target} shows no words"
        for article in articles:
            claim = now.claims[article[:13]]
            shown = html.unescape(re.sub(r"<[^>]+>", "", article))
            assert " ".join(claim.passage.text.split()) in " ".join(shown.split())


def test_every_claim_of_the_data_is_a_slice_of_the_report_it_names(folder: Path, case: Case) -> None:
    now = telling.standing(case)
    for one in map(json.loads, (folder / "site" / "claims.jsonl").read_text().splitlines()):
        passage = one["passage"]
        assert now.texts[one["document"]][passage["start"] : passage["end"]] == passage["text"]


def test_the_protected_source_is_under_seal_and_in_no_file_of_the_case(folder: Path) -> None:
    canaries = [b"Quillfeather", b"555 0147", "Quillfeather".encode("utf-16-le")]
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not any(canary in data for canary in canaries), file
    with Case(folder) as case:
        assert {field.sealed.field for field in case.views.sealed()} >= {"source_name", "source_contact"}


def test_the_arabic_report_is_kept_and_shown_right_to_left(folder: Path) -> None:
    pages = [page.read_text() for page in (folder / "site" / "captures").glob("*.html")]
    shown = [page for page in pages if "سودركروكور" in page]
    assert shown
    assert all(re.search(r'dir="(rtl|auto)"', page) for page in shown)
