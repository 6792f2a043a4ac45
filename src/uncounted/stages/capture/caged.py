"""Start a program in a cage and hold its door: what both the browser and the fetcher of videos run in."""

import asyncio
import contextlib
import json
import os
import shlex
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from uncounted.stages.capture.gate import Gate


class Cage(msgspec.Struct, kw_only=True):
    """``launcher`` starts a program in the cage when run with its arguments; ``home`` is a folder for it to write in.

    ``state`` is what the cage told when it was made: whether the network is a namespace of its own, under which user
    the program runs, whether its own sandbox can be used. Empty until then.
    """

    launcher: Path
    home: Path
    state: dict[str, object]


@contextlib.asynccontextmanager
async def caged(gate: Gate, *program: str) -> AsyncIterator[Cage]:
    """A cage whose only way out is ``gate``. ``program`` is what the launcher starts, before its own arguments."""
    folder = Path(tempfile.mkdtemp(prefix="uncounted-cage-", dir="/tmp"))
    home = folder / "home"
    home.mkdir(mode=0o700)
    folder.chmod(0o711)
    line = folder / "line"
    command = shlex.join([sys.executable, "-I", "-B", "-m", "uncounted.stages.capture.cage", str(line), *program])
    launcher = folder / "run"
    launcher.write_text(f'#!/bin/sh\nHOME={shlex.quote(str(home))} exec {command} "$@"\n')
    launcher.chmod(0o700)
    cage = Cage(launcher=launcher, home=home, state={})
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(line))
    listener.listen(1)
    listener.setblocking(False)
    waiting = asyncio.ensure_future(_door(listener, gate, cage))
    try:
        yield cage
    finally:
        waiting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            server = await waiting
            server.close()
        listener.close()
        shutil.rmtree(folder, ignore_errors=True)


async def _door(listener: socket.socket, gate: Gate, cage: Cage) -> asyncio.Server:
    line, _ = await asyncio.get_running_loop().sock_accept(listener)
    with line:
        line.setblocking(True)
        told, handles, _, _ = await asyncio.to_thread(socket.recv_fds, line, 4096, 1)
    cage.state.update(json.loads(told))
    os.set_inheritable(handles[0], False)
    return await gate.serve(socket.socket(fileno=handles[0]))
