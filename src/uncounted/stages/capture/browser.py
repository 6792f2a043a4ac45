"""A visit to a page with the system's Chromium: what a reader would have seen, and every byte it was made from.

The browser runs in a cage (``cage``): as nobody, in a network namespace whose only way out is the gate, which lets out
what the page itself asked for, to open addresses alone. WebSockets, downloads, pop-ups and service workers are refused
and named; what could not be kept makes the visit partial.
"""

import asyncio
import shutil
from typing import TYPE_CHECKING

import msgspec

from uncounted.model.errors import BadInput, Refused
from uncounted.stages.capture.address import Resolve, parse
from uncounted.stages.capture.caged import Cage, caged
from uncounted.stages.capture.driver import driver
from uncounted.stages.capture.gate import UNASKED, Connect, Gate
from uncounted.stages.capture.taken import Options
from uncounted.stages.capture.waiting import finished
from uncounted.stages.capture.watch import Visit, Watch

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-quic", "--disable-gpu", "--no-first-run", "--disable-component-update", "--disable-sync",
    "--disable-background-networking", "--disable-domain-reliability", "--disable-client-side-phishing-detection",
    "--no-pings", "--dns-prefetch-disable",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--proxy-server=socks5://127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)  # fmt: skip


def browser_path() -> str | None:
    """The system's Chromium, ``None`` when there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def can_browse() -> bool:
    """Whether this machine has all that a visit needs."""
    from importlib.util import find_spec

    return browser_path() is not None and find_spec("playwright") is not None


def visit(url: str, options: Options, how: Resolve, connect: Connect = asyncio.open_connection) -> Visit:
    """Visit a page. Raises :class:`Refused` for a closed address, :class:`BadInput` for a page that does not come."""
    asked = parse(url)
    if not can_browse():
        raise Refused(
            f"address {url[:80]}", "no browser to visit it with",
            "Install the package 'chromium' and uncounted[browser], or add it with --plain",
        )  # fmt: skip
    return finished(_visited(str(asked), options, how, connect))


async def _visited(url: str, options: Options, how: Resolve, connect: Connect) -> Visit:
    from playwright.async_api import Error

    gate = Gate(how, limit=options.page_bytes, allow_loopback=options.allow_loopback, connect=connect)
    try:
        async with (
            asyncio.timeout(options.web_seconds * 2 + 20),
            caged(gate, str(browser_path())) as cage,
            driver() as playwright,
        ):
            browser = await launched(playwright, cage)
            try:
                width, height = options.viewport
                context = await browser.new_context(
                    service_workers="block", accept_downloads=False, locale=options.locale, timezone_id="UTC",
                    viewport={"width": width, "height": height},
                )  # fmt: skip
                watching = Watch(url, options, gate, context)
                seen = await watching.kept(_equipment(options, browser.version))
                return with_state(seen, gate, cage)
            finally:
                await browser.close()
    except TimeoutError as fault:
        raise BadInput(
            url, "the browser did not finish with it in time", "Try again, or add it with --plain"
        ) from fault
    except Error as fault:
        said = str(fault).splitlines()[0][:200]
        raise BadInput(url, f"the browser could not open it ({said})", "Try again, or add it with --plain") from fault


async def launched(playwright: "Playwright", cage: Cage) -> "Browser":
    """The browser, started in its cage."""
    return await playwright.chromium.launch(
        executable_path=cage.launcher, headless=True, chromium_sandbox=True, args=list(FLAGS),
        env={"HOME": str(cage.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )  # fmt: skip


def _equipment(options: Options, version: str) -> dict[str, object]:
    """With what a page is looked at."""
    from importlib.metadata import version as installed

    return {
        "browser": f"Chromium {version}", "driver": f"playwright {installed('playwright')}", "flags": list(FLAGS),
        "viewport": list(options.viewport), "locale": options.locale, "timezone": "UTC",
    }  # fmt: skip


def with_state(seen: Visit, gate: Gate, cage: Cage) -> Visit:
    """The visit with what is known at its end: how the cage was, where the gate led, whom it turned away."""
    unasked = sorted(name for name, why in gate.refused.items() if why == UNASKED)
    told = {
        "cage": {name: value for name, value in cage.state.items() if name != "port"},
        "not_asked_for_and_not_let_out": unasked,
        "addresses": dict(sorted(gate.addresses.items())),
    }
    return msgspec.structs.replace(seen, state={**seen.state, **told})
