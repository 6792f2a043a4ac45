"""Connections to open addresses only: the host is resolved once, checked, and that very address is connected to."""

import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from uncounted.stages.capture.address import Resolve, choose


class PinnedBackend(httpcore.NetworkBackend):
    """Opens sockets for one fetch. ``addresses`` collects what was connected to; ``left`` gives the seconds left."""

    def __init__(self, how: Resolve, left: Callable[[], float], *, allow_loopback: bool = False) -> None:
        self._how, self._left, self._loopback = how, left, allow_loopback
        self._plain = httpcore.SyncBackend()
        self.addresses: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the checked address of ``host``; TLS is still verified against the name."""
        address = choose(host, port, self._how, allow_loopback=self._loopback)
        self.addresses.append(address)
        stream = self._plain.connect_tcp(address, port, self._left(), local_address, socket_options)
        return TimedStream(stream, self._left)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never."""
        raise httpcore.ConnectError("sockets of this machine are not connected to")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class TimedStream(httpcore.NetworkStream):
    """A stream whose every wait ends when the time for the whole fetch is over."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream, self._left = stream, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        """Close."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go over to TLS."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._left)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the socket."""
        return self._stream.get_extra_info(info)
