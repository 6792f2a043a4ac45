"""Servers are asked one thing at a time, what they allow, and left alone when they say so."""

import msgspec
import pytest

from tests.stages.capture.make import FIXED
from tests.stages.capture.server import Answer, serving
from uncounted.model.errors import BadInput, Refused
from uncounted.stages.capture.polite import Polite, Wait

LOCAL = msgspec.structs.replace(FIXED, allow_loopback=True)
OK: Answer = (200, {}, b"x")


class Clock:
    def __init__(self) -> None:
        self.at, self.pauses = 100.0, list[float]()

    def now(self) -> float:
        return self.at

    def pause(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 3))
        self.at += seconds


def polite(clock: Clock) -> Polite:
    return Polite(LOCAL, delay=5, pause=clock.pause, now=clock.now)


def test_two_requests_to_a_host_are_apart_and_its_robots_txt_is_read_once() -> None:
    clock = Clock()
    with serving({"/a": OK, "/b": OK}) as server:
        asking = polite(clock)
        for path in ("/a", "/b", "/b"):
            asking.ask(server.url(path))
        assert server.asked == ["/robots.txt", "/a", "/b", "/b"]
    assert clock.pauses == [5, 5, 5]


def test_what_robots_txt_disallows_is_not_asked_for_and_its_delay_is_kept() -> None:
    clock = Clock()
    rules = b"User-agent: *\nDisallow: /private\nCrawl-delay: 20\n"
    with serving({"/robots.txt": (200, {}, rules), "/a": OK, "/private/x": OK}) as server:
        asking = polite(clock)
        with pytest.raises(Refused, match=r"robots\.txt"):
            asking.ask(server.url("/private/x"))
        asking.ask(server.url("/a"))
        assert server.asked == ["/robots.txt", "/a"]
    assert clock.pauses == [20]


def test_while_a_server_fails_nothing_is_asked_for_and_its_robots_txt_is_not_blamed() -> None:
    with serving({"/robots.txt": (503, {}, b""), "/a": OK}) as server:
        asking = polite(Clock())
        with pytest.raises(Wait, match="left alone"):
            asking.ask(server.url("/a"))
        assert server.asked == ["/robots.txt"]
        server.answers["/robots.txt"] = (404, {}, b"")
        assert asking.ask(server.url("/a")).status == 200


def test_a_connection_that_fails_is_not_a_site_that_refuses() -> None:
    with serving({"/a": OK}) as server:
        url = server.url("/a")
    asking = polite(Clock())
    with pytest.raises(BadInput, match=r"robots\.txt could not be had \(it could not be fetched"):
        asking.ask(url)


@pytest.mark.parametrize(("header", "seconds"), [("90", 90), ("later", 600), ("999999999", 86400)])
def test_a_server_that_wants_to_be_left_alone_says_for_how_long(header: str, seconds: float) -> None:
    with serving({"/a": (429, {"Retry-After": header}, b"")}) as server, pytest.raises(Wait) as raised:
        polite(Clock()).ask(server.url("/a"))
    assert raised.value.seconds == seconds
