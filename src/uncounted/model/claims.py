"""A claim: one harm, one group, one count, said by one chain, read from one passage.

These structs are the public JSON form of ``uncounted read --jsonl``. Every ``text``, ``start``, ``end`` is a verbatim
slice of the document in code points, ``text == source[start:end]``; all three are ``None`` where nothing in the
document says the thing (the publisher, an inferred count).
"""

import msgspec

from uncounted.model.vocabulary import (
    DatePrecision,
    Group,
    Harm,
    Modality,
    PlacePrecision,
    Quantifier,
    RelationKind,
    Scope,
    SourceKind,
    Unit,
)


class Passage(msgspec.Struct, frozen=True):
    """A verbatim span of a document: ``text == source[start:end]``, offsets in code points."""

    text: str
    start: int
    end: int


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """A thing and the words that say it, or ``None`` three times where the document does not say it."""

    text: str | None = None
    start: int | None = None
    end: int | None = None


class Count(Quoted, frozen=True, kw_only=True):
    """How many, as said. An open bound is ``None``; ``text`` is ``None`` where the reader inferred the count.

    "more than 30" has ``low=30`` as said; a bare plural is ``unquantified`` with both bounds open; "dozens" is
    ``vague``, and turning it into numbers is left to a toll's convention.
    """

    low: int | None = None
    high: int | None = None
    quantifier: Quantifier = "unquantified"
    unit: Unit = "person"


class Source(Quoted, frozen=True, kw_only=True):
    """One node of an attribution chain."""

    name: str
    kind: SourceKind = "unknown"


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One place that a name could mean. Degrees in WGS 84."""

    name: str
    lat: float
    lon: float
    precision: PlacePrecision
    gazetteer: str | None = None
    within: str | None = None


class Place(Quoted, frozen=True, kw_only=True):
    """Where, with what a gazetteer makes of it. Unresolved or ambiguous places have no coordinates.

    ``gazetteer`` names the entry (``geonames:172955``, ``case:12``); ``alternatives`` holds the other places that the
    words could mean, likeliest first.
    """

    name: str
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    gazetteer: str | None = None
    within: str | None = None
    alternatives: tuple[Candidate, ...] = ()


class Time(Quoted, frozen=True, kw_only=True):
    """When: first and last day (ISO 8601, both included) and how precise the words are.

    ``of`` is ``event`` where the words date the harm and ``report`` where only the publication date is known.
    """

    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    precision: DatePrecision | None = None
    of: str = "event"


class Named(Quoted, frozen=True, kw_only=True):
    """A named thing: an actor ("Coalition") or a means ("airstrike")."""

    name: str


class Relation(msgspec.Struct, frozen=True):
    """How a claim stands to another claim of the same document."""

    kind: RelationKind
    claim: str


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One harm to one group, counted once, as one chain of sources says it in one passage.

    ``passage`` is the clause that says so, ``victim`` the words for who was harmed. ``attribution`` runs from the
    document's publisher to whoever said it first. ``confidence`` lies in 0..1 and is the reader's own.
    """

    document: str
    id: str
    harm: Harm
    group: Group = "people"
    passage: Passage
    victim: Passage | None = None
    count: Count = Count()
    subset_of: str | None = None
    scope: Scope = "incident"
    modality: Modality = "asserted"
    attribution: tuple[Source, ...] = ()
    place: Place | None = None
    time: Time | None = None
    actor: Named | None = None
    means: Named | None = None
    relations: tuple[Relation, ...] = ()
    flags: tuple[str, ...] = ()
    confidence: float = 0.5
    reader: str = "person"


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader is given: the text of one report and what is known about its publication."""

    id: str
    text: str
    published: str | None = None
    language: str | None = None
    publisher: str | None = None


class Attributed(msgspec.Struct, frozen=True, kw_only=True):
    """One reported statement (``uncounted read --attributions``): who, the word of saying, what was said."""

    document: str
    source: Passage | None
    cue: Passage
    content: Passage | None


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """One time expression of a document (``uncounted read --times``)."""

    document: str
    time: Time
