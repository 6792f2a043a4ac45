"""``uncounted.estimate(lists)``: the room itself, called like a function.

The room and the public function have one name, so the module is made callable; nothing else of it changes.
"""

import types
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from uncounted.model.errors import BadInput

if TYPE_CHECKING:
    from uncounted.estimate.result import Estimate


def estimate(
    lists: Mapping[str, Sequence[object]], model: str = "loglinear", *, seed: int = 1, level: float = 0.95,
    **options: Any,
) -> "Estimate":  # fmt: skip
    """Estimate how many no list holds, from columns: one row a person, a column of 0 and 1 a list.

    Or one row a pattern with a column ``count``. ``model`` is an engine's name; ``options`` are its own. The same seed
    gives the same figures. :class:`NotEnough` is raised, with the reason, where the lists cannot carry a number.
    """
    from uncounted.estimate.engines import run
    from uncounted.estimate.rows import read_columns

    if len({len(column) for column in lists.values()}) != 1:
        raise BadInput("lists", "the columns are not all of one length")
    columns = {name: [str(cell) for cell in column] for name, column in lists.items()}
    return run(model, read_columns(columns), seed=seed, level=level, **options)


class Callable(types.ModuleType):
    """A module that estimates when it is called; see :func:`estimate`."""

    def __call__(self, lists: Mapping[str, Sequence[object]], model: str = "loglinear", **options: Any) -> "Estimate":
        """Estimate from lists."""
        return estimate(lists, model, **options)
