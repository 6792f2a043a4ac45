"""Wait for what runs beside: a coroutine brought to its end, from anywhere."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def finished(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end and return what it gives, or raise what it raises.

    It runs in a thread with a loop of its own, so a caller in whose thread a loop runs already can wait for it too.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(asyncio.run, coroutine).result()
