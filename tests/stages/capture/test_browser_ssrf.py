"""A page turns the browser against this machine in forty-odd ways; none of them reaches anything.

``SHIELD`` stands for a public server, as in ``test_ssrf``: connections to its address end at a small server on
loopback. Every other address that the gate connects to counts as reached; so does every request that the server on
loopback gets by another name than the shield's.
"""

import asyncio
import base64
import hashlib
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.needs import needs_browser
from tests.stages.capture.make import FIXED
from tests.stages.capture.server import Server, serving
from tests.stages.capture.test_ssrf import HTML, NAMES, SHIELD
from tests.stages.capture.test_tls import certificate
from uncounted.model.errors import BadInput, UncountedError
from uncounted.stages.capture import browser
from uncounted.stages.capture.browser import visit
from uncounted.stages.capture.watch import Visit

pytestmark = [
    pytest.mark.browser,
    needs_browser,
]

INSIDE = [
    "127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST.", "2130706433", "0x7f000001", "017700000001", "0x7f.1", "127.1",
    "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[fc00::1]",
    "10.0.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "inside.example", "inside6.example", "mapped.example",
    "metadata.example", "mixed.example", "mixed-first.example", "x.localhost", "１２７.0.0.1",
]  # fmt: skip
"""Hosts that must not be reached, by name, number and disguise."""

WAYS = [
    "new Image().src = 'http://HOST/canary'",
    "fetch('http://HOST/canary', {mode: 'no-cors'}).catch(() => 0)",
    "try { new WebSocket('ws://HOST/canary') } catch (e) {}",
]
"""What a script does with each of them."""

ONCE = """
navigator.sendBeacon('http://127.0.0.1:PORT/canary', 'x');
new EventSource('http://127.0.0.1:PORT/canary');
const work = URL.createObjectURL(new Blob(["fetch('http://127.0.0.1:PORT/canary', {mode: 'no-cors'})"]));
try { new Worker(work) } catch (e) {}
try { new SharedWorker(work) } catch (e) {}
try { new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:PORT'}]}).createDataChannel('x') } catch (e) {}
const post = document.createElement('form'); post.action = 'http://127.0.0.1:PORT/canary'; post.method = 'post';
post.target = 'inner'; document.body.append(post); post.submit();
fetch('file:///etc/passwd').catch(() => 0);
for (const name of ['prefetch', 'preconnect', 'dns-prefetch', 'preload', 'stylesheet', 'icon', 'modulepreload']) {
  const link = document.createElement('link'); link.rel = name; link.href = 'http://127.0.0.1:PORT/canary';
  link.as = 'script'; document.head.append(link);
}
fetch('/hop').catch(() => 0); fetch('/hop6').catch(() => 0); fetch('/hopfile').catch(() => 0);
new Image().src = 'http://rebinding.example/one';
setTimeout(() => { new Image().src = 'http://rebinding.example:8080/two' }, 100);
"""

BODY = """<iframe name="inner" src="http://127.0.0.1:PORT/canary"></iframe><iframe src="file:///etc/passwd"></iframe>
<object data="http://127.0.0.1:PORT/canary"></object><embed src="http://127.0.0.1:PORT/canary">
<video src="http://127.0.0.1:PORT/canary" autoplay muted></video><script src="http://127.0.0.1:PORT/canary"></script>
<link rel="stylesheet" href="file:///etc/passwd"><img src="file:///etc/passwd"><img src="ftp://127.0.0.1:PORT/canary">
<style>@import 'http://127.0.0.1:PORT/canary'; body { background: url(http://127.0.0.1:PORT/canary) }</style>
<a ping="http://127.0.0.1:PORT/canary" href="#" id="a">a</a>"""


class Wire:
    """Name server and network of the tests; ``reached`` lists what was connected to beside the shield."""

    def __init__(self, server: Server) -> None:
        self.server, self.reached, self.turns = server, list[str](), dict[str, int]()
        self._lock = threading.Lock()

    def resolve(self, host: str, port: int) -> list[str]:
        with self._lock:
            turn = self.turns[host] = self.turns.get(host, -1) + 1
        if host in NAMES:
            return NAMES[host][min(turn, len(NAMES[host]) - 1)]
        raise OSError("no such host")

    async def connect(self, address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if address != SHIELD:
            self.reached.append(address)
            raise OSError(f"reached {address}")
        return await asyncio.open_connection("127.0.0.1", self.server.port)

    def visit(self, path: str = "/", host: str = "shield.example", scheme: str = "http") -> Visit:
        return visit(
            f"{scheme}://{host}{path}", msgspec.structs.replace(FIXED, web_seconds=15), self.resolve, self.connect
        )

    def strays(self) -> list[str]:
        """Requests that the server got for what only a request to the inside asks for."""
        return [path for path in self.server.asked if "canary" in path]


@contextmanager
def wired(page: str, tls: ssl.SSLContext | None = None) -> Iterator[Wire]:
    with serving({"/": (200, HTML, page.encode())}, tls) as server:
        answers = {"/hop": f"http://127.0.0.1:{server.port}/canary", "/hop6": f"http://[::1]:{server.port}/canary",
                   "/hopfile": "file:///etc/passwd", "/away": f"http://127.0.0.1:{server.port}/canary"}  # fmt: skip
        server.answers.update({path: (302, {"Location": to}, b"") for path, to in answers.items()})
        server.answers["/"] = (200, HTML, page.replace("PORT", str(server.port)).encode())
        yield Wire(server)


def test_no_way_out_of_a_page_reaches_inside() -> None:
    tries = [way.replace("HOST", f"{host}:PORT") for host in INSIDE for way in WAYS]
    assert len(tries) >= 40
    script = ONCE + "\n".join(f"try {{ {one} }} catch (e) {{}}" for one in tries)
    with wired(f"<!doctype html><title>Invented</title><body>{BODY}<script>{script}</script>") as wire:
        seen = wire.visit()
        assert seen.title == "Invented"
        assert (wire.reached, wire.strays()) == ([], [])
        assert "root:" not in json.dumps(seen.html)
        assert not any(one.url.startswith("file:") for one in seen.exchanges)
        assert not any("canary" in one.url for one in seen.exchanges)
        # the second name is asked for anew and refused; the first was pinned for the whole visit
        assert "rebinding.example:8080" in " ".join(seen.partial)
        assert seen.state["addresses"] == {"shield.example": SHIELD, "rebinding.example": SHIELD}


@pytest.mark.parametrize("path", ["/away", "/hopfile"])
def test_a_page_that_sends_the_browser_inside_is_no_page(path: str) -> None:
    with wired("") as wire:
        with pytest.raises(UncountedError):
            wire.visit(path)
        assert (wire.reached, wire.strays()) == ([], [])


def test_a_page_that_moves_the_window_inside_later_is_no_page() -> None:
    moving = "<!doctype html><meta http-equiv=refresh content='0;url=http://127.0.0.1:PORT/canary'>moving"
    with wired(moving) as wire:
        with pytest.raises(UncountedError):
            wire.visit()
        assert (wire.reached, wire.strays()) == ([], [])


def test_a_page_over_https_is_kept_with_its_servers_certificate_and_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem, context = certificate(tmp_path, "shield.example")
    public = x509.load_pem_x509_certificate(pem.read_bytes()).public_key()
    info = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    known = base64.b64encode(hashlib.sha256(info).digest()).decode()
    with wired("<title>Invented</title>", context) as wire:
        with pytest.raises(BadInput, match="CERT"):
            wire.visit(scheme="https")
        monkeypatch.setattr(browser, "FLAGS", (*browser.FLAGS, f"--ignore-certificate-errors-spki-list={known}"))
        seen = wire.visit(scheme="https")
    assert (seen.title, seen.exchanges[0].address) == ("Invented", SHIELD)
    assert seen.tls["protocol"] == "TLS 1.3"
    shown = seen.tls["certificates"]
    assert isinstance(shown, list)
    assert shown[0] in pem.read_text()
    assert wire.reached == []
