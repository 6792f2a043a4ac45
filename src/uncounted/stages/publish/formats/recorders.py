"""The columns that other recorders publish: UCDP GED, ACLED, Airwars; with ours beside them, to lead back.

What their codebooks ask and a case does not know stays empty; nothing is guessed. Fatalities are a lower bound where
the form has one number alone (ACLED), and the range stands in ``notes``.
"""

from collections.abc import Iterator, Mapping

from uncounted.model.incidents import Incident, TollCell
from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.tables import written
from uncounted.stages.publish.words import bounds

OURS = ("uncounted_incident", "uncounted_claims", "uncounted_captures", "uncounted_policy", "uncounted_page")

GED = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
"""UCDP Georeferenced Event Dataset, codebook version 25."""

ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""ACLED, codebook of 2023 and later."""

AIRWARS = (
    "Airwars code", "Incident date", "End date", "Location", "Region", "Latitude", "Longitude",
    "Geolocation accuracy", "Civilians reported killed, min", "Civilians reported killed, max",
    "Children reported killed, min", "Children reported killed, max", "Women reported killed, min",
    "Women reported killed, max", "Men reported killed, min", "Men reported killed, max",
    "Civilians reported injured, min", "Civilians reported injured, max", "Suspected belligerents",
    "Civilian harm status", "Sources",
)  # fmt: skip
"""The fields of an incident on Airwars' pages."""

GED_PLACES = {"exact": 1, "street": 1, "neighbourhood": 1, "village": 1, "town": 1, "city": 1, "district": 3,
              "province": 4, "country": 6}  # fmt: skip
ACLED_PLACES = {"exact": 1, "street": 1, "neighbourhood": 1, "village": 1, "town": 1, "city": 1, "district": 2,
                "province": 3, "country": 3}  # fmt: skip
GED_DATES = {"day": 1, "week": 3, "month": 4, "year": 5, "period": 5}
ACLED_DATES = {"day": 1, "week": 2, "month": 3, "year": 3, "period": 3}
"""Codes of precision as the codebooks number them; a period within a week is finer than a month."""


def ged(site: Site) -> dict[str, bytes]:
    """``ged.csv``: low and high are the toll's bounds; best stays empty, for a bound has no best guess."""
    return {"ged.csv": written((*GED, *OURS), (_ged(site, one) for one in site.dossier.incidents))}


def acled(site: Site) -> dict[str, bytes]:
    """``acled.csv``: fatalities hold the lower bound, and are empty where none is known."""
    return {"acled.csv": written((*ACLED, *OURS), (_acled(site, one) for one in site.dossier.incidents))}


def airwars(site: Site) -> dict[str, bytes]:
    """``airwars.csv``: ranges of civilians killed and injured, by group."""
    return {"airwars.csv": written((*AIRWARS, *OURS), (_airwars(site, one) for one in site.dossier.incidents))}


def _ours(site: Site, one: Incident) -> dict[str, object]:
    return {
        "uncounted_incident": one.id, "uncounted_claims": " ".join(one.claims),
        "uncounted_captures": " ".join(capture.id for capture in site.reports(one)),
        "uncounted_policy": site.dossier.policy, "uncounted_page": f"incidents/{one.id}.html",
    }  # fmt: skip


def _cells(site: Site, one: Incident) -> Mapping[tuple[str, str], TollCell]:
    return {(c.cell.get("harm", ""), c.cell.get("group", "")): c for c in site.figures.get(one.id, ())}


def _ged(site: Site, one: Incident) -> dict[str, object]:
    place, time, cells = one.place, one.time, _cells(site, one)
    killed = cells.get(("killed", site.headline)) or cells.get(("killed", "people"))
    civilians = cells.get(("killed", "civilians"))
    exact = civilians.low if civilians and civilians.low == civilians.high else None
    point = place if place and place.lat is not None and place.lon is not None else None
    return {
        "id": one.id, "year": time.from_[:4] if time and time.from_ else None, "side_a": "; ".join(one.actors),
        "number_of_sources": len(site.reports(one)), "source_article": "; ".join(_reports(site, one)),
        "source_original": "; ".join(origin.name for origin in site.dossier.origins.get(one.id, ())),
        "where_prec": GED_PLACES.get(place.precision or "") if place else None,
        "where_coordinates": place.name if place else None, "where_description": place.text if place else None,
        "adm_1": place.within if place else None, "latitude": point.lat if point else None,
        "longitude": point.lon if point else None, "geom_wkt": f"POINT ({point.lon} {point.lat})" if point else None,
        "date_prec": GED_DATES.get(time.precision or "") if time else None,
        "date_start": time.from_ if time else None, "date_end": time.to if time else None, "deaths_civilians": exact,
        "low": killed.low if killed else None, "high": killed.high if killed else None, **_ours(site, one),
    }  # fmt: skip


def _acled(site: Site, one: Incident) -> dict[str, object]:
    place, time, cells = one.place, one.time, _cells(site, one)
    killed = cells.get(("killed", site.headline)) or cells.get(("killed", "people"))
    notes = [one.title] + ([f"killed: {bounds(killed.low, killed.high)}"] if killed else [])
    return {
        "event_id_cnty": one.id, "event_date": time.from_ if time else None,
        "year": time.from_[:4] if time and time.from_ else None,
        "time_precision": ACLED_DATES.get(time.precision or "") if time else None,
        "actor1": "; ".join(one.actors), "admin1": place.within if place else None,
        "location": place.name if place else None, "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": ACLED_PLACES.get(place.precision or "") if place else None,
        "source": "; ".join(_reports(site, one)), "notes": ". ".join(notes),
        "fatalities": killed.low if killed else None, **_ours(site, one),
    }  # fmt: skip


def _airwars(site: Site, one: Incident) -> dict[str, object]:
    place, time, cells = one.place, one.time, _cells(site, one)
    row: dict[str, object] = {
        "Airwars code": one.id, "Incident date": time.from_ if time else None, "End date": time.to if time else None,
        "Location": place.name if place else None, "Region": place.within if place else None,
        "Latitude": place.lat if place else None, "Longitude": place.lon if place else None,
        "Geolocation accuracy": place.precision if place else None, "Suspected belligerents": "; ".join(one.actors),
        "Civilian harm status": one.grade, "Sources": "; ".join(_reports(site, one)), **_ours(site, one),
    }  # fmt: skip
    for group, harm in (("civilians", "killed"), ("children", "killed"), ("women", "killed"), ("men", "killed"),
                        ("civilians", "injured")):  # fmt: skip
        cell = cells.get((harm, group))
        row[f"{group.capitalize()} reported {harm}, min"] = cell.low if cell else None
        row[f"{group.capitalize()} reported {harm}, max"] = cell.high if cell else None
    return row


def _reports(site: Site, one: Incident) -> Iterator[str]:
    for capture in site.reports(one):
        yield capture.url or ", ".join(part for part in (capture.publisher, capture.published) if part) or capture.id
