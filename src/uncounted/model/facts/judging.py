"""Facts that people state of what machines proposed: claims, pairs, incidents, and taking back."""

from typing import Literal

from uncounted.model.claims import Claim
from uncounted.model.facts.base import Fact
from uncounted.model.incidents import Axis


class ClaimJudged(Fact, frozen=True, kw_only=True):
    """A person accepted or rejected a claim as read."""

    claim: str
    verdict: Literal["accepted", "rejected"]
    reason: str = ""


class ClaimEdited(Fact, frozen=True, kw_only=True):
    """A person accepted a claim in a corrected form; ``edited`` keeps the id of the claim it corrects."""

    claim: str
    edited: Claim
    reason: str = ""


class ClaimAdded(Fact, frozen=True, kw_only=True):
    """A person added a claim that no reader found; it counts as accepted."""

    claim: Claim
    reason: str = ""


class ClaimReread(Fact, frozen=True, kw_only=True):
    """A second person judged a claim without seeing the first judgement.

    It never changes how the claim stands; it measures how far two people agree. ``low`` and ``high`` are the bounds
    that the second person read, where they rejected none.
    """

    claim: str
    verdict: Literal["accepted", "rejected"]
    low: int | None = None
    high: int | None = None
    reason: str = ""


class JudgementUndone(Fact, frozen=True, kw_only=True):
    """A person took back a judgement, named by its entry's number. Undoing an undo brings the judgement back."""

    entry: int
    reason: str = ""


class PairJudged(Fact, frozen=True, kw_only=True):
    """A person's verdict on a pair.

    ``of`` says in which respect: two ``claims`` speak of one event, two ``origins`` (named by one claim each) are one
    first-hand source, two list ``entries`` are one person, two ``captures`` are one report. It wins over any proposal.
    """

    of: Literal["claims", "origins", "entries", "captures"]
    left: str
    right: str
    verdict: Literal["same", "different", "unsure"]
    reason: str = ""


class IncidentNamed(Fact, frozen=True, kw_only=True):
    """A person gave an incident, known by its anchor claim, a title."""

    anchor: str
    title: str


class AxisJudged(Fact, frozen=True, kw_only=True):
    """A person's judgement on one of the four axes of an incident, known by its anchor claim."""

    anchor: str
    axis: Axis
    value: str
    reason: str
