"""A real browser that fails a test when it asks for anything outside of this machine, and a desk to look at."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.needs import BROWSER, driven
from tests.stages.publish.invented import dossier
from tests.web.invented_case import BY, built
from uncounted.case.desk import CaseDesk
from uncounted.stages.publish import publish
from uncounted.web.app import HOST, create_app
from uncounted.web.door import Door

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-default-apps")  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, or a skip that says what to install."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None or not driven():
        pytest.skip(BROWSER)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield launched
        launched.close()


def watched(browser: Browser, allowed: tuple[str, ...], **options: object) -> Iterator[BrowserContext]:
    """A context in which a request to anywhere else, or a complaint of the browser's policies, fails the test."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    outside: list[str] = []
    complaints: list[str] = []

    def watch(request: Request) -> None:
        if not request.url.startswith(allowed):
            outside.append(request.url)

    context.on("request", watch)
    context.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
    context.on("weberror", lambda e: complaints.append(str(e.error)))
    yield context
    context.close()
    assert outside == [], "requests left this machine"
    assert complaints == []


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CaseDesk]:
    made = built(tmp_path / "case")
    yield made
    made.close()
    made.case.close()


@pytest.fixture
def door(desk: CaseDesk) -> Door:
    return Door(desk.people, BY)


@pytest.fixture
def address(desk: CaseDesk, door: Door) -> Iterator[str]:
    """The address of a desk served on loopback."""
    yield from served(desk, door)


def served(desk: CaseDesk, door: Door) -> Iterator[str]:
    """Serve a desk in a thread of its own while its address is used."""
    server = uvicorn.Server(uvicorn.Config(create_app(desk, door), host=HOST, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://{HOST}:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def page(browser: Browser, address: str, door: Door) -> Iterator[Page]:
    """A page of somebody who came in, whose every request must stay on the desk."""
    for context in watched(browser, (address + "/",)):
        yield _entered(context.new_page(), address, door)


@pytest.fixture
def plain_page(browser: Browser, address: str, door: Door) -> Iterator[Page]:
    """The same without scripting."""
    for context in watched(browser, (address + "/",), java_script_enabled=False):
        yield _entered(context.new_page(), address, door)


def _entered(page: Page, address: str, door: Door) -> Page:
    page.goto(f"{address}/enter/{door.ticket}")
    return page


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published release in a folder."""
    folder = tmp_path_factory.mktemp("release")
    publish(dossier(), folder)
    return folder


@pytest.fixture
def paper(browser: Browser, release: Path) -> Iterator[Page]:
    """A page that may read the release from disk and nothing else."""
    for context in watched(browser, (release.as_uri() + "/",), viewport={"width": 390, "height": 800}):
        yield context.new_page()
