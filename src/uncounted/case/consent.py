"""Consent per purpose: who may be kept, counted, shown, spoken for, or brought before a court."""

from collections.abc import Sequence

from uncounted.case.case import Case
from uncounted.case.reviewing import record
from uncounted.ledger.views import Views
from uncounted.model.consent import Purpose, allows, bars
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.facts import ConsentStated, Entry


def state(
    case: Case,
    by: str,
    subject: str,
    purposes: Sequence[Purpose],
    given: bool,
    *,
    reason: str = "",
    evidence: str | None = None,
) -> tuple[Entry, ...]:
    """Record what a person allows for some purposes, or withdraws from them, in one durable step.

    ``subject`` is a capture or a list entry (``LIST:ID``); :class:`NotFound` when the case holds neither.
    """
    if not purposes:
        raise BadInput("consent", "it is given or withdrawn for a purpose", "Name one or more with --for")
    _known(case, subject)
    facts = [
        ConsentStated(subject=subject, purpose=purpose, given=given, reason=reason, evidence=evidence)
        for purpose in dict.fromkeys(purposes)
    ]
    return record(case, by, *facts)


def allowed(case: Case, subject: str, purpose: Purpose) -> bool | None:
    """Whether consent for a purpose stands; ``None`` when nobody spoke of it, which is no consent either."""
    return case.views.consents().get(subject, {}).get(purpose)


def barred(views: Views, purpose: Purpose) -> frozenset[str]:
    """What must not be used for a purpose: captures, and list entries as ``LIST:ID``; see :func:`bars`."""
    return frozenset(subject for subject, said in views.consents().items() if bars(said, purpose))


def unpublished(views: Views) -> frozenset[str]:
    """The reports that must not be shown: consent to it was withdrawn, or a source of one is under seal and nobody
    consented."""
    consents = views.consents()
    sealed = {field.sealed.subject for field in views.sealed()}
    withdrawn = {name for name in barred(views, "publish") if ":" not in name}
    return frozenset(withdrawn | {name for name in sealed if not allows(consents.get(name, {}), "publish")})


def _known(case: Case, subject: str) -> None:
    name, colon, entry = subject.partition(":")
    if not colon:
        case.views.capture(subject)
    elif not any(one.id == entry for one in case.views.list_entries(name)):
        raise NotFound(f"list entry {subject}", "the case's lists hold none of that name", "Name it as LIST:ID")
