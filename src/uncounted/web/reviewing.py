"""The review page: one claim at a time, its words beside it, one key a verdict."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from uncounted.model.claims import Claim, Passage
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import ClaimAdded, ClaimEdited, ClaimJudged
from uncounted.stages.publish.marks import context
from uncounted.web.drawing import chain
from uncounted.web.forms import claim_of
from uncounted.web.pages import by_of, desk_of, fields_of, go, page

LONGEST_WHOLE = 200_000
"""Code points of the longest text that is shown whole beside a claim."""
NOTHING_GIVEN: Mapping[str, str] = {}


async def start(request: Request) -> Response:
    """On to the next claim to judge; when none is left, say so."""
    desk, by, mine = desk_of(request), by_of(request), _mine(request)
    coming = desk.next_claim(by, request.query_params.get("after"), mine=mine)
    if coming is None:
        left = desk.progress().get("proposed", 0)
        return page(request, "done.html", progress=desk.progress(), last=_last(request), mine=mine, left=left)
    return go(_to(coming.claim.id, mine=mine))


async def show(request: Request) -> Response:
    """One claim with its words; ``?edit=1`` opens its form."""
    return _claim_page(request, editing="edit" in request.query_params)


async def judge(request: Request) -> Response:
    """Accept, reject or correct a claim, then on to the next; a conflict is told and nothing is recorded."""
    by, name, act = by_of(request), request.path_params["claim"], request.path_params["act"]
    if act not in ("accept", "reject", "edit"):
        raise NotFound(f"the act {act!r}", "a claim is accepted, rejected or edited")
    form = await fields_of(request)
    desk, reason, mine = desk_of(request), form.get("reason", "").strip(), form.get("mine") == "1"
    try:
        seen = int(form["seen"])
    except (KeyError, ValueError):
        raise BadInput("the form", "it does not say which judgement it saw", "Open the claim again.") from None
    try:
        if act == "edit":
            before = desk.claim(name).claim
            edited = claim_of(form, before, desk.text(before.document))
            desk.edit(name, edited, by, reason, seen)
        else:
            desk.judge(name, "accepted" if act == "accept" else "rejected", by, reason, seen)
    except (BadInput, Refused) as fault:
        given = form if act == "edit" else NOTHING_GIVEN
        return _claim_page(request, given, 409 if isinstance(fault, Refused) else 422, fault, editing=act == "edit")
    coming = desk.next_claim(by, name, mine=mine)
    return go(_to(coming.claim.id, mine=mine) if coming else f"/review{'?mine=1' if mine else ''}")


async def blank(request: Request) -> Response:
    """The form of a claim that no reader found."""
    return _blank_page(request)


async def add(request: Request) -> Response:
    """Add a claim that no reader found."""
    by, name = by_of(request), request.path_params["capture"]
    form = await fields_of(request)
    desk = desk_of(request)
    try:
        claim = claim_of(form, _nothing(name), desk.text(name))
        desk.add_claim(claim, by, form.get("reason", "").strip())
    except (BadInput, Refused) as fault:
        return _blank_page(request, form, 409 if isinstance(fault, Refused) else 422, fault)
    return go(f"/captures/{name}")


async def undo(request: Request) -> Response:
    """Take back a judgement and return to its claim, or to the page that the form names."""
    by, form = by_of(request), await fields_of(request)
    said = form.get("entry", "")
    if not (said.isascii() and said.isdigit()):
        raise BadInput("the entry to undo", f"{said!r} is not the number of an entry", "Use the undo button.")
    desk = desk_of(request)
    if not int(said) < len(desk.case.ledger):
        raise NotFound(f"entry {said}", "the ledger has no such entry")
    fact = next(iter(desk.case.ledger.entries(int(said), int(said) + 1))).fact
    desk.undo(int(said), by)
    match fact:
        case ClaimJudged(claim=name) | ClaimEdited(claim=name):
            return go(f"/review/{name}")
        case ClaimAdded(claim=claim):
            return go(f"/captures/{claim.document}")
    return go("/pairs" if form.get("next") == "/pairs" else "/review")


def _mine(request: Request) -> bool:
    return request.query_params.get("mine") == "1"


def _to(claim: str, *, mine: bool) -> str:
    return f"/review/{claim}{'?mine=1' if mine else ''}"


def _nothing(capture: str) -> Claim:
    """A claim of which nothing is known yet but its report."""
    return Claim(document=capture, id="new", harm="killed", passage=Passage("", 0, 0), confidence=1.0)


def _blank_page(
    request: Request, given: Mapping[str, str] = NOTHING_GIVEN, status: int = 200, fault: Exception | None = None
) -> Response:
    desk, name = desk_of(request), request.path_params["capture"]
    return page(
        request, "add.html", status,
        claim=_nothing(name), capture=desk.capture(name), text=desk.text(name), fault=fault, given=given,
        window=window(desk.text(name), None),
    )  # fmt: skip


def window(text: str, passage: Passage | None) -> tuple[int, int]:
    """What of a text is shown beside a claim: all of it, or where it is very long the surroundings of its passage."""
    start, end = (passage.start, passage.end) if passage else (0, 0)
    return (0, len(text)) if len(text) <= LONGEST_WHOLE else context(text, start, end, LONGEST_WHOLE // 4)


def _last(request: Request) -> list[tuple[int, str, str]]:
    """A person's last judgements on claims: entry, verdict, claim."""
    found: list[tuple[int, str, str]] = []
    for entry in desk_of(request).last_judgements(by_of(request)):
        match entry.fact:
            case ClaimJudged(claim=name, verdict=verdict):
                found.append((entry.number, verdict, name))
            case ClaimEdited(claim=name):
                found.append((entry.number, "corrected", name))
            case ClaimAdded(claim=claim):
                found.append((entry.number, "added", claim.id))
    return found


def _claim_page(
    request: Request,
    given: Mapping[str, str] = NOTHING_GIVEN,
    status: int = 200,
    fault: Exception | None = None,
    *,
    editing: bool = False,
) -> Response:
    """A claim's page; ``given`` is what a person had filled in, kept when it could not be recorded."""
    desk, by = desk_of(request), by_of(request)
    reviewed = desk.claim(request.path_params["claim"])
    before, after = desk.beside(reviewed.claim.id)
    text = desk.text(reviewed.claim.document)
    return page(
        request, "review.html", status,
        reviewed=reviewed, claim=reviewed.claim, capture=desk.capture(reviewed.claim.document),
        text=text, window=window(text, reviewed.claim.passage), before=before, after=after, progress=desk.progress(),
        last=_last(request), editing=editing, fault=fault, given=given, drawn=chain(reviewed.claim),
        beside=desk.sit(reviewed.claim.id, by), mine=_mine(request) or given.get("mine") == "1",
        shared=by in desk.reviewers() and len(desk.reviewers()) > 1,
    )  # fmt: skip
