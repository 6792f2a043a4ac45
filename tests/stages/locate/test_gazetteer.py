"""The gazetteer folds spellings, keeps its index, and refuses a list that it cannot read."""

from pathlib import Path

import pytest

from tests.stages.locate.places import gazetteer, geonames
from uncounted.model.errors import BadInput
from uncounted.stages.locate import geonames as room
from uncounted.stages.locate.gazetteer import open_gazetteer, read_own
from uncounted.stages.locate.placenames import folded, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Bab", "Al Bāb"),
        ("el-Bab", "Bab"),
        ("Khān Yūnis", "Khan Yunis"),
        ("Ma‘arrat an Nu‘mān", "Ma'arrat al-Nu'man"),
        ("San-Aldo", "San  Aldo"),
        ("الرَّقة", "الرقه"),
    ],
)
def test_spellings_of_one_name_fold_to_one_form(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Deir Hafir", "Dayr Hafir"), ("Tell Qasab", "Tal Kasab")])
def test_romanisations_share_their_consonants(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_an_article_alone_is_kept() -> None:
    assert folded("Al") == "al"


def test_every_spelling_leads_to_the_entry() -> None:
    assert [town.id for town in geonames().named("halab")] == [2]
    assert [town.id for town in geonames().named("nowhere")] == []


def test_precision_follows_population() -> None:
    assert [entry.precision for entry in gazetteer().named("Bab")] == ["city", "village"]


def test_the_index_is_made_once_and_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    row = {"geonameid": 7, "name": "Aldo", "alternatenames": [], "latitude": 1.0, "longitude": 2.0,
           "countrycode": "SV", "admin1code": "", "population": 10}  # fmt: skip
    monkeypatch.setattr(room, "_cities", lambda: [row])
    told: list[str] = []
    assert [town.id for town in room.geonames(lambda what, share: told.append(what)).named("aldo")] == [7]
    assert told
    monkeypatch.setattr(room, "_cities", list)
    assert [town.id for town in room.geonames().named("aldo")] == [7]


def test_a_broken_index_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(room, "_cities", list)
    room.cache_file().parent.mkdir()
    room.cache_file().write_bytes(b"\x93\x01")
    assert room.geonames().named("aldo") == []


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "uncounted").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(room, "_cities", list)
    assert room.geonames().named("aldo") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("place,lat\nAldo,1\n", "no column 'name'"),
        ("name,lat,lon\nAldo,91,0\n", "row 2: '91' is not in degrees"),
        ("name,lat,lon\nAldo,1,\n", "row 2: one of lat and lon is missing"),
        ("name,lat,lon\nAldo,north,2\n", "row 2: 'north' is not in degrees"),
        ("name,precision\nAldo,roughly\n", "row 2: 'roughly' is no precision"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_by_row(text: str, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        read_own(text)


def test_a_list_in_another_encoding_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "gazetteer.csv"
    own.write_bytes("name\nAlmería\n".encode("latin-1"))
    with pytest.raises(BadInput, match="not UTF-8"):
        open_gazetteer(own)


def test_rows_without_a_point_or_a_precision_are_kept() -> None:
    entries, others = read_own("\ufeffName,Other names\nAldo,Aldo Viejo | Old Aldo\n\n")
    assert [(entry.name, entry.lat, entry.precision, entry.id) for entry in entries] == [
        ("Aldo", None, "exact", "case:1")
    ]
    assert others == {"case:1": ("Aldo Viejo", "Old Aldo")}
