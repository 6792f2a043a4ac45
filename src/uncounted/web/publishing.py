"""Publish from the desk: write the release into the case's folder and show it."""

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from uncounted.case import releasing
from uncounted.model.errors import NotFound, UncountedError
from uncounted.web.pages import by_of, desk_of, page

SITE = "site"
"""The folder of the case in which its published site lies."""

_WRITING = asyncio.Lock()
"""Two releases at once would write into one folder."""


async def show(request: Request) -> Response:
    """What was published so far, and the button."""
    return _page(request)


async def publish(request: Request) -> Response:
    """Write the release."""
    desk = desk_of(request)
    try:
        async with _WRITING:
            await run_in_threadpool(releasing.publish, desk.case, desk.case.folder / SITE, by_of(request))
    except UncountedError as fault:
        return _page(request, 409, fault)
    return _page(request)


async def site(request: Request) -> Response:
    """A file of the published site."""
    folder, path = desk_of(request).case.folder / SITE, request.path_params["path"] or "index.html"
    if not folder.is_dir():
        raise NotFound("the site", "nothing was published yet", "Publish the case.")
    return await StaticFiles(directory=folder, html=True).get_response(path, request.scope)


def _page(request: Request, code: int = 200, fault: Exception | None = None) -> Response:
    desk = desk_of(request)
    there = (desk.case.folder / SITE / "index.html").is_file()
    return page(
        request, "publish.html", code,
        releases=list(reversed(desk.case.views.releases())), there=there, fault=fault, policy=desk.keeper.policy,
    )  # fmt: skip
