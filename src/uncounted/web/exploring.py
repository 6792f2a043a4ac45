"""The toll, and map, timeline and table of incidents: all asked by one filter in the address."""

from collections.abc import Callable, Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from uncounted.case.estimating import newest
from uncounted.model.asking import Filter, Summed
from uncounted.model.claims import Place
from uncounted.model.errors import NotFound
from uncounted.stages.publish import maps
from uncounted.web.asked import filter_of
from uncounted.web.drawing import months
from uncounted.web.incidents import COLUMNS, row_of
from uncounted.web.pages import N_, PAGE, asking, data, desk_of, form_of, number_of, page, table
from uncounted.web.tiles import tiles_of

VIEWS = (("map", N_("Map")), ("time", N_("Time")), ("table", N_("Table")))
PLACES = 80
"""Places that a map draws, the fullest first; the table beside it has them all."""
BREAKDOWNS = (("", N_("In all")), ("month", N_("By month")), ("place", N_("By place")), ("actor", N_("By actor")))
TOLL_COLUMNS = (
    "month", "place", "actor", "harm", "group", "low", "high", "incidents", "of", "without_upper", "alone", "origins",
)  # fmt: skip


async def explore(request: Request) -> Response:
    """Incidents on a map, in time or in a table."""
    desk, asked = desk_of(request), filter_of(request)
    view = request.query_params.get("view", "map")
    if view not in dict(VIEWS):
        raise NotFound(f"view {view!r}", "incidents are shown as map, time or table")
    index, number = desk.index(), number_of(request)
    found = index.page(asked, number, PAGE)
    if (form := form_of(request)) != "html":
        if view == "time":
            sums = index.sums(("month",), asked, desk.grades())
            return data(sums) if form == "json" else table(TOLL_COLUMNS, map(_toll_row, sums), "months")
        return data(found.rows) if form == "json" else table(COLUMNS, map(row_of, found.rows), "incidents")
    headline = desk.keeper.policy.headline
    harm, group = asked.harm or "killed", asked.group or headline
    figure = msgspec.structs.replace(asked, harm=harm, group=group)
    sums = index.sums((), asked, desk.grades())
    places = index.points(asked, PLACES) if view == "map" else []
    drawn = maps.drawn([row.incident for row, _ in places]) if places else None
    tiles = tiles_of(desk.case.folder) if view == "map" else None
    return page(
        request, "explore.html",
        view=view, views=VIEWS, asked=asked, given=msgspec.to_builtins(asked), found=found, drawn=drawn,
        counts={row.incident.id: n for row, n in places}, most=PLACES,
        spot_link=_spot_link(asked, {row.incident.id: row.incident.place for row, _ in places}),
        asking_with=lambda given, view: {**given, "view": view},
        places={row.incident.id: (row, n) for row, n in places}, harm=harm, group=group,
        bars=months(index.sums(("month",), figure, desk.grades())) if view == "time" else None,
        sums=_bands(sums, harm, group), choices_of={name: index.choices(name) for name in ("place", "actor", "grade")},
        underlay=tiles.under(drawn) if tiles and drawn else (),
    )  # fmt: skip


async def toll(request: Request) -> Response:
    """The toll under the policy in force, broken down as asked, each figure linked to the claims it rests on."""
    desk = desk_of(request)
    by = request.query_params.get("by", "")
    if by not in dict(BREAKDOWNS):
        raise NotFound(f"toll by {by!r}", "the toll is broken down by month, place or actor")
    asked, policy = filter_of(request), desk.keeper.policy
    sums = desk.index().sums((by,) if by else (), asked, policy.grades)
    match form_of(request):
        case "json":
            return data({"policy": policy.name, "toll": sums})
        case "csv":
            return table(TOLL_COLUMNS, map(_toll_row, sums), "toll")
    shown = [one for one in sums if one.labels["group"] == policy.headline]
    number = number_of(request)
    estimates = newest(desk.case.views)
    return page(
        request, "toll.html",
        number=number, pages=max(1, -(-len(shown) // PAGE)), policy=policy, by=by,
        breakdowns=BREAKDOWNS, given=msgspec.to_builtins(asked), asked=asked,
        headline=shown[(number - 1) * PAGE : number * PAGE],
        parts=[one for one in sums if one.labels["group"] != policy.headline] if not by else [],
        totals=desk.keeper.totals(), estimates=estimates, asking_by=lambda given, by: {**given, "by": by},
    )  # fmt: skip


async def tile(request: Request) -> Response:
    """A tile of the map that the case's people brought with them."""
    found = tiles_of(desk_of(request).case.folder)
    body = found.tile(request.path_params["name"]) if found else None
    if found is None or body is None:
        raise NotFound("the tile", "the case's own map does not hold it")
    return Response(body, media_type=found.media)


def _spot_link(asked: Filter, placed: Mapping[str, Place | None]) -> Callable[[maps.Spot], str]:
    """Where a spot of the map leads: to the table of the incidents at its point."""
    given = msgspec.to_builtins(asked)

    def link(spot: maps.Spot) -> str:
        place = placed[spot.incidents[0]]
        at = {} if place is None else {"west": place.lon, "east": place.lon, "south": place.lat, "north": place.lat}
        return "/explore?" + asking(given, view="table", **at)

    return link


def _bands(sums: list[Summed], harm: str, group: str) -> list[Summed]:
    """The figure that is asked for first, then the others of the same group."""
    mine = [one for one in sums if one.labels["group"] == group]
    return sorted(mine, key=lambda one: (one.labels["harm"] != harm, one.labels["harm"]))


def _toll_row(one: Summed) -> dict[str, object]:
    return {
        **one.labels, "low": one.low, "high": one.high, "incidents": one.incidents, "of": one.of,
        "without_upper": one.no_high, "alone": one.alone, "origins": one.origins,
    }  # fmt: skip
