"""Search: words, in any script, over reports, claims, incidents and list entries."""

from starlette.requests import Request
from starlette.responses import Response

from uncounted.case import searches, searching
from uncounted.ledger.index_tables import FACETS
from uncounted.model.errors import BadInput
from uncounted.web.pages import by_of, data, desk_of, fields_of, form_of, go, number_of, page, sight_of, table

SIZE = 30
ADDRESSES = {"capture": "/captures/{}", "claim": "/claims/{}", "incident": "/incidents/{}"}


async def search(request: Request) -> Response:
    """What was found for the words in the address, with facets."""
    desk = desk_of(request)
    words = request.query_params.get("q", "").strip()[:200]
    facets = {name: request.query_params.get(name, "")[:200] for name in FACETS}
    facets = {name: value for name, value in facets.items() if value}
    found = sight_of(request).hits(searching.search(desk.index(), words, facets, number_of(request), SIZE))
    match form_of(request):
        case "json":
            return data({"found": found.rows, "total": found.total, "more": found.more, "facets": found.facets})
        case "csv":
            rows = [
                {"kind": hit.kind, "ref": hit.ref, "title": hit.title, "excerpt": hit.excerpt} for hit in found.rows
            ]
            return table(("kind", "ref", "title", "excerpt"), rows, "search")
    given = {"q": words, **facets}
    return page(
        request, "search.html",
        q=words, found=found, facets=facets, given=given, addresses=ADDRESSES,
        saved=searches.saved(desk.case), names=FACETS,
    )  # fmt: skip


async def keep(request: Request) -> Response:
    """Save a search under a name, or forget one."""
    form, desk = await fields_of(request), desk_of(request)
    query = form.get("query", "")
    if "forget" in form:
        searches.forget(desk.case, form["forget"])
    else:
        if any(letter in query for letter in "\r\n#"):
            raise BadInput("the saved search", "it is no query")
        name = " ".join(form.get("name", "").split())
        searches.save(desk.case, searches.Search(name=name, query=query, by=by_of(request)))
    return go(f"/search?{query}")
