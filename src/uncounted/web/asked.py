"""The one filter that incidents, map, timeline, table and figures share: from an address and back."""

import re
from typing import get_args

from starlette.requests import Request

from uncounted.case.desk import CaseDesk
from uncounted.model.asking import Filter, Summed
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.vocabulary import Grade, Group, Harm

WORDS = ("month", "place", "actor", "words", "incident")
CLOSED = {"grade": get_args(Grade), "harm": get_args(Harm), "group": get_args(Group)}
EDGES = ("west", "south", "east", "north")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def filter_of(request: Request) -> Filter:
    """The filter in an address; :class:`BadInput` names a field that no filter can have."""
    given = request.query_params
    found: dict[str, object] = {name: given[name].strip()[:200] for name in WORDS if given.get(name, "").strip()}
    for name, known in CLOSED.items():
        if said := given.get(name):
            if said not in known:
                raise BadInput(f"the filter {name}", f"{said!r} is not one of its words", f"Use {', '.join(known)}.")
            found[name] = said
    for name in ("since", "until"):
        if said := given.get(name, "").strip():
            if not _DAY.fullmatch(said):
                raise BadInput(f"the filter {name}", f"{said!r} is not a day", "Write it as YYYY-MM-DD.")
            found[name] = said
    for name in EDGES:
        if said := given.get(name, "").strip():
            found[name] = _degrees(name, said)
    return Filter(**found)  # type: ignore[arg-type]


def figure_of(desk: CaseDesk, asked: Filter) -> Summed:
    """The figure that a filter with a harm names; :class:`NotFound` when no source gives it."""
    by = [name for name in ("month", "place", "actor", "incident") if getattr(asked, name)]
    found = [
        one
        for one in desk.index().sums(by, asked, desk.grades())
        if one.labels["group"] == (asked.group or desk.keeper.policy.headline)
    ]
    if len(found) != 1:
        raise NotFound("the figure", "the toll as it stands has no such figure", "The toll names those there are.")
    return found[0]


def _degrees(name: str, said: str) -> float:
    try:
        degrees = float(said)
    except ValueError:
        raise BadInput(f"the filter {name}", f"{said!r} is no number of degrees") from None
    if not -360 <= degrees <= 360:
        raise BadInput(f"the filter {name}", f"{said} degrees lie outside of any map")
    return degrees
