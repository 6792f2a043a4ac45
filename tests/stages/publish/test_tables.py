"""Data files: no formula, missing stays missing, coordinates in the standard's order."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.publish.invented import dossier
from uncounted.stages.publish import tables
from uncounted.stages.publish.site import Site
from uncounted.text.cells import formula_safe


@given(st.text())
def test_no_written_cell_starts_a_formula(said: str) -> None:
    row = next(csv.reader(io.StringIO(tables.written(("a",), [{"a": said}]).decode(), newline=""), strict=True), None)
    assert row == ["a"]
    assert not formula_safe(said).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert formula_safe(said) in (said, "'" + said)


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@SUM", "\tx", "\rx", "  =1", "＝1"])
def test_a_cell_that_could_be_a_formula_is_prefixed(said: str) -> None:
    assert formula_safe(said) == "'" + said


def test_numbers_and_missing_values_are_left_as_they_are() -> None:
    assert [formula_safe(value) for value in (-35.5, 0, None)] == ["-35.5", "0", ""]


def test_claims_csv_keeps_open_bounds_empty_and_the_actor_harmless() -> None:
    shown = dossier()
    rows = {r["claim"]: r for r in csv.DictReader(io.StringIO(tables.claims_csv(shown, Site(shown).homes).decode()))}
    assert rows["kkilled"]["low"] == "14"
    assert rows["kkilled"]["high"] == ""
    assert rows["kkilled"]["actor"] == "'=cmd|army"
    assert rows["kkilled"]["origin"] == "o1"
    assert rows["ktotal"]["incident"] == ""


def test_geojson_has_longitude_first_and_no_point_where_none_is_known() -> None:
    shown = dossier()
    features = json.loads(tables.incidents_geojson(shown, Site(shown).figures))["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [38.9, 35.4]}
    bare = dossier(incidents=tuple(type(i)(id=i.id, anchor=i.anchor, claims=i.claims, title=i.title)
                                   for i in shown.incidents))  # fmt: skip
    features = json.loads(tables.incidents_geojson(bare, {}))["features"]
    assert [f["geometry"] for f in features] == [None, None]


def test_claims_jsonl_is_the_public_form() -> None:
    first = json.loads(tables.claims_jsonl(dossier()).splitlines()[0])
    assert first["passage"].keys() == {"text", "start", "end"}
    assert "from" in json.loads(tables.claims_jsonl(dossier()).splitlines()[2])["time"]
