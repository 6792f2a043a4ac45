"""Facts about counting and telling: policies, overlaps, corrections, estimates, releases."""

from uncounted.model.corrections import CorrectionReason, Verdict
from uncounted.model.facts.base import Fact


class PolicyAdopted(Fact, frozen=True, kw_only=True):
    """The case's toll follows this policy from now on; ``object`` is the SHA-256 of its rules as applied."""

    name: str
    object: str
    reason: str = ""


class OverlapStated(Fact, frozen=True, kw_only=True):
    """A person states how many of a stated total's dead known incidents hold already, so that both can be added once.

    ``total`` is the claim of the total, ``incidents`` the incidents' anchor claims; ``low`` to ``high`` persons.
    """

    total: str
    incidents: tuple[str, ...]
    low: int
    high: int
    reason: str


class CorrectionAsked(Fact, frozen=True, kw_only=True):
    """Somebody outside asked for a correction; ``capture`` is their form as it was preserved.

    ``about`` is what they named, ``subject`` the claim, capture or ``LIST:ID`` that it leads to.
    """

    correction: str
    capture: str
    about: str
    subject: str
    reason: CorrectionReason
    said: str = ""


class CorrectionDecided(Fact, frozen=True, kw_only=True):
    """A person decided a request for correction. ``note`` is public; ``entries`` number what was done about it."""

    correction: str
    verdict: Verdict
    note: str
    entries: tuple[int, ...] = ()


class EstimateMade(Fact, frozen=True, kw_only=True):
    """How many victims there were in all was estimated from the overlap of lists: apart from any toll, never in it.

    It is bound to what it was made from: the capture of each list's version (``lists``), the SHA-256 of the matches
    (``matches``) and of the counts of patterns (``tables``), model, strata, seed and number of draws of the links. The
    same again gives the same answer, byte for byte: ``object`` is the SHA-256 of its JSON, kept among the objects.
    ``refused`` says why where there is no number; then ``median``, ``low`` and ``high`` are ``None``.
    """

    model: str
    lists: dict[str, str]
    matches: str
    tables: str
    seed: int
    level: float
    object: str
    facts: int
    by: tuple[str, ...] = ()
    draws: int = 0
    observed: int = 0
    median: float | None = None
    low: float | None = None
    high: float | None = None
    refused: str | None = None


class ReleaseMade(Fact, frozen=True, kw_only=True):
    """A release was published: policy, the number of facts it rests on, and the SHA-256 of its manifest.

    ``profile`` names the rules by which it was made safe to publish; ``figures`` is the SHA-256 of the figures as they
    were shown, from which the next release of this policy and profile tells what changed and holds back what would
    reveal a person.
    """

    name: str
    policy: str
    facts: int
    manifest: str
    profile: str = ""
    figures: str | None = None
