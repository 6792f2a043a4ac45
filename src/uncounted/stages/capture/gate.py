"""The only way out of a browser's cage: a SOCKS5 gate that pins addresses and lets through what a page asked for.

Chromium asks for more than pages do (updates, safe browsing, prefetches); what no page asked for is refused. A host is
resolved once for the whole visit, and the address that was checked is the one connected to.
"""

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import Awaitable, Callable

from uncounted.model.errors import UncountedError
from uncounted.stages.capture.address import Resolve, choose

Connect = Callable[[str, int], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]

UNASKED = "no page asked for it"

GRANTED, FORBIDDEN, UNREACHABLE = 0, 2, 4
"""Reply codes of SOCKS5 (RFC 1928, section 6)."""


class Gate:
    """Lets a cage out. ``addresses`` tells which address each host got, ``refused`` what was not let out and why.

    ``patience`` is how many seconds a connection waits for the page's word that it asked for that host; with
    ``anyone`` no such word is needed. After ``limit`` bytes nothing more comes in.
    """

    def __init__(
        self,
        how: Resolve,
        *,
        limit: int,
        allow_loopback: bool = False,
        anyone: bool = False,
        patience: float = 1.0,
        connect: Connect = asyncio.open_connection,
    ) -> None:
        self._how, self._loopback, self._anyone = how, allow_loopback, anyone
        self._patience, self._connect = patience, connect
        self._asked: set[tuple[str, int]] = set()
        self._news = asyncio.Condition()
        self._pinned: dict[tuple[str, int], asyncio.Task[str]] = {}
        self._left = limit
        self.addresses: dict[str, str] = {}
        self.refused: dict[str, str] = {}
        self.over = False

    async def serve(self, door: socket.socket) -> asyncio.Server:
        """Take connections at a listening socket."""
        door.setblocking(False)
        return await asyncio.start_server(self._taken, sock=door)

    async def asked(self, host: str, port: int) -> None:
        """Note that the page asked for this host."""
        async with self._news:
            self._asked.add((plain(host), port))
            self._news.notify_all()

    async def _taken(self, inner: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            host, port = await _greeted(inner, back)
            outer = await self._let_out(host, port, back)
            if outer is not None:
                await self._relayed((inner, back), outer)
        except (OSError, EOFError, ValueError, asyncio.CancelledError):
            pass  # a connection that breaks, or is open at the end: the page's own record shows what is missing
        finally:
            back.close()

    async def _let_out(
        self, host: str, port: int, back: asyncio.StreamWriter
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        try:
            if not await self._wanted(host, port):
                self.refused.setdefault(f"{host}:{port}", UNASKED)
                await _reply(back, FORBIDDEN)
                return None
            address = await self._address(host, port)
            outer = await self._connect(address, port)
        except UncountedError as fault:
            self.refused.setdefault(f"{host}:{port}", fault.rule)
            await _reply(back, FORBIDDEN)
        except OSError as fault:
            self.refused.setdefault(f"{host}:{port}", f"it does not answer ({fault.strerror or fault})")
            await _reply(back, UNREACHABLE)
        else:
            self.addresses[host] = address
            await _reply(back, GRANTED)
            return outer
        return None

    async def _wanted(self, host: str, port: int) -> bool:
        if self._anyone:
            return True
        wanted = (plain(host), port)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience), self._news:
                await self._news.wait_for(lambda: wanted in self._asked)
        return wanted in self._asked

    async def _address(self, host: str, port: int) -> str:
        if (host, port) not in self._pinned:
            found = asyncio.to_thread(choose, host, port, self._how, allow_loopback=self._loopback)
            self._pinned[host, port] = asyncio.ensure_future(found)
        return await asyncio.shield(self._pinned[host, port])

    async def _relayed(
        self,
        inside: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        outside: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        try:
            await asyncio.gather(
                self._passed(inside[0], outside[1], counted=False), self._passed(outside[0], inside[1], counted=True)
            )
        finally:
            outside[1].close()

    async def _passed(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, *, counted: bool) -> None:
        while piece := await source.read(1 << 16):
            if counted:
                self._left -= len(piece)
                if self._left < 0:
                    self.over = True
                    break
            to.write(piece)
            await to.drain()
        if to.can_write_eof() and not to.is_closing():
            to.write_eof()


def plain(host: str) -> str:
    """A host as it is compared: lower case, without brackets and without the root's dot; an address in one spelling."""
    host = host.lower().strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host


async def _greeted(inner: asyncio.StreamReader, back: asyncio.StreamWriter) -> tuple[str, int]:
    """Speak SOCKS5 without authentication up to the host and port that are asked for (RFC 1928)."""
    version, methods = await inner.readexactly(2)
    await inner.readexactly(methods)
    if version != 5:
        raise ValueError("not SOCKS5")
    back.write(b"\x05\x00")
    await back.drain()
    _, command, _, kind = await inner.readexactly(4)
    if kind == 3:
        length = (await inner.readexactly(1))[0]
        host = (await inner.readexactly(length)).decode("ascii")
    elif kind in {1, 4}:
        host = str(ipaddress.ip_address(await inner.readexactly(4 if kind == 1 else 16)))
    else:
        raise ValueError("no kind of address")
    port = int.from_bytes(await inner.readexactly(2), "big")
    if command != 1:
        raise ValueError("only connections are made")
    return host, port


async def _reply(back: asyncio.StreamWriter, code: int) -> None:
    back.write(bytes([5, code, 0, 1, 0, 0, 0, 0, 0, 0]))
    await back.drain()
