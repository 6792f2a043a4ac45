"""The program between Python and the browser, which needs a few libraries of the system."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from uncounted.model.errors import Refused

if TYPE_CHECKING:
    from playwright.async_api import Playwright


@asynccontextmanager
async def driver() -> "AsyncIterator[Playwright]":
    """The browser's driver, started and stopped. Raises :class:`Refused` where it can't start on this machine."""
    from playwright.async_api import async_playwright

    try:
        started = await async_playwright().start()
    except Exception as fault:  # the library raises nothing narrower
        raise Refused(
            "the browser's driver",
            f"it does not start on this machine ({str(fault).splitlines()[0][:120]})",
            "It needs libatomic: install the package 'libatomic1', or add addresses with --plain",
        ) from fault
    try:
        yield started
    finally:
        await started.stop()
