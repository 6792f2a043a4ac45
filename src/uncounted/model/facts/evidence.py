"""Facts about evidence: the case itself, reports preserved and described, fields under seal, consent, custody."""

from typing import Literal

from uncounted.model.consent import Purpose
from uncounted.model.evidence import Capture, Sealed
from uncounted.model.facts.base import Fact


class CaseOpened(Fact, frozen=True, kw_only=True):
    """The case's first fact. ``nonce`` makes two cases of one title distinct; ``invented`` marks a made-up case."""

    title: str
    nonce: str
    invented: bool = False


class CaptureTaken(Fact, frozen=True, kw_only=True):
    """A report was preserved."""

    capture: Capture


class CaptureDescribed(Fact, frozen=True, kw_only=True):
    """A person stated or corrected what is known of a capture's publication; ``None`` leaves a field as it was."""

    capture: str
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    reason: str = ""


class FieldSealed(Fact, frozen=True, kw_only=True):
    """A sensitive value was put under seal; the fact holds its commitment alone."""

    sealed: Sealed


class FieldErased(Fact, frozen=True, kw_only=True):
    """Tombstone: value and salt of a sealed field were erased; the commitment and every proof still stand."""

    commitment: str
    reason: str


class ConsentStated(Fact, frozen=True, kw_only=True):
    """What somebody allowed, or no longer allows, for one purpose.

    ``subject`` is a capture's id or a list entry as ``LIST:ID``. Consent is withdrawn by a later ``given=False``.
    ``evidence`` says where the consent itself is kept: a capture's id, a sealed field's commitment, or words.
    """

    subject: str
    purpose: Purpose
    given: bool
    reason: str = ""
    evidence: str | None = None


class CopyMade(Fact, frozen=True, kw_only=True):
    """A copy of a capture was made; the evidence itself stays as it is.

    ``source`` and ``result`` are SHA-256; ``changes`` names every transformation, none for a copy bit for bit.
    """

    capture: str
    kind: Literal["evidence", "working", "publication"]
    source: str
    result: str
    changes: tuple[str, ...] = ()
    tool: str
    purpose: str = ""


class HandedOver(Fact, frozen=True, kw_only=True):
    """Custody passed: ``subject`` (a capture's id, or ``case``) was given to, or received from, somebody.

    ``who`` may be a pseudonym. ``digest`` is the SHA-256 of what was handed over, where it is one file.
    """

    subject: str
    direction: Literal["given", "received"]
    who: str
    means: str
    reason: str = ""
    digest: str | None = None
