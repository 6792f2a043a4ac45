"""The places that a document names, each resolved only where one meaning clearly wins."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from uncounted.model.claims import Candidate, Document, Place
from uncounted.stages.locate.gazetteer import Entry, Gazetteer
from uncounted.stages.locate.placenames import folded
from uncounted.stages.locate.spots import Spot, spots
from uncounted.text.view import View, view

_WORD = re.compile(r"[^\W\d_]+")
_CLEAR = 1.0
_SAME_KM = 20.0
_NEAR_KM = 150.0
_DEGREE_KM = 111.0
"""A degree of latitude is a little longer than this (kilometres)."""
_MOST_ALTERNATIVES = 5
_KNOWN_ALONE = 200_000
_WIDE = ("country", "province")


def find_places(document: Document, gazetteer: Gazetteer, near: Sequence[Candidate] = ()) -> tuple[Place, ...]:
    """Return the places named in a document, in order of their spans.

    ``near`` are places that the case is about; they and the case's own list pull ambiguous names towards them. A
    place has coordinates only when one meaning clearly wins by what else the text names (countries, peoples, other
    places) and by population; otherwise the meanings are its ``alternatives``, likeliest first. A province or a
    country has no point. A place that no gazetteer knows keeps its words.
    """
    seen = seen_of(document.text)
    found = list(spots(seen, gazetteer))
    context = _Context(seen, found, gazetteer, near)
    named = ((spot, _place(seen, spot, context)) for spot in found)
    guessed = seen.upper_case
    return tuple(
        p for spot, p in named if p.lat is not None or not (spot.sounded or (guessed and not spot.kind)) or _wide(p)
    )


def _wide(place: Place) -> bool:
    return place.precision in _WIDE


@lru_cache(maxsize=2)
def seen_of(text: str) -> View:
    """Return the view of the text at hand, made once for places and sentences."""
    return view(text)


class _Context:
    """What the whole document says of where it is."""

    def __init__(self, seen: View, found: Sequence[Spot], gazetteer: Gazetteer, near: Sequence[Candidate]) -> None:
        self.countries = Counter[str]()
        for word in _WORD.findall(seen.lower):
            if word in gazetteer.people_words:
                self.countries[gazetteer.people_words[word]] += 1
        for spot in found:
            wide = spot.entries[:1] and spot.entries[0].precision in _WIDE
            for iso in {entry.country for entry in spot.entries if entry.country} if wide else ():
                self.countries[iso] += 3
        self.told = frozenset(self.countries)
        for spot in found:
            # A well-known town of one meaning also says which country the text is about.
            known = [entry for entry in spot.entries if entry.population >= _KNOWN_ALONE]
            if len(spot.entries) == len(known) == 1:
                self.countries[known[0].country] += 1
        self.points = [(place.lat, place.lon) for place in near]
        self.points += [(e.lat, e.lon) for e in gazetteer.near if e.lat is not None and e.lon is not None]
        self.anchors = list[tuple[float, float]]()
        for spot in found:
            best = sorted(spot.entries, key=self.score, reverse=True)[:2]
            if best and best[0].lat is not None and best[0].lon is not None:
                clear = len(best) == 1 or self.score(best[0]) - self.score(best[1]) >= _CLEAR
                if clear and (best[0].own or best[0].population >= _KNOWN_ALONE or best[0].country in self.told):
                    self.anchors.append((best[0].lat, best[0].lon))
        self.anchors = list(dict.fromkeys(self.anchors))

    def score(self, entry: Entry) -> float:
        """Add up what speaks for a meaning: population (per power of ten), country, nearness."""
        if entry.own:
            return 20.0
        total = math.log10(entry.population + 100)
        share = self.countries[entry.country] / max(1, max(self.countries.values(), default=0))
        total += 3.0 * share
        if self._close(entry, self.points):
            total += 2.0
        return total

    def nearness(self, entry: Entry) -> float:
        """Add a little for a meaning beside the other places of the text."""
        others = [point for point in self.anchors if (entry.lat, entry.lon) != point]
        return 1.0 if self._close(entry, others) else 0.0

    def here(self, entry: Entry) -> bool:
        """Whether a meaning lies in a country that the text names, or near its other places."""
        others = [point for point in self.anchors if (entry.lat, entry.lon) != point]
        return entry.country in self.told or self._close(entry, others)

    def _close(self, entry: Entry, points: Sequence[tuple[float, float]], km: float = _NEAR_KM) -> bool:
        if entry.lat is None or entry.lon is None:
            return False
        reach = km / _DEGREE_KM  # who is farther north or south than this need not be measured
        return any(
            abs(entry.lat - lat) <= reach and kilometres(entry.lat, entry.lon, lat, lon) <= km
            for lat, lon in points[:200]
        )

    def speaks_for(self, entry: Entry) -> bool:
        """Whether anything but its size says that the text means this place."""
        return bool(
            entry.own
            or entry.precision in _WIDE
            or entry.population >= _KNOWN_ALONE
            or self.countries[entry.country]
            or self._close(entry, self.points)
            or self._close(entry, self.anchors)
        )


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance by the haversine formula, Earth's mean radius 6371 km."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(half)))


def _place(seen: View, spot: Spot, context: _Context) -> Place:
    passage = seen.passage(spot.start, spot.end)
    ranked = sorted(((context.score(e) + context.nearness(e), e) for e in spot.entries), key=lambda o: (-o[0], o[1].id))
    best = ranked[0][1] if ranked else None
    rivals = [e for s, e in ranked[1:] if ranked[0][0] - s < _CLEAR and not _same(ranked[0][1], e)]
    clear = best is not None and not rivals and context.speaks_for(best)
    if best and not best.own and (spot.sounded or seen.upper_case):
        # Where spelling or capitals say less, the text must say the more.
        clear = clear and (
            context.here(best) or (best.population >= _KNOWN_ALONE and folded(best.name) == folded(spot.name))
        )
    if best and not best.own:
        clear = clear and spot.kind not in ("street", "exact")
        clear = clear and (spot.kind != "neighbourhood" or context.here(best))
    settled = best if clear else None
    # "Aleppo governorate" is not the point of the city Aleppo.
    wider = spot.kind in ("district", "province") and settled is not None and not settled.own
    if settled is not None and not wider:
        return Place(
            text=passage.text,
            start=passage.start,
            end=passage.end,
            name=settled.name,
            lat=settled.lat,
            lon=settled.lon,
            precision=settled.precision,
            gazetteer=settled.id,
            within=settled.within,
        )
    listed = [candidate for _, entry in ranked if (candidate := entry.candidate())]
    return Place(
        text=passage.text,
        start=passage.start,
        end=passage.end,
        name=spot.name,
        precision=spot.kind,
        within=settled.within if settled else None,
        alternatives=tuple(listed[:_MOST_ALTERNATIVES]),
    )


def _same(one: Entry, other: Entry) -> bool:
    """Whether two entries are one place listed twice."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return not (one.own or other.own) and kilometres(one.lat, one.lon, other.lat, other.lon) <= _SAME_KM
