"""How likely it is that two documents' mentions are of one event: evidence, each piece with its reason in words.

Evidence adds up as log-odds. The weights are set by hand, after the shape of what held in linking two event datasets
(same day and place alone is right nine times in ten in a war of many towns, six in ten where one city holds most
events); they rank proposals for a person and are no calibrated probability until judged pairs say otherwise.
"""

from math import exp

from rapidfuzz import fuzz

from uncounted.model.claims import Claim, Place
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.names.told import victim_named
from uncounted.stages.match.incidents_mentions import Mention
from uncounted.stages.match.incidents_places import FINE, distance, exclude, inside, one_name, reach

Evidence = tuple[float, str]
"""A weight in log-odds and the reason for it."""

PRIOR = -2.5
NO_PLACE = -1.5
REPORT_DAYS = 3
"""An event is held to lie at most so many days before the report that names no day."""


_SAME_PLACE = {
    "exact": 3.2, "street": 3.0, "neighbourhood": 2.8, "village": 2.8, "town": 2.0, "city": 0.6, "district": 0.4,
    "province": -0.4, "country": -1.5,
}  # fmt: skip
_INSIDE = {"town": 1.6, "city": 0.6, "district": 0.2, "province": -0.5, "country": -1.5}


def place_evidence(left: Place | None, right: Place | None) -> Evidence | None:
    """Evidence from where; ``None`` when the places exclude each other."""
    if left is None or right is None:
        return NO_PLACE, "the place of one is not known"
    if one_name(left, right):
        return _SAME_PLACE.get(left.precision or "", 1.2), f"same place, {left.name}"
    for inner, outer in ((left, right), (right, left)):
        if inside(inner, outer):
            return _INSIDE.get(outer.precision or "", 0.2), f"{inner.name} lies in {outer.name}"
    if exclude(left, right):
        return None
    apart = distance(left, right)
    return _from_names(left, right) if apart is None else _from_distance(left, right, apart)


def _from_names(left: Place, right: Place) -> Evidence | None:
    near = fuzz.ratio(left.name.casefold(), right.name.casefold())
    return (0.8, f"{left.name} and {right.name} are spelt alike") if near >= 85 else None


def _from_distance(left: Place, right: Place, apart: float) -> Evidence | None:
    furthest = reach(left, right)
    if apart > furthest:
        return None
    if not (left.precision in FINE and right.precision in FINE):
        wide = min(_SAME_PLACE[place.precision or "country"] for place in (left, right))
        return min(wide, 0.0) - 0.4, f"{left.name} and {right.name} are {apart:.0f} km apart, one of them a wide area"
    worth = min(_SAME_PLACE[place.precision or "country"] for place in (left, right))
    return worth * (1 - apart / furthest), f"{left.name} and {right.name} are {apart:.1f} km apart"


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


def _largest(mention: Mention) -> dict[tuple[str, str], Claim]:
    """The largest count of each harm and group; people and civilians are one group here, for reports mix the two."""
    found: dict[tuple[str, str], Claim] = {}
    for claim in mention.claims:
        if claim.count.quantifier == "unquantified" or not (claim.count.low or claim.count.high):
            continue
        key = claim.harm, "people" if claim.group == "civilians" else claim.group
        if key not in found or _size(claim) > _size(found[key]):
            found[key] = claim
    return found


def _size(claim: Claim) -> int:
    return claim.count.low if claim.count.low is not None else claim.count.high or 0


def _agreement(left: Claim, right: Claim) -> tuple[float, str]:
    """What two counts of one harm and group say: equal numbers are telling, and the more so the larger they are."""
    one, two = _size(left), _size(right)
    exact = left.count.quantifier == right.count.quantifier == "exact"
    ratio = (max(one, two) + 1) / (min(one, two) + 1)
    if one == two:
        worth = 1.8 if one >= 10 else 1.2 if one >= 4 else 0.6 if one > 1 else 0.1
        return (worth if exact else min(worth, 1.2)), "agree"
    if ratio <= 1.5:
        return 0.6 if min(one, two) >= 4 else 0.1, "are near"
    open_end = left.count if one < two else right.count
    if open_end.high is None and ratio <= 3:
        return 0.0, "may agree"
    return (-0.4 if ratio <= 3 else -1.4), "are far apart"


def count_evidence(left: Mention, right: Mention) -> Evidence:
    """Evidence from how many were harmed, and how: by the largest counts that both give for one harm and group."""
    harms = {claim.harm for claim in left.claims} & {claim.harm for claim in right.claims}
    if not harms:
        return -0.8, "they speak of different harm"
    ones, twos = _largest(left), _largest(right)
    shared = [(min(_size(ones[key]), _size(twos[key])), key) for key in ones.keys() & twos.keys()]
    if not shared:
        return 0.0, f"both speak of people {', '.join(sorted(harms))}"
    _, key = max(shared)
    one, two = ones[key], twos[key]
    worth, how = _agreement(one, two)
    return worth, f"counts {how} ({key[1]} {key[0]}: {one.count.text or _size(one)} and {two.count.text or _size(two)})"


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


def victims_named(mention: Mention) -> set[str]:
    """Names of single victims, in lower case."""
    names = (victim_named(claim) for claim in mention.claims)
    return {" ".join(name.split()).casefold() for name in names if name}


def pieces(left: Mention, right: Mention) -> list[Evidence] | None:
    """The evidence that two mentions are of one event, piece by piece; ``None`` when place or time exclude it."""
    where, when = place_evidence(left.place, right.place), time_evidence(left, right)
    if where is None or when is None:
        return None
    evidence = [where, when, count_evidence(left, right)]
    for field, same, other in (("actor", 0.5, -0.5), ("means", 0.5, -0.6)):
        found = named_evidence(left, right, field, same, other)
        if found:
            evidence.append(found)
    shared = victims_named(left) & victims_named(right)
    if shared:
        evidence.append((4.0, f"the same victim is named: {', '.join(sorted(shared))}"))
    if not any(claim.modality in HELD_MODALITIES for claim in left.claims + right.claims):
        evidence.append((-1.0, "neither says that it happened"))
    return evidence


def compare(left: Mention, right: Mention) -> tuple[float, tuple[str, ...]]:
    """Return how probable it is that two mentions are of one event (0..1), and why."""
    evidence = pieces(left, right)
    if evidence is None:
        return 0.0, ("place or time exclude each other",)
    odds = PRIOR + sum(weight for weight, _ in evidence)
    return 1 / (1 + exp(-odds)), tuple(reason for _, reason in evidence)
