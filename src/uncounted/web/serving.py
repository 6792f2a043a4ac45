"""Serve the desk, and a published site beside it, on loopback until the person stops it."""

import socket
import threading
import webbrowser
from pathlib import Path

import click
import uvicorn
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from uncounted.model.errors import Refused
from uncounted.web.app import HOST, create_app
from uncounted.web.desk import Desk


def run(
    desk: Desk, reviewer: str, *, port: int, show: bool, site: Path | None = None, minutes: float | None = None
) -> None:
    """Serve until interrupted, or for so many ``minutes``.

    ``port`` 0 takes a free one; a port that is taken raises :class:`Refused`. ``site`` is the folder of a published
    site, shown under ``/site/``; ``show`` opens the browser.
    """
    app = create_app(desk, reviewer)
    if site is not None and site.is_dir():
        app.router.routes.insert(0, Mount("/site", StaticFiles(directory=site, html=True)))
    listening = _listening(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    click.echo(f"review desk: {address}/", err=True)
    if site is not None and site.is_dir():
        click.echo(f"published site: {address}/site/index.html", err=True)
    click.echo("on this machine alone; stop it with Ctrl-C", err=True)
    if show:
        webbrowser.open(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
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
