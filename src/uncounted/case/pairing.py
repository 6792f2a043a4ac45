"""A pair to judge: two incidents, two reports or two entries of lists that may be one, with what speaks for it."""

from collections.abc import Sequence
from math import exp

import msgspec

from uncounted.case import persons
from uncounted.case.candidates import Of, title_of
from uncounted.case.desk import CaseDesk
from uncounted.case.entry_pairs import effects_nearby
from uncounted.model.asking import Row
from uncounted.model.claims import Place, Time
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.facts import Entry, PairJudged
from uncounted.model.incidents import Incident
from uncounted.model.review import Pair
from uncounted.stages.match.incidents_evidence import PRIOR, pieces
from uncounted.stages.match.incidents_mentions import mentions


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One line of what would change: what is held to be one thing, by title and parts.

    ``titled``, ``place`` and ``time`` are what an incident's working title is made from, so that it can be put in
    other languages.
    """

    id: str
    title: str
    parts: tuple[str, ...]
    titled: tuple[str, ...] = ()
    place: Place | None = None
    time: Time | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A pair from close by: what speaks for and against it, piece by piece, and what a verdict would change.

    ``pieces`` are (words, weight as a logarithm of odds), beginning with how rare such pairs are; ``before`` and
    ``after`` what would be held to be one if the verdict were ``same``; ``against`` whose verdicts it would overrule.
    """

    of: Of
    left: str
    right: str
    probability: float | None
    pieces: tuple[tuple[str, float], ...]
    before: tuple[Held, ...]
    after: tuple[Held, ...]
    against: tuple[str, ...]
    verdict: Pair | None


def seen(desk: CaseDesk, of: Of, left: str, right: str) -> Seen:
    """A pair from close by; :class:`NotFound` when one of the two is not there."""
    if left == right:
        raise BadInput(f"{left} and {right}", "a pair is of two things")
    match of:
        case "incidents":
            return _two_incidents(desk, left, right)
        case "captures":
            return _two_captures(desk, left, right)
        case _:
            return _two_entries(desk, left, right)


def judge(desk: CaseDesk, of: Of, ends: tuple[str, str], verdict: str, *, by: str, reason: str = "") -> Sequence[Entry]:
    """Record a person's verdict on a pair of two ids."""
    left, right = ends
    if verdict not in ("same", "different", "unsure"):
        raise BadInput("the verdict", "it is same, different or unsure")
    if of == "incidents":
        if verdict == "same":
            return desk.merge(left, right, by, reason)
        return desk.hold_apart(left, right, verdict, by, reason)
    one, two = sorted((left, right))
    fact = msgspec.convert(
        {"fact": "pair_judged", "of": of, "left": one, "right": two, "verdict": verdict, "reason": reason}, PairJudged
    )
    if of == "entries":
        return (persons.judge(desk.case, fact, by),)
    for name in (one, two):
        desk.capture(name)
    return (desk.judge_pair(fact, by),)


def last(desk: CaseDesk, by: str) -> Entry | None:
    """A person's latest verdict on a pair that is in force."""
    number = desk.case.views.paired_by(by)
    return None if number is None else next(iter(desk.case.ledger.entries(number, number + 1)))


def _two_incidents(desk: CaseDesk, left: str, right: str) -> Seen:
    one, two = desk.incident(left)[0], desk.incident(right)[0]
    ends = sorted((one.incident.anchor, two.incident.anchor))
    before, after = desk.keeper.preview(ends[0], ends[1], "same")
    spoken = [p for p in desk.case.views.pairs_touching("claims", ends) if [p.left, p.right] == ends]
    best, probability = _best_evidence(desk, one, two)
    touching = desk.case.views.pairs_touching("claims", one.incident.claims)
    others = set(two.incident.claims)
    against = tuple(dict.fromkeys(p.by for p in touching if p.verdict == "different" and others & {p.left, p.right}))
    return Seen(
        of="incidents", left=one.incident.id, right=two.incident.id, probability=probability, pieces=best,
        before=tuple(map(_held, before)), after=tuple(map(_held, after)),
        against=against, verdict=spoken[0] if spoken else None,
    )  # fmt: skip


def _held(one: Incident) -> Held:
    """An incident as a line of what would change."""
    return Held(id=one.id, title=one.title, parts=one.claims, titled=one.titled, place=one.place, time=one.time)


def _best_evidence(desk: CaseDesk, one: Row, two: Row) -> tuple[tuple[tuple[str, float], ...], float | None]:
    """The strongest evidence between what two reports, one of each incident, say of them."""
    sides = [
        mentions(reviewed.claim for reviewed in desk.claims_named(row.incident.claims).values()) for row in (one, two)
    ]
    found: list[tuple[float, tuple[tuple[str, float], ...]]] = []
    for left in sides[0][:12]:
        for right in sides[1][:12]:
            evidence = pieces(left, right)
            if evidence is not None:
                told = (("such pairs are rare", PRIOR), *((said, weight) for weight, said in evidence))
                found.append((sum(weight for _, weight in told), told))
    if not found:
        return (), None
    odds, told = max(found, key=lambda item: item[0])
    return told, 1 / (1 + exp(-odds))


def _two_captures(desk: CaseDesk, left: str, right: str) -> Seen:
    one, two = sorted((desk.capture(left).id, desk.capture(right).id))
    spoken = [p for p in desk.case.views.pairs_touching("captures", (one, two)) if (p.left, p.right) == (one, two)]
    links = [k for held in desk.case.views.links("captures").values() for k in held if (k.left, k.right) == (one, two)]
    said = tuple(zip(links[0].reasons, links[0].weights, strict=False)) if links else ()
    held = [Held(id=name, title=title_of(desk.capture(name)), parts=(name,)) for name in (one, two)]
    return Seen(
        of="captures", left=one, right=two, probability=links[0].probability if links else None, pieces=said,
        before=tuple(held), after=(Held(id=one, title=held[0].title, parts=(one, two)),), against=(),
        verdict=spoken[0] if spoken else None,
    )  # fmt: skip


def _two_entries(desk: CaseDesk, left: str, right: str) -> Seen:
    one, two = sorted((left, right))
    named = desk.case.views.listed((one, two))
    for name in (one, two):
        if name not in named:
            raise NotFound(name, "no current list of this case has that entry", "Write it as LIST:ID")
    fact = PairJudged(of="entries", left=one, right=two, verdict="same")
    known = desk.proposals("entries")
    told = persons.explain(desk.case, one, two, known)
    effects = effects_nearby(desk.case, known, desk.once_on(), fact)
    spoken = [p for p in desk.case.views.pairs_touching("entries", (one, two)) if (p.left, p.right) == (one, two)]
    steps = [("such pairs are rare", told.start), *((level.said, level.weight) for level in told.levels)]
    return Seen(
        of="entries", left=one, right=two, probability=told.probability,
        pieces=(*steps, ("taken together, and the rivals of either", told.together)),
        before=tuple(Held(id=p.id, title=p.name, parts=p.entries) for p in effects.before),
        after=tuple(Held(id=p.id, title=p.name, parts=p.entries) for p in effects.after),
        against=tuple(dict.fromkeys(pair.by for pair in effects.verdicts)), verdict=spoken[0] if spoken else None,
    )  # fmt: skip
