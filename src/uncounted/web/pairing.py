"""Pairs that may be one: side by side, with what speaks for it and what a verdict would change."""

from collections.abc import Sequence
from functools import partial

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from uncounted.case import candidates, pairing
from uncounted.case.candidates import KINDS, Of
from uncounted.case.desk import CaseDesk
from uncounted.model.asking import Row
from uncounted.model.errors import NotFound
from uncounted.stages.publish.words import Words
from uncounted.web.drawing import odds, waterfall
from uncounted.web.pages import (
    N_,
    by_of,
    data,
    desk_of,
    fields_of,
    form_of,
    go,
    number_of,
    page,
    pair_address,
    pair_end,
    seat_of,
    sight_of,
    table,
)
from uncounted.web.rights import may
from uncounted.web.sight import Sight
from uncounted.web.tongue import tongue_of, words_of

NAMES = {"incidents": N_("Incidents"), "captures": N_("Reports"), "entries": N_("Persons")}
COLUMNS = ("of", "left", "left_title", "right", "right_title", "probability")


async def pairs(request: Request) -> Response:
    """The likeliest pairs of a kind on which nobody has spoken."""
    desk, of = desk_of(request), _kind(request.query_params.get("of", "incidents"))
    found = candidates.candidates(desk, of, number_of(request))
    if of == "entries":
        found = msgspec.structs.replace(found, rows=tuple(_seen_by(sight_of(request), one) for one in found.rows))
    match form_of(request):
        case "json":
            return data(found.rows)
        case "csv":
            return table(COLUMNS, [msgspec.to_builtins(one) for one in found.rows], "pairs")
    seat = seat_of(request)
    judging = seat is not None and may(seat.roles, "POST /pairs/{of}/{left}/{right}/{verdict}")
    last = pairing.last(desk, seat.name) if seat and judging else None
    if of == "incidents":
        found = msgspec.structs.replace(found, rows=_titled(desk, words_of(tongue_of(request)), found.rows))
    return page(request, "pairs.html", of=of, names=NAMES, found=found, last=last, kinds=KINDS)


async def pair(request: Request) -> Response:
    """Two things side by side."""
    desk, of = desk_of(request), _kind(request.path_params["of"])
    left, right = pair_end(request, "left"), pair_end(request, "right")
    # Two entries are weighed by matching their lists anew: that must not keep everybody else waiting.
    weighing = partial(pairing.seen, desk, of, left, right)
    seen = await run_in_threadpool(weighing) if of == "entries" else weighing()
    sight = sight_of(request)
    if seen.verdict:
        seen = msgspec.structs.replace(seen, verdict=sight.pair(seen.verdict))
    if of == "entries":
        held = {name: [_held_by(sight, one) for one in getattr(seen, name)] for name in ("before", "after")}
        seen = msgspec.structs.replace(seen, **{name: tuple(held[name]) for name in held})
    words = words_of(tongue_of(request))
    rows = {"incidents": _incident_rows, "captures": _capture_rows, "entries": _entry_rows}[of](request, seen, words)
    pieces = list(seen.pieces)
    if seen.probability is not None and pieces and of == "incidents":
        rest = odds(seen.probability) - sum(weight for _, weight in pieces)
        if abs(rest) > 0.05:
            pieces.append(("the rest", rest))
    return page(
        request, "pair.html",
        of=of, seen=seen, rows=rows, drawn=waterfall(pieces) if pieces else None, names=NAMES,
        following=candidates.following(desk, of, seen.left, seen.right),
        origins={name: _origin(desk, of, name) for name in (seen.left, seen.right)},
        words_of_claims=_words(desk, seen) if of == "incidents" else None,
    )  # fmt: skip


async def judge(request: Request) -> Response:
    """Record a verdict, then on to the next pair."""
    desk, of, form = desk_of(request), _kind(request.path_params["of"]), await fields_of(request)
    ends = pair_end(request, "left"), pair_end(request, "right")
    pairing.judge(
        desk, of, ends, request.path_params["verdict"], by=by_of(request), reason=form.get("reason", "").strip()
    )
    coming = next(iter(candidates.candidates(desk, of, size=1).rows), None)
    return go(pair_address(of, coming.left, coming.right) if coming else f"/pairs?of={of}")


def _origin(desk: CaseDesk, of: Of, name: str) -> str:
    """The page of one of the two; for an entry of a list that of the report in which the list came."""
    if of != "entries":
        return f"/{of}/{name}"
    return f"/captures/{desk.case.views.list_captures()[name.partition(':')[0]]}"


def _titled(desk: CaseDesk, words: Words, rows: Sequence[candidates.Candidate]) -> tuple[candidates.Candidate, ...]:
    """Pairs of incidents with their titles in a person's language."""

    def title(name: str) -> str:
        return words.title(desk.incident(name)[0].incident)

    return tuple(msgspec.structs.replace(one, left_title=title(one.left), right_title=title(one.right)) for one in rows)


def _seen_by(sight: Sight, one: candidates.Candidate) -> candidates.Candidate:
    left, right = sight.named(one.left_title, [one.left]), sight.named(one.right_title, [one.right])
    return msgspec.structs.replace(one, left_title=left, right_title=right)


def _held_by(sight: Sight, one: pairing.Held) -> pairing.Held:
    return msgspec.structs.replace(one, title=sight.named(one.title, one.parts))


def _kind(said: str) -> Of:
    if said not in KINDS:
        raise NotFound(f"pairs of {said!r}", "pairs are of incidents, captures or entries")
    return said


Rows = list[tuple[str, str, str, bool]]
"""A field's name, what either side says, and whether they differ."""


def _incident_rows(request: Request, seen: pairing.Seen, words: Words) -> Rows:
    desk = desk_of(request)
    sides = [desk.incident(name)[0] for name in (seen.left, seen.right)]

    def told(row: Row) -> list[tuple[str, str]]:
        one = row.incident
        return [
            (N_("What"), words.title(one)),
            (N_("When"), words.when(one.time)),
            (N_("Where"), words.where(one.place)),
            (N_("By whom"), "; ".join(one.actors) or words.UNKNOWN),
            (N_("Killed"), words.bounds(row.low, row.high)),
            (N_("Grade"), words.GRADES.get(one.grade or "", words.UNKNOWN)),
            (N_("Origins"), str(row.origins)),
            (N_("Claims"), str(row.claims)),
        ]

    return _beside(told(sides[0]), told(sides[1]))


def _capture_rows(request: Request, seen: pairing.Seen, words: Words) -> Rows:
    desk, sight = desk_of(request), sight_of(request)
    sides = [sight.capture(desk.capture(name)) for name in (seen.left, seen.right)]
    told = [
        [
            (N_("Title"), one.title or ""),
            (N_("Publisher"), one.publisher or ""),
            (N_("Published"), words.day(one.published)),
            (N_("Language"), one.language or ""),
            (N_("Found at"), one.url or ""),
            (N_("File"), one.name),
            (N_("Letters"), str(one.characters)),
            (N_("Words"), desk.text(one.id)[:1200]),
        ]
        for one in sides
    ]
    return _beside(told[0], told[1])


def _entry_rows(request: Request, seen: pairing.Seen, words: Words) -> Rows:
    desk, sight = desk_of(request), sight_of(request)
    named = desk.case.views.listed((seen.left, seen.right))
    sides = [sight.listed(named[name]) for name in (seen.left, seen.right)]
    more = sorted({key for one in sides for key in one.more})
    told = [
        [
            (N_("Name"), one.name),
            (N_("Sex"), one.sex or ""),
            (N_("Age"), "" if one.age is None else str(one.age)),
            (N_("Born"), one.birth_date or ""),
            (N_("Died"), one.death_date or ""),
            (N_("Place"), one.place or ""),
            (N_("List"), one.list),
            *((key, one.more.get(key, "")) for key in more),
        ]
        for one in sides
    ]
    return _beside(told[0], told[1])


def _beside(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> Rows:
    return [(name, one, other, one != other) for (name, one), (_, other) in zip(left, right, strict=True)]


def _words(desk: CaseDesk, seen: pairing.Seen) -> list[list[tuple[str, str, str]]]:
    """The passages of either incident: claim, words, report."""
    sides = []
    for name in (seen.left, seen.right):
        claims = desk.claims_named(desk.incident(name)[0].incident.claims[:8])
        sides.append([(one.claim.id, one.claim.passage.text, one.claim.document) for one in claims.values()])
    return sides
