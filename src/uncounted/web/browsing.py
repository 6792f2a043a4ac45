"""Lists and single things, each a page and, with ``.json`` behind its path, the same facts as data."""

from collections.abc import Sequence
from typing import Any, get_args

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from uncounted.model.errors import BadInput, NotFound
from uncounted.model.facts import PairJudged
from uncounted.model.incidents import Incident, TollCell
from uncounted.model.review import Status
from uncounted.stages.publish.marks import marks_of
from uncounted.stages.publish.site import Site
from uncounted.web.pages import data, desk_of, page
from uncounted.web.reviewer import reviewer
from uncounted.web.reviewing import go

PAGE = 100


async def home(request: Request) -> Response:
    """Where the case stands."""
    desk = desk_of(request)
    return page(
        request, "home.html",
        progress=desk.progress(), captures=len(desk.captures()), incidents=len(desk.incidents()),
    )  # fmt: skip


async def keys(request: Request) -> Response:
    """The keys of the review page."""
    return page(request, "keys.html")


async def claims(request: Request) -> Response:
    """Claims, by status and report if asked; or those that a figure of the toll rests on."""
    asked, capture = request.query_params.get("status"), request.query_params.get("capture")
    status: Status | None = None
    if asked:
        if asked not in get_args(Status):
            raise BadInput(f"status {asked!r}", "a claim is proposed, accepted or rejected")
        status = msgspec.convert(asked, Status)
    figure = request.query_params.get("figure")
    cell = _figure(request, figure) if figure else None
    found = [desk_of(request).claim(name) for name in cell.claims] if cell else desk_of(request).claims(status, capture)
    if _as_data(request):
        return data(found)
    return page(
        request, "claims.html", **_paged(request, "claims", found),
        status=status, capture=capture, progress=desk_of(request).progress(),
        figure=figure, cell=cell, label=Site(desk_of(request).dossier()).label(cell) if cell else None,
    )  # fmt: skip


async def claim(request: Request) -> Response:
    """One claim with its history."""
    desk, name = desk_of(request), request.path_params["claim"]
    reviewed, history = desk.claim(name), desk.history(name)
    if _as_data(request):
        return data({"claim": reviewed, "history": history})
    document = reviewed.claim.document
    return page(
        request, "claim.html",
        reviewed=reviewed, claim=reviewed.claim, history=history, capture=desk.capture(document),
        text=desk.text(document),
    )  # fmt: skip


async def captures(request: Request) -> Response:
    """All reports."""
    found = desk_of(request).captures()
    if _as_data(request):
        return data(found)
    return page(request, "captures.html", **_paged(request, "captures", found))


async def capture(request: Request) -> Response:
    """One report: its words and the claims read from them."""
    desk, name = desk_of(request), request.path_params["capture"]
    found, text, read = desk.capture(name), desk.text(name), desk.claims(capture=name)
    if _as_data(request):
        return data({"capture": found, "text": text, "claims": read})
    shown = [m for r in read if r.status != "rejected" for m in marks_of(r.claim, anchor=True)]
    return page(request, "capture.html", capture=found, text=text, claims=read, shown=shown)


async def incidents(request: Request) -> Response:
    """All incidents."""
    found = desk_of(request).incidents()
    if _as_data(request):
        return data(found)
    return page(request, "incidents.html", **_paged(request, "incidents", found))


async def incident(request: Request) -> Response:
    """One incident: its claims by origin, its figures and its history."""
    desk = desk_of(request)
    found = _incident(request)
    origins, history = desk.origins(found.id), desk.history(found.id)
    dossier = desk.dossier()
    found = next((graded for graded in dossier.incidents if graded.id == found.id), found)
    figures = [cell for cell in dossier.toll.get("incident", ()) if cell.cell.get("incident") == found.id]
    if _as_data(request):
        return data({"incident": found, "origins": origins, "figures": figures, "history": history})
    held = {name: desk.claim(name) for name in found.claims}
    settled = {name for origin in origins for name in origin.claims}
    return page(
        request, "incident.html",
        incident=found, origins=origins, figures=figures, history=history, held=held,
        loose=[name for name in found.claims if name not in settled],
        others=[other for other in desk.incidents() if other.id != found.id],
        texts={r.claim.document: desk.text(r.claim.document) for r in held.values()},
    )  # fmt: skip


async def toll(request: Request) -> Response:
    """The toll as it stands under the policy in force."""
    dossier = desk_of(request).dossier()
    if _as_data(request):
        return data({"policy": dossier.policy, "toll": dossier.toll, "totals": dossier.totals})
    return page(request, "toll.html", dossier=dossier, site=Site(dossier))


async def relate(request: Request) -> Response:
    """Merge an incident with another, split claims off, or judge two origins."""
    by, found = reviewer(request), _incident(request)
    if request.path_params["act"] not in ("merge", "split", "origins"):
        raise NotFound(f"the act {request.path_params['act']!r}", "an incident is merged, split or its origins judged")
    if by is None:
        return go(f"/name?next=/incidents/{found.id}")
    form = await request.form()
    desk, reason, act = desk_of(request), str(form.get("reason", "")).strip(), request.path_params["act"]
    if act == "merge":
        other = str(form.get("other", ""))
        desk.merge(found.id, other, by, reason)
    elif act == "split":
        chosen = [str(name) for name in form.getlist("claim")]
        if not chosen or set(chosen) >= set(found.claims):
            raise BadInput("the split", "it needs some of the claims, and not all", "Tick those of the other event.")
        desk.split(found.id, chosen, by, reason)
    else:
        left, right = sorted((str(form.get("left", "")), str(form.get("right", ""))))
        if left == right or not {left, right} <= set(found.claims):
            raise BadInput("the two origins", "they must be two, both of this incident", "Choose two.")
        same = str(form.get("verdict", "same"))
        if same not in ("same", "different", "unsure"):
            raise BadInput("the verdict", "it is same, different or unsure")
        pair = msgspec.convert(
            {"fact": "pair_judged", "of": "origins", "left": left, "right": right, "verdict": same, "reason": reason},
            PairJudged,
        )
        desk.judge_pair(pair, by)
    kept = next((i for i in desk.incidents() if found.anchor in i.claims), None)
    return go(f"/incidents/{kept.id}" if kept else "/incidents")


def _figure(request: Request, name: str) -> TollCell:
    """The cell of the toll that ``Site.figure_name`` names so."""
    dossier = desk_of(request).dossier()
    site = Site(dossier)
    for by, cells in (*dossier.toll.items(), ("totals", dossier.totals)):
        for cell in cells:
            if site.figure_name(by, cell) == name:
                return cell
    raise NotFound(f"figure {name}", "the toll as it stands has no such figure", "The toll names those there are.")


def _incident(request: Request) -> Incident:
    name = request.path_params["incident"]
    found = next((incident for incident in desk_of(request).incidents() if incident.id == name), None)
    if found is None:
        raise NotFound(f"incident {name}", "no incident of this case has that name", "The list names those there are.")
    return found


def _as_data(request: Request) -> bool:
    return request.url.path.endswith(".json")


def _paged(request: Request, name: str, found: Sequence[object]) -> dict[str, Any]:
    """The asked-for page of a list under its name, with its number, how many pages there are, and the total."""
    number = _page_number(request)
    shown = found[(number - 1) * PAGE : number * PAGE]
    return {name: shown, "total": len(found), "number": number, "pages": max(1, -(-len(found) // PAGE))}


def _page_number(request: Request) -> int:
    said = request.query_params.get("page", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 9 else 1
