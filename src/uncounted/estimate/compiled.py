"""The one way this room compiles: numba without the interpreter lock, cached on disk where a cache can be written."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a small function that is called millions of times from other compiled code, into its callers."""
    return cast(Callable[P, R], numba.njit(nogil=True, error_model="numpy", forceinline=True)(function))


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` for arrays.

    The machine code is kept beside the module or in the user's cache folder. Where neither can be written the function
    is compiled anew in each process, which costs seconds and changes nothing else.
    """
    try:
        built = numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        built = numba.njit(nogil=True, error_model="numpy")(function)
    return cast(Callable[P, R], built)
