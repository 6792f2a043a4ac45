"""How likely it is that two documents' mentions are of one event: evidence, each piece with its reason in words.

Evidence adds up as log-odds. The weights are set by hand, after the shape of what held in linking two event datasets
(same day and place alone is right nine times in ten in a war of many towns, six in ten where one city holds most
events); they rank proposals for a person and are no calibrated probability until judged pairs say otherwise.
"""

from math import asin, cos, exp, radians, sin, sqrt

from rapidfuzz import fuzz

from uncounted.model.claims import Claim, Place
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.match.incidents_mentions import FINE, RADIUS, Mention

Evidence = tuple[float, str]
"""A weight in log-odds and the reason for it."""

PRIOR = -2.5
NO_PLACE = -1.5
REPORT_DAYS = 3
"""An event is held to lie at most so many days before the report that names no day."""


def distance(left: Place, right: Place) -> float | None:
    """Great-circle distance in kilometres, or ``None`` without coordinates (haversine, mean radius 6371 km)."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    one, two = radians(left.lat), radians(right.lat)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(right.lon - left.lon) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


def _inside(inner: Place, outer: Place) -> bool:
    within = (inner.within or "").casefold()
    parts = {within, *(part.strip() for part in within.split(","))} - {""}
    return outer.name.casefold() in parts or (outer.gazetteer or "-").casefold() in parts


_SAME_PLACE = {"exact": 3.2, "street": 3.0, "neighbourhood": 2.8, "village": 2.8, "town": 2.4, "city": 1.4}


def place_evidence(left: Place | None, right: Place | None) -> Evidence | None:
    """Evidence from where; ``None`` when the places exclude each other."""
    if left is None or right is None:
        return NO_PLACE, "the place of one is not known"
    apart = distance(left, right)
    one_name = left.name.casefold() == right.name.casefold() and (apart is None or apart < 2)
    if one_name or (left.gazetteer and left.gazetteer == right.gazetteer):
        worth = _SAME_PLACE.get(left.precision or "", 0.6 if left.gazetteer else 1.6)
        return worth, f"same place, {left.name}"
    for inner, outer in ((left, right), (right, left)):
        if _inside(inner, outer):
            worth = {"city": 1.0, "town": 1.8}.get(outer.precision or "", 0.2)
            return worth, f"{inner.name} lies in {outer.name}"
    return _from_names(left, right) if apart is None else _from_distance(left, right, apart)


def _from_names(left: Place, right: Place) -> Evidence | None:
    near = fuzz.ratio(left.name.casefold(), right.name.casefold())
    return (0.8, f"{left.name} and {right.name} are spelt alike") if near >= 85 else None


def _from_distance(left: Place, right: Place, apart: float) -> Evidence | None:
    reach = RADIUS[left.precision or "country"] + RADIUS[right.precision or "country"]
    if apart > reach:
        return None
    if not (left.precision in FINE and right.precision in FINE):
        return -0.4, f"{left.name} and {right.name} are {apart:.0f} km apart, one of them a wide area"
    return 1.8 * (1 - apart / reach), f"{left.name} and {right.name} are {apart:.1f} km apart"


def time_evidence(left: Mention, right: Mention) -> Evidence | None:
    """Evidence from when; ``None`` when the dates exclude each other."""
    if left.days is None or right.days is None:
        return -1.2, "the date of one is not known"
    kinds = {left.dated, right.dated}
    if "report" in kinds:
        event, report = (right.days, left.days) if left.dated == "report" else (left.days, right.days)
        return _two_reports(abs(event[0] - report[0])) if kinds == {"report"} else _event_and_report(event, report)
    gap = max(left.days[0] - right.days[1], right.days[0] - left.days[1])
    if gap > 1:
        return None
    if gap == 1:
        return -0.8 if kinds == {"day"} else -1.2, "one day apart"
    if kinds == {"day"}:
        return 1.8, "same day"
    length = max(left.days[1] - left.days[0], right.days[1] - right.days[0]) + 1
    return (0.8 if length <= 7 else -0.6), f"the times overlap, one of them {length} days long"


def _two_reports(lag: int) -> Evidence | None:
    if lag > REPORT_DAYS:
        return None
    return 0.6 - 0.4 * lag, f"reported {lag} days apart" if lag else "reported on one day"


def _event_and_report(event: tuple[int, int], report: tuple[int, int]) -> Evidence | None:
    """A report names no day: its event lies at most a few days before it."""
    lag = max(report[0] - event[1], 0) if report[0] >= event[0] else -1
    if not 0 <= lag <= REPORT_DAYS:
        return None
    return 1.0 - 0.4 * lag, f"reported {lag} days after the other's day" if lag else "reported on the other's day"


def _ratio(left: Claim, right: Claim) -> float | None:
    """How far apart two counts are: 1 where the ranges meet, else the gap as a ratio; ``None`` without numbers."""
    if left.count.quantifier == "unquantified" or right.count.quantifier == "unquantified":
        return None
    one, two = left.count, right.count
    low_one, low_two = one.low or 0, two.low or 0
    high_one = one.high if one.high is not None else max(low_one * 2, low_one + 5)
    high_two = two.high if two.high is not None else max(low_two * 2, low_two + 5)
    if low_one <= high_two and low_two <= high_one:
        return 1.0
    return (max(low_one, low_two) + 1) / (min(high_one, high_two) + 1)


def count_evidence(left: Mention, right: Mention) -> Evidence:
    """Evidence from how many were harmed, and how: the best agreement of claims of one harm and group."""
    harms = {claim.harm for claim in left.claims} & {claim.harm for claim in right.claims}
    if not harms:
        return -0.6, "they speak of different harm"
    best: tuple[float, int, str] | None = None
    for one in left.claims:
        for two in right.claims:
            if one.harm != two.harm or one.group != two.group:
                continue
            apart = _ratio(one, two)
            if apart is None:
                continue
            size = min(one.count.low or 0, two.count.low or 0)
            words = f"{one.group} {one.harm}: {one.count.text or one.count.low} and {two.count.text or two.count.low}"
            if best is None or (apart, -size) < best[:2]:
                best = (apart, -size, words)
    if best is None:
        return 0.2, f"both speak of people {', '.join(sorted(harms))}"
    apart, size, words = best
    if apart == 1.0:
        return (1.2 if -size >= 4 else 0.7), f"counts agree ({words})"
    if apart <= 2:
        return 0.3, f"counts are near ({words})"
    return (-0.6 if apart <= 4 else -1.6), f"counts are far apart ({words})"


def _names(mention: Mention, field: str) -> set[str]:
    return {thing.name.casefold() for claim in mention.claims if (thing := getattr(claim, field)) is not None}


def named_evidence(left: Mention, right: Mention, field: str, same: float, other: float) -> Evidence | None:
    """Evidence from the actor or the means, where both name one."""
    one, two = _names(left, field), _names(right, field)
    if not one or not two:
        return None
    word = {"actor": "actor", "means": "means"}[field]
    if one & two or any(fuzz.token_set_ratio(a, b) >= 85 for a in one for b in two):
        return same, f"same {word}, {', '.join(sorted(one & two or one))}"
    return other, f"{word} named differently: {', '.join(sorted(one))}; {', '.join(sorted(two))}"


def _victims(mention: Mention) -> set[str]:
    found = set()
    for claim in mention.claims:
        if claim.victim and claim.count.low == claim.count.high == 1 and claim.count.text is None:
            words = claim.victim.text.split()
            if "named" in claim.flags or sum(word[0].isupper() for word in words) >= 2:
                found.add(" ".join(words).casefold())
    return found


def compare(left: Mention, right: Mention) -> tuple[float, tuple[str, ...]]:
    """Return how probable it is that two mentions are of one event (0..1), and why."""
    where, when = place_evidence(left.place, right.place), time_evidence(left, right)
    if where is None or when is None:
        return 0.0, ("place or time exclude each other",)
    evidence = [where, when, count_evidence(left, right)]
    for field, same, other in (("actor", 0.5, -0.5), ("means", 0.5, -0.6)):
        found = named_evidence(left, right, field, same, other)
        if found:
            evidence.append(found)
    shared = _victims(left) & _victims(right)
    if shared:
        evidence.append((4.0, f"the same victim is named: {', '.join(sorted(shared))}"))
    if not any(claim.modality in HELD_MODALITIES for claim in left.claims + right.claims):
        evidence.append((-1.0, "neither says that it happened"))
    odds = PRIOR + sum(weight for weight, _ in evidence)
    return 1 / (1 + exp(-odds)), tuple(reason for _, reason in evidence)
