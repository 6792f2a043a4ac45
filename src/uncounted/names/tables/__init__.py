"""The tables by which names are read, one file a script: a change of a table is a change of ``FOLD_VERSION``."""

import functools
import importlib.resources


@functools.cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of table ``name`` as tuples of cells; lines that start with ``#`` are remarks."""
    text = importlib.resources.files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


@functools.cache
def words(kind: str) -> frozenset[str]:
    """Return the particles of one kind: ``article``, ``servant``, ``kunya``, ``suffix``, ``son``, ``title``, ``mother``
    (a kunya that no family name begins with) or ``shell`` (what a joined word may lose; see :mod:`..core`).
    And, for :mod:`..told`: ``describing`` (no name begins so), ``between`` (written small inside a name), ``leading``
    (after it a place follows, no person), ``noun`` (a given name that is a common noun as well).
    """
    return frozenset(word for found, word in rows("particles") if found == kind)
