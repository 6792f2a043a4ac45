"""What a reader may be told when it is made, and how it is found."""

from collections.abc import Callable
from importlib.metadata import entry_points

import msgspec

from uncounted.model.errors import NotFound
from uncounted.stages.read.protocol import Reader

GROUP = "uncounted.readers"
"""The entry-point group: a name, and a function that makes a reader of :class:`ReaderOptions`."""
STANDARD = "grammar"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question to a model: tokens in and out (0 where unknown), seconds, and the faults of its answer."""

    document: str
    attempt: int
    asked: int
    answered: int
    seconds: float
    faults: tuple[str, ...] = ()


class ReaderOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a person chose. A reader uses what it needs.

    ``endpoint``, ``model`` and ``key`` say where a model answers; ``patience`` is the time for one answer in seconds;
    ``away`` allows text to leave this machine; ``told`` hears what each question cost. ``changes`` are what a case has
    learned of the grammar's features.
    """

    endpoint: str = "http://127.0.0.1:11434/v1"
    model: str = ""
    key: str | None = None
    patience: float = 180.0
    away: bool = False
    told: Callable[[Asked], None] = lambda _: None
    changes: dict[str, float] = {}


def reader(name: str = STANDARD, options: ReaderOptions | None = None) -> Reader:
    """The reader of that name, made as told; :class:`NotFound` where nobody offers one."""
    found = {one.name: one for one in entry_points(group=GROUP)}
    if name not in found:
        raise NotFound(f"reader {name!r}", f"installed are: {', '.join(sorted(found)) or 'none'}")
    made: Reader = found[name].load()(options or ReaderOptions())
    return made
