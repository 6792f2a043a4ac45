"""Rows as evidence: each row's cells written out under its line, and claims that quote them there."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from uncounted.model.claims import Claim, Count, Named, Passage, Place, Source, Time
from uncounted.model.vocabulary import Quantifier
from uncounted.stages.exchange.profile import Profile
from uncounted.stages.exchange.rows import Figure, Row

Quote = Callable[[str | None], tuple[str | None, int | None, int | None]]
"""A column's cell as words with their place in the working text."""

TOGETHER = 500
"""Rows of figures that share one working text."""


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that share one working text: the text, the rows and, for each, its claims (without a document's name yet).

    ``part`` names the stretch within its file: ``rows 2-501``.
    """

    part: str
    text: str
    rows: tuple[Row, ...]
    claims: tuple[tuple[Claim, ...], ...]


def stretches(found: Iterable[Row], profile: Profile) -> Iterator[Stretch]:
    """Rows in stretches: many to a text where they give figures, one to a text where they are reports to be read."""
    waiting: list[Row] = []
    size = 1 if profile.texts else TOGETHER
    for row in found:
        waiting.append(row)
        if len(waiting) == size:
            yield _stretch(waiting, profile)
            waiting = []
    if waiting:
        yield _stretch(waiting, profile)


def _stretch(found: list[Row], profile: Profile) -> Stretch:
    blocks, claims, length = [], [], 0
    for row in found:
        block, places = _block(row)
        claims.append(_claims(row, profile, block, places, length))
        blocks.append(block)
        length += len(block) + 1
    first, last = found[0].line, found[-1].line
    part = f"line {first}" if first == last else f"lines {first}-{last}"
    return Stretch(part=part, text="\n".join(blocks), rows=tuple(found), claims=tuple(claims))


def _block(row: Row) -> tuple[str, dict[str, tuple[int, int]]]:
    """A row written out, and where each of its cells stands in that text. Every cell is there to the letter."""
    parts, places, at = [f"line {row.line}\n"], {}, len(f"line {row.line}\n")
    for column, cell in row.cells.items():
        if cell:
            head = f"{column}: "
            places[column] = (at + len(head), at + len(head) + len(cell))
            parts.append(f"{head}{cell}\n")
            at += len(head) + len(cell) + 1
    return "".join(parts), places


def _claims(
    row: Row, profile: Profile, block: str, places: dict[str, tuple[int, int]], offset: int
) -> tuple[Claim, ...]:
    """The claims of a row, one a figure; a part of the row's first figure says so."""

    def quote(column: str | None) -> tuple[str | None, int | None, int | None]:
        if column is None or column not in places:
            return None, None, None
        start, end = places[column]
        return block[start:end], start + offset, end + offset

    place, time = _place(row, quote(row.used.get("place"))), _time(row, quote(row.used.get("from")))
    chain = _chain(row, profile, quote)
    actor = _named(row, "actor", quote)
    means = _named(row, "means", quote)
    made: list[Claim] = []
    wholes: dict[str, str] = {}
    for figure in row.figures:
        start, end = _span(figure, places)
        claim = Claim(
            document="", id=f"{row.key}#{len(made)}", harm=figure.harm, group=figure.group,
            passage=_passage(figure, block, places, offset),
            count=Count(low=figure.low, high=figure.high, quantifier=_quantifier(figure), text=block[start:end],
                        start=start + offset, end=end + offset),
            subset_of=wholes.get(figure.harm) if figure.part else None, attribution=chain, place=place, time=time,
            actor=actor, means=means, flags=(f"line {row.line}", *(("bounds_crossed",) if row.crossed else ())),
            confidence=1.0, reader=f"table-{profile.name}/1",
        )  # fmt: skip
        wholes.setdefault(figure.harm, claim.id)
        made.append(claim)
    return tuple(made)


def _span(figure: Figure, places: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """From the first to the last cell that says a figure."""
    held = [places[column] for column in figure.columns if column in places]
    return min(start for start, _ in held), max(end for _, end in held)


def _passage(figure: Figure, block: str, places: dict[str, tuple[int, int]], offset: int) -> Passage:
    """The lines that say a figure, with their columns' names."""
    start, end = _span(figure, places)
    start = block.rfind("\n", 0, start) + 1
    return Passage(block[start:end], start + offset, end + offset)


def _quantifier(figure: Figure) -> Quantifier:
    if figure.low is None:
        return "unquantified" if figure.high is None else "at_most"
    if figure.high is None:
        return "at_least"
    return "exact" if figure.low == figure.high else "range"


def _place(row: Row, said: tuple[str | None, int | None, int | None]) -> Place | None:
    text, start, end = said
    if text is None and row.within is None and row.lat is None:
        return None
    name = text or (row.within or "").partition(", ")[0] or "not named"
    precision = row.precision if row.lat is not None else None
    return Place(
        name=name, text=text, start=start, end=end, lat=row.lat, lon=row.lon, precision=precision,
        within=row.within if row.within != name else None,
    )  # fmt: skip


def _time(row: Row, said: tuple[str | None, int | None, int | None]) -> Time | None:
    if row.first is None:
        return None
    text, start, end = said
    precision = "day" if row.first == row.last else "period"
    return Time(text=text, start=start, end=end, from_=row.first, to=row.last, precision=precision)  # type: ignore[arg-type]


def _chain(row: Row, profile: Profile, quote: Quote) -> tuple[Source, ...]:
    chain = [Source(name=profile.publisher, kind=profile.kind)] if profile.publisher else []
    teller = row.said("said_by")
    if teller:
        text, start, end = quote(row.used["said_by"])
        chain.append(Source(name=" ".join(teller.split()), kind="unknown", text=text, start=start, end=end))
    return tuple(chain)


def _named(row: Row, field: str, quote: Quote) -> Named | None:
    said = row.said(field)
    if said is None:
        return None
    text, start, end = quote(row.used[field])
    return Named(name=" ".join(said.split()), text=text, start=start, end=end)
