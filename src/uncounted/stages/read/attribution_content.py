"""What was said: the span of a reported statement beside its source and cue."""

from collections.abc import Sequence

from uncounted.stages.read.attribution_sentence import Clauses
from uncounted.text.view import View

_INVERTED = frozenset({"comma", "quote", "dash"})


def content_span(
    seen: View, said: Clauses, following: Sequence[Clauses], cue: tuple[int, int], source: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Return the content in the view's offsets, or ``None`` where nothing is left beside source and cue.

    Before the cue where the sentence ends with it or a quotation stands before it ("…, X said"; "…," said X), else
    after it to the sentence's end. A quotation that runs on is followed to its end.
    """
    first, last = cue
    begin = min(first, source[0]) if source else first
    stop = max(last, source[1]) if source else last
    behind = len([t for t in said.tokens[stop:] if t.word[0].isalnum()])
    ahead = len([t for t in said.tokens[:begin] if t.word[0].isalnum()])
    mark_before = said.kind(begin - 1)
    quoted_before = any(said.quoted[:begin])
    inverted = (
        mark_before in _INVERTED and ahead >= 2 and (quoted_before or behind <= 4 or said.word(first) == "according")
    )
    if inverted and not (said.word(first) == "according" and begin == 0):
        return _before(said, begin, quoted_before=quoted_before)
    if behind == 0 and ahead:
        return _before(said, begin, quoted_before=quoted_before)
    return _after(seen, said, following, stop)


def _before(said: Clauses, begin: int, *, quoted_before: bool) -> tuple[int, int]:
    first = 0
    last = begin
    while last > 1 and said.kind(last - 1) == "comma":
        last -= 1
    if quoted_before and not said.quoted[0]:
        inside = [at for at in range(begin) if said.quoted[at]]
        first = inside[0] if inside and begin - inside[-1] <= 3 else 0
    return said.tokens[first].start, said.tokens[last - 1].end


def _after(seen: View, said: Clauses, following: Sequence[Clauses], stop: int) -> tuple[int, int] | None:
    first = stop
    while first < len(said.tokens) and said.kind(first) in ("comma", "colon"):
        first += 1
    if said.word(first) == "that":
        first += 1
    last = len(said.tokens)
    while last > first and said.kind(last - 1) == "stop":
        last -= 1
    if first >= last:
        return None
    end = said.tokens[last - 1].end
    # A quotation that does not close in this sentence runs on.
    if said.quoted[last - 1] and said.word(len(said.tokens) - 1) != '"':
        for other in following:
            if not other.quoted[0]:
                break
            inside = [at for at, quoted in enumerate(other.quoted) if quoted]
            end = other.tokens[inside[-1]].end
            if inside[-1] < len(other.tokens) - 1 or other.word(inside[-1]) == '"':
                break
    return said.tokens[first].start, end
