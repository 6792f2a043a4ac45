"""Layer 1: multiple systems estimation. Arrays in, arrays out; knows no case and no file.

``run(name, table, seed=1)`` runs one engine of :data:`NAMES` on a :class:`Table`; ``by_stratum`` and ``over_draws``
carry it over strata and over draws of the links. Names are looked up when they are first used, so that importing this
room compiles nothing.
"""

import importlib
import sys
from typing import TYPE_CHECKING, Any

from uncounted.estimate import calling

if TYPE_CHECKING:
    from uncounted.estimate.covariates import Persons as Persons
    from uncounted.estimate.engines import NAMES as NAMES
    from uncounted.estimate.engines import run as run
    from uncounted.estimate.linkage import over_draws as over_draws
    from uncounted.estimate.result import Estimate as Estimate
    from uncounted.estimate.rows import read_columns as read_columns
    from uncounted.estimate.strata import by_stratum as by_stratum
    from uncounted.estimate.tables import Table as Table
    from uncounted.estimate.tables import from_links as from_links
    from uncounted.estimate.tables import from_patterns as from_patterns
    from uncounted.estimate.tables import from_persons as from_persons

_HOME = {
    "Persons": "covariates",
    "NAMES": "engines",
    "run": "engines",
    "over_draws": "linkage",
    "Estimate": "result",
    "read_columns": "rows",
    "by_stratum": "strata",
    "Table": "tables",
    "from_links": "tables",
    "from_patterns": "tables",
    "from_persons": "tables",
}
__all__ = sorted(_HOME)  # noqa: PLE0605 - a list of names, as it should be


def __getattr__(name: str) -> Any:
    """Import a public name from the file that holds it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME[name]}"), name)


sys.modules[__name__].__class__ = calling.Callable
