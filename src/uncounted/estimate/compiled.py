"""The one way this room compiles: numba without the interpreter lock, cached on disk where a cache can be written."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")
NO_DOORS: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""What is called from compiled code alone needs no entrance for others; each would take time to compile."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` for arrays.

    The machine code is kept beside the module or in the user's cache folder. Where neither can be written the function
    is compiled anew in each process, which costs seconds and changes nothing else.
    """
    return _compile(function, {})


def inner(function: Callable[P, R]) -> Callable[P, R]:
    """Compile like :func:`compiled` a function that is called from other compiled functions alone."""
    return _compile(function, NO_DOORS)


def inlined(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a small function that is called millions of times from other compiled code, into its callers."""
    return cast(Callable[P, R], numba.njit(nogil=True, error_model="numpy", forceinline=True, **NO_DOORS)(function))


def _compile(function: Callable[P, R], more: dict[str, Any]) -> Callable[P, R]:
    try:
        built = numba.njit(cache=True, nogil=True, error_model="numpy", **more)(function)
    except RuntimeError:
        built = numba.njit(nogil=True, error_model="numpy", **more)(function)
    return cast(Callable[P, R], built)


@inlined
def put(to: NDArray[Any], what: NDArray[Any]) -> None:
    """Copy one row into another of the same length.

    ``to[:] = what`` would do the same, and would have each function that says it compile the text of an error about
    unequal lengths, which takes seconds.
    """
    for i in range(to.shape[0]):
        to[i] = what[i]
