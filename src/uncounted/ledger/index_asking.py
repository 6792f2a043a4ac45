"""A filter as SQL, and words to look for as a question to the full-text index. Values are bound, never written in."""

from collections.abc import Mapping, Sequence

from uncounted.model.asking import Filter

LABELS: Mapping[str, str] = {
    "month": "month", "place": "place", "actor": "actor", "grade": "grade", "incident": "id",
}  # fmt: skip
"""What figures are broken down by, as columns of ``incidents``."""
OF_CELLS: Mapping[str, str] = {**LABELS, "incident": "incident"}
"""The same as columns of ``cells``."""

Clause = tuple[str, list[object]]
"""A clause with the values bound to it."""


def where(asked: Filter | None, grades: Sequence[str] = ()) -> Clause:
    """The clause over ``incidents i`` that a filter means, with its values; empty when it asks nothing."""
    parts = [*_graded("i", grades), *_labelled("i", LABELS, asked), *_placed(asked)]
    said = _cell(asked)
    if said:
        meant = " AND ".join(f"f.{column} = ?" for column, _ in said)
        held = f"EXISTS (SELECT 1 FROM cells f WHERE f.incident = i.id AND {meant})"
        parts.append((held, [value for _, value in said]))
    return _joined(parts)


def cells_where(asked: Filter | None, grades: Sequence[str] = ()) -> tuple[str, str, list[object]]:
    """The tables and the clause over ``cells c`` that a filter means; incidents come along only where it needs them."""
    placed = _placed(asked)
    parts = [*_graded("c", grades), *_labelled("c", OF_CELLS, asked), *placed]
    parts += [(f"c.{column} = ?", [value]) for column, value in _cell(asked)]
    tables = "cells c JOIN incidents i ON i.id = c.incident" if placed else "cells c"
    return (tables, *_joined(parts))


def _graded(table: str, grades: Sequence[str]) -> list[Clause]:
    if not grades:
        return []
    return [(f"({table}.grade IS NULL OR {table}.grade IN ({', '.join('?' * len(grades))}))", [*grades])]


def _labelled(table: str, columns: Mapping[str, str], asked: Filter | None) -> list[Clause]:
    said = [(column, getattr(asked, name, None)) for name, column in columns.items()]
    return [(f"{table}.{column} = ?", [value]) for column, value in said if value is not None]


def _cell(asked: Filter | None) -> list[tuple[str, str]]:
    return [(column, value) for column, value in (("harm", asked.harm), ("grp", asked.group)) if value] if asked else []


def _placed(asked: Filter | None) -> list[Clause]:
    """What a filter asks of time, map and words, which incidents alone know."""
    if asked is None:
        return []
    parts: list[Clause] = []
    if asked.since:
        parts.append(("coalesce(i.last, i.first) >= ?", [asked.since]))
    if asked.until:
        parts.append(("coalesce(i.first, i.last) <= ?", [asked.until]))
    for edge, part in (
        ("west", "i.lon >= ?"),
        ("east", "i.lon <= ?"),
        ("south", "i.lat >= ?"),
        ("north", "i.lat <= ?"),
    ):
        if (value := getattr(asked, edge)) is not None:
            parts.append((part, [value]))
    for word in (asked.words or "").split()[:8]:
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        parts.append(("(i.title LIKE ? ESCAPE '\\' OR i.place LIKE ? ESCAPE '\\')", [like, like]))
    return parts


def _joined(parts: Sequence[Clause]) -> Clause:
    clause = " WHERE " + " AND ".join(part for part, _ in parts) if parts else ""
    return clause, [value for _, values in parts for value in values]


def matching(words: str, folded: Sequence[str]) -> str:
    """Words as an FTS5 question: each must be there, as written or as one of its folded forms (``a|b``).

    ``folded`` runs beside the words of ``words``. Quotes in a word cannot end it: FTS5 doubles them.
    """
    asked = []
    for word, forms in zip(words.split(), folded, strict=True):
        said = [
            f"{{title said}} : {_quoted(word)} *",
            *(f"folded : {_quoted(form)}" for form in forms.split("|") if form),
        ]
        if _sayable(word) or any(_sayable(form) for form in forms.split("|")):
            asked.append("(" + " OR ".join(said) + ")")
    return " AND ".join(asked)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _sayable(word: str) -> bool:
    return any(letter.isalnum() for letter in word)
