"""Evidence: what was preserved, how, when and by whom."""

from typing import Literal

import msgspec

CaptureForm = Literal[
    "text", "markdown", "html", "pdf", "docx", "email", "chat", "row", "url", "list", "image", "request"
]


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """The preserved bytes of one report.

    ``object`` is the SHA-256 (hex) of the original bytes as found; ``part`` names the report within them where one
    file holds several (``message 14``, ``row 3``). ``text`` is the SHA-256 of the working text (UTF-8) that passages
    point into, made by ``extractor``. ``published`` is an ISO 8601 date or date-time, never guessed from the clock.
    """

    id: str
    object: str
    part: str | None = None
    form: CaptureForm
    size: int
    name: str
    taken: str
    text: str | None = None
    characters: int = 0
    extractor: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    record: str | None = None
    """SHA-256 of the collection record (canonical JSON): address, redirects, headers, for what came over a network."""
    follows: str | None = None
    """The earlier capture of the same address, of which this one is a change."""
    change: Literal["changed", "gone"] | None = None
    """How the address differs from what ``follows`` holds: other words, or no longer there."""
    diff: str | None = None
    """SHA-256 of the difference between the two working texts (unified diff, UTF-8)."""
    partial: tuple[str, ...] = ()
    """What could not be kept or read, each in words; empty when the capture is whole."""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A sensitive field's place in the public record: a salted commitment, never the value.

    ``commitment`` is SHA-256(salt ‖ value) in hex with 32 random salt bytes. Salt and value lie apart from the
    ledger and can be erased without breaking a proof.
    """

    subject: str
    field: str
    commitment: str
    pseudonym: str | None = None
