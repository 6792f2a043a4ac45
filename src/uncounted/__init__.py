"""Uncounted: from scattered reports of harm to a defensible toll.

From Python: ``uncounted.open(folder)``, ``uncounted.read(text)``, ``uncounted.estimate(lists)``,
``uncounted.verify(path)``. They are loaded when they are first used, so that importing this package costs nothing.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uncounted.library import Verified as Verified
    from uncounted.library import open as open
    from uncounted.library import read as read
    from uncounted.library import verify as verify

__version__ = "0.2.0"

_LIBRARY = ("open", "read", "verify", "Verified")


def __getattr__(name: str) -> Any:
    """Load one of the public names when it is first asked for."""
    if name in _LIBRARY:
        found = getattr(importlib.import_module("uncounted.library"), name)
        globals()[name] = found
        return found
    if name == "estimate":
        return importlib.import_module("uncounted.estimate")  # a room that can be called
    raise AttributeError(f"module 'uncounted' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted([*globals(), *_LIBRARY, "estimate"])
