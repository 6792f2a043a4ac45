"""Serve the desk on loopback until the person stops it."""

import socket
import threading
import webbrowser
from collections.abc import Sequence

import click
import uvicorn

from uncounted.case.desk import CaseDesk
from uncounted.model.errors import Refused
from uncounted.web.app import HOST, create_app
from uncounted.web.door import IDLE, Door


def run(
    desk: CaseDesk,
    alone: str,
    *,
    port: int,
    show: bool,
    minutes: float | None = None,
    hosts: Sequence[str] = (),
    idle: float = IDLE / 60,
) -> None:
    """Serve until interrupted, or for so many ``minutes``.

    ``alone`` is whose case it is while nobody has an account: they come in by an address that works once, and each time
    it was used the next one is told. ``port`` 0 takes a free one; a port that is taken raises :class:`Refused`.
    ``show`` opens the browser. ``hosts`` are names under which a proxy on this machine passes requests on.
    Who leaves the desk for ``idle`` minutes must come in again.
    """
    listening = _listening(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}"

    def say(ticket: str) -> None:
        click.echo(f"for another browser, once: {address}/enter/{ticket}", err=True)

    door = Door(desk.people, alone, say, idle=idle * 60)
    way_in = f"{address}/" if desk.people.any() else f"{address}/enter/{door.ticket}"
    click.echo(f"review desk: {way_in}", err=True)
    click.echo("on this machine alone; stop it with Ctrl-C", err=True)
    if show:
        webbrowser.open(way_in)
    app = create_app(desk, door, hosts)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, access_log=False))
    if minutes is not None:
        stopping = threading.Timer(minutes * 60, setattr, (server, "should_exit", True))
        stopping.daemon = True
        stopping.start()
    server.run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as fault:
        listening.close()
        raise Refused(f"port {port}", "something else listens there", "Give --port 0 for a free one") from fault
    return listening
