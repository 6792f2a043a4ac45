"""Every export against its own schema or validator, and back again: what comes back equals what left."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stages.publish.hostile import PAYLOADS, hostile
from tests.stages.publish.invented import FIRST, SECOND, dossier
from uncounted.model.claims import Place, Time
from uncounted.model.errors import BadInput
from uncounted.model.incidents import Incident, TollCell
from uncounted.model.release import Dossier
from uncounted.stages.publish import tables
from uncounted.stages.publish.formats import FORMATS, export, jsonld, parquet, xlsx
from uncounted.stages.publish.formats.recorders import ACLED, AIRWARS, GED
from uncounted.stages.publish.schemas import SCHEMAS
from uncounted.stages.publish.site import Site
from uncounted.text.cells import unguarded

said = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), min_size=1, max_size=20)


def degrees(most: int) -> st.SearchStrategy[float]:
    """Degrees to a centimetre: finer ones no gazetteer gives, and Excel keeps sixteen digits."""
    return st.floats(-most, most).map(lambda value: round(value, 7))


bound = st.one_of(st.none(), st.integers(0, 10_000))


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """The invented case with other titles, places, times and bounds."""
    incidents: list[Incident] = []
    cells: list[TollCell] = []
    for base in (FIRST, SECOND):
        point = draw(st.one_of(st.none(), st.tuples(degrees(89), degrees(179))))
        place = Place(name=draw(said), lat=point and point[0], lon=point and point[1], precision="town")
        day = draw(st.dates()).isoformat()
        incidents.append(msgspec.structs.replace(base, title=draw(said), place=place, time=Time(from_=day, to=day)))
        low, high = draw(bound), draw(bound)
        cells.append(TollCell(cell={"incident": base.id, "harm": "killed", "group": "people"}, low=low, high=high,
                              policy="reported", incidents=(base.id,), claims=base.claims))  # fmt: skip
    return dossier(incidents=tuple(incidents), toll={"incident": tuple(cells)})


def rows_of(made: Dossier) -> list[dict[str, object]]:
    """The incidents' rows as they leave, every column named."""
    names = [column.name for column in SCHEMAS["incidents"]]
    return [{name: row.get(name) for name in names} for row in tables.incident_rows(made, Site(made).figures)]


def typed(rows: list[dict[str, str]]) -> list[dict[str, object]]:
    """CSV rows with the types that the schema states."""
    kinds: dict[str, Any] = {"string": unguarded, "integer": int, "number": float}
    columns = {column.name: column.type for column in SCHEMAS["incidents"]}
    return [{n: kinds[columns[n]](cell) if cell else None for n, cell in row.items()} for row in rows]


@given(dossiers())
@settings(max_examples=25, deadline=None)
def test_csv_comes_back_as_it_left(made: Dossier) -> None:
    data = tables.incidents_csv(made, Site(made).figures).decode()
    assert typed(list(csv.DictReader(io.StringIO(data, newline="")))) == rows_of(made)


@given(dossiers())
@settings(max_examples=15, deadline=None)
def test_parquet_comes_back_as_it_left(made: Dossier) -> None:
    from pyarrow import parquet as pq

    found = pq.read_table(io.BytesIO(parquet.files(Site(made))["incidents.parquet"])).to_pylist()
    assert found == rows_of(made)


@given(dossiers())
@settings(max_examples=8, deadline=None)
def test_excel_comes_back_as_it_left(made: Dossier) -> None:
    from python_calamine import load_workbook

    book = load_workbook(io.BytesIO(xlsx.files(Site(made))["release.xlsx"]))
    heading, *found = book.get_sheet_by_name("incidents").to_python()
    back = [
        {str(n): None if c == "" else c
         for n, c in zip(heading, row, strict=True)} for row in found
    ]  # fmt: skip
    assert back == rows_of(made)


@given(dossiers())
@settings(max_examples=25, deadline=None)
def test_geojson_is_valid_and_comes_back_as_it_left(made: Dossier) -> None:
    from geojson_pydantic import FeatureCollection

    data = tables.incidents_geojson(made, Site(made).figures)
    found: list[Any] = FeatureCollection.model_validate_json(data).features
    for feature, incident in zip(found, made.incidents, strict=True):
        place, raw = incident.place, feature.properties
        assert raw is not None
        assert place is not None
        assert (feature.id, raw["title"], raw["place"]) == (incident.id, incident.title, place.name)
        point = feature.geometry.model_dump()["coordinates"] if feature.geometry else None
        assert point == ((place.lon, place.lat) if place.lat is not None else None)


@given(dossiers())
@settings(max_examples=15, deadline=None)
def test_jsonld_expands_to_the_incidents_that_left(made: Dossier) -> None:
    from pyld import jsonld as ld

    (whole,) = ld.expand(json.loads(jsonld.files(Site(made))["release.jsonld"]))
    parts = whole["https://schema.org/hasPart"]
    found = {one["@id"]: one for one in parts if one["@type"] == ["https://schema.org/Event"]}
    assert {name: one["https://schema.org/name"][0]["@value"] for name, one in found.items()} == {
        f"urn:uncounted:incident:{one.id}": one.title for one in made.incidents
    }
    claims = [one for one in parts if one["@type"] == ["https://schema.org/Claim"]]
    for one in claims:
        name = one["@id"].rpartition(":")[2]
        assert one["http://www.w3.org/ns/oa#exact"][0]["@value"] == made.claims[name].passage.text


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    export(dossier(), folder, FORMATS)
    return folder


def test_the_data_package_validates_against_its_schema(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        monkeypatch.chdir(exported)
        report = Package("datapackage.json").validate()
    assert report.valid, report.to_summary()
    assert sorted(task.name for task in report.tasks) == ["claims", "incidents"]


def test_a_value_outside_of_the_words_fails_the_package(exported: Path, tmp_path: Path) -> None:
    """The schema is no ornament: a harm that there is no word for is found."""
    import shutil
    import warnings

    shutil.copytree(exported, tmp_path / "p")
    path = tmp_path / "p" / "incidents.csv"
    path.write_text(path.read_text().replace(",killed,", ",murdered,"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        assert not Package(str(tmp_path / "p" / "datapackage.json")).validate().valid


def test_hxl_tags_are_read_by_the_hxl_library(exported: Path) -> None:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import hxl

        source = hxl.data(str(exported / "incidents.hxl.csv"), hxl.InputOptions(allow_local=True))
        assert [column.display_tag for column in source.columns][:2] == ["#event+id", "#event+name"]
        found = [row.get("#affected+num+min") for row in source]
    assert found == ["14", "5", "7"]


def test_followthemoney_entities_are_the_models_own(exported: Path) -> None:
    """Checked against the model itself where it is installed; else against the names of its schemata."""
    entities = [json.loads(line) for line in (exported / "entities.ftm.json").read_text().splitlines()]
    assert {one["schema"] for one in entities} <= {"Event", "Address", "Document", "LegalEntity", "Person"}
    assert all(isinstance(v, list) and all(isinstance(x, str) for x in v)
               for one in entities for v in one["properties"].values())  # fmt: skip
    names = {one["id"] for one in entities}
    events = [one for one in entities if one["schema"] == "Event"]
    assert len(events) == 2
    for one in events:
        for field in ("addressEntity", "involved", "proof"):
            assert set(one["properties"].get(field, [])) <= names
    try:
        from followthemoney import model
    except ImportError:
        return
    for one in entities:
        schema = model.get(one["schema"])
        assert schema is not None
        assert set(one["properties"]) <= set(schema.properties), one["schema"]


@pytest.mark.parametrize(("name", "columns"), [("ged", GED), ("acled", ACLED), ("airwars", AIRWARS)])
def test_the_columns_of_other_recorders_come_first_and_ours_lead_back(
    exported: Path, name: str, columns: tuple[str, ...]
) -> None:
    with (exported / f"{name}.csv").open(newline="") as lines:
        found = list(csv.DictReader(lines))
    assert tuple(found[0])[: len(columns)] == columns
    assert [row["uncounted_incident"] for row in found] == ["imarket", "ihamlet"]
    assert found[0]["uncounted_claims"].split() == ["kkilled", "kchildren", "kdenied"]


def test_what_is_not_known_stays_empty_in_the_columns_of_others(exported: Path) -> None:
    with (exported / "ged.csv").open(newline="") as lines:
        market, _ = csv.DictReader(lines)
    assert (market["low"], market["high"], market["best"], market["deaths_a"]) == ("14", "", "", "")


def test_equal_dossiers_are_equal_files(exported: Path, tmp_path: Path) -> None:
    export(dossier(), tmp_path, FORMATS)
    assert {p.name: p.read_bytes() for p in exported.iterdir()} == {p.name: p.read_bytes() for p in tmp_path.iterdir()}


def test_a_format_that_there_is_none_of_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such format"):
        export(dossier(), tmp_path / "x", ["dbase"])
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("payload", [*PAYLOADS, '=HYPERLINK("http://evil.example")', "@SUM(1)", "\t=1", "\u202e=1"])
def test_no_format_runs_what_a_report_says(payload: str, tmp_path: Path) -> None:
    import zipfile

    export(hostile(payload), tmp_path, FORMATS)
    for path in tmp_path.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as lines:
            for row in csv.reader(lines):
                assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row), path.name
    sheets = zipfile.ZipFile(tmp_path / "release.xlsx")
    for name in sheets.namelist():
        if name.startswith("xl/worksheets/sheet"):
            assert b"<f>" not in sheets.read(name)
    assert "xl/externalLinks" not in " ".join(sheets.namelist())


@given(dossiers())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_ids_lead_back_from_every_row(made: Dossier) -> None:
    for row in rows_of(made):
        assert row["incident"] in {one.id for one in made.incidents}
        assert set(str(row["claim_ids"]).split()) <= set(made.claims)
