"""The review desk as a web application on loopback."""

import secrets

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from uncounted.model.errors import UncountedError
from uncounted.web import browsing, reviewing
from uncounted.web.desk import Desk
from uncounted.web.guards import OwnPagesWrite, SafeHeaders
from uncounted.web.pages import explain

HOST = "127.0.0.1"
"""The only address the desk is served on: it has no sign-in, so it must not leave the machine."""


def create_app(desk: Desk, reviewer: str | None = None, secret: bytes | None = None) -> Starlette:
    """The review desk of a case.

    ``reviewer`` is the person who sits at it; without one each browser is asked once. ``secret`` signs that answer and
    is drawn anew at each start. Hosts other than loopback's names are refused, so that no outside name that resolves
    to this machine can reach a case (DNS rebinding).
    """
    app = Starlette(
        routes=_routes(),
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"], www_redirect=False),
            Middleware(OwnPagesWrite),
        ],
        exception_handlers={UncountedError: explain},
    )
    app.state.desk, app.state.reviewer = desk, reviewer
    app.state.secret = secret or secrets.token_bytes(32)
    return app


def _routes() -> list[BaseRoute]:
    return [
        Route("/", browsing.home),
        Route("/keys", browsing.keys),
        Route("/name", reviewing.ask_name),
        Route("/name", reviewing.take_name, methods=["POST"]),
        Route("/review", reviewing.start),
        Route("/review/{claim}", reviewing.show),
        Route("/review/{claim}/{act}", reviewing.judge, methods=["POST"]),
        Route("/undo", reviewing.undo, methods=["POST"]),
        *_twice("/claims", browsing.claims),
        *_twice("/claims/{claim}", browsing.claim),
        *_twice("/captures", browsing.captures),
        Route("/captures/{capture}/add", reviewing.blank),
        Route("/captures/{capture}/add", reviewing.add, methods=["POST"]),
        *_twice("/captures/{capture}", browsing.capture),
        *_twice("/toll", browsing.toll),
        *_twice("/incidents", browsing.incidents),
        *_twice("/incidents/{incident}", browsing.incident),
        Route("/incidents/{incident}/{act}", browsing.relate, methods=["POST"]),
        Mount("/static", StaticFiles(packages=[("uncounted.web", "static")])),
        Mount("/style", StaticFiles(packages=[("uncounted.stages.publish", "static")])),
    ]


def _twice(path: str, endpoint: object) -> list[Route]:
    """A page and, at its path with ``.json``, its data."""
    return [Route(path + ".json", endpoint), Route(path, endpoint)]  # type: ignore[arg-type]
