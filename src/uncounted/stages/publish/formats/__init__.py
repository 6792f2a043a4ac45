"""A release in the forms that others read; every row carries the ids that lead back to claims and passages."""

from collections.abc import Callable, Iterable
from pathlib import Path

from uncounted.model.errors import BadInput
from uncounted.model.release import Dossier
from uncounted.stages.publish import tables
from uncounted.stages.publish.formats import ftm, hxl, jsonld, parquet, recorders, xlsx
from uncounted.stages.publish.schemas import package
from uncounted.stages.publish.site.index import Site

Files = dict[str, bytes]


def _package(site: Site) -> Files:
    return {
        "claims.csv": tables.claims_csv(site.dossier, site.homes),
        "incidents.csv": tables.incidents_csv(site.dossier, site.figures),
        "datapackage.json": package(site.dossier),
    }


def _geojson(site: Site) -> Files:
    return {"incidents.geojson": tables.incidents_geojson(site.dossier, site.figures)}


FORMATS: dict[str, tuple[Callable[[Site], Files], str]] = {
    "package": (_package, "Frictionless data package: CSV with typed columns"),
    "xlsx": (xlsx.files, "Excel workbook: toll, incidents, claims"),
    "parquet": (parquet.files, "Parquet: incidents and claims"),
    "geojson": (_geojson, "GeoJSON (RFC 7946): incidents as points"),
    "jsonld": (jsonld.files, "JSON-LD in the words of schema.org and PROV"),
    "ftm": (ftm.files, "FollowTheMoney entities, one a line"),
    "hxl": (hxl.files, "CSV with HXL tags under the headings"),
    "ged": (recorders.ged, "the columns of UCDP GED"),
    "acled": (recorders.acled, "the columns of ACLED"),
    "airwars": (recorders.airwars, "the fields of Airwars' incidents"),
}
"""name → (the files it makes, what it is)."""


def export(dossier: Dossier, folder: Path, formats: Iterable[str]) -> tuple[Path, ...]:
    """Write a dossier in some formats into a folder; :class:`BadInput` names a format that there is none of."""
    site, written = Site(dossier), []
    wanted = list(dict.fromkeys(formats))
    for name in wanted:
        if name not in FORMATS:
            raise BadInput(f"format {name!r}", "there is no such format", f"There are {', '.join(FORMATS)}")
    folder.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        for file, data in FORMATS[name][0](site).items():
            (folder / file).write_bytes(data)
            written.append(folder / file)
    return tuple(written)
