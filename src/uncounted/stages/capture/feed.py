"""Feeds: what RSS, Atom and sitemaps announce, and where a page says that its feed lies."""

import gzip
import io
import zlib
from typing import Any
from urllib.parse import urljoin

import msgspec

from uncounted.model.errors import BadInput
from uncounted.stages.capture.dates import iso_date

MOST = 50_000
"""Items of one feed beyond which it is cut: the limit of the sitemap protocol (sitemaps.org)."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing announced: its address, and what the feed says of it. ``changed`` is when it was last changed."""

    url: str
    title: str | None = None
    published: str | None = None
    changed: str | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed announces, in its order; ``feeds`` are further feeds that it names (a sitemap's index, a page)."""

    items: tuple[Item, ...] = ()
    feeds: tuple[str, ...] = ()


def read_feed(url: str, body: bytes, limit: int) -> Feed:
    """The items of a feed found at ``url``. Raises :class:`BadInput` for what is none, or unpacks beyond ``limit``.

    No entity is resolved and nothing is fetched on the way.
    """
    from lxml import etree

    body = _unpacked(url, body, limit)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.LxmlError, ValueError):
        root = None
    match _name(root):
        case "rss" | "RDF":
            return Feed(items=_unique(_rss(url, item) for item in _all(root, "item")))
        case "feed":
            return Feed(items=_unique(_atom(url, entry) for entry in _all(root, "entry")))
        case "urlset":
            return Feed(items=_unique(_place(url, one) for one in _all(root, "url")))
        case "sitemapindex":
            return Feed(feeds=tuple(urljoin(url, loc) for one in _all(root, "sitemap") if (loc := _text(one, "loc"))))
        case _:
            named = _alternates(url, body)
            if not named:
                raise BadInput(url, "it is no RSS, Atom or sitemap, and names none", "Give the address of the feed")
            return Feed(feeds=named)


def _unpacked(url: str, body: bytes, limit: int) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as stream:
            found = stream.read(limit + 1)
    except (OSError, EOFError, zlib.error) as fault:
        raise BadInput(url, f"its gzip is broken ({fault})", "Try again later") from fault
    if len(found) > limit:
        raise BadInput(url, f"it unpacks to more than the limit of {limit:,} bytes", "Name a smaller feed")
    return found


def _name(node: Any) -> str:
    tag = getattr(node, "tag", "")
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _all(root: Any, name: str) -> list[Any]:
    return [node for node in root.iter() if _name(node) == name][:MOST]


def _text(node: Any, *names: str) -> str | None:
    """The words of the first child with one of these names, the first name first."""
    for name in names:
        for child in node:
            if _name(child) == name and (said := "".join(child.itertext()).strip()):
                return said
    return None


def _rss(base: str, item: Any) -> Item | None:
    guid = next((one for one in item if _name(one) == "guid"), None)
    permanent = guid is not None and guid.get("isPermaLink", "true") == "true"
    link = _text(item, "link") or (_text(item, "guid") if permanent else None)
    return _item(base, link, _text(item, "title"), _text(item, "pubDate", "date"), None)


def _atom(base: str, entry: Any) -> Item | None:
    links = [one for one in entry if _name(one) == "link" and one.get("rel", "alternate") == "alternate"]
    link = links[0].get("href") if links else None
    return _item(base, link, _text(entry, "title"), _text(entry, "published"), _text(entry, "updated"))


def _place(base: str, one: Any) -> Item | None:
    return _item(base, _text(one, "loc"), None, None, _text(one, "lastmod"))


def _item(base: str, link: str | None, title: str | None, published: str | None, changed: str | None) -> Item | None:
    if not link:
        return None
    return Item(
        url=urljoin(base, link.strip()),
        title=title,
        published=iso_date(published) if published else None,
        changed=iso_date(changed) if changed else None,
    )


def _unique(items: Any) -> tuple[Item, ...]:
    found: dict[str, Item] = {}
    for item in items:
        if item is not None and item.url.startswith(("http://", "https://")):
            found.setdefault(item.url, item)
    return tuple(found.values())


def _alternates(url: str, body: bytes) -> tuple[str, ...]:
    """The feeds that an HTML page names in its head."""
    from lxml import etree, html

    try:
        page: Any = html.document_fromstring(body)  # type: ignore[no-untyped-call]
    except (etree.LxmlError, ValueError):
        return ()
    kinds = {"application/rss+xml", "application/atom+xml"}
    links = (one for one in page.iter("link") if (one.get("type") or "").lower() in kinds and one.get("href"))
    return tuple(dict.fromkeys(urljoin(url, one.get("href")) for one in links))
