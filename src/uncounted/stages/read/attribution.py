"""Who is quoted as saying, thinking or showing what: sources, cues and contents of a document."""

from collections.abc import Sequence

from uncounted.model.claims import Attributed, Document, Passage
from uncounted.stages.read.attribution_content import content_span
from uncounted.stages.read.attribution_features import (
    cue_features,
    cue_positions,
    near_chunks,
    pair_features,
    source_features,
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


def attributions(document: Document) -> tuple[Attributed, ...]:
    """Return each reported statement in order of its cue: source, cue and content, each verbatim.

    The source is ``None`` where the words name none ("reportedly"), the content where it lies in no sentence beside
    the cue. A scorer trained on annotated news weighs each word of the lexicon of reporting with each phrase that
    could be its source. English; any other language gives nothing yet. Deterministic, linear in the text's length.
    """
    if (document.language or "en").lower()[:2] != "en":
        return ()
    seen = view(document.text)
    known, weights = reporting("en"), attribution_weights("en")
    told = list[Attributed]()
    sentences = list(clauses(seen, known))
    for number, said in enumerate(sentences):
        told += _sentence(document.id, seen, said, sentences[number + 1 : number + 4], known, weights)
    return tuple(told)


def _sentence(document: str, seen: View, said: Clauses, next_: Sequence[Clauses], known: Reporting,
              weights: AttributionWeights) -> list[Attributed]:  # fmt: skip
    told, taken = list[Attributed](), set[int]()
    for at in cue_positions(said, known):
        if at in taken:
            continue
        sourceless = said.word(at) in known.words.sourceless
        best = None if sourceless else best_source(said, at, known, weights)
        if best is None and not sourceless:
            continue
        if best is not None and best[1] < weights.least:
            continue
        first, last = _cue_span(said, at, known)
        taken.update(range(first, last))
        source = _source_span(said, best[0], at, known) if best else None
        content = content_span(seen, said, next_, (first, last), source)
        told.append(
            Attributed(
                document=document,
                source=_passage(seen, said, source) if source else None,
                cue=_passage(seen, said, (first, last)),
                content=seen.passage(*content) if content else None,
            )
        )
    return told


def best_source(said: Clauses, at: int, known: Reporting, weights: AttributionWeights) -> tuple[Chunk, float] | None:
    """Return the likeliest source of a cue among a sentence's chunks, and how likely both are right (0..1).

    ``None`` where no chunk stands near, or where no source could make the word likely enough.
    """
    alone = logit(weights.cue, cue_features(said, at, known)) + weights.cue.get("bias", 0.0)
    if probability(alone + weights.reach) < weights.least:
        return None
    scored = sorted(
        (
            (logit(weights.source, source_features(said, at, said.chunks[number], steps, known)), number)
            for number, steps in near_chunks(said, at)
        ),
        reverse=True,
    )
    if not scored:
        return None
    score, number = scored[0]
    second = scored[1][0] if len(scored) > 1 else None
    pair = pair_features(said, at, said.chunks[number], score, second, known)
    return said.chunks[number], probability(alone + logit(weights.cue, pair))


def _passage(seen: View, said: Clauses, span: tuple[int, int]) -> Passage:
    return seen.passage(said.tokens[span[0]].start, said.tokens[span[1] - 1].end)


_BEFORE_CUE = frozenset("has have had is are was were been be being not also did does do reportedly later".split())
_AFTER_CUE = frozenset({"to", "that", "as", "out"})


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
    by_start = {other.first: other for other in said.chunks}
    while last < limit and said.word(last) in known.words.joining and last + 1 in by_start:
        other = by_start[last + 1]
        if other.last > limit or other.kind in ("pronoun", "who", "that") or other.last - first > _MOST_WORDS:
            break
        last = other.last
    by_end = {other.last: other for other in said.chunks}
    while said.word(first - 1) in known.words.joining and first - 1 in by_end and first - 1 > 0:
        # The ranker may choose the last noun of a phrase: "the director of | the hospital".
        other = by_end[first - 1]
        if other.kind in ("pronoun", "who", "that") or (limit == len(said.tokens) and other.first <= at):
            break
        if said.kind(other.first - 1) == "prep" or last - other.first > _MOST_WORDS:
            break
        first = other.first
    while last - first > 1 and said.classes[last - 1] in ("hyphen", "poss", "title-stop"):
        last -= 1
    return first, last
