"""What a table can carry: the overlap picture that is shown before any number, and the reasons to give none."""

from itertools import combinations
from typing import Any

from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough

THIN = 5
"""Shared people below which a pair of lists says little about either."""
BY_CHANCE = 0.001
"""A list within another is called nested when independent lists would nest less often than this."""


def picture(table: Table) -> dict[str, Any]:
    """Describe the overlaps: sizes of lists and pairs, share on one list only, empty patterns, thin pairs, nesting."""
    pairs = table.pairs()
    among = list(combinations(range(len(table.lists)), 2))
    single = int(table.counts[table.patterns.sum(axis=1) == 1].sum())
    possible = 2 ** len(table.lists) - 1
    return {
        "sizes": dict(zip(table.lists, table.sizes.tolist(), strict=True)),
        "overlaps": {f"{table.lists[i]} & {table.lists[j]}": int(pairs[i, j]) for i, j in among},
        "on_one_list_only": single / table.observed if table.observed else None,
        "empty_patterns": possible - len(table.counts),
        "patterns": possible,
        "thin_pairs": [f"{table.lists[i]} & {table.lists[j]}" for i, j in among if pairs[i, j] < THIN],
        "nested": [f"{inner} in {outer}" for inner, outer in nested(table)],
        "table": table.hash,
    }


def nested(table: Table) -> list[tuple[str, str]]:
    """Pairs (inner, outer) where everyone on the inner list is on the outer one, whatever the reason."""
    pairs, sizes = table.pairs(), table.sizes
    return [
        (table.lists[i], table.lists[j])
        for i in range(len(sizes))
        for j in range(len(sizes))
        if i != j and sizes[i] > 0 and pairs[i, j] == sizes[i]
    ]


def without_empty(table: Table) -> tuple[Table, tuple[str, ...]]:
    """Leave out lists that hold nobody: they say nothing. The second value names them in a warning."""
    empty = [name for name, size in zip(table.lists, table.sizes, strict=True) if size == 0]
    if not empty:
        return table, ()
    kept = table.keep([name for name in table.lists if name not in empty])
    return kept, tuple(f"list {name!r} holds nobody and was left out" for name in empty)


def carry(table: Table, least: int, engine: str) -> tuple[Table, tuple[str, ...]]:
    """Return the table that an engine may use, with warnings; or refuse.

    ``least`` is how many lists the engine needs. Raises :class:`NotEnough` when there is nobody, too few lists, no
    person on two lists, a list that copies another, or a list that lies within another more neatly than chance allows.
    """
    table, warnings = without_empty(table)
    count = len(table.lists)
    if table.observed == 0:
        raise NotEnough("the table", "holds nobody", "Nothing can be estimated from nobody.")
    if count < 2:
        raise NotEnough(
            f"{table.lists[0]!r} alone",
            "one list says nothing about those it missed",
            "Add a second list that was made independently.",
        )
    if count < least:
        raise NotEnough(
            f"{count} lists",
            f"{engine} needs at least {least}: with {count} it would have to assume what it claims to find",
            "Use chapman, dr or chao, or add a list.",
        )
    if (table.patterns.sum(axis=1) == 1).all():
        raise NotEnough(
            ", ".join(table.lists),
            "nobody is on two lists, so the lists say nothing about those they missed",
            "Check the matching; without a shared person any total is possible.",
        )
    _refuse_copies(table)
    return table, warnings + _warn(table)


def _refuse_copies(table: Table) -> None:
    within = nested(table)
    for inner, outer in within:
        if (outer, inner) in within:
            raise NotEnough(
                f"{inner!r} and {outer!r}",
                "hold exactly the same people: one copies the other, and a copy is not a second list",
                "Leave one of the two out with --lists.",
            )
    sizes = dict(zip(table.lists, table.sizes.tolist(), strict=True))
    for inner, outer in within:
        chance = (sizes[outer] / table.observed) ** sizes[inner]
        if len(table.lists) == 2 or chance < BY_CHANCE:
            raise NotEnough(
                f"{inner!r}",
                f"lies wholly within {outer!r} ({sizes[inner]} of {sizes[outer]} people), so it found nobody that "
                f"{outer!r} had missed and cannot be independent of it",
                f"Leave {inner!r} out with --lists, or find out how it was made.",
            )


def _warn(table: Table) -> tuple[str, ...]:
    said: list[str] = []
    pairs = table.pairs()
    thin = [
        f"{table.lists[i]} & {table.lists[j]} ({pairs[i, j]})"
        for i, j in combinations(range(len(table.lists)), 2)
        if pairs[i, j] < THIN
    ]
    if thin:
        said.append(f"fewer than {THIN} people are shared by {', '.join(thin)}; the total leans on few matches")
    for index, name in enumerate(table.lists):
        if pairs[index].sum() == pairs[index, index]:
            said.append(f"list {name!r} shares nobody with any other list")
    for inner, outer in nested(table):
        said.append(f"list {inner!r} lies wholly within {outer!r}")
    return tuple(said)
