"""The rule of the house on words: what quotes a document is the document's own slice."""

from collections.abc import Iterator

from uncounted.model.claims import Claim

Span = tuple[str, str | None, int | None, int | None]
"""A part of a claim that quotes its document: its name, text, start and end."""


def spans(claim: Claim) -> Iterator[Span]:
    """Yield the parts of a claim that quote its document."""
    for part in ("passage", "victim", "count", "place", "time", "actor", "means"):
        said = getattr(claim, part)
        if said is not None:
            yield part, said.text, said.start, said.end
    for source in claim.attribution:
        yield "attribution", source.text, source.start, source.end


def quotes(span: Span) -> bool:
    """Say whether a part quotes anything at all; all three ``None`` is a thing that no words say."""
    return span[1:] != (None, None, None)


def is_slice(span: Span, text: str) -> bool:
    """Say whether a part that quotes is the text's own slice, in code points and not empty."""
    _, words, start, end = span
    return bool(words) and start is not None and end is not None and start >= 0 and text[start:end] == words


def misquoted(claim: Claim, text: str) -> Iterator[Span]:
    """Yield the parts of a claim that quote something else than the text's own slice."""
    return (span for span in spans(claim) if quotes(span) and not is_slice(span, text))
