"""All that a publication, a page or an explanation is made from, gathered once."""

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.corrections import Correction
from uncounted.model.coverage import Coverage
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident, Origin, OriginNode, TollCell


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """A victim whose name may be published: by consent, or as the case's policy states.

    ``name`` and ``others`` are as the lists write it, in any script; an unknown age is ``None``, never 0; ``lists``
    are the names of the lists that hold the person.
    """

    id: str
    name: str
    others: tuple[str, ...] = ()
    age: int | None = None
    died: str | None = None
    place: str | None = None
    lists: tuple[str, ...] = ()


class FigureChange(msgspec.Struct, frozen=True, kw_only=True):
    """One step by which a published figure changed since the release before: the cause, in words, and the numbers."""

    cell: dict[str, str]
    cause: str
    words: str
    before: tuple[int | None, int | None] | None
    after: tuple[int | None, int | None] | None


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A case at one moment, under one policy.

    ``facts`` and ``root`` (hex) name the ledger's state; ``rules`` is the policy as applied; ``toll`` maps what the
    toll is broken down by (``""`` for the whole, ``month``, ``place``, ``actor``, ``group``, ``harm``, ``incident``)
    to its cells; ``origins`` maps an incident's id to its origins; ``texts`` maps a capture's id to its working text.
    """

    title: str
    invented: bool
    facts: int
    root: str
    policy: str
    rules: dict[str, object]
    toll: dict[str, tuple[TollCell, ...]]
    incidents: tuple[Incident, ...]
    claims: dict[str, Claim]
    origins: dict[str, tuple[Origin, ...]]
    captures: dict[str, Capture]
    texts: dict[str, str]
    as_of: str | None = None
    """When the last fact was recorded that this rests on (UTC, RFC 3339)."""
    totals: tuple[TollCell, ...] = ()
    """Totals of a period that sources state; they stand apart and are never added to incidents."""
    memorial: tuple[Remembered, ...] = ()
    """People whose names may be published."""
    coverage: Coverage | None = None
    """Who reported what, over the incidents of this dossier."""
    beside: tuple[TollCell, ...] = ()
    """Figures that the policy tells beside its toll (conceded, provisional), each with ``beside`` in its labels."""
    tables: dict[str, tuple[TollCell, ...]] = {}
    """The killed by the policy's tables (``sex``, ``age``, ``status``, ``cause``), with what is unknown as ``part``."""
    trees: dict[str, tuple[OriginNode, ...]] = {}
    """An incident's id → one tree an origin: who told whom, down to the claims, ready to be drawn."""
    corrections: tuple[Correction, ...] = ()
    """Requests from outside with what was decided; ``said`` is not for publication."""
    licence: str = ""
    """What may be done with the release, in the words of whoever publishes it."""
    profile: str = ""
    """The redaction profile by which this was made safe to publish."""
    since: str | None = None
    """The release of the same policy and profile before this one, by name."""
    changes: tuple[FigureChange, ...] = ()
    """Why figures changed since then, step by step."""
