"""The review desk as a web application on loopback."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from uncounted.case.desk import CaseDesk
from uncounted.model.errors import UncountedError
from uncounted.web import (
    agreeing,
    browsing,
    described,
    entering,
    exploring,
    inbox,
    incidents,
    pairing,
    publishing,
    recording,
    reviewing,
    sealed,
    searching,
)
from uncounted.web.door import Door
from uncounted.web.guards import Admission, OwnPagesWrite, SafeHeaders
from uncounted.web.pages import data, explain, form_of, page

HOST = "127.0.0.1"
"""The only address the desk is served on. Others reach it through a tunnel or a proxy on this machine."""


def create_app(desk: CaseDesk, door: Door, hosts: Sequence[str] = ()) -> Starlette:
    """The review desk of a case.

    ``door`` seats people. Hosts other than loopback's names, and those under which a proxy on this machine is reached
    (``hosts``), are refused, so that no outside name that resolves to this machine can reach a case (DNS rebinding).
    """
    app = Starlette(
        routes=routes(),
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost", *hosts], www_redirect=False),
            Middleware(OwnPagesWrite),
            Middleware(Admission, door=door, refuse=refuse),
        ],
        exception_handlers={UncountedError: explain},
    )
    app.state.desk, app.state.door, app.state.inbox = desk, door, inbox.Inbox(desk)
    app.state.moments = recording.Moments(desk)
    return app


def refuse(request: Request) -> Response:
    """Say that somebody's roles do not let them do this."""
    if form_of(request) != "html":
        answer = data({"thing": request.url.path, "rule": "your roles do not let you see this", "remedy": ""})
        answer.status_code = 403
        return answer
    return page(request, "refused.html", 403)


def routes() -> list[BaseRoute]:
    """Every route; each stands in the table of rights too, or nobody reaches it."""
    return [
        Route("/", browsing.home),
        Route("/keys", browsing.keys),
        Route("/sign-in", entering.ask),
        Route("/sign-in", entering.sign_in, methods=["POST"]),
        Route("/sign-out", entering.sign_out, methods=["POST"]),
        Route("/enter/{ticket}", entering.enter),
        Route("/invitation/{secret}", entering.invited),
        Route("/invitation/{secret}", entering.accept, methods=["POST"]),
        Route("/password", entering.ask_password),
        Route("/password", entering.change_password, methods=["POST"]),
        Route("/language", entering.speak, methods=["POST"]),
        Route("/people", entering.people),
        Route("/people/first", entering.first, methods=["POST"]),
        Route("/people/invite", entering.invite, methods=["POST"]),
        Route("/people/roles", entering.give, methods=["POST"]),
        Route("/people/tokens", entering.make_token, methods=["POST"]),
        Route("/people/tokens/revoke", entering.revoke_token, methods=["POST"]),
        Route("/review", reviewing.start),
        Route("/review/{claim}", reviewing.show),
        Route("/review/{claim}/{act}", reviewing.judge, methods=["POST"]),
        Route("/undo", reviewing.undo, methods=["POST"]),
        Route("/second", agreeing.start),
        Route("/second/{claim}", agreeing.show),
        Route("/second/{claim}/{act}", agreeing.judge, methods=["POST"]),
        *_view("/agreement", agreeing.agreement),
        *_view("/claims", browsing.claims),
        *_view("/claims/{claim}", browsing.claim),
        *_view("/captures", browsing.captures),
        Route("/captures/{capture}/add", reviewing.blank),
        Route("/captures/{capture}/add", reviewing.add, methods=["POST"]),
        Route("/captures/{capture}/original", browsing.original),
        *_view("/captures/{capture}", browsing.capture),
        *_view("/toll", exploring.toll),
        *_view("/explore", exploring.explore),
        Route("/explore/tiles/{name}", exploring.tile),
        *_view("/search", searching.search),
        Route("/searches", searching.keep, methods=["POST"]),
        *_view("/incidents", incidents.incidents),
        *_view("/incidents/{incident}", incidents.incident),
        Route("/incidents/{incident}/{act}", incidents.act, methods=["POST"]),
        *_view("/pairs", pairing.pairs),
        Route("/pairs/{of}/{left}/{right}", pairing.pair),
        Route("/pairs/{of}/{left}/{right}/{verdict}", pairing.judge, methods=["POST"]),
        Route("/openapi.json", described.described),
        Route("/inbox.json", inbox.state),
        Route("/inbox", inbox.show),
        Route("/inbox", inbox.take, methods=["POST"]),
        Route("/link", inbox.link, methods=["POST"]),
        *_view("/ledger", recording.ledger),
        *_view("/ledger/{entry:int}", recording.entry),
        Route("/ledger/verify", recording.verify, methods=["POST"]),
        Route("/publish", publishing.show),
        Route("/publish", publishing.publish, methods=["POST"]),
        Route("/sealed", sealed.show),
        Route("/sealed/open", sealed.unseal, methods=["POST"]),
        Route("/sealed/erase", sealed.erase, methods=["POST"]),
        Route("/site/{path:path}", publishing.site),
        Mount("/static", StaticFiles(packages=[("uncounted.web", "static")])),
        Mount("/style", StaticFiles(packages=[("uncounted.stages.publish", "static")])),
    ]


def _view(path: str, endpoint: object) -> list[Route]:
    """A page and, at its path with ``.json`` and ``.csv``, its data."""
    return [Route(path + form, endpoint) for form in (".json", ".csv", "")]  # type: ignore[arg-type]
