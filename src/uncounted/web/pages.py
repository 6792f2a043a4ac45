"""How an answer is made: a page from a template, or the same facts as JSON; errors in words."""

from functools import cache
from typing import Any

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from uncounted.model.errors import BadInput, NotFound, Refused, UncountedError
from uncounted.stages.publish import words
from uncounted.stages.publish.marks import context, direction, marked, marks_of, windows
from uncounted.web.deeds import changes, told
from uncounted.web.desk import Desk
from uncounted.web.forms import CHOICES
from uncounted.web.reviewer import reviewer

LABELS = {
    "victim": "who", "count": "how many", "attribution": "source", "place": "where", "time": "when",
    "actor": "by whom", "means": "by what",
}  # fmt: skip
STATUS = {NotFound: 404, Refused: 409, BadInput: 422}
SECTIONS = (
    ("/review", "Review"),
    ("/claims", "Claims"),
    ("/incidents", "Incidents"),
    ("/toll", "Toll"),
    ("/captures", "Reports"),
)


def desk_of(request: Request) -> Desk:
    """The case that this server shows."""
    desk: Desk = request.app.state.desk
    return desk


def page(request: Request, template: str, code: int = 200, **values: object) -> HTMLResponse:
    """A page from a template."""
    said = _templates().get_template(template).render(
        desk=desk_of(request), path=request.url.path, sections=SECTIONS, reviewer=reviewer(request), **values
    )  # fmt: skip
    return HTMLResponse(said, code)


def data(value: object) -> Response:
    """Facts as JSON."""
    return Response(msgspec.json.encode(value), media_type="application/json")


async def explain(request: Request, fault: Exception) -> Response:
    """An expected error as a page, or as JSON where JSON was asked for."""
    assert isinstance(fault, UncountedError)
    status = next((code for kind, code in STATUS.items() if isinstance(fault, kind)), 500)
    if request.url.path.endswith(".json"):
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


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("uncounted.web"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    shared: dict[str, Any] = {
        "words": words, "marked": marked, "marks_of": marks_of, "context": context, "direction": direction,
        "windows": windows,
        "labels": LABELS, "cut": cut, "told": told, "changes": changes, "choices": CHOICES,
    }  # fmt: skip
    made.globals.update(shared)
    return made
