"""An offline map: incidents as points with circles of precision, over country outlines and a graticule."""

import gzip
import json
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec

from uncounted.model.incidents import Incident
from uncounted.stages.publish.words import RADII

KM_PER_DEGREE = 111.2
WIDTH = 960.0
SPOTS, SQUARE, LABELS = 600, 12.0, 40
"""More places than ``SPOTS`` are joined by squares of ``SQUARE`` pixels; the ``LABELS`` busiest carry their names."""


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """One place on the map and the ids of the incidents there.

    ``x``, ``y``, ``radius`` (how uncertain), ``size`` (the dot's radius) and the label's point are in pixels.
    """

    x: float
    y: float
    radius: float
    name: str
    precision: str
    label_x: float
    label_y: float
    label_end: bool
    incidents: tuple[str, ...]
    size: float = 6.0
    labelled: bool = True


class Line(msgspec.Struct, frozen=True):
    """A graticule line with its label: ``at`` in pixels along its axis."""

    at: float
    label: str


class Map(msgspec.Struct, frozen=True, kw_only=True):
    """What a map's drawing needs, in pixels; ``lands`` are SVG paths; ``scale_km`` is the length of the scale bar."""

    width: float
    height: float
    lands: tuple[str, ...]
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    spots: tuple[Spot, ...]
    scale_km: float
    scale_width: float
    edges: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees."""


def drawn(incidents: Iterable[Incident]) -> Map | None:
    """The map of the incidents whose point is known, or ``None`` when there is none.

    Equirectangular, true to scale at the middle parallel, so that circles of precision stay circles. Incidents whose
    place is known only to a province or country are drawn with their wide circle, never as a sharp point.
    """
    placed: dict[tuple[float, float, str], list[Incident]] = {}
    for incident in incidents:
        place = incident.place
        if place and place.lat is not None and place.lon is not None:
            placed.setdefault((place.lat, place.lon, place.precision or "city"), []).append(incident)
    if not placed:
        return None
    frame = _frame(list(placed))
    return Map(
        width=frame.width,
        height=frame.height,
        lands=_lands(frame),
        meridians=_graticule(frame, of="lon"),
        parallels=_graticule(frame, of="lat"),
        spots=_spots(frame, placed),
        scale_km=(bar := _round_below(WIDTH / 5 / frame.per_km)),
        scale_width=round(bar * frame.per_km, 1),
        edges=(frame.west, frame.south, frame.east, frame.north),
    )


class _Frame(msgspec.Struct, frozen=True, kw_only=True):
    west: float
    east: float
    south: float
    north: float
    width: float
    height: float
    per_km: float

    def x(self, lon: float) -> float:
        return round((lon - self.west) / (self.east - self.west) * self.width, 1)

    def y(self, lat: float) -> float:
        return round((self.north - lat) / (self.north - self.south) * self.height, 1)


def _frame(points: list[tuple[float, float, str]]) -> _Frame:
    """The smallest frame, between 3:2 and 1:1, that holds every circle but the widest ones, with a margin."""
    shrink = max(0.2, math.cos(math.radians(sum(lat for lat, _, _ in points) / len(points))))
    edges = [(lat, lon, min(RADII.get(precision, 8), 30) / KM_PER_DEGREE) for lat, lon, precision in points]
    south, north = min(lat - r for lat, _, r in edges), max(lat + r for lat, _, r in edges)
    west, east = min(lon - r / shrink for _, lon, r in edges), max(lon + r / shrink for _, lon, r in edges)
    tall, wide = max(north - south, 0.4) * 1.25, max((east - west) * shrink, 0.6) * 1.35
    wide = max(wide, tall)
    tall = max(tall, wide / 1.5)
    lat, lon = (south + north) / 2, (west + east) / 2
    return _Frame(
        west=lon - wide / shrink / 2, east=lon + wide / shrink / 2, south=lat - tall / 2, north=lat + tall / 2,
        width=WIDTH, height=round(WIDTH * tall / wide, 1), per_km=WIDTH / (wide * KM_PER_DEGREE),
    )  # fmt: skip


def _spots(frame: _Frame, placed: dict[tuple[float, float, str], list[Incident]]) -> tuple[Spot, ...]:
    """The places as dots. Where there are too many to tell apart, those of one small square are drawn as one."""
    where = sorted(placed.items(), key=lambda item: (-item[0][0], item[0][1], item[0][2]))
    if len(where) > SPOTS:
        joined: dict[tuple[int, int], tuple[tuple[float, float, str], list[Incident]]] = {}
        for (lat, lon, precision), incidents in where:
            square = int(frame.x(lon) // SQUARE), int(frame.y(lat) // SQUARE)
            joined.setdefault(square, ((lat, lon, precision), []))[1].extend(incidents)
        where = list(joined.values())
    named = {key for key, _ in sorted(where, key=lambda item: (-len(item[1]), item[0]))[:LABELS]}
    dots = [(frame.x(lon), frame.y(lat)) for (lat, lon, _), _ in where]
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in dots]
    spots = []
    for (lat, lon, precision), incidents in where:
        x, y = frame.x(lon), frame.y(lat)
        place, labelled = incidents[0].place, (lat, lon, precision) in named
        name = place.name if place else ""
        label_x, label_y, end = _label(frame, x, y, name, taken) if labelled else (x, y, False)
        spots.append(
            Spot(
                x=x, y=y, radius=round(max(RADII.get(precision, 8) * frame.per_km, 7), 1), name=name,
                precision=precision, label_x=label_x, label_y=label_y, label_end=end,
                incidents=tuple(one.id for one in incidents), labelled=labelled,
                size=round(min(6 + math.log2(len(incidents)) * 1.2, 14), 1),
            )
        )  # fmt: skip
    return tuple(sorted(spots, key=lambda spot: -spot.radius))


def _label(
    frame: _Frame, x: float, y: float, name: str, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float, bool]:
    """Where a name goes so that it covers no earlier name: right, left, below or above; else right."""
    width = 9.5 * len(name)
    for dx, dy, end in ((12, 6, False), (-12, 6, True), (12, 26, False), (12, -14, False), (-12, 26, True)):
        left = x + dx - (width if end else 0)
        box = (left, y + dy - 16, left + width, y + dy + 4)
        inside = box[0] > 0 and box[2] < frame.width and box[1] > 0 and box[3] < frame.height
        if inside and not any(a < box[2] and c > box[0] and b < box[3] and d > box[1] for a, b, c, d in taken):
            taken.append(box)
            return x + dx, y + dy, end
    return x + 12, y + 6, False


def _graticule(frame: _Frame, *, of: str) -> tuple[Line, ...]:
    low, high = (frame.west, frame.east) if of == "lon" else (frame.south, frame.north)
    step = _round_below((high - low) / 3)
    lines = []
    for n in range(math.ceil(low / step), math.floor(high / step) + 1):
        degrees = n * step
        sign = ("E" if degrees >= 0 else "W") if of == "lon" else ("N" if degrees >= 0 else "S")
        at = frame.x(degrees) if of == "lon" else frame.y(degrees)
        # A label that would fall into the corner where both axes meet is left out, with its line.
        if (at < frame.width - 60 and at > 60) if of == "lon" else (30 < at < frame.height - 40):
            lines.append(Line(at, f"{abs(round(degrees, 6)):g}° {sign}"))
    return tuple(lines)


def _round_below(value: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above ``value``."""
    power = float(10 ** math.floor(math.log10(value)))
    return next(m * power for m in (5, 2, 1) if m * power <= value * 1.000001)


@lru_cache(maxsize=1)
def _outlines() -> tuple[tuple[tuple[tuple[float, float], ...], ...], ...]:
    """Each land's rings of (longitude, latitude), decoded from the bundled file."""
    packed = files("uncounted.stages.publish").joinpath("outlines/natural-earth-50m.json.gz").read_bytes()
    raw = json.loads(gzip.decompress(packed))
    (sx, sy), (tx, ty) = raw["scale"], raw["translate"]
    arcs: list[list[tuple[float, float]]] = []
    for deltas in raw["arcs"]:
        x = y = 0
        points = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return tuple(
        tuple(_unrolled([p for arc in ring for p in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]) for ring in land)
        for land in raw["lands"]
    )


def _unrolled(ring: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """A ring without the leap at the antimeridian: longitudes run on past 180. One round a pole is closed there."""
    out: list[tuple[float, float]] = []
    for lon, lat in ring:
        near = lon + 360 * round((out[-1][0] - lon) / 360) if out else lon
        out.append((near, lat))
    if out and abs(out[-1][0] - out[0][0]) > 180:
        pole = math.copysign(90.0, out[0][1])
        out += [(out[-1][0], pole), (out[0][0], pole)]
    return tuple(out)


@lru_cache(maxsize=32)
def _lands(frame: _Frame) -> tuple[str, ...]:
    """The lands within the frame as SVG paths, cut a little outside of it so that no cut edge shows."""
    across, up = (frame.east - frame.west) * 0.1, (frame.north - frame.south) * 0.1
    box = (frame.west - across, frame.south - up, frame.east + across, frame.north + up)
    paths = []
    for land in _outlines():
        path = ""
        for ring, turn in ((ring, turn) for ring in land for turn in (-360, 0, 360)):
            cut = _clip([(lon + turn, lat) for lon, lat in ring], box) if _meets(ring, turn, box) else []
            if len(cut) > 2:
                path += "M" + "L".join(f"{frame.x(lon):g},{frame.y(lat):g}" for lon, lat in cut) + "Z"
        if path:
            paths.append(path)
    return tuple(paths)


def _meets(ring: Sequence[tuple[float, float]], turn: int, box: tuple[float, float, float, float]) -> bool:
    return any(lon + turn >= box[0] for lon, _ in ring) and any(lon + turn <= box[2] for lon, _ in ring)


def _clip(ring: list[tuple[float, float]], box: tuple[float, float, float, float]) -> list[tuple[float, float]]:
    """A ring cut to a rectangle (Sutherland and Hodgman 1974)."""
    if not ring:
        return ring
    for axis, edge, above in ((0, box[0], True), (1, box[1], True), (0, box[2], False), (1, box[3], False)):
        out: list[tuple[float, float]] = []
        for before, now in zip([ring[-1], *ring[:-1]], ring, strict=True):
            was_in, is_in = ((p[axis] >= edge) is above or p[axis] == edge for p in (before, now))
            if was_in != is_in:
                share = (edge - before[axis]) / (now[axis] - before[axis])
                out.append((before[0] + share * (now[0] - before[0]), before[1] + share * (now[1] - before[1])))
            if is_in:
                out.append(now)
        ring = out
        if not ring:
            return ring
    return ring
