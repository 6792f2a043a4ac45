"""HTML pages: main text and metadata by trafilatura."""

import logging
import re

import msgspec

from uncounted.model.errors import BadInput
from uncounted.stages.capture.decode import decode
from uncounted.stages.capture.draft import Draft

MOST = 10_000_000
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
LANGUAGE = re.compile(r"<html[^>]{0,2000}?\slang\s*=\s*[\"']?([A-Za-z]{2,3})", re.IGNORECASE)


def read_html(
    name: str, data: bytes, *, charset: str | None = None, url: str | None = None, given: str | None = None
) -> Draft:
    """Main text of a page, with title, author, publisher and date where its markup states them.

    ``given`` is a person's word for the charset, ``charset`` what the server declared; the page's own declaration comes
    next. A date is taken from metadata only, never from the text. Raises :class:`BadInput` for a page over 10 MB or
    without a readable charset.
    """
    if len(data) > MOST:
        raise BadInput(name, f"a page of {len(data):,} bytes is over the {MOST:,} that are read", "Save its text alone")
    inner = CHARSET.search(data[:4096])
    declared = charset or (inner[1].decode("ascii") if inner else None)
    page = decode(name, data, declared, given)
    draft = page_draft(page.text, notes=page.notes, url=url)
    return msgspec.structs.replace(draft, partial=(*page.doubts, *draft.partial))


def page_draft(page: str, *, notes: tuple[str, ...] = (), url: str | None = None) -> Draft:
    """The draft of a page that is already decoded."""
    from trafilatura import bare_extraction

    for noisy in ("trafilatura", "htmldate"):  # what they could not read is told in ``partial``
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    declared = LANGUAGE.search(page[:20_000])
    language = declared[1].lower() if declared else None
    found = bare_extraction(
        page,
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = found.text if found is not None and not isinstance(found, dict) else None
    if found is None or isinstance(found, dict) or not text:
        return _all_text(page, notes, url, language)
    return Draft(
        form="html",
        extractor=extractor(),
        text=text,
        url=url or found.url,
        title=found.title,
        publisher=found.sitename,
        author=found.author,
        published=found.date,
        declared=language,
        notes=notes,
        more=_stated(page),
    )


def _all_text(page: str, notes: tuple[str, ...], url: str | None, language: str | None) -> Draft:
    """The draft of a page in which no main text stands out, such as a very short one: its paragraphs, or all words."""
    from trafilatura import baseline, html2txt

    if "<html" not in page[:20_000].lower():
        page = f"<html><body>{page}</body></html>"
    text = str(baseline(page)[1] or html2txt(page) or "").strip() or None
    partial = "no main text was found in the page"
    return Draft(
        form="html",
        extractor=extractor(),
        text=text,
        url=url,
        declared=language,
        notes=notes,
        partial=(f"{partial}, so all its words are taken" if text else partial,),
        more=_stated(page),
    )


def extractor() -> str:
    """The name and version of what takes the main text."""
    from importlib.metadata import version

    return f"trafilatura/{version('trafilatura')}"


def _stated(page: str) -> dict[str, str]:
    """Say whether the page marks itself as invented, as demonstration material does."""
    return {"invented": "yes"} if re.search(r"<meta\s+name=\"invented\"\s+content=\"yes\"", page) else {}
