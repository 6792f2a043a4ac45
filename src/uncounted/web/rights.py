"""Who may do what: one table of routes, one of fields. What is in neither is refused.

A route stands here by its method and path; a page's data (``.json``, ``.csv``) are routes of their own. A token of a
program is seated with a role like a person and meets the same two tables, for reading what ends in ``.json`` alone.
"""

import re
from collections.abc import Mapping

from starlette.routing import compile_path

from uncounted.model.roles import EVERYBODY, Role

ANYONE: frozenset[Role] = frozenset()
"""Open without sign-in: what is needed to sign in, and files that hold nothing of a case."""
LEAD: frozenset[Role] = frozenset({"lead"})
JUDGES: frozenset[Role] = frozenset({"lead", "reviewer"})
KEEPERS: frozenset[Role] = frozenset({"lead", "protection_officer"})
STAFF: frozenset[Role] = frozenset({"lead", "reviewer", "protection_officer"})
SEALS: frozenset[Role] = frozenset({"protection_officer"})

VIEWS = (
    "/claims", "/claims/{claim}", "/captures", "/captures/{capture}", "/incidents", "/incidents/{incident}", "/toll",
    "/explore", "/search", "/pairs", "/ledger", "/ledger/{entry:int}", "/agreement",
)  # fmt: skip
"""Pages that show a case; each is there as data too."""

FORMS = (".json", ".csv")

ROUTES: Mapping[str, frozenset[Role]] = {
    "GET /static/{path:path}": ANYONE,
    "GET /style/{path:path}": ANYONE,
    "GET /sign-in": ANYONE,
    "POST /sign-in": ANYONE,
    "GET /enter/{ticket}": ANYONE,
    "GET /invitation/{secret}": ANYONE,
    "POST /invitation/{secret}": ANYONE,
    "POST /language": ANYONE,
    "POST /sign-out": EVERYBODY,
    "GET /": EVERYBODY,
    "GET /keys": EVERYBODY,
    **{f"GET {path}{form}": EVERYBODY for path in VIEWS for form in ("", *FORMS)},
    "GET /openapi.json": EVERYBODY,
    "GET /explore/tiles/{name}": EVERYBODY,
    "GET /site/{path:path}": EVERYBODY,
    "POST /searches": EVERYBODY,
    "GET /password": EVERYBODY,
    "POST /password": EVERYBODY,
    "POST /ledger/verify": STAFF,
    "GET /review": JUDGES,
    "GET /review/{claim}": JUDGES,
    "POST /review/{claim}/{act}": JUDGES,
    "POST /undo": JUDGES,
    "GET /second": JUDGES,
    "GET /second/{claim}": JUDGES,
    "POST /second/{claim}/{act}": JUDGES,
    "GET /captures/{capture}/add": JUDGES,
    "POST /captures/{capture}/add": JUDGES,
    "GET /captures/{capture}/original": STAFF,
    "POST /incidents/{incident}/{act}": JUDGES,
    "GET /pairs/{of}/{left}/{right}": EVERYBODY,
    "POST /pairs/{of}/{left}/{right}/{verdict}": JUDGES,
    "GET /inbox": JUDGES,
    "GET /inbox.json": JUDGES,
    "POST /inbox": JUDGES,
    "POST /link": JUDGES,
    "GET /publish": LEAD,
    "POST /publish": LEAD,
    "GET /people": LEAD,
    "POST /people/first": LEAD,
    "POST /people/invite": LEAD,
    "POST /people/roles": LEAD,
    "POST /people/tokens": LEAD,
    "POST /people/tokens/revoke": LEAD,
    "GET /sealed": KEEPERS,
    "POST /sealed/open": SEALS,
    "POST /sealed/erase": SEALS,
}

FIELDS: Mapping[str, frozenset[Role]] = {
    "capture.name": STAFF,
    "capture.author": STAFF,
    "capture.record": KEEPERS,
    "judgement.by": STAFF,
    "judgement.reason": STAFF,
    "entry.more": STAFF,
    "entry.refused": STAFF,
    "sealed.pseudonym": KEEPERS,
    "sealed.value": SEALS,
}
"""Fields that not everybody who sees their page sees. ``capture.name`` is the file's name as found, which can name a
source; ``capture.record`` tells from which machine and address a report was taken; ``judgement`` is who judged and in
which words; ``entry.more`` are a victim list's further columns;
``entry.refused`` is the name of somebody on a list who refused to be shown by name."""

_PATTERNS: tuple[tuple[str, re.Pattern[str], frozenset[Role]], ...] = tuple(
    (route.split(" ", 1)[0], compile_path(route.split(" ", 1)[1])[0], roles) for route, roles in ROUTES.items()
)


def needed(method: str, path: str) -> frozenset[Role] | None:
    """The roles of which a person needs one for a request; ``None`` when the table does not know it."""
    asked = "GET" if method == "HEAD" else method
    return next((roles for known, pattern, roles in _PATTERNS if known == asked and pattern.match(path)), None)


def may(roles: frozenset[Role], route: str) -> bool:
    """Whether somebody with these roles may take a route of the table, as a page asks before it shows a link."""
    wanted = ROUTES.get(route)
    return wanted is not None and (wanted is ANYONE or bool(wanted & roles))


def sees(roles: frozenset[Role], field: str) -> bool:
    """Whether somebody with these roles may see a field of the table; :class:`KeyError` for a field it lacks."""
    return bool(FIELDS[field] & roles)
