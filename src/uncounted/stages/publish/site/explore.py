"""Map, timeline and table on one filter: pages made beforehand for each part, and a small script that only adds."""

import hashlib
from collections.abc import Callable, Iterator
from importlib.resources import files

import msgspec

from uncounted.model.incidents import Incident, TollCell
from uncounted.stages.publish.site import sheets
from uncounted.stages.publish.site.index import Site
from uncounted.stages.publish.site.pages import CHOSEN
from uncounted.stages.publish.site.press import Leaf, Press
from uncounted.stages.publish.words import Words, spoken

WAYS = ("month", "place", "actor")
OFFERED = 300
"""Places and parties that the choice offers by name; the rest is found by words."""


def explore_page(site: Site, press: Press) -> Iterator[Leaf]:
    """The page of map and time, the script that filters it, and its data in each language."""
    incidents = site.dossier.incidents
    drawn, line = site.map, site.line
    yield from press.leaves(
        "map.html", "map.html", lambda w: w.t("Map and time"), script="explore",
        map=drawn, line=line, headline=site.headline, total=len(incidents),
        rows=[sheets.row(site, one) for one in incidents[:CHOSEN]],
        months=sorted({period[:7] for bar in line.bars if (period := bar.period) and bar.incidents}),
        places=_most([one.place.name for one in incidents if one.place]),
        actors=_most([actor for one in incidents for actor in one.actors]),
        grades=sorted({one.grade for one in incidents if one.grade}),
        ways=[
            (by, [(name, page, bound) for name, page, bound in _way(site, by)][:OFFERED])
            for by in WAYS if site.dossier.toll.get(by)
        ],
    )  # fmt: skip
    script = files("uncounted.stages.publish").joinpath("static/explore.js").read_bytes()
    yield Leaf("explore.js", hashlib.blake2b(script, digest_size=16).digest(), lambda: script)
    at = {name: number for number, spot in enumerate(drawn.spots) for name in spot.incidents} if drawn else {}
    for language in press.shared.languages:
        path = "explore-data.js" if language == press.shared.languages[0] else f"{language}/explore-data.js"
        data = _data(site, at, spoken(language))
        yield Leaf(path, hashlib.blake2b(data, digest_size=16).digest(), _given(data))


def _given(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _way(site: Site, by: str) -> Iterator[tuple[str, str, tuple[int | None, int | None]]]:
    for cell in site.dossier.toll.get(by, ()):
        if cell.cell.get("harm") == "killed":
            yield cell.cell.get(by, ""), site.cell_page(by, cell), (cell.low, cell.high)


def _most(names: list[str]) -> list[str]:
    """Names by how often they occur, the most frequent first, up to as many as a choice can offer."""
    held: dict[str, int] = {}
    for name in names:
        held[name] = held.get(name, 0) + 1
    return sorted(sorted(held, key=lambda name: (-held[name], name))[:OFFERED])


def _data(site: Site, at: dict[str, int], words: Words) -> bytes:
    """The incidents as the script reads them: a list of lists, so that ten thousand stay small."""
    rows = [_row(one, site.main_figures.get(one.id), at.get(one.id), words, site) for one in site.dossier.incidents]
    # "<" is written as an escape: nothing in a title can end the script or begin another.
    return b"uncountedIncidents = " + msgspec.json.encode(rows).replace(b"<", b"\\u003c") + b";\n"


def _row(incident: Incident, cell: TollCell | None, spot: int | None, words: Words, site: Site) -> list[object]:
    time = incident.time
    known = time if time and time.of == "event" else None
    return [
        incident.id, words.title(incident), words.when(time),
        known.from_ if known else None, known.to if known else None,
        incident.place.name if incident.place else None, words.where(incident.place), list(incident.actors),
        incident.grade, cell.low if cell else None, cell.high if cell else None, cell is not None, spot,
        len(site.dossier.origins.get(incident.id, ())),
    ]  # fmt: skip
