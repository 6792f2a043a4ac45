"""What is under seal: the list, and for a protection officer the values, each opened with the key and shown once."""

from starlette.requests import Request
from starlette.responses import Response

from uncounted.case import sealing
from uncounted.ledger.sealed import keys_in
from uncounted.model.errors import BadInput, UncountedError
from uncounted.model.facts import Agent
from uncounted.web.pages import by_of, desk_of, fields_of, go, page

LONGEST_KEY = 10_000


async def show(request: Request) -> Response:
    """Which fields are under seal, and which were erased."""
    return _page(request)


async def unseal(request: Request) -> Response:
    """Open one field with the key that the person gives; neither key nor value is kept."""
    form, desk = await fields_of(request), desk_of(request)
    subject, field, key = form.get("subject", ""), form.get("field", ""), form.get("key", "")
    try:
        if not key.strip() or len(key) > LONGEST_KEY:
            raise BadInput("the key", "it is the text of a key file", "Paste the file's text.")
        value = sealing.unseal_with(desk.case, subject, field, keys_in(key))
    except UncountedError as fault:
        return _page(request, 422, fault=fault)
    return _page(request, opened=(subject, field, value))


async def erase(request: Request) -> Response:
    """Erase one field for good."""
    form, desk = await fields_of(request), desk_of(request)
    try:
        reason = form.get("reason", "").strip()
        if not reason or form.get("sure") != "yes":
            raise BadInput("the erasure", "it is for good, so it needs a reason and a tick", "Give both.")
        agent = Agent("person", by_of(request))
        sealing.erase(desk.case, agent, form.get("subject", ""), form.get("field", ""), reason)
    except UncountedError as fault:
        return _page(request, 422, fault=fault)
    return go("/sealed")


def _page(
    request: Request, code: int = 200, fault: Exception | None = None, opened: tuple[str, str, str] | None = None
) -> Response:
    return page(request, "sealed.html", code, fields=desk_of(request).case.views.sealed(), fault=fault, opened=opened)
