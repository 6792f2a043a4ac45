"""Exchange: what others publish and collect, row by row, as claims with their rows as evidence.

A profile (``profiles/NAME.toml``) says what the columns of a form mean; a new form needs a new profile and no code.
"""

from uncounted.stages.exchange.back import written_back
from uncounted.stages.exchange.difference import Changed, Difference, RowState, difference
from uncounted.stages.exchange.profile import Profile, profile, profiles
from uncounted.stages.exchange.rows import BadRow, Row, rows
from uncounted.stages.exchange.sources import Table, opened
from uncounted.stages.exchange.writing import Stretch, stretches

__all__ = [
    "BadRow", "Changed", "Difference", "Profile", "Row", "RowState", "Stretch", "Table", "difference", "opened",
    "profile", "profiles", "rows", "stretches", "written_back",
]  # fmt: skip
