"""What capture is told, and what it hands back: reports taken, and faults named."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from uncounted.model.errors import UncountedError
from uncounted.model.evidence import Capture


def utc_now() -> str:
    """The present moment in UTC as RFC 3339, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says about the reports, and the limits that hold while they are taken.

    ``publisher``, ``author``, ``published`` (ISO 8601), ``language`` (ISO 639-1) and ``url`` win over what a file says
    of itself. ``columns`` maps the fields of a table (``id``, ``text``, ``url``, ``published``, ``publisher``,
    ``author``, ``language``, ``title``) to the names of its columns. ``day_first`` settles the order of day and month
    where a chat export leaves it open; ``encoding`` names the charset of texts.

    ``limit`` is the most bytes of one file or page, ``inflated`` of what an archive may unpack to, ``memory`` (bytes)
    and ``seconds`` what a child that parses one document may use; ``web_seconds`` is the time for one address with all
    its redirects, ``page_bytes`` the most that a browser may load of one page. ``browser`` says whether an address is
    visited with a browser (``auto``: where there is one), ``viewport`` (pixels) and ``locale`` how; ``video`` also asks
    for the videos of a page. ``collector`` is the public key of who collects. ``allow_loopback`` lets addresses of this
    machine through and is meant for tests. ``clock`` gives the moment of capture.
    """

    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    columns: dict[str, str] = {}
    day_first: bool | None = None
    encoding: str | None = None
    limit: int = 50_000_000
    inflated: int = 200_000_000
    memory: int = 1_000_000_000
    seconds: float = 60.0
    web_seconds: float = 30.0
    redirects: int = 5
    page_bytes: int = 250_000_000
    browser: Literal["never", "auto", "always"] = "never"
    viewport: tuple[int, int] = (1280, 900)
    locale: str = "en-GB"
    video: bool = False
    collector: str | None = None
    allow_loopback: bool = False
    clock: Callable[[], str] = utc_now


class Secret(msgspec.Struct, frozen=True, kw_only=True):
    """A value that must lie under seal: never in the ledger, the object or the working text."""

    field: str
    value: str


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """One report as taken.

    ``original`` are the bytes that ``capture.object`` names; ``text`` is the working text that passages point into, or
    ``None`` where nothing could be read. ``notes`` say in words what a person should know; ``more`` holds further
    metadata that the file states; ``record`` is the collection record of a page from the web (plain JSON values);
    ``sealed`` are values that stood in the file and were taken out of ``original``; ``diff`` is the difference between
    the text of the capture that this one follows and its own.
    """

    capture: Capture
    original: bytes
    text: str | None
    notes: tuple[str, ...] = ()
    more: dict[str, str] = {}
    record: dict[str, object] | None = None
    sealed: tuple[Secret, ...] = ()
    diff: str | None = None


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A thing that could not be taken while others were. ``part`` names the report within the file."""

    path: str
    error: UncountedError
    part: str | None = None
