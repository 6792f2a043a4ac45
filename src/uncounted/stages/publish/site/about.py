"""Pages about a release itself: downloads, proof, names, coverage, corrections, how to cite it."""

from collections.abc import Iterator

from uncounted.model.corrections import MEANING
from uncounted.model.coverage import Coverage, Measure
from uncounted.model.release import FigureChange
from uncounted.stages.publish.site import sheets
from uncounted.stages.publish.site.cutting import chunks
from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.site.press import Leaf, Press

FILES = (
    ("incidents.csv", "One row an incident and figure: place, time, bounds, origins, and the page that shows it."),
    ("claims.csv", "One row a claim: what was said, by whom, in which words, in which report."),
    ("datapackage.json", "The columns of the tables, typed (Frictionless data package)."),
    ("incidents.geojson", "Incidents as points (RFC 7946); an unknown place has no point."),
    ("toll.json", "The toll with its policy, its rules and the reasons for each number."),
    ("claims.jsonl", "Claims in full, one JSON object a line, with exact offsets."),
    ("api/openapi.json", "The same release as a read-only API of files (OpenAPI 3.1)."),
    ("CHANGELOG.md", "What changed since the release before, and why."),
    ("changes.json", "The same, figure by figure."),
    ("corrections.json", "Requests for correction that were decided, with their public notes."),
    ("beside.json", "Figures beside the toll: conceded, provisional, by sex, age, status and cause; stated totals."),
    ("origins.json", "Who told whom, for each incident."),
    ("rules.json", "The rules as they were applied."),
    ("CITATION.cff", "How to cite the release."),
    ("LICENSE", "What may be done with it."),
    ("checkpoint.txt", "The ledger's size and root."),
    ("SHA256SUMS", "SHA-256 of each file, for sha256sum."),
    ("manifest.json", "SHA-256 of each file."),
)
WORDS_CHECKED = """\
import json, pathlib
for line in open("claims.jsonl", encoding="utf-8"):
    claim = json.loads(line)
    path = pathlib.Path("captures", claim["document"] + ".txt")
    text = path.read_bytes().decode("utf-8")
    words = claim["passage"]
    assert text[words["start"]:words["end"]] == words["text"]"""
"""A program with which a reader checks every passage of a release against its report."""

NAMED = 400
"""Names on one page."""

CHANGED = 200
"""Steps of figures that the page of corrections lists; all of them are in ``changes.json``."""

LEAST = 20
"""Incidents with one origin that the page of coverage names."""


def about_pages(site: Site, press: Press) -> Iterator[Leaf]:
    """The pages about the release."""
    dossier = site.dossier
    yield from press.leaves("downloads.html", "downloads.html", lambda w: w.t("Downloads"), found=FILES)
    yield from press.leaves(
        "verify.html", "verify.html", lambda w: w.t("Verify"),
        facts=dossier.facts, ledger_root=dossier.root, as_of=dossier.as_of, policy=dossier.policy,
        program=WORDS_CHECKED,
    )  # fmt: skip
    yield from press.leaves(
        "corrections.html", "corrections.html", lambda w: w.t("Corrections"), found=_corrections(site),
        waiting=sum(1 for one in dossier.corrections if one.verdict is None), changes=_changes(site),
    )  # fmt: skip
    yield from press.leaves("cite.html", "cite.html", lambda w: w.t("Cite"), **_citation(site))
    yield from _coverage(site, press)
    parts = chunks(dossier.memorial, NAMED)
    names = ["names.html", *(f"names.{number}.html" for number in range(2, len(parts) + 1))]
    for number, part in enumerate(parts, 1):
        yield from press.leaves(
            names[number - 1], "names.html", lambda w: w.t("Names"), part=list(part), names=names, number=number
        )


def _corrections(site: Site) -> list[dict[str, object]]:
    """What was decided, newest first. The words of whoever asked, and who decided, are not published."""
    decided = [one for one in site.dossier.corrections if one.verdict is not None]
    return [
        {
            "at": one.decided or one.at, "reason": MEANING[one.reason], "verdict": one.verdict, "note": one.note,
            "subject": _shown(site, one.about), "page": _page_of(site, one.about),
            "titled": sheets.title(site.incident[one.about]) if one.about in site.incident else None,
        }
        for one in sorted(decided, key=lambda one: (one.decided or one.at, one.id), reverse=True)
    ]  # fmt: skip


def _page_of(site: Site, name: str) -> str | None:
    if name in site.incident:
        return f"incidents/{name}.html"
    return site.homes.get(name) or (f"captures/{name}.html" if name in site.dossier.texts else None)


def _shown(site: Site, name: str) -> str | None:
    """What a correction is about, as far as the release shows it: an entry of a list may be a person's."""
    return site.titles.get(name, name) if _page_of(site, name) else None


def _changes(site: Site) -> list[tuple[FigureChange, sheets.Title | None]]:
    """The steps by which figures changed since the release before: the toll in all, then its parts, then incidents."""
    in_order = sorted(site.dossier.changes, key=lambda one: len(one.cell) + ("incident" in one.cell))
    return [
        (one, sheets.title(site.incident[name]) if (name := one.cell.get("incident", "")) in site.incident else None)
        for one in in_order[:CHANGED]
    ]


def _citation(site: Site) -> dict[str, str]:
    """The release as a reference: title, policy, moment, and the root that pins it."""
    dossier = site.dossier
    day, root = (dossier.as_of or "")[:10], dossier.root[:16]
    said = f"{dossier.title}. Policy “{dossier.policy}”" + (f", as of {day}" if day else "") + f". Ledger root {root}."
    year = f"  year = {{{day[:4]}}},\n" if day else ""
    title = dossier.title.replace("{", "").replace("}", "").replace("\\", "")
    note = f"Policy {dossier.policy}, ledger root {root}"
    bibtex = f"@dataset{{uncounted-{root[:8]},\n  title = {{{title}}},\n{year}  note = {{{note}}}\n}}"
    return {"said": said, "bibtex": bibtex}


def _coverage(site: Site, press: Press) -> Iterator[Leaf]:
    found = site.dossier.coverage
    alone = [one for one in found.incidents if one.origins == 1 and one.low] if found else []
    alone.sort(key=lambda one: (-(one.low or 0), one.incident))
    yield from press.leaves(
        "coverage.html", "coverage.html", lambda w: w.t("Coverage"),
        cover=_told(found) if found and found.incidents else None,
        least=sheets.rows(site, [one.incident for one in alone[:LEAST]]),
    )  # fmt: skip


def _told(found: Coverage) -> dict[str, object]:
    """The measures with their numbers as a reader meets them."""
    return {
        "measures": [
            {
                "name": one.name, "value": _put(one, one.value), "number": one.number, "of": one.of,
                "low": None if one.low is None else _put(one, one.low), "high": _put(one, one.high),
                "level": f"{one.level:.0%}",
            }
            for one in found.measures
            if one.value is not None
        ],
        "outlets": found.outlets[:50],
        "hedges": [
            {"kind": one.kind, "hedged": one.hedged, "of": one.of, "share": f"{one.hedged / one.of:.0%}"}
            for one in found.hedges
            if one.of
        ],
        "least": True,
    }  # fmt: skip


def _put(measure: Measure, value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0%}" if measure.kind == "share" else f"{value:.1f}"
