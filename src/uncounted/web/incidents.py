"""Incidents: the list, and one incident in the order in which a recorder reads it."""

from collections.abc import Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from uncounted.case.closeup import Closeup, closeup
from uncounted.case.reviewing import record
from uncounted.model.asking import Row
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.facts import AxisJudged, IncidentNamed, PairJudged
from uncounted.stages.assess.axes import VALUES, check_value
from uncounted.stages.publish import maps
from uncounted.web.asked import filter_of
from uncounted.web.pages import PAGE, by_of, data, desk_of, form_of, go, number_of, page, sight_of, table

COLUMNS = (
    "incident", "title", "from", "to", "place", "within", "lat", "lon", "place_precision", "actors", "grade", "low",
    "high", "origins", "claims",
)  # fmt: skip
ACTS = ("merge", "split", "origins", "assess", "name")


async def incidents(request: Request) -> Response:
    """All incidents that the filter in the address means."""
    asked = filter_of(request)
    found = desk_of(request).incidents(asked, number_of(request), PAGE)
    match form_of(request):
        case "json":
            return data(found.rows)
        case "csv":
            return table(COLUMNS, map(row_of, found.rows), "incidents")
    given = msgspec.to_builtins(asked)
    return page(request, "incidents.html", found=found, given=given)


async def incident(request: Request) -> Response:
    """One incident: assessment, claims by origin, figures, place, time, responsibility, reports, history."""
    desk, sight = desk_of(request), sight_of(request)
    seen = closeup(desk.keeper, request.path_params["incident"], desk.proposals("entries"))
    one = seen.row.incident
    history = [sight.entry(entry) for entry in desk.history(*one.claims)]
    seen = msgspec.structs.replace(
        seen,
        claims={name: sight.reviewed(reviewed) for name, reviewed in seen.claims.items()},
        captures={name: sight.capture(capture) for name, capture in seen.captures.items()},
        origins=tuple(sight.origin(origin) for origin in seen.origins),
        graded=sight.graded(seen.graded),
        victims=tuple(sight.victim(victim) for victim in seen.victims),
    )
    match form_of(request):
        case "json":
            figures = [{"harm": f.harm, "group": f.group, **msgspec.to_builtins(f.range)} for f in seen.figures]
            return data({"incident": one, "origins": seen.origins, "figures": figures, "graded": seen.graded,
                         "parties": seen.parties, "victims": seen.victims, "history": history})  # fmt: skip
        case "csv":
            return table(COLUMNS, [row_of(seen.row)], one.id)
    return page(
        request, "incident.html",
        seen=seen, incident=one, history=history, texts={name: desk.text(name) for name in seen.captures},
        map=maps.drawn([one]), values=VALUES, codes=desk.earlier_codes(one), tree=_tree(seen),
    )  # fmt: skip


async def act(request: Request) -> Response:
    """Merge an incident with another, split claims off, judge two origins or an axis, or give a title."""
    by, desk, name = by_of(request), desk_of(request), request.path_params["incident"]
    what = request.path_params["act"]
    found = desk.incident(name)[0].incident
    if what not in ACTS:
        raise NotFound(f"the act {what!r}", "an incident is merged, split, named, assessed or its origins judged")
    form = await request.form()
    reason = str(form.get("reason", "")).strip()
    match what:
        case "merge" if form.get("look"):
            other = desk.incident(str(form.get("other", "")).strip())[0].incident
            return go(f"/pairs/incidents/{found.id}/{other.id}")
        case "merge":
            desk.merge(found.id, str(form.get("other", "")).strip(), by, reason)
        case "split":
            desk.split(found.id, [str(one) for one in form.getlist("claim")], by, reason)
        case "assess":
            axis = str(form.get("axis", ""))
            if axis not in VALUES:
                raise NotFound(
                    f"the axis {axis!r}", "an incident is assessed on four axes", f"Use {', '.join(VALUES)}."
                )
            fact = msgspec.convert(
                {"fact": "axis_judged", "anchor": found.anchor, "axis": axis, "value": str(form.get("value", "")),
                 "reason": reason}, AxisJudged,
            )  # fmt: skip
            check_value(fact.axis, fact.value)
            record(desk.case, by, fact)
        case "name":
            title = " ".join(str(form.get("title", "")).split())
            if not title or len(title) > 200:
                raise BadInput("the title", "it has 1 to 200 letters", "Choose another.")
            record(desk.case, by, IncidentNamed(anchor=found.anchor, title=title))
        case _:
            desk.judge_pair(_origins(str(form.get("left", "")), str(form.get("right", "")),
                                     str(form.get("verdict", "same")), found.claims, reason), by)  # fmt: skip
    kept = desk.index().incident(found.anchor)
    return go(f"/incidents/{kept[0].incident.id}" if kept else "/incidents")


def row_of(row: Row) -> dict[str, object]:
    """An incident as a row of a table of data."""
    one = row.incident
    place, time = one.place, one.time
    return {
        "incident": one.id, "title": one.title, "from": time.from_ if time else None, "to": time.to if time else None,
        "place": place.name if place else None, "within": place.within if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "place_precision": place.precision if place else None, "actors": "; ".join(one.actors), "grade": one.grade,
        "low": row.low, "high": row.high, "origins": row.origins, "claims": row.claims,
    }  # fmt: skip


def _origins(left: str, right: str, verdict: str, claims: Sequence[str], reason: str) -> PairJudged:
    one, two = sorted((left, right))
    if one == two or not {one, two} <= set(claims):
        raise BadInput("the two origins", "they must be two, both of this incident", "Choose two.")
    if verdict not in ("same", "different", "unsure"):
        raise BadInput("the verdict", "it is same, different or unsure")
    return msgspec.convert(
        {"fact": "pair_judged", "of": "origins", "left": one, "right": two, "verdict": verdict, "reason": reason},
        PairJudged,
    )


def _tree(seen: Closeup) -> list[tuple[object, list[tuple[str, list[str]]]]]:
    """Each origin with the reports that carry it, and in each the claims: the way back to the first hand."""
    grown: list[tuple[object, list[tuple[str, list[str]]]]] = []
    for origin in seen.origins:
        reports: dict[str, list[str]] = {}
        for name in origin.claims:
            if name in seen.claims:
                reports.setdefault(seen.claims[name].claim.document, []).append(name)
        grown.append((origin, list(reports.items())))
    return grown
