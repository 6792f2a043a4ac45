"""Places are names that the words around them make places; one that could be several stays open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.locate.places import gazetteer, geonames
from uncounted.model.claims import Candidate, Document, Place
from uncounted.stages.locate.gazetteer import Gazetteer, read_own
from uncounted.stages.locate.places import find_places

_GAZETTEER = gazetteer()


def places(text: str, of: Gazetteer = _GAZETTEER, near: tuple[Candidate, ...] = ()) -> list[Place]:
    return list(find_places(Document(id="d", text=text), of, near))


def only(text: str) -> Place:
    found = places(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "said", "entry"),
    [
        ("Nine people were killed in Raqqa.", "Raqqa", "geonames:1"),
        ("Nine people were killed in al-Raqqa.", "al-Raqqa", "geonames:1"),
        ("A shell fell near Al Bab, in Syria.", "Al Bab", "geonames:3"),
        ("A shell fell near el-Bab, in Syria.", "el-Bab", "geonames:3"),
        ("A shell fell near Bab, where Syrian troops stood.", "Bab", "geonames:3"),
        ("In Aleppo a shell fell.", "Aleppo", "geonames:2"),
        ("A shell fell in northern Aleppo.", "Aleppo", "geonames:2"),
        ("A shell fell on the city of Aleppo.", "Aleppo", "geonames:2"),
        ("A shell fell in Aleppo city.", "Aleppo", "geonames:2"),
        ("RAQQA (Prensa) - A shell fell.", "RAQQA", "geonames:1"),
        ("NINE PEOPLE WERE KILLED IN SAN SALVADOR ON FRIDAY NIGHT BY UNKNOWN MEN.", "SAN SALVADOR", "geonames:15"),
        ("In Tripoli, Lebanese soldiers shot two men.", "Tripoli", "geonames:6"),
        ("Syrian jets hit Deir Ezzor.", "Deir Ezzor", "geonames:23"),
        ("Two died in Tel Kalakh as Syrian troops came.", "Tel Kalakh", "geonames:14"),
        ("سقطت قذيفة في حلب", "حلب", "geonames:2"),
    ],
)
def test_a_known_place_is_found_in_any_spelling(text: str, said: str, entry: str) -> None:
    found = [place for place in places(text) if place.gazetteer == entry]
    assert [place.text for place in found] == [said]
    assert found[0].lat is not None


@pytest.mark.parametrize(
    "text",
    [
        "Washington said it would look into the strike.",
        "The Times of London carried the story.",
        "Jordan Smith was among the dead.",
        "Israeli and Syrian officers met.",
        "The University of Aleppo offered help.",
        "Raqqa Media Centre posted a list.",
        "General London spoke for an hour.",
        "Among the dead were Hanan, Samir, Salma and Omar.",
        "The Samir family lost four children.",
        "A spokesman named Mosul was quoted.",
        "The Beirut Daily and Tripoli Post said so.",
    ],
)
def test_governments_outlets_peoples_and_persons_are_not_places(text: str) -> None:
    assert [place for place in places(text) if place.lat is not None] == []


def test_a_name_of_several_places_stays_open_with_its_meanings() -> None:
    place = only("A man was shot in Springfield.")
    assert (place.lat, place.gazetteer) == (None, None)
    assert [other.gazetteer for other in place.alternatives] == ["geonames:8", "geonames:9", "geonames:7"]


def test_two_capitals_of_one_name_stay_open_until_a_country_is_named() -> None:
    assert only("In Tripoli, two men were shot.").lat is None
    libya = [place for place in places("In Tripoli, Libya, two men were shot.") if place.text == "Tripoli"]
    assert libya[0].gazetteer == "geonames:5"


def test_what_else_the_text_names_decides() -> None:
    found = places("A bomb went off in San Salvador and in Santa Ana, El Salvador.")
    assert [place.gazetteer for place in found[:2]] == ["geonames:15", "geonames:16"]


def test_the_region_of_the_case_decides() -> None:
    near = (Candidate(name="Beirut", lat=33.9, lon=35.5, precision="city"),)
    assert places("In Tripoli, two men were shot.", near=near)[0].gazetteer == "geonames:6"


def test_a_quarter_is_not_a_far_town_of_the_same_name() -> None:
    found = places("Five died in Mosul, Iraq. They came from al-Rashidiya neighbourhood.")
    quarter = found[-1]
    assert (quarter.text, quarter.lat) == ("al-Rashidiya", None)


def test_a_province_is_not_the_point_of_its_chief_town() -> None:
    place = only("Nine died in Aleppo governorate.")
    assert (place.lat, place.precision) == (None, "province")
    assert place.alternatives[0].gazetteer == "geonames:2"


def test_a_country_has_no_point() -> None:
    place = only("Nine people died in Yemen.")
    assert (place.name, place.precision, place.lat) == ("Yemen", "country", None)


@pytest.mark.parametrize(
    ("text", "said", "precision"),
    [
        ("A shell hit the village of Kafr Basira.", "Kafr Basira", "village"),
        ("A shell hit a house in Qarn Zeit district.", "Qarn Zeit district", "district"),
        ("Three died near Nahr Hospital.", "Nahr Hospital", "exact"),
        ("Three died in Dar Souq, Aleppo.", "Dar Souq", None),
    ],
)
def test_a_place_that_no_gazetteer_knows_keeps_its_words(text: str, said: str, precision: str | None) -> None:
    place = next(place for place in places(text) if place.text == said)
    assert (place.lat, place.gazetteer, place.precision) == (None, None, precision)


def test_the_cases_own_list_wins() -> None:
    own, others = read_own("name,other names,lat,lon,precision,within\nRaqqa,Dar Souq;Souq,1.5,2.5,street,Raqqa\n")
    place = places("Three died in Dar Souq, Raqqa.", Gazetteer(own, others, geonames()))[0]
    assert (place.gazetteer, place.lat, place.precision, place.within) == ("case:1", 1.5, "street", "Raqqa")


@given(st.text(alphabet=st.sampled_from("in Aleppo al-Bab, Syria \u202bحلب\u0301\r\n.’'-\U0001f600"), max_size=80))
def test_every_span_is_verbatim_and_reading_is_deterministic(text: str) -> None:
    found = places(text)
    assert all(place.text == text[place.start : place.end] for place in found)
    assert found == places(text)
