"""Whether two places may be one: entries, names, what lies in what, and distance against precision."""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

from uncounted.model.claims import Place

RADIUS: Mapping[str, float] = {
    "exact": 0.5, "street": 1.0, "neighbourhood": 2.0, "village": 3.0, "town": 6.0, "city": 15.0, "district": 40.0,
    "province": 150.0, "country": 600.0,
}  # fmt: skip
"""How far from its coordinates a place of each precision may reach, in kilometres: rough sizes, not boundaries."""

FINE = frozenset({"exact", "street", "neighbourhood", "village", "town", "city"})
"""Precisions by which two places can be told apart."""


SETTLEMENTS = frozenset({"village", "town", "city"})
"""Precisions of places that exclude one another: what happened in one town did not happen in the next."""


def distance(left: Place, right: Place) -> float | None:
    """Great-circle distance in kilometres, or ``None`` without coordinates (haversine, mean radius 6371 km)."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    one, two = radians(left.lat), radians(right.lat)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(right.lon - left.lon) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


def reach(left: Place, right: Place) -> float:
    """How far apart, in kilometres, two places may lie and still be one."""
    return RADIUS[left.precision or "country"] + RADIUS[right.precision or "country"]


def inside(inner: Place, outer: Place) -> bool:
    """Whether one place is said to lie in the other, by name or entry."""
    within = (inner.within or "").casefold()
    parts = {within, *(part.strip() for part in within.split(","))} - {""}
    return outer.name.casefold() in parts or (outer.gazetteer or "-").casefold() in parts


def one_name(left: Place, right: Place) -> bool:
    """Whether two places are one entry, or one name not far apart."""
    if left.gazetteer and left.gazetteer == right.gazetteer:
        return True
    if left.name.casefold() != right.name.casefold():
        return False
    apart = distance(left, right)
    return apart is None or apart < 2


def exclude(left: Place, right: Place) -> bool:
    """Whether two places are two different towns (villages, cities), or two quarters more than a walk apart."""
    if one_name(left, right) or inside(left, right) or inside(right, left):
        return False
    apart = distance(left, right)
    if left.precision in SETTLEMENTS and right.precision in SETTLEMENTS:
        return apart is None or apart > 1
    if left.precision == right.precision == "neighbourhood":
        return apart is not None and apart > 1.5
    return False


def may_be_one(left: Place, right: Place) -> bool:
    """Whether two places of one document may be one spot."""
    if one_name(left, right) or inside(left, right) or inside(right, left):
        return True
    if left.precision not in FINE or right.precision not in FINE:
        return True
    apart = distance(left, right)
    return not exclude(left, right) and apart is not None and apart <= reach(left, right)
