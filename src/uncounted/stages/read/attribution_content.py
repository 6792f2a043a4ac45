"""What was said: the span of a reported statement beside its source and cue."""

from collections.abc import Iterable

from uncounted.stages.read.attribution_sentence import Clauses

_INVERTED = frozenset({"comma", "quote", "dash"})


def content_span(
    said: Clauses,
    following: Iterable[Clauses],
    cue: tuple[int, int],
    source: tuple[int, int] | None,
    listens: frozenset[str],
) -> tuple[int, int] | None:
    """Return the content in the view's offsets, or ``None`` where nothing is left beside source and cue.

    Before the cue where the sentence ends with it or a quotation stands before it ("…, X said"; "…," said X), else
    after it to the sentence's end. A quotation that runs on is followed to its end.
    """
    first, last = cue
    begin = min(first, source[0]) if source else first
    begin -= said.word(begin - 1) == "it"
    stop = max(last, source[1]) if source else last
    if source and source[0] >= last and said.kind(source[0]) == "who":
        stop = source[0]
    if said.word(last - 1) in listens:
        stop = max(stop, next((chunk.last for chunk in said.chunks if chunk.first == last and chunk.kind != "that"), 0))
    quoted_before = any(said.quoted[:begin])
    ends = all(said.kind(at) in _CLOSING for at in range(stop, len(said.tokens)))
    if begin and (ends or (_tells(said, begin) and _turned(said, first, begin, stop, quoted_before=quoted_before))):
        before = _before(said, begin, quoted_before=quoted_before)
        goes_on = said.kind(stop) == "comma" and said.kind(stop + 1) not in ("conj", "cue", "prep", "who", "$", "stop")
        if goes_on and not quoted_before and said.word(stop + 1) not in ("adding", "citing", "quoting", "as"):
            return before[0], said.tokens[_stop_at(said)].end
        return before
    return _after(said, following, stop)


_CLOSING = frozenset({"stop", "quote", "comma", "mark"})
_VERBAL = frozenset({"aux", "cue"})


def _tells(said: Clauses, begin: int) -> bool:
    """Whether what stands before source and cue is more than a name or an opening ("In Homs, …")."""
    verb = any(said.kind(at) in _VERBAL or said.word(at).endswith("ed") for at in range(begin))
    return begin > 2 and (verb or any(said.quoted[:begin]))


def _turned(said: Clauses, first: int, begin: int, stop: int, *, quoted_before: bool) -> bool:
    """Whether source and cue follow what was said: "…, X said on Monday", "…," said X, "…, according to X"."""
    if said.kind(begin - 1) not in _INVERTED and said.word(first) != "according":
        return False
    if said.word(first) == "according" or quoted_before:
        return True
    return said.kind(stop) in ("comma", "stop", "quote", "prep", "who", "$") or _weekday(said, stop)


def _weekday(said: Clauses, at: int) -> bool:
    return said.kind(at) == "name" and said.kind(at + 1) in ("stop", "comma", "$", "prep")


def _stop_at(said: Clauses) -> int:
    last = len(said.tokens) - 1
    while last and said.kind(last) == "stop":
        last -= 1
    return last


def _before(said: Clauses, begin: int, *, quoted_before: bool) -> tuple[int, int]:
    first = 0
    last = begin
    while last > 1 and said.kind(last - 1) == "comma":
        last -= 1
    if quoted_before and not said.quoted[0]:
        inside = [at for at in range(begin) if said.quoted[at]]
        first = inside[0] if inside and begin - inside[-1] <= 3 else 0
    return said.tokens[first].start, said.tokens[last - 1].end


def _after(said: Clauses, following: Iterable[Clauses], stop: int) -> tuple[int, int] | None:
    first = stop
    while first < len(said.tokens) and said.kind(first) in ("comma", "colon"):
        first += 1
    if said.word(first) == "that":
        first += 1
    last = len(said.tokens)
    # What stands after a semicolon is no longer this speaker's, unless it is still quoted.
    halt = next((at for at in range(first, last) if said.word(at) == ";" and not said.quoted[at]), last)
    last = halt if halt > first else last
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
