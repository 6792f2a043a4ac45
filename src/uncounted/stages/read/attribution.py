"""Who is quoted as saying, thinking or showing what: sources, cues and contents of a document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from uncounted.model.claims import Attributed, Document, Passage
from uncounted.stages.read.attribution_content import content_span
from uncounted.stages.read.attribution_features import (
    SourceScorer,
    cue_features,
    cue_positions,
    near_chunks,
    pair_features,
)
from uncounted.stages.read.attribution_scorer import (
    AttributionWeights,
    attribution_weights,
    logit,
    probability,
)
from uncounted.stages.read.attribution_sentence import Chunk, Clauses, clauses
from uncounted.stages.read.attribution_words import Reporting, reporting
from uncounted.text.view import View, view


@dataclass(frozen=True, slots=True)
class Statement:
    """One reported statement within its sentence: token spans of cue and source, content in the view's offsets.

    ``base`` is the cue's base form ("say"), ``sure`` how likely cue and source are right (0..1).
    """

    said: Clauses
    at: int
    base: str
    cue: tuple[int, int]
    source: tuple[int, int] | None
    content: tuple[int, int] | None
    sure: float


def attributions(document: Document) -> tuple[Attributed, ...]:
    """Return each reported statement in order of its cue: source, cue and content, each verbatim.

    The source is ``None`` where the words name none ("reportedly"), the content where it lies in no sentence beside
    the cue. A scorer trained on annotated news weighs each word of the lexicon of reporting with each phrase that
    could be its source. English; any other language gives nothing yet. Deterministic, linear in the text's length.
    """
    if (document.language or "en").lower()[:2] != "en":
        return ()
    seen = view(document.text)
    return tuple(
        Attributed(
            document=document.id,
            source=_passage(seen, one.said, one.source) if one.source else None,
            cue=_passage(seen, one.said, one.cue),
            content=seen.passage(*one.content) if one.content else None,
        )
        for one in statements(list(clauses(seen, reporting("en"))))
    )


def statements(
    sentences: Sequence[Clauses], bases: frozenset[str] | None = None, least: float | None = None
) -> Iterator[Statement]:
    """Yield the statements of sentences; with ``bases`` only those whose cue has one of these base forms.

    ``least`` is how likely a statement must be, where the trained threshold is not wanted.
    """
    for number, said in enumerate(sentences):
        yield from told_in(said, sentences[number + 1 : number + 1 + RUNS_ON], bases, least)


RUNS_ON = 3
"""So many sentences further may a quotation run on."""


def told_in(
    said: Clauses, following: Iterable[Clauses], bases: frozenset[str] | None = None, least: float | None = None
) -> Iterator[Statement]:
    """Yield the statements of one sentence; ``following`` are the ``RUNS_ON`` after it. See :func:`statements`."""
    known, weights = reporting("en"), attribution_weights("en")
    least = weights.least if least is None else least
    taken = set[int]()
    for at in cue_positions(said, known):
        base = known.forms.get(said.word(at), (said.word(at), ""))[0]
        if at in taken or (bases is not None and base not in bases):
            continue
        # The agent of a passive is sure where only words of telling are looked for.
        agent = bases is not None and agent_of_passive(said, at) is not None
        found = _statement(said, at, known, weights, 0.0 if agent else least)
        if found is None:
            continue
        cue, source, sure = found
        taken.update(range(*cue))
        content = content_span(said, following, cue, source, known.words.listens)
        yield Statement(said, at, base, cue, source, content, sure)


_Found = tuple[tuple[int, int], tuple[int, int] | None, float]


def _statement(said: Clauses, at: int, known: Reporting, weights: AttributionWeights, least: float) -> _Found | None:
    if said.word(at) in known.words.sourceless:
        return (at, at + 1), None, 1.0
    best = best_source(said, at, known, weights, least)
    if best is None or best[1] < least:
        return None
    return _cue_span(said, at, known), _source_span(said, best[0], at, known), best[1]


def best_source(
    said: Clauses, at: int, known: Reporting, weights: AttributionWeights, least: float
) -> tuple[Chunk, float] | None:
    """Return the likeliest source of a cue among a sentence's chunks, and how likely both are right (0..1).

    ``None`` where no chunk stands near, or where no source could make the word likely enough.
    """
    alone = logit(weights.cue, cue_features(said, at, known)) + weights.cue.get("bias", 0.0)
    if probability(alone + weights.reach) < least:
        return None
    near = [
        one
        for one in near_chunks(said, at)
        if not (said.word(at) in known.words.listens and said.chunks[one[0]].first == at + 1)
    ]
    found = _source_scorer(weights).scores(said, at, known, near)
    scored = sorted(((round(score, 6), number) for score, (number, _) in zip(found, near, strict=True)), reverse=True)
    if not scored:
        return None
    fixed = _turned_to(said, at) if (agent := agent_of_passive(said, at)) is None else agent
    score, number = next((one for one in scored if one[1] == fixed), scored[0])
    second = scored[1][0] if len(scored) > 1 else None
    pair = pair_features(said, at, said.chunks[number], known, score=score, second=second)
    return said.chunks[number], probability(alone + logit(weights.cue, pair))


@lru_cache(maxsize=2)
def _source_scorer(weights: AttributionWeights) -> SourceScorer:
    return SourceScorer(weights.source)


_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})


def is_passive(said: Clauses, at: int) -> bool:
    """Whether a cue is passive: "was reported", "has also been said"."""
    before = [at - 1, at - 2] if said.kind(at - 1) in ("adverb", "aux") else [at - 1]
    return not said.word(at).endswith("ing") and any(said.word(i) in _BE for i in before)


def agent_of_passive(said: Clauses, at: int) -> int | None:
    """Return the chunk that did the telling of a passive cue: "it was reported on Monday by | the police"."""
    if is_passive(said, at):
        for number, chunk in enumerate(said.chunks):
            if at < chunk.first <= at + 6 and said.word(chunk.first - 1) == "by":
                return number
    return None


def _turned_to(said: Clauses, at: int) -> int | None:
    """Return the chunk after an inverted cue: "…, said a nurse who …", where the clause before is whole."""
    if said.kind(at - 1) not in ("comma", "quote") or at < 3 or said.word(at).endswith("ing"):
        return None
    number = next((number for number, chunk in enumerate(said.chunks) if chunk.first == at + 1), None)
    if number is None or said.chunks[number].kind in ("that", "who", "pronoun"):
        return None
    follows = said.kind(phrase_from(said, said.chunks[number])[1])
    clause = any(said.kind(i) in ("aux", "verb", "cue") or said.word(i).endswith("ed") for i in range(at - 1))
    return number if clause and follows in ("$", "stop", "comma", "who") else None


def _passage(seen: View, said: Clauses, span: tuple[int, int]) -> Passage:
    return seen.passage(said.tokens[span[0]].start, said.tokens[span[1] - 1].end)


_BEFORE_CUE = frozenset(
    {
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "not",
        "also",
        "did",
        "does",
        "do",
        "later",
    }
)


def _cue_span(said: Clauses, at: int, known: Reporting) -> tuple[int, int]:
    """Widen a cue over its auxiliaries and particles: "was quoted as saying", "according to", "has said"."""
    first, last = at, at + 1
    while first and said.word(first - 1) in _BEFORE_CUE:
        first -= 1
    base = known.forms.get(said.word(at), ("", ""))[0]
    if said.word(last) in ("as", "to", "on", "out") and base in (
        "according",
        "quote",
        "cite",
        "refer",
        "point",
        "call",
    ):
        last += 1
        if said.word(last) in known.forms and base == "quote":
            last += 1
    return first, last


_MOST_WORDS = 24


def _source_span(said: Clauses, chunk: Chunk, at: int, known: Reporting) -> tuple[int, int]:
    """Widen a source over what belongs to it: "a spokesman | for | the army", "the head | of | X Hospital, Y"."""
    first, last = chunk.first, chunk.last
    if chunk.kind in ("pronoun", "who", "that"):
        return first, last
    limit = at if last <= at else len(said.tokens)
    last = phrase_from(said, chunk, limit)[1]
    first = phrase_to(said, chunk, at if limit == len(said.tokens) else -1)[0]
    loose = known.words.openings
    while last - first > 1 and (
        said.classes[last - 1] in ("hyphen", "poss", "title-stop") or said.word(last - 1) in loose
    ):
        last -= 1
    return first, last


def phrase_from(said: Clauses, chunk: Chunk, limit: int | None = None) -> tuple[int, int]:
    """Return the tokens of a chunk and of what follows it by "of", "for", "and"; a limit is not passed."""
    joining = reporting("en").words.joining
    limit = len(said.tokens) if limit is None else limit
    first, last = chunk.first, chunk.last
    by_start = {other.first: other for other in said.chunks}
    while last < limit:
        # "sources close to the families": an adjective may stand before the joining word.
        joint = last + (said.word(last) in reporting("en").words.postposed)
        if said.word(joint) not in joining or joint + 1 not in by_start:
            break
        other = by_start[joint + 1]
        if other.last > limit or other.kind in ("pronoun", "who", "that") or other.last - first > _MOST_WORDS:
            break
        last = other.last
    return first, last


def phrase_to(said: Clauses, chunk: Chunk, after: int = -1) -> tuple[int, int]:
    """Return the tokens of a chunk and of the phrase before it that it belongs to: "the director of | the hospital".

    Nothing at or before the index ``after`` is taken in.
    """
    joining = reporting("en").words.joining
    first, last = chunk.first, chunk.last
    by_end = {other.last: other for other in said.chunks}
    while first > 1 and said.word(first - 1) in joining and first - 1 in by_end:
        other = by_end[first - 1]
        alone = other.kind in ("pronoun", "who", "that") or said.kind(other.first - 1) == "prep"
        speakers = said.word(other.last - 1) in reporting("en").words.speakers
        alone = alone or (said.kind(first - 1) == "conj" and other.kind in ("bare", "number") and not speakers)
        if alone or other.first <= after or last - other.first > _MOST_WORDS:
            break
        first = other.first
    return first, last
