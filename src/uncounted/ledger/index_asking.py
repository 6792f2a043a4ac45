"""A filter as SQL, and words to look for as a question to the full-text index. Values are bound, never written in."""

from collections.abc import Mapping, Sequence

from uncounted.model.asking import Filter

LABELS: Mapping[str, str] = {
    "month": "i.month", "place": "i.place", "actor": "i.actor", "grade": "i.grade", "incident": "i.id",
}  # fmt: skip
"""What figures are broken down by, as columns."""


def where(asked: Filter | None, grades: Sequence[str] = ()) -> tuple[str, list[object]]:
    """The clause over ``incidents i`` that a filter means, with its values; empty when it asks nothing."""
    parts: list[str] = []
    values: list[object] = []

    def add(part: str, *bound: object) -> None:
        parts.append(part)
        values.extend(bound)

    if grades:
        add(f"(i.grade IS NULL OR i.grade IN ({', '.join('?' * len(grades))}))", *grades)
    if asked is not None:
        for name, column in LABELS.items():
            if (value := getattr(asked, name)) is not None:
                add(f"{column} = ?", value)
        if asked.since:
            add("coalesce(i.last, i.first) >= ?", asked.since)
        if asked.until:
            add("coalesce(i.first, i.last) <= ?", asked.until)
        for edge, part in (("west", "i.lon >= ?"), ("east", "i.lon <= ?"), ("south", "i.lat >= ?"),
                           ("north", "i.lat <= ?")):  # fmt: skip
            if (value := getattr(asked, edge)) is not None:
                add(part, value)
        figure = [("harm", asked.harm), ("grp", asked.group)]
        said = [(column, value) for column, value in figure if value]
        if said:
            meant = " AND ".join(f"f.{column} = ?" for column, _ in said)
            add(f"EXISTS (SELECT 1 FROM cells f WHERE f.incident = i.id AND {meant})", *(value for _, value in said))
        if asked.words:
            for word in asked.words.split()[:8]:
                like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
                add("(i.title LIKE ? ESCAPE '\\' OR i.place LIKE ? ESCAPE '\\')", like, like)
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


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
