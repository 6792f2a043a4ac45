"""Lists of claims and reports and single ones, each a page and, by its suffix, the same facts as data."""

from typing import get_args

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from uncounted.model.asking import Page
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.review import ReviewedClaim, Status
from uncounted.stages.publish.marks import marks_of
from uncounted.web.asked import figure_of, filter_of
from uncounted.web.images import image_type
from uncounted.web.pages import PAGE, data, desk_of, form_of, number_of, page, sight_of, table

CLAIM_COLUMNS = (
    "claim", "status", "harm", "group", "low", "high", "quantifier", "passage", "start", "end", "said_by", "place",
    "from", "to", "actor", "report", "judged_by",
)  # fmt: skip
CAPTURE_COLUMNS = ("report", "title", "publisher", "published", "language", "characters", "taken", "url", "name")


async def home(request: Request) -> Response:
    """Where the case stands."""
    desk = desk_of(request)
    return page(
        request, "home.html",
        progress=desk.progress(), captures=desk.case.views.capture_count(), incidents=desk.index().count(),
        open=not desk.people.any(),
    )  # fmt: skip


async def keys(request: Request) -> Response:
    """The keys of the desk."""
    return page(request, "keys.html")


async def claims(request: Request) -> Response:
    """Claims, by status and report if asked; or those that a figure of the toll rests on."""
    asked, capture = request.query_params.get("status"), request.query_params.get("capture")
    status: Status | None = None
    if asked:
        if asked not in get_args(Status):
            raise BadInput(f"status {asked!r}", "a claim is proposed, accepted or rejected")
        status = msgspec.convert(asked, Status)
    desk, sight, number = desk_of(request), sight_of(request), number_of(request)
    figure, summed = filter_of(request), None
    if figure.harm:
        summed = figure_of(desk, figure)
        counted = msgspec.structs.replace(figure, group=summed.labels["group"])
        resting = desk.index().resting(counted, number, PAGE, desk.grades())
        held = desk.claims_named(resting.rows)
        rows = tuple(held[name] for name in resting.rows if name in held)
        found = Page[ReviewedClaim](rows=rows, total=resting.total, number=number, size=PAGE)
    else:
        found = desk.claims(status, capture, number, PAGE)
    found = msgspec.structs.replace(found, rows=tuple(sight.reviewed(one) for one in found.rows))
    match form_of(request):
        case "json":
            return data(found.rows)
        case "csv":
            return table(CLAIM_COLUMNS, map(_claim_row, found.rows), "claims")
    given = dict(request.query_params)
    given.pop("page", None)
    return page(
        request, "claims.html",
        found=found, status=status, capture=capture, given=given, figure=figure, summed=summed,
        progress=desk.progress() if summed is None else {},
    )  # fmt: skip


async def claim(request: Request) -> Response:
    """One claim with its history."""
    desk, sight, name = desk_of(request), sight_of(request), request.path_params["claim"]
    reviewed = sight.reviewed(desk.claim(name))
    history = [sight.entry(entry) for entry in desk.history(name)]
    match form_of(request):
        case "json":
            return data({"claim": reviewed, "history": history})
        case "csv":
            return table(CLAIM_COLUMNS, [_claim_row(reviewed)], name)
    document = reviewed.claim.document
    inside = desk.index().incidents_of([name])
    return page(
        request, "claim.html",
        reviewed=reviewed, claim=reviewed.claim, history=history, capture=sight.capture(desk.capture(document)),
        text=desk.text(document), inside=sorted(inside),
    )  # fmt: skip


async def captures(request: Request) -> Response:
    """All reports."""
    sight = sight_of(request)
    found = desk_of(request).captures(number_of(request), PAGE)
    found = msgspec.structs.replace(found, rows=tuple(sight.capture(one) for one in found.rows))
    match form_of(request):
        case "json":
            return data(found.rows)
        case "csv":
            return table(CAPTURE_COLUMNS, map(_capture_row, found.rows), "reports")
    return page(request, "captures.html", found=found)


async def capture(request: Request) -> Response:
    """One report: its words and the claims read from them."""
    desk, sight, name = desk_of(request), sight_of(request), request.path_params["capture"]
    found, text = sight.capture(desk.capture(name)), desk.text(name)
    read = [sight.reviewed(one) for one in desk.claims_of(name)]
    history = [sight.entry(entry) for entry in desk.history(name)]
    match form_of(request):
        case "json":
            return data({"capture": found, "text": text, "claims": read, "history": history})
        case "csv":
            return table(CLAIM_COLUMNS, map(_claim_row, read), name)
    shown = [m for r in read if r.status != "rejected" for m in marks_of(r.claim, anchor=True)]
    twins = [one for one in desk.case.views.same_text(found.text) if one != name] if found.text else []
    picture = image_type(desk.case.objects.get(found.object)) if _small(found.size) and not text else None
    return page(
        request, "capture.html",
        capture=found, text=text, claims=read, shown=shown, twins=twins, picture=picture, history=history,
        consents=desk.case.views.consents().get(name, {}),
    )  # fmt: skip


async def original(request: Request) -> Response:
    """A report's original bytes: an image to look at, anything else to keep, and nothing that a browser would run."""
    desk, name = desk_of(request), request.path_params["capture"]
    found = desk.capture(name)
    if not _small(found.size):
        raise NotFound(f"original of {name}", "it is too large for the desk", "Find it in the case's objects.")
    body = desk.case.objects.get(found.object)
    kind = image_type(body)
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox"}
    if kind is None:
        headers["Content-Disposition"] = f'attachment; filename="{found.id}.bin"'
    return Response(body, media_type=kind or "application/octet-stream", headers=headers)


def _small(size: int) -> bool:
    return size <= 50_000_000


def _claim_row(reviewed: ReviewedClaim) -> dict[str, object]:
    claim = reviewed.claim
    return {
        "claim": claim.id, "status": reviewed.status, "harm": claim.harm, "group": claim.group,
        "low": claim.count.low, "high": claim.count.high, "quantifier": claim.count.quantifier,
        "passage": claim.passage.text, "start": claim.passage.start, "end": claim.passage.end,
        "said_by": claim.attribution[-1].name if claim.attribution else None,
        "place": claim.place.name if claim.place else None, "from": claim.time.from_ if claim.time else None,
        "to": claim.time.to if claim.time else None, "actor": claim.actor.name if claim.actor else None,
        "report": claim.document, "judged_by": reviewed.by,
    }  # fmt: skip


def _capture_row(capture: object) -> dict[str, object]:
    said = msgspec.to_builtins(capture)
    return {"report": said["id"], **said}
