"""What the scorer of attributions looks at: features of a cue, and of a chunk as the source of a cue."""

from collections.abc import Iterator

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
    base, form = known.forms.get(said.word(at), (said.word(at), "mark"))
    left = chunk.last <= at
    side, kind = ("L" if left else "R"), chunk.kind
    kinds = said.classes[chunk.last : at] if left else said.classes[at + 1 : chunk.first]
    joined = "-".join(kinds) if len(kinds) <= 4 else "far"
    follows = said.kind(chunk.last)
    subject = said.kind(chunk.first - 1) in _SUBJECT_BEFORE
    who = said.tokens[chunk.first].word if kind in ("pronoun", "who", "that") else _has_speaker(said, chunk, known)
    around = f"{said.kind(at - 1)}|{said.kind(at + 1)}|{side}{min(steps, 2)}"
    features = [
        f"{side}{min(steps, 6)}|{kind}|{form}", f"{side}{min(steps, 3)}|base={base}", f"{side}|between={joined}",
        f"{side}|before={_closed(said, chunk.first - 1, known)}", f"{side}|follows={follows}|{kind}",
        f"{side}|who={who}", f"subject={subject}|{side}{min(steps, 4)}", f"subject={subject}|{follows}|{side}",
        f"{side}|form={form}|cues={min(3, kinds.count('cue'))}", f"{side}|commas={min(3, kinds.count('comma'))}",
        f"around={around}", f"around={around}|form={form}", f"{side}|length={min(40, len(kinds)) // 4}",
        f"{side}|between={joined}|{kind}",
    ]  # fmt: skip
    if said.quoted[chunk.first] != said.quoted[at]:
        features.append(f"quoted apart|{side}")
    return features


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
