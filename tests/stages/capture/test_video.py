"""The videos of a page are kept beside it, fetched from open addresses alone."""

import io
import json
import sys
import zipfile
from importlib.util import find_spec

import msgspec
import pytest

from tests.needs import needs_browser
from tests.stages.capture.make import FIXED, PAGE, one
from tests.stages.capture.server import serving
from uncounted.model.errors import UncountedError
from uncounted.stages.capture.address import resolve
from uncounted.stages.capture.video import fetch_videos
from uncounted.stages.capture.wacz import faults

pytestmark = [
    pytest.mark.browser,
    needs_browser,
    pytest.mark.skipif(not find_spec("yt_dlp"), reason="needs yt-dlp"),
]
LOCAL = msgspec.structs.replace(FIXED, allow_loopback=True, browser="always", video=True)
FILM = b"\0\0\0\x18ftypmp42" + bytes(5000)
SHOWN = PAGE.replace("</article>", '<video src="/film.mp4"></video></article>')
ANSWERS = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, SHOWN.encode()),
    "/film.mp4": (200, {"Content-Type": "video/mp4"}, FILM),
}


def test_a_video_is_kept_whole_with_what_its_site_says_of_it() -> None:
    with serving(dict(ANSWERS)) as server:
        report = one(server.url("/page"), LOCAL)
    with zipfile.ZipFile(io.BytesIO(report.original)) as archive:
        names = [name for name in archive.namelist() if name.startswith("extras/video/")]
        (film,) = [name for name in names if name.endswith(".mp4")]
        assert archive.read(film) == FILM
        (told,) = [name for name in names if name.endswith(".info.json")]
        assert json.loads(archive.read(told))["extractor"] == "html5"
    assert faults(report.original) == []
    assert report.record is not None
    assert str(report.record["videos_by"]).startswith("yt-dlp ")


def test_the_fetcher_reaches_nothing_inside() -> None:
    with serving(dict(ANSWERS)) as server:
        try:
            found = fetch_videos(server.url("/page"), FIXED, resolve)
        except UncountedError:
            pytest.fail("what a site does is said, not raised")
        assert found.files == {}
        assert found.partial
        assert server.asked == []


def test_a_fetcher_that_breaks_off_is_not_a_page_without_videos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with serving(dict(ANSWERS)) as server:
        found = fetch_videos(server.url("/page"), LOCAL, resolve)
    assert found.files == {}
    (said,) = found.partial
    assert said.startswith("video: the fetcher of videos broke off (code ")
