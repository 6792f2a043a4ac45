"""Forty-odd ways to make a fetch reach a machine that it may not reach; none of them does.

``SHIELD`` is a stand-in for a public server: connections to its address end at a small server on loopback that sends
redirects. Every other address that a connection is opened to counts as reached.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import msgspec
import pytest

from tests.stages.capture.make import FIXED, PAGE
from tests.stages.capture.server import Server, serving
from uncounted.model.errors import BadInput, NotFound, Refused, UncountedError
from uncounted.stages.capture import found
from uncounted.stages.capture.address import choose, is_open, resolve
from uncounted.stages.capture.web import fetch

SHIELD = "93.184.215.14"
HTML = {"Content-Type": "text/html; charset=utf-8"}

DIRECT = [
    "http://127.0.0.1:{port}/canary",
    "http://127.8.9.10:{port}/canary",
    "http://localhost:{port}/canary",
    "http://LOCALHOST.:{port}/canary",
    "http://2130706433:{port}/canary",
    "http://0x7f000001:{port}/canary",
    "http://017700000001:{port}/canary",
    "http://0x7f.0.0.1:{port}/canary",
    "http://0177.0.0.1:{port}/canary",
    "http://127.1:{port}/canary",
    "http://127.0.1:{port}/canary",
    "http://0:{port}/canary",
    "http://0.0.0.0:{port}/canary",
    "http://127.0.0.1.:{port}/canary",
    "http://１２７.０.０.１:{port}/canary",
    "http://127。0。0。1:{port}/canary",
    "http://[::1]:{port}/canary",
    "http://[::]:{port}/canary",
    "http://[::ffff:127.0.0.1]:{port}/canary",
    "http://[::ffff:7f00:1]:{port}/canary",
    "http://[0:0:0:0:0:ffff:7f00:0001]:{port}/canary",
    "http://[::127.0.0.1]:{port}/canary",
    "http://[64:ff9b::7f00:1]:{port}/canary",
    "http://[2002:7f00:1::]:{port}/canary",
    "http://[2001:0:7f00:1::]:{port}/canary",
    "http://[fe80::1%25lo]:{port}/canary",
    "http://[fc00::1]:{port}/canary",
    "http://[ff02::1]:{port}/canary",
    "http://10.0.0.1:{port}/canary",
    "http://172.16.0.1:{port}/canary",
    "http://192.168.0.1:{port}/canary",
    "http://100.64.0.1:{port}/canary",
    "http://169.254.169.254/latest/meta-data/",
    "http://198.18.0.1:{port}/canary",
    "http://224.0.0.1:{port}/canary",
    "http://255.255.255.255:{port}/canary",
    "http://shield.example@127.0.0.1:{port}/canary",
    "http://127.0.0.1:{port}#@shield.example/canary",
    "http://shield.example\\@127.0.0.1:{port}/canary",
    "http://127.0.0.1:{port}\t/canary",
    "ws://127.0.0.1:{port}/canary",
    "wss://127.0.0.1:{port}/canary",
    "ftp://127.0.0.1:{port}/canary",
    "gopher://127.0.0.1:{port}/_GET%20/canary",
    "dict://127.0.0.1:{port}/canary",
    "file:///etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/canary",
    "http:///canary",
    "//127.0.0.1:{port}/canary",
]
"""Addresses that a person may be talked into giving."""

NAMES: dict[str, list[list[str]]] = {
    "shield.example": [[SHIELD]],
    "inside.example": [["127.0.0.1"]],
    "inside6.example": [["::1"]],
    "mapped.example": [["::ffff:127.0.0.1"]],
    "metadata.example": [["169.254.169.254"]],
    "mixed.example": [[SHIELD, "127.0.0.1"]],
    "mixed-first.example": [["10.0.0.5", SHIELD]],
    "rebinding.example": [[SHIELD], ["127.0.0.1"], ["127.0.0.1"]],
    "nowhere.example": [[]],
    "odd.example": [["not an address"]],
}
"""What the stand-in for a name server answers, the last answer again and again."""

NAMED = [f"http://{name}:{{port}}/canary" for name in NAMES if name not in {"shield.example", "rebinding.example"}]

LOCATIONS = [
    "http://127.0.0.1:{port}/canary",
    "//127.0.0.1:{port}/canary",
    "http://2130706433:{port}/canary",
    "http://[::1]:{port}/canary",
    "http://[::ffff:127.0.0.1]:{port}/canary",
    "http://inside.example:{port}/canary",
    "http://shield.example@127.0.0.1:{port}/canary",
    "http://169.254.169.254/latest/meta-data/",
    "https://127.0.0.1:{port}/canary",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{port}/canary",
    "ws://127.0.0.1:{port}/canary",
    "gopher://127.0.0.1:{port}/_canary",
    "data:text/html,canary",
    "http://0:{port}/canary",
]
"""Where a public server may send one on."""


class Wire:
    """The stand-ins for name server and network; ``reached`` lists what connections were opened to."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.reached: list[str] = []
        self.asked: dict[str, int] = {}
        self.real = httpcore.SyncBackend

    def resolve(self, host: str, port: int) -> list[str]:
        if host not in NAMES:
            return resolve(host, port)
        answers = NAMES[host]
        turn = self.asked.get(host, 0)
        self.asked[host] = turn + 1
        return answers[min(turn, len(answers) - 1)]

    def connect_tcp(self, host: str, port: int, *rest: Any) -> httpcore.NetworkStream:
        if host != SHIELD:
            self.reached.append(host)
            raise httpcore.ConnectError(f"reached {host}")
        return self.real().connect_tcp("127.0.0.1", self.server.port, *rest)


@contextmanager
def wired(
    monkeypatch: pytest.MonkeyPatch, answers: dict[str, Any], tls: ssl.SSLContext | None = None
) -> Iterator[Wire]:
    with serving({"/canary": (200, HTML, PAGE.encode()), **answers}, tls) as server:
        wire = Wire(server)

        class Backend:
            connect_tcp = staticmethod(wire.connect_tcp)

        monkeypatch.setattr(httpcore, "SyncBackend", Backend)
        yield wire


def test_the_corpus_is_large_enough() -> None:
    assert len(DIRECT) + len(NAMED) + len(LOCATIONS) >= 40


def test_the_stand_in_for_a_public_server_can_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tests below would prove nothing."""
    with wired(monkeypatch, {"/go": (302, {"Location": "/canary"}, b"")}) as wire:
        page = fetch("http://shield.example/go", FIXED, wire.resolve)
        assert page.body == PAGE.encode()
        assert page.record["address"] == SHIELD
        assert wire.server.asked == ["/go", "/canary"]


@pytest.mark.parametrize("payload", DIRECT + NAMED)
def test_no_address_reaches_inside(monkeypatch: pytest.MonkeyPatch, payload: str) -> None:
    with wired(monkeypatch, {}) as wire:
        with pytest.raises(UncountedError) as raised:
            fetch(payload.format(port=wire.server.port), FIXED, wire.resolve)
        assert isinstance(raised.value, Refused | BadInput)
        assert (wire.reached, wire.server.asked) == ([], [])


@pytest.mark.parametrize("payload", [*DIRECT, "data:text/html,canary", "javascript:fetch('//127.0.0.1/')"])
def test_no_address_is_taken_for_a_file_that_is_there(payload: str) -> None:
    with pytest.raises((Refused, BadInput, NotFound)):
        list(found(payload.format(port=9), FIXED))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", LOCATIONS)
def test_no_redirect_reaches_inside(monkeypatch: pytest.MonkeyPatch, location: str, status: int) -> None:
    answers: dict[str, Any] = {}
    with wired(monkeypatch, answers) as wire:
        wire.server.answers["/go"] = (status, {"Location": location.format(port=wire.server.port)}, b"")
        with pytest.raises((Refused, BadInput)):
            fetch("http://shield.example/go", FIXED, wire.resolve)
        assert (wire.reached, wire.server.asked) == ([], ["/go"])


def test_a_name_that_changes_its_address_between_check_and_use_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    with wired(monkeypatch, {"/go": (302, {"Location": "http://rebinding.example/canary"}, b"")}) as wire:
        assert fetch("http://rebinding.example/canary", FIXED, wire.resolve).body == PAGE.encode()
        assert wire.asked == {"rebinding.example": 1}
        with pytest.raises(Refused, match=r"127\.0\.0\.1"):
            fetch("http://shield.example/go", FIXED, wire.resolve)
        assert wire.reached == []


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Refresh": "0; url=http://127.0.0.1/canary", **HTML}, PAGE.encode()),
        (200, HTML, PAGE.replace("<head>", '<head><meta http-equiv="refresh" content="0;url=//127.0.0.1/">').encode()),
        (200, HTML, PAGE.replace("<head>", '<head><link rel="canonical" href="http://127.0.0.1/canary">').encode()),
        (200, HTML, PAGE.replace("<p>", '<p><img src="http://127.0.0.1/canary"><iframe src="//[::1]/">').encode()),
        (200, {"Link": "<http://127.0.0.1/canary>; rel=preload", **HTML}, PAGE.encode()),
    ],
)
def test_nothing_inside_a_page_is_fetched(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    with wired(monkeypatch, {"/go": answer}) as wire:
        fetch("http://shield.example/go", FIXED, wire.resolve)
        assert (wire.reached, wire.server.asked) == ([], ["/go"])


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with wired(monkeypatch, {}) as wire:
        assert fetch("http://shield.example/canary", FIXED, wire.resolve).body == PAGE.encode()
        assert wire.reached == []


def test_the_option_for_tests_opens_loopback_and_nothing_else() -> None:
    assert is_open("127.0.0.1", allow_loopback=True)
    assert is_open("::1", allow_loopback=True)
    for address in ("10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fe80::1", "0.0.0.0", "::", "192.168.1.1"):
        assert not is_open(address, allow_loopback=True)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_open_addresses_are_open(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "017700000001"])
def test_a_number_in_a_disguise_is_refused_by_its_address_too(host: str) -> None:
    with pytest.raises((Refused, BadInput)):
        choose(host, 80, resolve)


def test_a_host_over_https_must_show_a_certificate_for_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with wired(monkeypatch, {}) as wire:
        with pytest.raises(BadInput, match="could not be fetched"):
            fetch("https://shield.example/canary", msgspec.structs.replace(FIXED, web_seconds=3), wire.resolve)
        assert wire.server.asked == []
