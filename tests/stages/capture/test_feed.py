import gzip

import pytest

from uncounted.model.errors import BadInput
from uncounted.stages.capture.feed import Item, read_feed

AT = "https://paper.example/feeds/all.xml"
RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Invented</title><link>https://paper.example/</link>
<item><title>Four killed</title><link>/a</link><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate></item>
<item><title>No link</title><guid>https://paper.example/b</guid></item>
<item><title>An id, not an address</title><guid isPermaLink="false">tag:1</guid></item>
<item><title>Again</title><link>/a</link></item><item><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Two hurt</title><link rel="self" href="/self"/>
<link href="https://paper.example/c"/><published>2025-03-05T08:00:00Z</published><updated>2025-03-06T08:00:00Z</updated>
</entry></feed>"""
MAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://paper.example/d</loc>
<lastmod>2025-03-07</lastmod></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>/one.xml.gz</loc></sitemap><sitemap><loc>/two.xml</loc></sitemap></sitemapindex>"
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>x</body></html>'


def read(body: bytes) -> tuple[Item, ...]:
    return read_feed(AT, body, 1_000_000).items


def test_rss_items_have_addresses_and_dates_each_address_once() -> None:
    assert read(RSS) == (
        Item(url="https://paper.example/a", title="Four killed", published="2025-03-04T10:00:00Z"),
        Item(url="https://paper.example/b", title="No link"),
    )


def test_atom_entries_are_named_by_their_alternate_link() -> None:
    (item,) = read(ATOM)
    assert (item.url, item.title) == ("https://paper.example/c", "Two hurt")
    assert (item.published or "").startswith("2025-03-05")
    assert (item.changed or "").startswith("2025-03-06")


def test_sitemaps_name_pages_and_further_sitemaps_also_compressed() -> None:
    assert read(gzip.compress(MAP)) == (Item(url="https://paper.example/d", changed="2025-03-07"),)
    assert read_feed(AT, INDEX, 1000).feeds == ("https://paper.example/one.xml.gz", "https://paper.example/two.xml")


def test_a_page_leads_to_its_feed() -> None:
    assert read_feed("https://paper.example/", PAGE, 1000).feeds == ("https://paper.example/rss",)


@pytest.mark.parametrize(
    "body", [b"", b"words", b"{}", b"<html></html>", b"\x1f\x8bjunk", gzip.compress(bytes(2000), mtime=0)]
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        read_feed(AT, body, 1000)


def test_entities_are_neither_multiplied_nor_fetched() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    items = read(bomb + RSS.replace(b"Four killed", b"&a;&b;").partition(b"?>")[2])
    assert "aaaa" not in str(items)
    assert "root" not in str(items)
