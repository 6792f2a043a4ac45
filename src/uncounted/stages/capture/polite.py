"""Politeness towards servers that are asked again and again: their robots.txt, and time between two requests."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec

from uncounted.model.errors import BadInput, Refused
from uncounted.stages.capture.address import Resolve, resolve
from uncounted.stages.capture.exchange import Headers
from uncounted.stages.capture.taken import Options
from uncounted.stages.capture.web import AGENT, Page, answered

LONGEST = 60.0
"""Seconds that a robots.txt may ask us to wait between two requests; who asks for more is asked once a minute."""


class Wait(Refused):
    """The server asks to be left alone for a while; ``seconds`` says for how long."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(url, f"the server asks to be left alone for {seconds:.0f} seconds", "It is asked again later")
        self.seconds = seconds


class Polite:
    """Asks servers in turn: no sooner than ``delay`` seconds after the last request to the same host, and only what its
    robots.txt (RFC 9309) allows a program. ``pause`` and ``now`` are the clock, for tests.
    """

    def __init__(
        self,
        options: Options,
        *,
        delay: float = 5.0,
        how: Resolve = resolve,
        pause: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.options, self.delay, self.how = options, delay, how
        self._pause, self._now = pause, now
        self._last: dict[str, float] = {}
        self._rules: dict[str, _Rules] = {}

    def ask(self, url: str, headers: Headers = ()) -> Page:
        """What the server answers, when it is this host's turn; :class:`Wait` when it wants to be left alone."""
        self.turn(url)
        page = answered(url, self.options, self.how, headers)
        if page.status in {429, 503}:
            raise Wait(url, _seconds(page.header("retry-after")))
        return page

    def turn(self, url: str) -> None:
        """Wait until this host may be asked again. :class:`Refused` when its robots.txt does not want it.

        What keeps its robots.txt from being had is raised and not remembered: see :func:`_rules`.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._wait(origin, self.delay)
            self._rules[origin] = _rules(origin, self.options, self.how)
        rules = self._rules[origin]
        if not rules.allows(url):
            raise Refused(
                url, "the site's robots.txt asks programs not to fetch it", "Add it by hand: uncounted add URL"
            )
        self._wait(origin, max(self.delay, min(rules.delay, LONGEST)))

    def _wait(self, origin: str, delay: float) -> None:
        if (last := self._last.get(origin)) is not None and (left := last + delay - self._now()) > 0:
            self._pause(left)
        self._last[origin] = self._now()


class _Rules(msgspec.Struct, frozen=True):
    allows: Callable[[str], bool]
    delay: float = 0.0


def _rules(origin: str, options: Options, how: Resolve) -> _Rules:
    """The rules of a host: all is allowed where there is no robots.txt (RFC 9309).

    While it cannot be had nothing may be asked for, and that is another thing than being refused: :class:`Wait` where
    the server is busy or failing, :class:`BadInput` where it does not answer.
    """
    from protego import Protego

    try:
        page = answered(f"{origin}/robots.txt", options, how)
    except BadInput as fault:
        rule = f"its site's robots.txt could not be had ({fault.rule}), so nothing is asked for"
        raise BadInput(origin, rule, "It is asked again the next time") from fault
    if page.status == 429 or page.status >= 500:
        raise Wait(origin, _seconds(page.header("retry-after")))
    if page.status != 200:
        return _Rules(lambda _: True)
    said = Protego.parse(page.body[:500_000].decode("utf-8", errors="replace"))
    agent = AGENT.partition("/")[0]
    return _Rules(lambda url: bool(said.can_fetch(url, agent)), float(said.crawl_delay(agent) or 0))


def _seconds(said: str | None) -> float:
    """Seconds of a ``Retry-After`` header; ten minutes where it says none, or a date."""
    return min(float(said), 86_400.0) if said and said.isdigit() else 600.0


def usable_feed(page: Page) -> Page:
    """The page of a feed, unless the server has none."""
    if page.status not in {200, 304}:
        raise BadInput(page.url, f"the server answered with status {page.status}", "Check the feed's address")
    return page
