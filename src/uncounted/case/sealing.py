"""Protected fields of a case: under seal, readable with the key alone, erasable without breaking a proof."""

from pathlib import Path

from uncounted.case.case import Case
from uncounted.ledger.sealed import Vault, new_key, read_keys, read_recipients
from uncounted.model.errors import NotFound
from uncounted.model.facts import Agent, Entry

RECIPIENTS = "recipients.txt"
"""The case's file of age public keys, one a line."""


def make_key(case: Case, path: Path) -> str:
    """Make a key file outside the case and add its public half to the case's recipients; returns that half."""
    public = new_key(path)
    with (case.folder / RECIPIENTS).open("a") as stream:
        stream.write(public + "\n")
    return public


def vault(case: Case) -> Vault:
    """The vault that seals to the case's recipients."""
    return Vault(case.ledger, read_recipients(case.folder / RECIPIENTS))


def seal(case: Case, by: Agent, capture: str, field: str, value: str, *, pseudonym: str | None = None) -> Entry:
    """Seal a field of a capture (``identity``, ``contact``, ``location``); the record holds a commitment alone.

    The capture may follow: a report is preserved after what is secret in it lies under seal.
    """
    entry = vault(case).seal(by, capture, field, value, pseudonym=pseudonym)
    case.sign(by, [entry])
    case.views.catch_up()
    return entry


def unseal(case: Case, capture: str, field: str, key: Path) -> str:
    """The value under seal, with the key file that opens it."""
    return vault(case).unseal(_commitment(case, capture, field), read_keys(key))


def erase(case: Case, by: Agent, capture: str, field: str, reason: str) -> Entry:
    """Erase a sealed value for good and leave a tombstone."""
    entry = vault(case).erase(by, _commitment(case, capture, field), reason)
    case.sign(by, [entry])
    case.views.catch_up()
    return entry


def _commitment(case: Case, capture: str, field: str) -> str:
    for found in reversed(case.views.sealed()):
        if (found.sealed.subject, found.sealed.field) == (capture, field):
            return found.sealed.commitment
    raise NotFound(
        f"field {field} of {capture}", "nothing is sealed under that name", "'uncounted seal' seals a value."
    )
