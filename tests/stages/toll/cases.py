"""Invented claims, origins and incidents, made in one line each."""

from typing import Any

from uncounted.model.claims import Claim, Count, Passage, Source
from uncounted.model.incidents import Incident, Origin


def claim(
    name: str,
    low: int | None = None,
    high: int | None = None,
    *,
    victim: str | None = None,
    text: str | None = None,
    unit: Any = "person",
    quantifier: Any = "range",
    source: str = "the town hospital",
    document: str | None = None,
    **more: Any,
) -> Claim:
    """A claim of its own document unless told otherwise; ``text`` is the count's words."""
    words = victim or "people"
    return Claim(
        document=document or f"doc-{name}",
        id=name,
        harm=more.pop("harm", "killed"),
        passage=Passage(f"{words} were killed", 0, len(words) + 12),
        victim=Passage(words, 0, len(words)),
        count=Count(
            low=low,
            high=high,
            quantifier=quantifier,
            unit=unit,
            text=text if text is not None else None if victim else "some words",
            start=0,
            end=1,
        ),
        attribution=(Source(name=source, kind="medical"),),
        **more,
    )


def incident(*claims: Claim, name: str = "i1", **more: Any) -> Incident:
    """An incident of these claims."""
    return Incident(id=name, anchor=claims[0].id, claims=tuple(one.id for one in claims), title=name, **more)


def origins(*groups: tuple[Claim, ...]) -> tuple[Origin, ...]:
    """One origin for each group of claims."""
    return tuple(
        Origin(id=f"o{number}", name=f"source {number}", kind="medical", claims=tuple(one.id for one in group))
        for number, group in enumerate(groups)
    )
