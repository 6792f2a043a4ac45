"""How an answer is made: a page from a template, the same facts as JSON or CSV, an error in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Literal
from urllib.parse import quote, unquote, urlencode

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from uncounted.case import consent
from uncounted.case.desk import CaseDesk
from uncounted.model.errors import BadInput, NotFound, Refused, UncountedError
from uncounted.stages.publish.indented import Indented
from uncounted.stages.publish.marks import context, direction, marked, marks_of, windows
from uncounted.stages.publish.steps import origin_named
from uncounted.stages.publish.tables import written
from uncounted.stages.publish.words import Words
from uncounted.web.because import because
from uncounted.web.deeds import about, changes, told
from uncounted.web.door import Door, Seat
from uncounted.web.forms import CHOICES
from uncounted.web.rights import may
from uncounted.web.sight import Sight
from uncounted.web.tongue import RIGHT_TO_LEFT, TONGUES, catalogue, tongue_of, words_of

STATUS = {NotFound: 404, Refused: 409, BadInput: 422}


def N_(said: str) -> str:
    """Mark words for translation where they stand, not yet translated."""
    return said


SECTIONS = (
    ("/review", N_("Review")),
    ("/inbox", N_("Inbox")),
    ("/incidents", N_("Incidents")),
    ("/explore", N_("Map and time")),
    ("/toll", N_("Toll")),
    ("/pairs", N_("Pairs")),
    ("/claims", N_("Claims")),
    ("/captures", N_("Reports")),
    ("/ledger", N_("Ledger")),
    ("/agreement", N_("Agreement")),
    ("/sealed", N_("Sealed")),
    ("/publish", N_("Publish")),
    ("/people", N_("People")),
)
PAGE = 100
VOCABULARY = (
    N_("proposed"), N_("accepted"), N_("rejected"), N_("corrected"), N_("added"), N_("confirmed"), N_("fair"),
    N_("weak"), N_("contested"), N_("discounted"), N_("lead"), N_("reviewer"), N_("reader"), N_("protection officer"),
    N_("same"), N_("different"), N_("unsure"), N_("waiting"), N_("preserving"), N_("reading"), N_("done"), N_("known"),
    N_("fault"), N_("exact"), N_("at least"), N_("more than"), N_("at most"), N_("less than"), N_("about"),
    N_("range"), N_("vague"), N_("unquantified"), N_("person"), N_("household"), N_("family"), N_("body"),
    N_("incident"), N_("period"), N_("cumulative"), N_("day"), N_("week"), N_("month"), N_("year"), N_("happened"),
    N_("responsible"), N_("victims"), N_("count"), N_("corroborated"), N_("single"), N_("unsupported"), N_("refuted"),
    N_("named"), N_("competing"), N_("unknown"), N_("others"), N_("civilians"), N_("combatants"), N_("mixed"),
    N_("agreed"), N_("open"), N_("contradictory"), N_("none"), N_("capture"), N_("claim"), N_("kind"), N_("status"),
    N_("harm"), N_("language"), N_("publisher"), N_("grade"), N_("list"), N_("harm"), N_("group"), N_("passage"),
    N_("victim"), N_("attribution"), N_("place"), N_("time"), N_("actor"), N_("means"), N_("scope"), N_("modality"),
    N_("subset of"), N_("relations"), N_("flags"), N_("text"), N_("markdown"), N_("html"), N_("pdf"), N_("docx"),
    N_("email"), N_("chat"), N_("row"), N_("url"), N_("such pairs are rare"), N_("the rest"),
    N_("taken together, and the rivals of either"), N_("their texts are the same to the letter"), N_("store"),
    N_("analyse"), N_("publish"), N_("advocate"), N_("court"), N_("killed"), N_("injured"), N_("casualties"),
    N_("missing"), N_("detained"), N_("displaced"), N_("trapped"), N_("orphaned"), N_("abused"), N_("attacked"),
    N_("destroyed"), N_("people"), N_("children"), N_("women"), N_("men"), N_("journalists"), N_("health workers"),
    N_("aid workers"), N_("; "), N_(", "), N_("name"), N_("death date"), N_("birth date"), N_("sex"), N_("age"),
)  # fmt: skip
"""Words that come to a page as values."""
FACTS = (
    N_("audit drawn"),
    N_("axis judged"),
    N_("capture described"),
    N_("capture taken"),
    N_("case opened"),
    N_("checkpoint anchored"),
    N_("claim added"),
    N_("claim edited"),
    N_("claim judged"),
    N_("claim reread"),
    N_("claims located"),
    N_("claims read"),
    N_("columns mapped"),
    N_("consent stated"),
    N_("copy made"),
    N_("correction asked"),
    N_("correction decided"),
    N_("device enrolled"),
    N_("device retired"),
    N_("drill held"),
    N_("entries signed"),
    N_("estimate made"),
    N_("field erased"),
    N_("field sealed"),
    N_("handed over"),
    N_("incident named"),
    N_("judgement undone"),
    N_("links proposed"),
    N_("list read"),
    N_("overlap stated"),
    N_("pair judged"),
    N_("policy adopted"),
    N_("readings compared"),
    N_("recipient admitted"),
    N_("recipient left"),
    N_("record audited"),
    N_("release made"),
    N_("role granted"),
    N_("role revoked"),
    N_("scorer learned"),
    N_("seals renewed"),
    N_("table imported"),
)
"""Kinds of facts, as the ledger's filter names them."""
LABELS = {
    "victim": N_("who"), "count": N_("how many"), "attribution": N_("source"), "place": N_("where"),
    "time": N_("when"), "actor": N_("by whom"), "means": N_("by what"),
}  # fmt: skip


def desk_of(request: Request) -> CaseDesk:
    """The case that this server shows."""
    desk: CaseDesk = request.app.state.desk
    return desk


def door_of(request: Request) -> Door:
    """Who lets people in."""
    door: Door = request.app.state.door
    return door


def seat_of(request: Request) -> Seat | None:
    """Who sits at the desk; ``None`` on the pages that are open to anyone."""
    seat: Seat | None = request.scope.get("seat")
    return seat


def by_of(request: Request) -> str:
    """The name of the person at the desk, in whose name a fact is recorded."""
    seat = seat_of(request)
    if seat is None:
        raise Refused("a judgement", "it is somebody's, by name", "Sign in.")
    return seat.name


def sight_of(request: Request) -> Sight:
    """What the person at the desk may see."""
    seat = seat_of(request)
    views = desk_of(request).case.views
    return Sight(seat.roles if seat else frozenset(), lambda: consent.barred(views, "publish"))


def page(request: Request, template: str, code: int = 200, **values: object) -> HTMLResponse:
    """A page from a template, in the person's language."""
    tongue, seat = tongue_of(request), seat_of(request)
    roles = seat.roles if seat else frozenset()
    said = _templates(tongue).get_template(template).render(
        case=desk_of(request), path=request.url.path, here=_here(request), seat=seat, tongue=tongue, tongues=TONGUES,
        dir="rtl" if tongue in RIGHT_TO_LEFT else "ltr", may=lambda route: may(roles, route),
        sees=sight_of(request).may, idle=int(door_of(request).idle),
        sections=[(to, name) for to, name in SECTIONS if seat and may(roles, f"GET {to}")], **values,
    )  # fmt: skip
    return HTMLResponse(said, code)


def data(value: object) -> Response:
    """Facts as JSON."""
    return Response(msgspec.json.encode(value), media_type="application/json")


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]], name: str) -> Response:
    """Rows as CSV that no spreadsheet takes for formulas."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(written(columns, rows), media_type="text/csv; charset=utf-8", headers=headers)


def form_of(request: Request) -> str:
    """What a view is asked for as: ``json``, ``csv`` or ``html``."""
    path = request.url.path
    return "json" if path.endswith(".json") else "csv" if path.endswith(".csv") else "html"


def go(path: str) -> RedirectResponse:
    """On to another page, by GET."""
    return RedirectResponse(path, 303)


async def fields_of(request: Request) -> dict[str, str]:
    """A form's fields; of several with one name the last."""
    return {name: str(value) for name, value in (await request.form()).items()}


def number_of(request: Request) -> int:
    """The asked-for part of a list, from 1."""
    said = request.query_params.get("page", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 7 else 1


async def explain(request: Request, fault: Exception) -> Response:
    """An expected error as a page, or as JSON where data was asked for."""
    assert isinstance(fault, UncountedError)
    status = next((code for kind, code in STATUS.items() if isinstance(fault, kind)), 500)
    if form_of(request) != "html":
        answer = data({"thing": fault.thing, "rule": fault.rule, "remedy": fault.remedy})
        answer.status_code = status
        return answer
    return page(request, "fault.html", status, fault=fault)


def cut(text: str, start: object, end: object) -> str:
    """The words of a span as a form gives it; none where it gives no span of the text."""
    said = [str(edge) for edge in (start, end)]
    if not all(edge.isascii() and edge.isdigit() for edge in said):
        return ""
    return text[int(said[0]) : int(said[1])]


def labelled(value: str, words: Words) -> str:
    """A label of a toll in words: a month by its name, what is not known as not known, all else as it is."""
    if value == "unknown":
        return str(words.UNKNOWN)
    return str(words.day(value)) if re.fullmatch(r"\d{4}(-\d{2})?", value) else value


def pair_address(of: str, left: str, right: str) -> str:
    """The page of a pair; :func:`pair_end` reads its parts.

    The id of a list's entry may hold a slash, which parts an address even where it is written as ``%2F``: slashes, and
    for their sake percent signs, are written twice over.
    """
    one, other = (quote(name.replace("%", "%25").replace("/", "%2F")) for name in (left, right))
    return f"/pairs/{of}/{one}/{other}"


def pair_end(request: Request, side: Literal["left", "right"]) -> str:
    """One of the two things that the address of a pair names."""
    return unquote(request.path_params[side])


def asking(given: Mapping[str, object], **changes: object) -> str:
    """A query with some of its fields changed; those that become ``None`` or empty are left out."""
    kept = {**given, **changes}
    return urlencode({name: value for name, value in kept.items() if value not in (None, "")})


def _here(request: Request) -> str:
    """This page's address, to come back to."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _of_releases() -> jinja2.BaseLoader:
    """The templates of a release's pages, under ``site/``: what the two have in common is written there."""
    return jinja2.PrefixLoader({"site": jinja2.PackageLoader("uncounted.stages.publish")})


@cache
def _templates(tongue: str) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader("uncounted.web"), _of_releases()]),
        autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n", Indented],
    )  # fmt: skip
    known = catalogue(tongue)
    made.install_gettext_translations(known, newstyle=True)  # type: ignore[attr-defined]
    shared: dict[str, Any] = {
        "words": words_of(tongue), "marked": marked, "marks_of": marks_of, "context": context,
        "direction": direction, "windows": windows, "cut": cut, "choices": CHOICES,
        "asking": asking, "pair_address": pair_address,
        "word": lambda said: known.gettext(str(said).replace("_", " ")),
        "labelled": lambda value: labelled(value, words_of(tongue)),
        "about": about,
        "origin_named": lambda name: origin_named(name, words_of(tongue)),
        "because": lambda said: because(said, tongue),
        "labels": {name: known.gettext(said) for name, said in LABELS.items()},
        "told": lambda fact: told(fact, known.gettext),
        "changes": lambda before, after: changes(before, after, words_of(tongue), known.gettext),
    }  # fmt: skip
    made.globals.update(shared)
    return made
