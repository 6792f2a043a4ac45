"""The one place from which a reader reaches a network: an OpenAI-compatible endpoint, and what counts as local.

Local is what cannot leave this machine: a loopback address (``127.0.0.0/8``, ``::1``) or ``localhost``, which is always
dialled as ``127.0.0.1`` whatever a hosts file says. An address of the local network is another machine, so it is not
local; nor is a model whose name ends in ``cloud``, which Ollama passes on to its maker's machines. No proxy of the
environment is used and no redirect is followed, so what is sent to this machine goes nowhere else by way of us.
"""

import ipaddress
import time
from urllib.parse import urlsplit

import msgspec

from uncounted.model.errors import BadInput, Broken, Refused

DEFAULT = "http://127.0.0.1:11434/v1"
"""Where Ollama listens on its own machine."""

LARGEST = 4_000_000
"""Bytes of an answer that are read; a longer one is broken off."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where a model answers. ``key`` goes to the endpoint alone, as a bearer token; ``seconds`` is the time for one
    answer."""

    url: str = DEFAULT
    model: str
    key: str | None = None
    seconds: float = 180.0

    @property
    def host(self) -> str:
        """The machine named in the address."""
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def local(self) -> bool:
        """Whether what is sent stays on this machine."""
        return _loopback(self.host) and not self.model.endswith("cloud")


def endpoint(url: str, model: str, key: str | None = None, seconds: float = 180.0) -> Endpoint:
    """An endpoint; :class:`BadInput` where the address is none, :class:`Refused` where words would travel unencrypted.

    ``url`` is the address up to ``/v1`` as the endpoint's own documentation gives it.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise BadInput(f"endpoint {url!r}", "an address is http(s)://HOST[:PORT]/v1, without a name or a key in it")
    if not model.strip():
        raise BadInput("the model", "an endpoint serves several, so one must be named", "Give --model NAME.")
    made = Endpoint(url=url.rstrip("/"), model=model.strip(), key=key, seconds=seconds)
    if parts.scheme == "http" and not _loopback(made.host):
        raise Refused(f"endpoint {url}", "the text of reports never travels unencrypted", "Use its https address.")
    return made


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def ask(to: Endpoint, body: bytes) -> tuple[int, bytes]:
    """The status and the bytes of an answer to ``POST /chat/completions``.

    Raises :class:`Broken` when the endpoint cannot be reached, gives no whole answer within ``to.seconds``, or answers
    more than :data:`LARGEST` bytes.
    """
    import httpx

    address = f"{to.url}/chat/completions"
    if to.host == "localhost":
        address = address.replace("localhost", "127.0.0.1", 1)
    headers = {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
    if to.key:
        headers["authorization"] = f"Bearer {to.key}"
    ends = time.monotonic() + to.seconds
    patience = httpx.Timeout(to.seconds, connect=min(10.0, to.seconds))
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=patience) as client,
            client.stream("POST", address, content=body, headers=headers) as answer,
        ):
            pieces, size = [], 0
            for piece in answer.iter_raw():
                size += len(piece)
                if size > LARGEST:
                    raise Broken(f"endpoint {to.url}", f"its answer is longer than {LARGEST:,} bytes")
                if time.monotonic() > ends:
                    raise httpx.ReadTimeout("too slow")
                pieces.append(piece)
            return answer.status_code, b"".join(pieces)
    except httpx.TimeoutException as fault:
        raise Broken(
            f"endpoint {to.url}",
            f"no whole answer within {to.seconds:g} seconds",
            "Allow more with --patience SECONDS.",
        ) from fault
    except httpx.HTTPError as fault:
        raise Broken(
            f"endpoint {to.url}", f"it cannot be reached ({type(fault).__name__})", "Is the model's server running?"
        ) from fault
