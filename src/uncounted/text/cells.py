"""Cells of tables that a spreadsheet opens: what it could take for a formula, and the guard against that."""

import re

RISKY = frozenset("'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""First characters that a spreadsheet could take for a formula's, and the apostrophe that guards against it."""


def formula_safe(cell: object) -> str:
    """A CSV cell that a spreadsheet takes for text: a leading ``= + - @``, tab or return gets an apostrophe first.

    Leading spaces and full-width forms of these signs count too, for some programs skip or fold them (OWASP, *CSV
    Injection*). A leading apostrophe gets another, so that :func:`unguarded` gives every cell back as it was. Numbers
    stay numbers; ``None`` is an empty cell, never 0.
    """
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell)
    said = str(cell)
    if not said:
        return said
    if said[0] in RISKY:
        return "'" + said
    if said[0].isspace() and (bare := said.lstrip()) and bare[0] in RISKY:
        return "'" + said
    return said


def unguarded(cell: str) -> str:
    """A cell of our CSV as it was before :func:`formula_safe`."""
    return cell.removeprefix("'")


_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def is_risky(said: str) -> bool:
    """Whether a spreadsheet could take a cell of CSV for a formula; a plain signed number is none."""
    return formula_safe(said) != said and not said.startswith("'") and not _NUMBER.fullmatch(said)
