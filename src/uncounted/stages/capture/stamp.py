"""Ask a timestamp authority: the one thing that this program sends rather than fetches, when a person says so."""

import time

import httpcore
import httpx

from uncounted.model.errors import BadInput
from uncounted.stages.capture.address import Resolve, parse, resolve
from uncounted.stages.capture.pinned import PinnedBackend
from uncounted.stages.capture.taken import Options

MOST = 1_000_000
"""Bytes of the largest reply that is taken; usual ones have a few thousand."""


def ask_authority(url: str, query: bytes, kind: str, options: Options, how: Resolve = resolve) -> bytes:
    """Post a query of media type ``kind`` and return the reply. Raises :class:`BadInput` when none comes.

    The authority, and whoever runs the network, learns that somebody here stamped a digest now; the digest tells
    nothing of what it is of.
    """
    over = time.monotonic() + options.web_seconds

    def left() -> float:
        return max(0.01, over - time.monotonic())

    place = parse(url)
    target = httpcore.URL(scheme=place.raw_scheme, host=place.raw_host, port=place.port, target=place.raw_path)
    headers = [("Host", place.netloc.decode("ascii")), ("Content-Type", kind), ("Content-Length", str(len(query))),
               ("Connection", "close")]  # fmt: skip
    backend = PinnedBackend(how, left, allow_loopback=options.allow_loopback)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=backend) as pool,
            pool.stream("POST", target, headers=headers, content=query) as response,
        ):
            body = bytearray()
            for piece in response.iter_stream():
                body += piece
                if len(body) > MOST:
                    raise BadInput(url, f"it answers with more than {MOST:,} bytes", "Check the address")
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as fault:
        raise BadInput(url, f"it could not be asked ({fault or type(fault).__name__})", "Try again later") from fault
    if response.status != 200:
        raise BadInput(url, f"the server answered with status {response.status}", "Check the address")
    return bytes(body)
