"""How far the linking of incidents can be trusted in one case: lags, placebo precision, ambiguity. No labels needed.

What works in one war does not in another: where one city holds most events, day and place alone are often wrong. So
each matching says how many of its links chance would have made, and how many had a rival.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from uncounted.model.claims import Claim
from uncounted.stages.match.incidents import candidates
from uncounted.stages.match.incidents_cluster import JOIN
from uncounted.stages.match.incidents_evidence import compare
from uncounted.stages.match.incidents_mentions import Mention, mentions
from uncounted.stages.match.incidents_places import one_name

SHIFTS = (-90, -60, -30, 30, 60, 90)
"""Days by which one side's dates are moved for a placebo: far enough that nothing true is left to find."""
MOST = 2000
"""Mentions whose matches are counted; of more, as many evenly spaced ones stand for all."""
LAGS = 10
LEAST_MATCHED = 20
"""Fewer matched pairs than this say nothing of precision."""
LEAST_LAGGED = 8


class Lag(msgspec.Struct, frozen=True):
    """A publisher whose days differ throughout from the others' for the same places: ``pairs`` differ by ``days``."""

    publisher: str
    days: int
    pairs: int
    same_day: int


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a linking of mentions (one document's claims of one event) without any labels.

    ``mentions`` were looked at, and ``lags`` counts pairs of mentions of different documents at one place by the days
    between them; a peak at 0 above its neighbours is what links by day live on. ``matched`` pairs were proposed as one
    event; ``by_chance`` is how many there were on average when one side's dates were moved by 30 to 90 days, and
    ``precision`` one less their share, ``None`` where too few were matched to tell. ``ambiguous`` is the share of
    matched mentions with more than one match in another document. ``shifted`` names publishers whose dates lie beside
    the others'.
    """

    mentions: int
    lags: dict[int, int]
    matched: int
    by_chance: float
    precision: float | None
    ambiguous: float | None
    shifted: tuple[Lag, ...] = ()


def trust(claims: Iterable[Claim], publishers: Mapping[str, str | None] | None = None) -> Trust:
    """Measure the linking of claims; ``publishers`` maps documents to who published them."""
    found = mentions(claims)
    dated = [mention for mention in found if mention.dated == "day" and mention.place is not None]
    lags, by_publisher = _lags(dated, publishers or {})
    some = found[:: -(-len(found) // MOST)] if found else []
    pairs = _matched(some, found)
    by_chance = [len(_matched(some, [_moved(mention, days) for mention in found])) for days in SHIFTS]
    chance = sum(by_chance) / len(by_chance)
    matched = len(pairs)
    # among all mentions each pair is met from either side
    twice = 2 if len(some) == len(found) else 1
    return Trust(
        mentions=len(some),
        lags=lags,
        matched=matched // twice,
        by_chance=chance / twice,
        precision=max(0.0, 1 - chance / matched) if matched // twice >= LEAST_MATCHED else None,
        ambiguous=_ambiguous(found, pairs),
        shifted=_shifted(by_publisher),
    )


def in_words(found: Trust) -> list[str]:
    """Return what is known of a linking, as lines for a person."""
    near = ", ".join(f"{days:+d}: {found.lags.get(days, 0)}" for days in range(-3, 4))
    lines = [f"days between reports of one place: {near}"]
    if found.precision is None:
        lines.append(f"{found.matched} pairs of reports matched: too few to say how many chance would have matched")
    else:
        lines.append(
            f"{found.matched} pairs of reports matched; {found.by_chance:.1f} would be by chance "
            f"(placebo precision {found.precision:.0%})"
        )
    if found.ambiguous is not None:
        lines.append(f"{found.ambiguous:.0%} of the matched reports had more than one match in another document")
    for lag in found.shifted:
        lines.append(
            f"{lag.publisher}: {lag.pairs} of its days lie {lag.days:+d} days from the others' ({lag.same_day} on the "
            "same day); its dates may be shifted"
        )
    return lines


def _matched(found: Sequence[Mention], others: Sequence[Mention]) -> list[tuple[int, int]]:
    """Return the pairs (mention, other) of different documents that would be proposed as one event."""
    both = [*found, *others]
    size = len(found)
    return [
        (one, two - size)
        for one, two in candidates(both)
        if one < size <= two and compare(both[one], both[two])[0] >= JOIN
    ]


def _moved(mention: Mention, days: int) -> Mention:
    if mention.days is None:
        return mention
    return mention._replace(days=(mention.days[0] + days, mention.days[1] + days))


def _lags(
    dated: Sequence[Mention], publishers: Mapping[str, str | None]
) -> tuple[dict[int, int], dict[str, Counter[int]]]:
    by_place: dict[str, list[Mention]] = defaultdict(list)
    for mention in dated:
        assert mention.place is not None
        by_place[mention.place.gazetteer or mention.place.name.casefold()].append(mention)
    lags: Counter[int] = Counter()
    by_publisher: dict[str, Counter[int]] = defaultdict(Counter)
    for held in by_place.values():
        for at, one in enumerate(held):
            for two in held[at + 1 :]:
                if one.document == two.document or not (one.days and two.days and one.place and two.place):
                    continue
                days = two.days[0] - one.days[0]
                if abs(days) > LAGS or not one_name(one.place, two.place):
                    continue
                lags[days] += 1
                who = publishers.get(one.document), publishers.get(two.document)
                if who[0] != who[1]:
                    for name, signed in zip(who, (-days, days), strict=True):
                        if name:
                            by_publisher[name][signed] += 1
    return {days: lags[days] for days in range(-LAGS, LAGS + 1)}, by_publisher


def _shifted(by_publisher: Mapping[str, Counter[int]]) -> tuple[Lag, ...]:
    found = []
    for name, lags in sorted(by_publisher.items()):
        days = min(lags, key=lambda day: (-lags[day], abs(day), day))
        if days and lags[days] >= LEAST_LAGGED and lags[days] > 2 * lags[0]:
            found.append(Lag(name, days, lags[days], lags[0]))
    return tuple(found)


def _ambiguous(found: Sequence[Mention], pairs: Iterable[tuple[int, int]]) -> float | None:
    matches: dict[int, Counter[str]] = defaultdict(Counter)
    for one, two in pairs:
        matches[one][found[two].document] += 1
    if not matches:
        return None
    return sum(max(documents.values()) > 1 for documents in matches.values()) / len(matches)
