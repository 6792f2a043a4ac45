"""What may not be shown, and the record of what was taken out for it."""

import msgspec

FIGURE_ONLY = "[withheld: the figure only]"
"""Stands for the words of a report of which only the figure may be shown."""

KEPT_BACK = "withheld"
"""Stands for the hash of words that are not shown as they were."""


class Protected(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a case protects.

    ``silent`` are reports of which only the figure may be shown; ``names`` may not be shown without consent;
    ``spans`` maps a report to the places of its text where a victim is named.
    """

    silent: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    spans: dict[str, tuple[tuple[int, int], ...]] = {}


class Redaction(msgspec.Struct, frozen=True, kw_only=True):
    """One thing taken out: ``where`` it was, what is shown ``instead``, and ``why``. What it was is not repeated."""

    where: str
    instead: str
    why: str
