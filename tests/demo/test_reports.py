import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from uncounted.demo import DESCRIBED, reports_folder
from uncounted.stages.capture import Fault, Taken, found

WORKED: dict[str, Any] = json.loads((Path(__file__).parent / "worked.json").read_text())


@cache
def reports() -> dict[str, Taken]:
    """Every report of the demonstration by file and part."""
    items = list(found(reports_folder()))
    assert not [item for item in items if isinstance(item, Fault)]
    named = {}
    for item in items:
        assert isinstance(item, Taken)
        part = f"#{item.capture.part}" if item.capture.part else ""
        named[item.capture.name + part] = item
    return named


def test_thirty_reports_in_every_form_are_taken_without_a_fault() -> None:
    forms = {report.capture.form for report in reports().values()}
    assert len(reports()) == 30
    assert forms == {"text", "markdown", "html", "pdf", "docx", "email", "chat", "row"}
    assert len({report.capture.id for report in reports().values()}) == 30


def test_every_report_says_that_it_is_invented() -> None:
    for name, report in reports().items():
        said = f"{report.capture.title} {report.text}".lower()
        assert "invented" in said or "مختلق" in said, name


def test_every_report_is_of_the_week_and_from_somebody_where_the_file_or_a_person_says_so() -> None:
    for name, report in reports().items():
        described = DESCRIBED.get(report.capture.name, {})
        assert (described.get("published") or report.capture.published or "")[:8] == "2025-03-", name
        assert described.get("publisher") or report.capture.publisher, name
        assert report.capture.language, name


def test_reports_are_short() -> None:
    for name, report in reports().items():
        assert 40 <= len((report.text or "").split()) <= 200, name


def test_the_protected_source_is_in_no_object_and_no_text() -> None:
    values = [secret.value for report in reports().values() for secret in report.sealed if secret.field != "original"]
    assert len(values) == 2
    for report in reports().values():
        for value in values:
            assert value.encode() not in report.original
            assert value not in (report.text or "")


def test_each_report_stands_in_the_worked_toll() -> None:
    used = {name for incident in WORKED["incidents"] for name in incident["reports"]}
    used |= {item["report"] for item in WORKED["never_added"]}
    assert used == set(reports())


def hull(ranges: list[list[int | None]]) -> list[int | None]:
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges]
    return [min(lows), None if None in highs else max(high for high in highs if high is not None)]


@pytest.mark.parametrize("incident", WORKED["incidents"], ids=lambda incident: str(incident["key"]))
def test_an_incidents_range_is_that_of_its_origins(incident: dict[str, Any]) -> None:
    for harm, told_by in incident["by_origin"].items():
        assert incident[harm] == hull(list(told_by.values()))
        assert len(told_by) in {incident["origins"][harm], incident.get("origins_when_arabic_is_read", {}).get(harm)}


@pytest.mark.parametrize("cell", sorted(set(WORKED["case"]) - {"killed_bounded"}))
def test_the_cases_toll_is_the_sum_of_its_incidents(cell: str) -> None:
    ranges = [incident[cell] for incident in WORKED["incidents"] if incident.get(cell)]
    high = None if any(high is None for _, high in ranges) else sum(high for _, high in ranges)
    assert WORKED["case"][cell] == [sum(low for low, _ in ranges), high]


def test_the_other_reading_of_the_lower_bound_adds_up_too() -> None:
    other = WORKED["if_low_were_the_largest_lower_bound"]
    lows = {incident["key"]: incident["killed"][0] for incident in WORKED["incidents"] if incident["killed"]}
    assert sum((lows | {key: low for key, low in other.items() if key != "case"}).values()) == other["case"]


def test_closed_ranges_are_added_apart() -> None:
    closed = [i["killed"] for i in WORKED["incidents"] if i["killed"] and i["killed"][1] is not None]
    assert WORKED["case"]["killed_bounded"] == [sum(low for low, _ in closed), sum(high for _, high in closed)]
