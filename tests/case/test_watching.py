"""A feed is followed: posts are kept before they vanish, and what changes or goes is a capture that follows."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.ledger.test_bundle import SIGNER, by_package, by_shell, by_standalone
from tests.stages.capture.make import FIXED, LINE, PAGE
from tests.stages.capture.server import Server, serving
from uncounted.case import Case
from uncounted.case.intake import Outcome
from uncounted.case.watching import Watch
from uncounted.ledger.bundle import export_bundle
from uncounted.ledger.verify import verify_case
from uncounted.model.errors import BadInput
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent
from uncounted.stages.capture.polite import Polite

ADA = Agent("person", "Ada")
HTML = {"Content-Type": "text/html"}
HOUR = 3600.0


class Site:
    """An invented site, its feed, and the hours that pass."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.hours = server, 0.0
        self.case = Case.create(folder, "Invented", ADA, invented=True)

    def announce(self, *paths: str) -> None:
        items = "".join(f"<item><link>{path}</link></item>" for path in paths)
        self.server.answers["/feed"] = (200, {"ETag": f'"{len(paths)}"'}, f"<rss>{items}</rss>".encode())

    def page(self, path: str, line: str = LINE) -> None:
        self.server.answers[path] = (200, HTML, PAGE.replace(LINE, line).replace("Four killed", path).encode())

    def look(self, hours: float = 0) -> list[Outcome]:
        self.hours += hours
        hour = int(self.hours)
        at = f"2025-03-{10 + hour // 24:02}T{hour % 24:02}:00:00Z"
        options = msgspec.structs.replace(FIXED, allow_loopback=True, clock=lambda: at)
        asking = Polite(options, delay=0)
        watch = Watch(self.case, self.server.url("/feed"), options, asking, lambda: 1e9 + self.hours * HOUR)
        return list(watch.look(ADA))

    def captures(self) -> list[Capture]:
        return self.case.views.captures()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serving({}) as server:
        yield Site(server, tmp_path / "case")


def test_what_a_feed_announces_is_preserved_once(site: Site) -> None:
    site.announce("/a", "/b")
    site.page("/a")
    site.page("/b", "Nine were hurt in a second invented place, a teacher of that place said on Tuesday evening.")
    assert [one.kind for one in site.look()] == ["added", "added"]
    assert site.look(0.5) == []
    assert site.look(1) == []
    assert len(site.captures()) == 2


def test_a_changed_page_is_a_capture_that_follows_with_the_difference(site: Site) -> None:
    site.announce("/a")
    site.page("/a")
    site.look()
    site.page("/a", LINE.replace("four", "six"))
    (changed,) = site.look(2)
    assert changed.capture is not None
    before, after = site.captures()
    assert (after.follows, after.change, after.id) == (before.id, "changed", changed.capture.id)
    difference = site.case.objects.get(str(after.diff)).decode()
    assert f"-{LINE}" in difference
    assert f"+{LINE.replace('four', 'six')}" in difference


def test_a_page_that_is_gone_is_kept_as_gone_and_what_it_held_stays(site: Site) -> None:
    site.announce("/a")
    site.page("/a")
    site.look()
    site.server.answers["/a"] = (410, HTML, b"removed")
    site.look(2)
    site.look(8)
    before, after = site.captures()
    assert (after.change, after.follows, after.text) == ("gone", before.id, None)
    assert site.case.text(before.id)
    assert before.id in after.partial[0]
    site.page("/a")
    site.look(30)
    assert [one.change for one in site.captures()] == [None, "gone", "changed"]


def test_a_stopped_watch_goes_on_where_it_was_and_a_lost_state_adds_nothing_twice(site: Site) -> None:
    site.announce("/a", "/b")
    site.page("/a")
    assert [one.kind for one in site.look()] == ["added", "fault"]
    (state,) = (site.case.folder / "watching").iterdir()
    state.write_bytes(b"damaged")
    assert [one.kind for one in site.look()] == ["fault"]
    site.page("/b", "Three were hurt in a third invented place, a driver said there on Wednesday morning.")
    assert [one.kind for one in site.look(2)] == ["added"]
    assert len(site.captures()) == 2


def test_a_server_is_told_what_is_known_and_may_say_that_nothing_is_new(site: Site) -> None:
    site.announce("/a")
    site.page("/a")
    site.look()
    site.server.answers["/feed"] = (304, {}, b"")
    assert site.look() == []
    assert site.server.seen["If-None-Match"] == '"1"'


def test_a_site_that_wants_to_be_left_alone_is(site: Site) -> None:
    site.announce("/a")
    site.server.answers["/feed"] = (429, {"Retry-After": "7200"}, b"")
    assert [one.kind for one in site.look()] == ["fault"]
    assert "left alone" in site.look()[0].said
    site.announce("/a")
    site.page("/a")
    assert [one.kind for one in site.look(3)] == ["added"]


def test_a_feed_that_a_page_names_is_asked_when_the_page_has_no_news(site: Site) -> None:
    head = '<html><head><link type="application/rss+xml" href="/news.xml"></head></html>'
    site.server.answers["/feed"] = (200, {"ETag": '"1"', **HTML}, head.encode())
    site.server.answers["/news.xml"] = (200, {}, b"<rss><item><link>/a</link></item></rss>")
    site.page("/a")
    assert [one.kind for one in site.look()] == ["added"]
    site.server.answers["/feed"] = (304, {}, b"")
    site.server.answers["/news.xml"] = (200, {}, b"<rss><item><link>/b</link></item></rss>")
    site.page("/b", "Nine were hurt in a second invented place, a teacher of that place said on Tuesday evening.")
    assert [one.capture.url for one in site.look(0.1) if one.capture] == [site.server.url("/b")]


def test_a_feed_that_fails_keeps_nothing_else_from_being_looked_at(site: Site) -> None:
    site.server.answers["/feed"] = (200, {}, b"no feed at all")
    with pytest.raises(BadInput, match="no RSS"):
        site.look()
    site.announce("/a")
    site.page("/a")
    site.look()
    site.server.answers["/feed"] = (404, {}, b"")
    site.page("/a", LINE.replace("four", "six"))
    outcomes = site.look(2)
    assert [one.kind for one in outcomes] == ["fault", "added"]
    assert "status 404" in outcomes[0].said


def test_one_broken_feed_of_an_index_keeps_no_other_from_being_asked(site: Site) -> None:
    places = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in ("/one.xml", "/two.xml"))
    site.server.answers["/feed"] = (200, {}, f"<sitemapindex>{places}</sitemapindex>".encode())
    site.server.answers["/one.xml"] = (500, {}, b"")
    site.server.answers["/two.xml"] = (200, {}, b"<urlset><url><loc>/a</loc></url></urlset>")
    site.page("/a")
    site.announce("/a")
    site.look()
    site.server.answers["/feed"] = (200, {}, f"<sitemapindex>{places}</sitemapindex>".encode())
    site.server.answers["/two.xml"] = (200, {}, b"<urlset><url><loc>/b</loc></url></urlset>")
    site.page("/b", "Nine were hurt in a second invented place, a teacher of that place said on Tuesday evening.")
    assert [one.kind for one in site.look()] == ["fault", "added"]


def test_a_server_that_asked_for_rest_is_not_asked_before_it_is_over(site: Site) -> None:
    site.server.answers["/feed"] = (429, {"Retry-After": "7200"}, b"")
    site.look()
    site.announce("/a")
    site.page("/a")
    asked = len(site.server.asked)
    assert [one.kind for one in site.look(1)] == ["fault"]
    assert len(site.server.asked) == asked
    assert [one.kind for one in site.look(2)] == ["added"]


def test_a_page_without_words_is_not_changed_each_time(site: Site) -> None:
    site.announce("/a")
    site.server.answers["/a"] = (200, HTML, b"<html><body><img src='/map.png'></body></html>")
    site.look()
    assert site.look(2) == []
    site.server.answers["/a"] = (200, HTML, b"<html><body><img src='/other.png'></body></html>")
    assert [one.capture.change for one in site.look(8) if one.capture] == ["changed"]


def test_the_case_and_its_bundle_verify_with_all_that_was_watched(site: Site, tmp_path: Path) -> None:
    site.announce("/a")
    site.page("/a")
    site.look()
    site.page("/a", LINE.replace("four", "six"))
    site.look(2)
    assert verify_case(site.case.ledger, site.case.objects).objects == 7
    export_bundle(site.case.ledger, site.case.objects, tmp_path / "bundle", SIGNER)
    for holds in (by_package, by_standalone, by_shell):
        assert holds(tmp_path / "bundle")
