"""The whole of a speaker's phrase, where a word in it looked like a word of telling or like its end."""

from uncounted.stages.read.attribution import phrase_to
from uncounted.stages.read.attribution_sentence import Clauses
from uncounted.stages.read.attribution_words import reporting
from uncounted.stages.read.chain_kinds import SourceWords

_Span = tuple[int, int]
_MOST = 6
"""So many tokens may a phrase be longer than it looked."""


def whole(said: Clauses, source: _Span, cue: int, words: SourceWords) -> _Span:
    """Return the tokens of a source that ends before its cue, without what only tells how it was reached.

    "Syrian | state media said", "the director of the town | 's only hospital said", "witnesses contacted | by phone
    said", "hospital records | seen by X show".
    """
    return _without_approach(said, _grown(said, _owned(said, source), cue, words), words)


def _owned(said: Clauses, source: _Span) -> _Span:
    """ "the director of the town's only | hospital": with its owner, where a small word stands between."""
    at = source[0]
    while at > 1 and said.word(at - 1) in ("only", "own", "main"):
        at -= 1
    if at == source[0] or said.kind(at - 1) != "poss":
        return source
    owner = next((chunk for chunk in said.chunks if chunk.last in (at, at - 1)), None)
    return (phrase_to(said, owner)[0], source[1]) if owner is not None else source


def _grown(said: Clauses, source: _Span, cue: int, words: SourceWords) -> _Span:
    last, speakers = source[1], reporting("en").words.speakers
    if last == cue and said.word(cue) in speakers and said.word(cue + 1) in words.approached:
        return source[0], cue + 1  # "hospital records seen by X": no word of telling
    limit = cue if last <= cue else min(last + _MOST, len(said.tokens))
    if limit > last + _MOST:
        return source
    if last < cue and said.kind(last) == "poss" and all(said.kind(at) in _INSIDE for at in range(last, cue)):
        return source[0], cue
    at = last
    while at < limit and (said.word(at) in speakers or said.word(at) in words.before_speakers):
        at += 1
        if said.word(at - 1) in speakers:
            last = at
    return source[0], last


_INSIDE = frozenset({"poss", "det", "word", "name", "aux", "hyphen", "number"})


def _without_approach(said: Clauses, source: _Span, words: SourceWords) -> _Span:
    for at in range(source[0] + 1, source[1]):
        if said.word(at) in words.approached:
            return source[0], at
    return source
