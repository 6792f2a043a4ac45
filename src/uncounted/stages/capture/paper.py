"""Print a page of our own making to PDF, with the system's browser in a cage that lets nothing out.

A browser sets mixed directions of writing as Unicode says (UAX #9), which PDF libraries do not all do.
"""

import asyncio

from uncounted.model.errors import BadInput, Refused
from uncounted.stages.capture.browser import browser_path, can_browse, launched
from uncounted.stages.capture.caged import caged
from uncounted.stages.capture.driver import driver
from uncounted.stages.capture.gate import Gate
from uncounted.stages.capture.waiting import finished


def print_pdf(html: str, *, title: str) -> bytes:
    """The PDF of a page that refers to nothing outside it. :class:`Refused` where there is no browser."""
    if not can_browse():
        raise Refused(title, "printing a PDF needs a browser", "Install the package 'chromium', or print the text")
    return finished(_printed(html, title))


def _nowhere(host: str, port: int) -> list[str]:
    raise OSError("nothing is let out while printing")


async def _printed(html: str, title: str) -> bytes:
    from playwright.async_api import Error

    try:
        async with (
            asyncio.timeout(60),
            caged(Gate(_nowhere, limit=0, patience=0.0), str(browser_path())) as cage,
            driver() as playwright,
        ):
            browser = await launched(playwright, cage)
            try:
                page = await browser.new_page(java_script_enabled=False)
                await page.set_content(html)
                return await page.pdf(format="A4", print_background=True, tagged=True)
            finally:
                await browser.close()
    except (TimeoutError, Error) as fault:
        raise BadInput(
            title, f"it could not be printed ({str(fault).splitlines()[0][:100]})", "Print the text"
        ) from fault
