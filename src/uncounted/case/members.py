"""Who can open what is sealed: admitted, gone, and everything encrypted anew when somebody leaves."""

from pathlib import Path

import msgspec

from uncounted.case import sealing
from uncounted.case.case import Case
from uncounted.case.reviewing import person
from uncounted.ledger.sealed import read_keys, reseal
from uncounted.ledger.sqlite import SWEEP
from uncounted.model.errors import NotFound, Refused
from uncounted.model.facts import RecipientAdmitted, RecipientLeft, SealsRenewed


class Renewed(msgspec.Struct, frozen=True, kw_only=True):
    """What a re-keying did: values encrypted anew, and the holders who can open them from now on."""

    boxes: int
    holders: tuple[str, ...]


def rekey(
    case: Case, by: str, key: Path, *, passphrase: str | None = None, without: str | None = None, reason: str = ""
) -> Renewed:
    """Encrypt every sealed value anew to the present recipients, less ``without`` (a holder's name or their age key).

    ``key`` opens the values. Whoever left can still have what they read or copied before; what is sealed from now on,
    and the case's own copy of what was, they cannot open. The last recipient cannot leave. With a key that does not
    open all of it nothing is changed. :class:`Refused` too when another program keeps the file from being swept of the
    older ciphertexts: all else is done then, and doing it again sweeps.
    """
    with case.writing("encrypt sealed values anew"):
        gone = _of(case, without) if without is not None else ()
        to = tuple(one for one in sealing.recipients(case) if one not in {left.key for left in gone})
        if not to and gone:
            raise Refused(f"recipient {without}", "nobody else could open what is sealed", "Admit another key first")
        if not to:
            raise Refused("sealed values", "the case has no recipients", "Make a key first: uncounted key FILE")
        boxes = reseal(case.ledger, read_keys(key, passphrase), to)
        # The values first: whoever is recorded as gone can open nothing any more.
        hindered = case.ledger.rebox(boxes)
        left = [RecipientLeft(key=one.key, reason=reason) for one in gone]
        case.record(person(by), *left, SealsRenewed(recipients=to, boxes=len(boxes)))
    if hindered:
        rule = (
            f"they are encrypted anew, but the case's file may still hold pieces of the older ciphertexts: {hindered}"
        )
        raise Refused("sealed values", rule, SWEEP)
    held = case.views.recipients()
    return Renewed(boxes=len(boxes), holders=tuple(sorted({held[one].holder for one in to if one in held})))


def _of(case: Case, name: str) -> tuple[RecipientAdmitted, ...]:
    found = tuple(one for one in case.views.recipients().values() if name in (one.holder, one.key))
    if not found:
        raise NotFound(f"recipient {name}", "the case seals to nobody of that name", "'uncounted members' lists them")
    return found
