"""The way out of a cage: what nobody asked for stays in, and a name is resolved once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from uncounted.stages.capture.gate import FORBIDDEN, GRANTED, UNASKED, UNREACHABLE, Gate, plain
from uncounted.stages.capture.waiting import finished

OPEN = "93.184.215.14"
HOSTS = {"open.example": [OPEN], "inside.example": ["127.0.0.1"]}


class World:
    """A name server that counts, and a network in which only ``OPEN`` answers, with ``hello``."""

    def __init__(self) -> None:
        self.asked, self.reached = list[str](), list[str]()

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in HOSTS:
            raise OSError("no such host")
        return HOSTS[host]

    async def connect(self, address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self.reached.append(address)
        if port == 81:
            raise ConnectionRefusedError(111, "refused")

        async def hello(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"hello")
            writer.close()

        server = await asyncio.start_server(hello, "127.0.0.1", 0)
        return await asyncio.open_connection(*server.sockets[0].getsockname())


def through(gate: Gate, work: Callable[[int], Awaitable[object]]) -> object:
    """Run some work with the gate's port."""

    async def run() -> object:
        import socket

        server = await gate.serve(socket.create_server(("127.0.0.1", 0)))
        try:
            return await work(server.sockets[0].getsockname()[1])
        finally:
            server.close()

    return finished(run())


async def dial(port: int, host: str, to: int = 80, command: int = 1) -> tuple[int, bytes]:
    """Ask a SOCKS5 server for a host; returns its answer's code and what came through."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"\x05\x01\x00")
    assert await reader.readexactly(2) == b"\x05\x00"
    writer.write(bytes([5, command, 0, 3, len(host)]) + host.encode() + to.to_bytes(2, "big"))
    answer = await reader.read(10)
    came = await reader.read()
    writer.close()
    return (answer[1] if answer else -1), came


def test_what_was_asked_for_goes_to_the_checked_address_and_a_name_is_resolved_once() -> None:
    world = World()
    gate = Gate(world.resolve, limit=1000, connect=world.connect)

    async def work(port: int) -> object:
        await gate.asked("OPEN.example.", 80)
        return [await dial(port, "open.example"), await dial(port, "open.example")]

    assert through(gate, work) == [(GRANTED, b"hello")] * 2
    assert (world.asked, world.reached, gate.addresses) == (["open.example"], [OPEN, OPEN], {"open.example": OPEN})


def test_what_nobody_asked_for_stays_in_and_is_named() -> None:
    world = World()
    gate = Gate(world.resolve, limit=1000, connect=world.connect, patience=0.01)
    assert through(gate, lambda port: dial(port, "open.example")) == (FORBIDDEN, b"")
    assert gate.refused == {"open.example:80": UNASKED}
    assert (world.asked, world.reached) == ([], [])


@pytest.mark.parametrize("host", ["inside.example", "127.0.0.1", "::1", "nowhere.example", "2130706433"])
def test_an_address_inside_is_not_let_out_whoever_asks(host: str) -> None:
    world = World()
    gate = Gate(world.resolve, limit=1000, connect=world.connect, anyone=True)
    assert through(gate, lambda port: dial(port, host)) == (FORBIDDEN, b"")
    assert world.reached == []


def test_a_word_that_comes_a_little_late_is_waited_for() -> None:
    world = World()
    gate = Gate(world.resolve, limit=1000, connect=world.connect, patience=5)

    async def work(port: int) -> object:
        asking = asyncio.ensure_future(dial(port, "open.example"))
        await asyncio.sleep(0.05)
        await gate.asked("open.example", 80)
        return await asking

    assert through(gate, work) == (GRANTED, b"hello")


def test_a_server_that_does_not_answer_and_a_command_that_is_no_connection() -> None:
    world = World()
    gate = Gate(world.resolve, limit=1000, connect=world.connect, anyone=True)
    assert through(gate, lambda port: dial(port, "open.example", 81)) == (UNREACHABLE, b"")
    assert through(gate, lambda port: dial(port, "open.example", command=3)) == (-1, b"")


def test_after_the_limit_nothing_more_comes_in() -> None:
    world = World()
    gate = Gate(world.resolve, limit=3, connect=world.connect, anyone=True)
    assert through(gate, lambda port: dial(port, "open.example")) == (GRANTED, b"")
    assert gate.over


def test_hosts_are_compared_in_one_spelling() -> None:
    assert plain("Example.ORG.") == "example.org"
    assert plain("[0:0:0:0:0:0:0:1]") == plain("::1")
