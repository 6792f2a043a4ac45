"""Watching one visit: what the page asked for and got, what it looked like, and what could not be kept."""

import asyncio
import base64
import contextlib
import ssl
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from uncounted.model.errors import BadInput
from uncounted.stages.capture.exchange import Exchange, Headers
from uncounted.stages.capture.gate import UNASKED, Gate
from uncounted.stages.capture.taken import Options

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext, CDPSession, Page, Request, Response

TALLEST = 16_000
"""Pixels of page height beyond which Chromium paints nothing more."""

SCROLL = """async () => {
  const step = innerHeight, last = Math.min(document.documentElement.scrollHeight, 40 * innerHeight);
  for (let y = 0; y < last; y += step) { scrollTo(0, y); await new Promise(done => setTimeout(done, 25)); }
  scrollTo(0, 0);
  return document.documentElement.scrollHeight;
}"""
"""Goes down the page once, so that pictures that load when they come into view are there."""


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What a visit found. ``html`` is the rendered DOM, ``words`` the text as shown, ``state`` how it was made.

    ``kind`` is the content type of the page itself; ``partial`` says in words what could not be kept.
    """

    requested: str
    url: str
    status: int
    kind: str
    headers: Headers
    began: str
    ended: str
    title: str
    html: str
    words: str
    picture: bytes
    paper: bytes
    exchanges: tuple[Exchange, ...]
    redirects: tuple[dict[str, object], ...]
    tls: dict[str, object]
    state: dict[str, object]
    partial: tuple[str, ...]


class Watch:
    """Listens to one visit. Bodies are fetched as requests finish, for a browser soon forgets them."""

    def __init__(self, url: str, options: Options, gate: Gate, context: "BrowserContext") -> None:
        self.url, self.options, self.gate, self.context = url, options, gate, context
        self.partial: list[str] = []
        self._exchanges: list[tuple[int, Exchange]] = []
        self._order: dict[int, tuple[int, str]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = 0
        context.on("request", self._request)
        context.on("requestfinished", lambda request: self._soon(self._finished(request)))
        context.on("requestfailed", lambda request: self._soon(self._failed(request)))

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _request(self, request: "Request") -> None:
        self._order[id(request)] = (len(self._order), now())
        host, port = _host_port(request.url)
        if host:
            self._soon(self.gate.asked(host, port))

    async def _failed(self, request: "Request") -> None:
        if _host_port(request.url)[0]:
            self.partial.append(f"{request.url[:200]} did not load ({request.failure or 'no reason given'})")

    async def _finished(self, request: "Request") -> None:
        from playwright.async_api import Error

        host, _ = _host_port(request.url)
        if not host:
            return  # data: and blob: are in the page already
        place, at = self._order.get(id(request), (len(self._order), now()))
        try:
            response = await request.response()
            if response is None:
                return
            body, lost = await self._body(response)
            one = Exchange(
                url=request.url, method=request.method, at=at, posted=request.post_data_buffer or b"",
                request_headers=_pairs(await request.headers_array()), status=response.status,
                status_text=response.status_text, headers=_pairs(await response.headers_array()),
                version=_version(await response.http_version()), body=body, lost=lost,
                address=self.gate.addresses.get(host),
            )  # fmt: skip
        except Error as fault:
            self.partial.append(f"{request.url[:200]} was not kept ({str(fault).splitlines()[0][:100]})")
            return
        self._exchanges.append((place, one))

    async def _body(self, response: "Response") -> tuple[bytes | None, str]:
        from playwright.async_api import Error

        if 300 <= response.status < 400 or response.status == 204:
            return b"", ""
        try:
            body = await response.body()
        except Error as fault:
            lost = str(fault).splitlines()[0][:100]
            self.partial.append(f"the body of {response.url[:200]} was not kept ({lost})")
            return None, lost
        if response.status == 206:
            self.partial.append(f"{response.url[:200]} was loaded in part only, as a player asks for it")
        return body, ""

    async def kept(self, state: dict[str, object]) -> Visit:
        """Open the page, look at all of it, and keep what there is; ``state`` says with what it is looked at."""
        await self.context.route_web_socket("**/*", self._web_socket)
        page = await self.context.new_page()
        session = await self.context.new_cdp_session(page)
        await session.send("Network.enable")  # before anything loads, else no certificate is remembered
        self.context.on("page", lambda other: self._soon(self._closed(other)))
        began = now()
        main = await self._opened(page)
        tall = await self._settled(page)
        stood = page.url
        picture, paper = await self._pictures(page, tall)
        html, title, last = await page.content(), await page.title(), page.url
        words = await page.evaluate("document.body ? document.body.innerText : ''")
        if not _host_port(last)[0]:
            raise BadInput(self.url, "it sends the browser on to where none is let", "Save the page and add the file")
        if last != stood:
            self.partial.append(
                f"the page went on to {last[:200]} while it was kept; the picture may be of {stood[:200]}"
            )
        tls = await self._tls(session, main)
        await self._gathered()
        if self.gate.over:
            self.partial.append(f"the page sends more than the limit of {self.options.page_bytes:,} bytes")
        refused = {name: why for name, why in self.gate.refused.items() if why != UNASKED}
        self.partial += [f"{name} was not let in or out: {why}" for name, why in refused.items()]
        exchanges = tuple(one for _, one in sorted(self._exchanges, key=lambda pair: pair[0]))
        return Visit(
            requested=self.url, url=last, status=main.status,
            kind=(await main.header_value("content-type") or "").partition(";")[0].strip().lower(),
            headers=_pairs(await main.headers_array()), began=began, ended=now(), title=title, html=html, words=words,
            picture=picture, paper=paper, exchanges=exchanges, redirects=await self._redirects(main), tls=tls,
            partial=tuple(dict.fromkeys(self.partial)), state=state,
        )  # fmt: skip

    async def _opened(self, page: "Page") -> "Response":
        from playwright.async_api import TimeoutError as Late

        answers: list[Response] = []

        def navigated(response: "Response") -> None:
            if response.request.is_navigation_request() and response.frame == page.main_frame:
                answers.append(response)

        page.on("response", navigated)
        try:
            found = await page.goto(self.url, wait_until="load", timeout=self.options.web_seconds * 1000)
            if found is not None:
                answers.append(found)
        except Late:
            self.partial.append(f"the page was still loading after {self.options.web_seconds:g} seconds")
        if not answers:
            raise BadInput(self.url, "no answer came", "Try again later, or save the page as a file and add that")
        return answers[-1]

    async def _settled(self, page: "Page") -> int:
        """Go down the page once and wait until it is quiet; returns its height in pixels."""
        from playwright.async_api import Error

        tall = 0
        with contextlib.suppress(Error):
            tall = int(await page.evaluate(SCROLL))
        with contextlib.suppress(Error):
            await page.wait_for_load_state("networkidle", timeout=2000)
        return tall

    async def _pictures(self, page: "Page", tall: int) -> tuple[bytes, bytes]:
        from playwright.async_api import Error

        picture = paper = b""
        try:
            if tall > TALLEST:
                self.partial.append(f"the picture shows the first {TALLEST:,} of {tall:,} pixels of the page")
                await page.set_viewport_size({"width": self.options.viewport[0], "height": TALLEST})
            picture = await page.screenshot(full_page=tall <= TALLEST, animations="disabled")
        except Error as fault:
            self.partial.append(f"no picture could be taken ({str(fault).splitlines()[0][:100]})")
        try:
            await page.emulate_media(media="screen")
            paper = await page.pdf(print_background=True, format="A4")
        except Error as fault:
            self.partial.append(f"no PDF could be made ({str(fault).splitlines()[0][:100]})")
        return picture, paper

    async def _tls(self, session: "CDPSession", main: "Response") -> dict[str, object]:
        """How TLS was spoken with the page's own server, and its certificates (PEM)."""
        from playwright.async_api import Error

        if not main.url.startswith("https:"):
            return {}
        found: dict[str, object] = {}
        with contextlib.suppress(Error):
            found = dict(await main.security_details() or {})
            origin = "/".join(main.url.split("/", 3)[:3])
            names = (await session.send("Network.getCertificate", {"origin": origin}))["tableNames"]
            found["certificates"] = [ssl.DER_cert_to_PEM_cert(base64.b64decode(name)) for name in names]
        return found

    async def _redirects(self, main: "Response") -> tuple[dict[str, object], ...]:
        hops, request = list[dict[str, object]](), main.request.redirected_from
        while request is not None:
            response = await request.response()
            host, _ = _host_port(request.url)
            hops.append({
                "url": request.url, "status": response.status if response else None,
                "location": await response.header_value("location") if response else None,
                "address": self.gate.addresses.get(host),
            })  # fmt: skip
            request = request.redirected_from
        return tuple(reversed(hops))

    async def _web_socket(self, socket: Any) -> None:
        self.partial.append(f"a WebSocket to {socket.url[:200]} was not opened: what it sends cannot be kept")
        await socket.close()

    async def _closed(self, page: "Page") -> None:
        self.partial.append("the page opened another window, which was closed")
        await page.close()

    async def _gathered(self) -> None:
        """Wait for bodies that are still being fetched, not for ever."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=5)
            for task in late:
                task.cancel()
            if late:
                self.partial.append(f"{len(late)} bodies did not come in time")


def now() -> str:
    """The clock's time, RFC 3339 in UTC, with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _host_port(url: str) -> tuple[str, int]:
    """Host and port of an ``http(s)`` or ``ws(s)`` address; an empty host for any other."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https", "ws", "wss"}:
        return "", 0
    try:
        return parts.hostname or "", parts.port or (443 if parts.scheme in {"https", "wss"} else 80)
    except ValueError:
        return "", 0


def _pairs(headers: list[Any]) -> Headers:
    return tuple((one["name"], one["value"]) for one in headers)


def _version(said: str) -> str:
    return said.upper() if said else "HTTP/1.1"
