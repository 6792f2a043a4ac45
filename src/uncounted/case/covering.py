"""Coverage of a case: its incidents, or two sets of them, with who reported what."""

from collections.abc import Callable, Mapping

from uncounted.case import telling
from uncounted.case.case import Case
from uncounted.model.coverage import Coverage
from uncounted.model.errors import BadInput, NotEnough
from uncounted.model.incidents import Incident
from uncounted.stages.coverage import Difference, Observed, compare, observe
from uncounted.stages.coverage.report import told

KEYS = ("place", "within", "actor", "grade", "from", "to")


def coverage(case: Case, policy: str | None = None, as_of: str | None = None, only: str | None = None) -> Coverage:
    """Who reported what, over all incidents, or those that ``only`` names (``KEY=VALUE,…``)."""
    observed, incidents = _observed(case, policy, as_of)
    return told(_chosen(observed, incidents, only) if only else observed)


def compared(
    case: Case, left: str, right: str, policy: str | None = None, as_of: str | None = None
) -> tuple[Difference, ...]:
    """Two sets of incidents beside each other; :class:`NotEnough` when a set is empty."""
    observed, incidents = _observed(case, policy, as_of)
    return compare(_chosen(observed, incidents, left), _chosen(observed, incidents, right))


def _observed(case: Case, policy: str | None, as_of: str | None) -> tuple[tuple[Observed, ...], Mapping[str, Incident]]:
    dossier = telling.dossier(case, telling.policy_of(case, policy), as_of)
    return observe(dossier), {incident.id: incident for incident in dossier.incidents}


def _chosen(observed: tuple[Observed, ...], incidents: Mapping[str, Incident], wanted: str) -> tuple[Observed, ...]:
    labels = {}
    for part in wanted.split(","):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or key not in KEYS:
            raise BadInput(f"set {wanted!r}", "a set is named as KEY=VALUE,…", f"KEY is one of {', '.join(KEYS)}")
        labels[key] = value
    found = tuple(one for one in observed if _fits(incidents[one.incident], labels))
    if not found:
        raise NotEnough(f"set {wanted!r}", "no incident is in it", "'uncounted toll --by place' lists what there is")
    return found


def _fits(incident: Incident, labels: Mapping[str, str]) -> bool:
    """Whether an incident is in a set: days are compared as ISO 8601, names as they are."""
    place, time = incident.place, incident.time
    first, last = (time.from_ or "", time.to or "") if time else ("", "")
    holds: dict[str, Callable[[str], bool]] = {
        "place": lambda value: place is not None and place.name == value,
        "within": lambda value: place is not None and value in (place.within or "", place.name),
        "actor": lambda value: value in incident.actors,
        "grade": lambda value: incident.grade == value,
        "from": lambda value: bool(last) and last >= value,
        "to": lambda value: bool(first) and first[: len(value)] <= value,
    }
    return all(holds[key](value) for key, value in labels.items())
