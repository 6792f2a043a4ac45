"""Protected fields of a case: under seal, readable with the key alone, erasable without breaking a proof."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from uncounted.case.case import Case
from uncounted.case.exhibits import outside
from uncounted.case.reviewing import person
from uncounted.ledger.sealed import Key, Vault, new_key, read_keys, read_recipients
from uncounted.model.custody import RecipientRole
from uncounted.model.errors import NotFound
from uncounted.model.facts import Agent, AnyFact, Entry, RecipientAdmitted

RECIPIENTS = "recipients.txt"
"""Where cases of the first release name their recipients: age public keys, one a line."""

ORIGINAL, FROM_FRONT = "original", "source_"
"""The field that holds a report as it came, and how the fields begin that were taken out of its front matter."""


def make_key(
    case: Case, path: Path, by: str, *, holder: str = "", role: RecipientRole = "member", passphrase: str | None = None
) -> str:
    """Make a key file outside the case and admit its public half to the case's recipients; returns that half.

    From then on values are sealed to it too; what was sealed before is not: see ``members.rekey``.
    """
    outside(case, path, "key file")
    public = new_key(path, passphrase)
    admit(case, by, public, holder or by, role)
    return public


def admit(case: Case, by: str, public: str, holder: str, role: RecipientRole = "member") -> Entry:
    """Admit somebody's age public key, which they made themselves, to the case's recipients."""
    Vault(case.ledger, [public])  # refuses what is no key
    with case.writing("admit a recipient"):
        return case.record(person(by), RecipientAdmitted(key=public, holder=holder, role=role))[0]


def recipients(case: Case) -> tuple[str, ...]:
    """The age keys that values are sealed to, as the record says; of a first release's case, as its file says."""
    return tuple(sorted(case.views.recipients())) or read_recipients(case.folder / RECIPIENTS)


def vault(case: Case) -> Vault:
    """The vault that seals to the case's recipients."""
    return Vault(case.ledger, recipients(case))


def seal(case: Case, by: Agent, capture: str, field: str, value: str, *, pseudonym: str | None = None) -> Entry:
    """Seal a field of a capture (``identity``, ``contact``, ``location``); the record holds a commitment alone.

    The capture may follow: a report is preserved after what is secret in it lies under seal.
    """
    entry = vault(case).seal(by, capture, field, value, pseudonym=pseudonym)
    case.sign(by, [entry])
    case.views.catch_up()
    return entry


def closed(
    case: Case, capture: str, secrets: Iterable[tuple[str, str]], pseudonym: str | None = None
) -> tuple[list[AnyFact], dict[str, bytes]]:
    """Fields of a capture with their values (``secrets``) as facts and boxes, to be recorded with other facts at once.

    ``Refused`` if the case has no recipients to seal to.
    """
    made = [vault(case).closed(capture, field, value, pseudonym=pseudonym) for field, value in secrets]
    return [fact for fact, _ in made], {fact.sealed.commitment: box for fact, box in made}


def unseal(case: Case, capture: str, field: str, key: Path, passphrase: str | None = None) -> str:
    """The value under seal, with the key file that opens it."""
    return unseal_with(case, capture, field, read_keys(key, passphrase))


def unseal_with(case: Case, capture: str, field: str, keys: Sequence[Key]) -> str:
    """The value under seal, with keys that are at hand in memory."""
    return vault(case).unseal(commitment(case, capture, field), keys)


def erase(case: Case, by: Agent, capture: str, field: str, reason: str) -> Entry:
    """Erase what is sealed under a field of a capture for good, each value with a tombstone; returns the last one.

    A field can hold several values: one that was corrected, or sealed anew after a crash. What was taken out of a
    report's front matter also stands in the report as it came (``original``), so that goes too. :class:`NotFound` where
    nothing is kept.
    """
    names = (field, ORIGINAL) if field.startswith(FROM_FRONT) else (field,)
    kept = [one.sealed for one in case.views.sealed() if one.erased is None and one.sealed.subject == capture]
    wanted = [one.commitment for name in reversed(names) for one in kept if one.field == name]
    if not any(one.field == field for one in kept):
        wanted = [commitment(case, capture, field)]  # the ledger says that it was erased before
    with case.writing("erase a sealed field"):
        try:
            for name in wanted:
                entry = vault(case).erase(by, name, reason)
                case.sign(by, [entry])
        finally:
            case.views.catch_up()
    return entry


def commitment(case: Case, capture: str, field: str) -> str:
    """The commitment of the value last sealed under a field of a capture."""
    for found in reversed(case.views.sealed()):
        if (found.sealed.subject, found.sealed.field) == (capture, field):
            return found.sealed.commitment
    raise NotFound(
        f"field {field} of {capture}", "nothing is sealed under that name", "'uncounted seal' seals a value."
    )
