"""The review page: one claim at a time, its words beside it, one key a verdict."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from uncounted.model.claims import Claim, Passage
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.facts import ClaimAdded, ClaimEdited, ClaimJudged
from uncounted.stages.publish.marks import context
from uncounted.web.forms import claim_of
from uncounted.web.pages import desk_of, page
from uncounted.web.reviewer import local, remember, reviewer

LONGEST_WHOLE = 200_000
"""Code points of the longest text that is shown whole beside a claim."""

NOTHING_GIVEN: Mapping[str, str] = {}


def go(path: str) -> RedirectResponse:
    """On to another page, by GET."""
    return RedirectResponse(path, 303)


async def ask_name(request: Request) -> Response:
    """Ask who sits at the desk, once."""
    return page(request, "name.html", next=local(request.query_params.get("next", "/review")), fault=None)


async def take_name(request: Request) -> Response:
    """Remember the name of the person at the desk."""
    form = await request.form()
    name, onward = " ".join(str(form.get("name", "")).split()), local(str(form.get("next", "/review")))
    if not name or len(name) > 100 or not name.isprintable():
        fault = "A judgement needs the name of the person who makes it: 1 to 100 letters."
        return page(request, "name.html", 422, next=onward, fault=fault)
    response = go(onward)
    remember(response, name, request.app.state.secret)
    return response


async def start(request: Request) -> Response:
    """On to the next claim to judge; when none is left, say so."""
    if reviewer(request) is None:
        return go("/name?next=/review")
    coming = desk_of(request).next_claim(request.query_params.get("after"))
    if coming is None:
        return page(request, "done.html", progress=desk_of(request).progress(), last=_last(request))
    return go(f"/review/{coming.claim.id}")


async def show(request: Request) -> Response:
    """One claim with its words; ``?edit=1`` opens its form."""
    if reviewer(request) is None:
        return go(f"/name?next=/review/{request.path_params['claim']}")
    return _claim_page(request, editing="edit" in request.query_params)


async def judge(request: Request) -> Response:
    """Accept, reject or correct a claim, then on to the next; a conflict is told and nothing is recorded."""
    by, name, act = reviewer(request), request.path_params["claim"], request.path_params["act"]
    if act not in ("accept", "reject", "edit"):
        raise NotFound(f"the act {act!r}", "a claim is accepted, rejected or edited")
    if by is None:
        return go(f"/name?next=/review/{name}")
    form = {key: str(value) for key, value in (await request.form()).items()}
    desk, reason = desk_of(request), form.get("reason", "").strip()
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
    coming = desk.next_claim(name)
    return go(f"/review/{coming.claim.id}" if coming else "/review")


async def blank(request: Request) -> Response:
    """The form of a claim that no reader found."""
    if reviewer(request) is None:
        return go(f"/name?next=/captures/{request.path_params['capture']}/add")
    return _blank_page(request)


async def add(request: Request) -> Response:
    """Add a claim that no reader found."""
    by, name = reviewer(request), request.path_params["capture"]
    if by is None:
        return go(f"/name?next=/captures/{name}/add")
    form = {key: str(value) for key, value in (await request.form()).items()}
    desk = desk_of(request)
    try:
        claim = claim_of(form, _nothing(name), desk.text(name))
        desk.add_claim(claim, by, form.get("reason", "").strip())
    except (BadInput, Refused) as fault:
        return _blank_page(request, form, 409 if isinstance(fault, Refused) else 422, fault)
    return go(f"/captures/{name}")


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
        window=_window(desk.text(name), None),
    )  # fmt: skip


async def undo(request: Request) -> Response:
    """Take back a judgement and return to its claim."""
    by = reviewer(request)
    if by is None:
        return go("/name?next=/review")
    said = str((await request.form()).get("entry", ""))
    if not said.isdigit():
        raise BadInput("the entry to undo", f"{said!r} is not the number of an entry", "Use the undo button.")
    entry = next((e for e in desk_of(request).last_judgements(by) if e.number == int(said)), None)
    desk_of(request).undo(int(said), by)
    match entry.fact if entry else None:
        case ClaimJudged(claim=name) | ClaimEdited(claim=name):
            return go(f"/review/{name}")
        case ClaimAdded(claim=claim):
            return go(f"/captures/{claim.document}")
    return go("/review")


def _window(text: str, passage: Passage | None) -> tuple[int, int]:
    """What of a text is shown beside a claim: all of it, or where it is very long the surroundings of its passage."""
    start, end = (passage.start, passage.end) if passage else (0, 0)
    return (0, len(text)) if len(text) <= LONGEST_WHOLE else context(text, start, end, LONGEST_WHOLE // 4)


def _last(request: Request) -> list[tuple[int, str, str]]:
    """A person's last judgements on claims: entry, verdict, claim."""
    found: list[tuple[int, str, str]] = []
    for entry in desk_of(request).last_judgements(reviewer(request) or ""):
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
    desk = desk_of(request)
    reviewed = desk.claim(request.path_params["claim"])
    before, after = desk.beside(reviewed.claim.id)
    text = desk.text(reviewed.claim.document)
    return page(
        request, "review.html", status,
        reviewed=reviewed, claim=reviewed.claim, capture=desk.capture(reviewed.claim.document),
        text=text, window=_window(text, reviewed.claim.passage), before=before, after=after, progress=desk.progress(),
        last=_last(request), editing=editing, fault=fault, given=given,
    )  # fmt: skip
