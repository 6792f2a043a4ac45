"""Corrections: what somebody outside asks to be set right, what was decided, and overlaps that a person states."""

from typing import Literal

import msgspec

CorrectionReason = Literal[
    "duplicate", "natural_cause", "alive", "misattributed", "typo", "new_evidence", "safety"
]  # fmt: skip
"""Why a figure or an entry is said to be wrong; ``safety`` asks that something be shown no more."""

MEANING: dict[CorrectionReason, str] = {
    "duplicate": "the same death is counted twice",
    "natural_cause": "the person died of a natural cause",
    "alive": "the person is alive",
    "misattributed": "somebody else is responsible, or it happened elsewhere",
    "typo": "a name, number, place or date is written wrongly",
    "new_evidence": "there is evidence that the record does not hold",
    "safety": "what is shown puts somebody in danger",
}
"""Each reason in words, for the form."""

Verdict = Literal["accepted", "partly", "declined"]


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it stands.

    ``about`` is what it names (an incident, claim, report or ``LIST:ID``), ``subject`` the claim, report or entry that
    it leads to. ``verdict`` is ``None`` while it waits; ``note`` is public; ``entries`` number the judgements that
    carry the decision out. ``said`` are the words of whoever asks and are never published.
    """

    id: str
    about: str
    subject: str
    reason: CorrectionReason
    said: str
    at: str
    verdict: Verdict | None = None
    note: str = ""
    by: str | None = None
    decided: str | None = None
    entries: tuple[int, ...] = ()


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """A person's statement that ``low`` to ``high`` of the dead of a stated total are in known incidents already.

    ``total`` is the claim that states the total, ``incidents`` the anchor claims of those incidents; ``by`` stated it.
    """

    total: str
    incidents: tuple[str, ...]
    low: int
    high: int
    reason: str
    by: str
    entry: int
