"""Blind second reading, and how far people agree."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from uncounted.case import agreement as agreeing
from uncounted.model.errors import NotFound
from uncounted.web.drawing import chain
from uncounted.web.pages import by_of, data, desk_of, fields_of, form_of, go, page, sight_of, table
from uncounted.web.reviewing import window
from uncounted.web.sight import SOMEBODY

EVERY = 5
"""One report in so many is read a second time."""
COLUMNS = ("one", "other", "claims", "share", "kappa")


async def start(request: Request) -> Response:
    """On to the next claim to read a second time."""
    coming = desk_of(request).case.views.to_reread(by_of(request), EVERY, request.query_params.get("after"))
    if coming is None:
        return page(request, "second_done.html", every=EVERY)
    return go(f"/second/{coming.claim.id}")


async def show(request: Request) -> Response:
    """A claim as the reader proposed it; nothing on the page tells how it was judged."""
    desk = desk_of(request)
    reviewed = desk.claim(request.path_params["claim"])
    if reviewed.by in (None, by_of(request)):
        raise NotFound("the second reading", "it is of a claim that somebody else judged", "Go on to the next.")
    claim = reviewed.read or reviewed.claim
    text = desk.text(claim.document)
    return page(
        request, "second.html",
        claim=claim, capture=desk.capture(claim.document), text=text, window=window(text, claim.passage),
        drawn=chain(claim),
    )  # fmt: skip


async def judge(request: Request) -> Response:
    """Record the second judgement; the first stands."""
    desk, name, act = desk_of(request), request.path_params["claim"], request.path_params["act"]
    if act not in ("accept", "reject"):
        raise NotFound(f"the act {act!r}", "a second reading accepts or rejects")
    form = await fields_of(request)
    desk.reread(name, "accepted" if act == "accept" else "rejected", by_of(request), form.get("reason", "").strip())
    return go(f"/second?after={name}")


async def agreement(request: Request) -> Response:
    """Agreement between people who read the same claims."""
    desk, sight = desk_of(request), sight_of(request)
    found = agreeing.agreement(desk.case)
    if not sight.may("judgement.by"):
        hidden = tuple(msgspec.structs.replace(pair, one=SOMEBODY, other=SOMEBODY) for pair in found.pairs)
        found = msgspec.structs.replace(found, pairs=hidden)
    match form_of(request):
        case "json":
            return data(found)
        case "csv":
            return table(COLUMNS, [msgspec.to_builtins(pair) for pair in found.pairs], "agreement")
    return page(request, "agreement.html", found=found, split=desk.claims_named(found.split[:200]), every=EVERY)
