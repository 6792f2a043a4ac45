"""What the scorer of attributions looks at: features of a cue, and of a chunk as the source of a cue."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from uncounted.stages.read.attribution_sentence import Chunk, Clauses
from uncounted.stages.read.attribution_words import Reporting

_LEFT, _RIGHT = 10, 4
_SUBJECT_BEFORE = frozenset({"^", "comma", "conj", "that", "quote", "dash", "colon", "mark"})


def cue_positions(said: Clauses, known: Reporting) -> Iterator[int]:
    """Yield the indices of the words that may report: the lexicon's, and a colon after a speaker's name."""
    for at, token in enumerate(said.tokens):
        if (token.word in known.forms and said.classes[at] != "name") or (
            token.word == ":" and 0 < at <= 12 and said.kind(at - 1) not in ("number", "cue")
        ):
            yield at


def _closed(said: Clauses, at: int, known: Reporting) -> str:
    """Return a function word or a word of the lexicon as it is, of any other only its class: topics are no features."""
    word, words = said.word(at), known.words
    listed = (
        word in words.auxiliaries
        or word in words.pronouns
        or word in words.determiners
        or word in words.prepositions
        or word in words.conjunctions
        or word in ("to", "that", "who", "which")
        or word in known.forms
        or not word[:1].isalnum()
    )
    return word if listed else f"({said.kind(at)})"


def cue_features(said: Clauses, at: int, known: Reporting) -> list[str]:
    """Return the features of a word as a cue, apart from its source."""
    word = said.word(at)
    base, form = known.forms.get(word, (word, "mark"))
    before, after = _closed(said, at - 1, known), _closed(said, at + 1, known)
    kinds = [said.kind(at + offset) for offset in (-2, -1, 1, 2)]
    features = [
        "cue", f"base={base}", f"form={form}", f"base={base}|form={form}", f"before={before}", f"after={after}",
        f"kind-2={kinds[0]}", f"kind-1={kinds[1]}", f"kind+1={kinds[2]}", f"kind+2={kinds[3]}",
        f"kinds={kinds[1]}|{kinds[2]}", f"base={base}|kind+1={kinds[2]}", f"base={base}|kind-1={kinds[1]}",
        f"form={form}|kind-1={kinds[1]}", f"form={form}|before={before}", f"form={form}|kind+1={kinds[2]}",
        f"form={form}|after={after}", f"base={base}|after={after}",
    ]  # fmt: skip
    before2, after2 = _closed(said, at - 2, known), _closed(said, at + 2, known)
    features += [
        f"base={base}|before={before}", f"before2={before2}", f"after2={after2}", f"after={after}|after2={after2}",
        f"before={before}|before2={before2}", f"base={base}|kinds+={kinds[2]}|{kinds[3]}",
        f"form={form}|kinds={'|'.join(kinds)}",
    ]  # fmt: skip
    others = [i for i, token in enumerate(said.tokens) if i != at and said.classes[i] == "cue"]
    earlier = sum(i < at for i in others)
    features += [f"earlier={min(earlier, 3)}|form={form}", f"later={min(len(others) - earlier, 3)}|form={form}"]
    features += [f"with={known.forms[said.word(i)][0]}|form={form}" for i in others[:6]]
    if said.quoted[at]:
        features += ["quoted", f"quoted|base={base}", f"quoted|form={form}"]
    near = [offset for offset in range(-4, 9) if said.word(at + offset) == '"']
    features += [f"quote{'+' if offset > 0 else '-'}" for offset in near[:1]]
    features += [f"base={base}|quote" for _ in near[:1]]
    if any(said.word(at + offset) == "that" for offset in range(2, 6)):
        features.append("that soon")
    if at == 0:
        features.append("opens")
    if len(said.tokens) - at <= 3:
        features.append("closes")
    return features


def near_chunks(said: Clauses, at: int) -> Iterator[tuple[int, int]]:
    """Yield the chunks near enough to a cue to be its source: their indices, and how many chunks away they stand."""
    own = sum(chunk.first < at for chunk in said.chunks)
    for number in range(max(0, own - _LEFT), min(len(said.chunks), own + _RIGHT)):
        chunk = said.chunks[number]
        if not chunk.first <= at < chunk.last:
            yield number, own - number if chunk.last <= at else number - own + 1


def source_features(said: Clauses, at: int, chunk: Chunk, steps: int, known: Reporting) -> list[str]:
    """Return the features of a chunk, so many chunks away, as the source of the cue at an index."""
    keys = _keys(said, _cue(said, at, known), chunk, steps, _standing(said, chunk, known))
    return [feature for group, key in zip(_GROUPS, keys, strict=True) for feature in group(*key)]


class SourceScorer:
    """Scores the chunks of a sentence as the source of a cue: the sum of the weights of :func:`source_features`.

    The features fall into groups that hang on few things each, so a group's sum is remembered under what it hangs on:
    documents have far fewer different groups than pairs of cue and chunk.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._seen: dict[_Key, float] = {}
        self._of: Clauses | None = None
        self._chunks: list[_Standing] = []

    def scores(self, said: Clauses, at: int, known: Reporting, numbers: Iterable[tuple[int, int]]) -> Iterator[float]:
        """Yield the score of each chunk, given by its index and how many chunks away it stands."""
        if said is not self._of:
            self._of, self._chunks = said, [_standing(said, chunk, known) for chunk in said.chunks]
        cue, seen = _cue(said, at, known), self._seen
        for number, steps in numbers:
            total = 0.0
            for group, key in enumerate(_keys(said, cue, said.chunks[number], steps, self._chunks[number])):
                value = seen.get(key)
                if value is None:
                    value = self._sum(group, key)
                total += value
            yield total

    def _sum(self, group: int, key: "_Key") -> float:
        value = sum(self._weights.get(feature, 0.0) for feature in _GROUPS[group](*key))
        if len(self._seen) < _MOST_KEYS:
            self._seen[key] = value
        return value


_MOST_KEYS = 200_000
_Key = tuple[str | int, ...]
_Cue = tuple[int, str, str, str, str, bool]
"""Index, base, form, the kinds before and after, whether it stands in a quotation."""
_Standing = tuple[bool, str, str, str, bool]
"""Of a chunk: whether it can be a subject, the kind after it, who it is, the word before, whether it is quoted."""


def _cue(said: Clauses, at: int, known: Reporting) -> _Cue:
    base, form = known.forms.get(said.word(at), (said.word(at), "mark"))
    return at, base, form, said.kind(at - 1), said.kind(at + 1), said.quoted[at]


def _standing(said: Clauses, chunk: Chunk, known: Reporting) -> _Standing:
    alone = chunk.kind in ("pronoun", "who", "that")
    who = said.tokens[chunk.first].word if alone else str(_has_speaker(said, chunk, known))
    subject = said.kind(chunk.first - 1) in _SUBJECT_BEFORE
    return subject, said.kind(chunk.last), who, _closed(said, chunk.first - 1, known), said.quoted[chunk.first]


def _keys(said: Clauses, cue: _Cue, chunk: Chunk, steps: int, standing: _Standing) -> tuple[_Key, ...]:
    """What each group of features hangs on, for one chunk and one cue; the first letter tells the groups apart."""
    at, base, form, former, latter, quoted = cue
    subject, follows, who, before, own = standing
    side = "L" if chunk.last <= at else "R"
    kinds = said.classes[chunk.last : at] if side == "L" else said.classes[at + 1 : chunk.first]
    length = len(kinds)
    joined = "-".join(kinds) if length <= 4 else "far"
    return (
        ("p", side, steps if steps < 6 else 6, chunk.kind, form, base),
        ("b", side, joined, chunk.kind, form, kinds.count("cue"), kinds.count("comma"), length),
        ("s", side, steps if steps < 4 else 4, chunk.kind, subject, follows),
        ("w", side, who, before, own != quoted),
        ("a", former, latter, side, steps if steps < 2 else 2, form),
    )


def _place(_: str, side: str, steps: int, kind: str, form: str, base: str) -> list[str]:
    return [f"{side}{steps}|{kind}|{form}", f"{side}{min(steps, 3)}|base={base}"]


def _between(  # noqa: PLR0917 - one value a part of the key
    _: str, side: str, joined: str, kind: str, form: str, cues: int, commas: int, length: int
) -> list[str]:
    return [
        f"{side}|between={joined}", f"{side}|form={form}|cues={min(3, cues)}", f"{side}|commas={min(3, commas)}",
        f"{side}|length={min(40, length) // 4}", f"{side}|between={joined}|{kind}",
    ]  # fmt: skip


def _subject(_: str, side: str, steps: int, kind: str, subject: bool, follows: str) -> list[str]:
    said = f"subject={subject}"
    return [f"{side}|follows={follows}|{kind}", f"{said}|{side}{steps}", f"{said}|{follows}|{side}"]


def _who(_: str, side: str, who: str, before: str, apart: bool) -> list[str]:
    found = [f"{side}|before={before}", f"{side}|who={who}"]
    return [*found, f"quoted apart|{side}"] if apart else found


def _around(_: str, before: str, after: str, side: str, steps: int, form: str) -> list[str]:
    around = f"{before}|{after}|{side}{steps}"
    return [f"around={around}", f"around={around}|form={form}"]


_GROUPS: tuple[Callable[..., list[str]], ...] = (_place, _between, _subject, _who, _around)


def _has_speaker(said: Clauses, chunk: Chunk, known: Reporting) -> bool:
    speakers = known.words.speakers
    return any(token.word in speakers for token in said.tokens[chunk.first : chunk.last])


def pair_features(
    said: Clauses, at: int, chunk: Chunk, known: Reporting, *, score: float, second: float | None
) -> list[str]:
    """Return the features of a cue that tell how its best source, scored ``score``, stands to it."""
    base, form = known.forms.get(said.word(at), (said.word(at), "mark"))
    left = chunk.last <= at
    side = "L" if left else "R"
    kinds = [said.kind(i) for i in (range(chunk.last, at) if left else range(at + 1, chunk.first))]
    joined = "-".join(kinds) if len(kinds) <= 3 else f"far{min(len(kinds) // 6, 3)}"
    before = said.kind(chunk.first - 1)
    speaker = _has_speaker(said, chunk, known)
    lead = 9.0 if second is None else score - second
    features = [f"source>{step}" for step in (-4, -3, -2, -1, 0, 1, 2, 3) if score > step]
    features += [f"lead>{step}" for step in (0.5, 1, 2, 3) if lead > step]
    who = said.word(chunk.first) if chunk.kind in ("pronoun", "who", "that") else chunk.kind
    return [
        *features, f"source={chunk.kind}", f"source={who}|{side}", f"source={chunk.kind}|base={base}",
        f"source={chunk.kind}|form={form}", f"{side}|joined={joined}", f"{side}|joined={joined}|form={form}",
        f"{side}|joined={joined}|source={chunk.kind}", f"{side}|base={base}", f"source before={before}|{side}",
        f"source before={before}|form={form}", f"speaker={speaker}", f"speaker={speaker}|base={base}",
        f"speaker={speaker}|form={form}", f"cues between={min(3, kinds.count('cue'))}|{side}",
        f"source quoted={said.quoted[chunk.first]}|cue quoted={said.quoted[at]}",
    ]  # fmt: skip
