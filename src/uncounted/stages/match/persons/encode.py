"""Two lists as arrays: words, columns and tokens under numbers that both share."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
import numpy.typing as npt

from uncounted.names.compare import Lexicon
from uncounted.names.parse import bare, parse
from uncounted.stages.match.persons.block import Index, indexed
from uncounted.stages.match.persons.dates import PART_PAIRS, parts_of
from uncounted.stages.match.persons.lists import OFFICIAL, VictimList

WORDS = 6
"""Words of a name that are compared; of a longer name, the first five and the last."""
LONGEST = 60_000
"""Left records beyond which one look for candidates must do."""
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


_CLASSES = str.maketrans("tdsSzkgxhjbfmnlrwy", "ttssskkkkjbbnnllwy")
"""Consonants that are heard or written for one another, under one letter."""


@dataclass(frozen=True)
class Side:
    """One list. ``words`` (rows, 6) and ``values`` (rows, columns) hold numbers, -1 for none; ``age`` NaN unknown.

    ``other`` (rows) is the last word of what a name has in brackets: another family name, or a nickname. ``sex`` is 0
    unknown, 1 m, 2 f; ``tokens`` are what blocking looks at, ``coarse`` what it looks at when those find nobody;
    ``shared_by`` (rows) counts the records of the list with each record's names after the first; ``script`` is the
    list's commonest.
    """

    words: Ints
    other: Ints
    length: Ints
    age: Floats
    sex: npt.NDArray[np.int8]
    values: Ints
    tokens: Ints
    coarse: Ints
    shared_by: Ints
    script: str

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True)
class Encoded:
    """Two lists, the words of both, and of each shared column its name and the strings behind its numbers.

    ``dates`` holds the parts of those strings where a column is of dates (:mod:`.dates`), else ``None``.
    """

    left: Side
    right: Side
    lexicon: Lexicon
    skeletons: Ints
    columns: tuple[str, ...]
    strings: tuple[tuple[str, ...], ...]
    dates: tuple[Ints | None, ...]

    @property
    def same_script(self) -> bool:
        """Whether letters of the two lists can be compared as they stand."""
        return self.left.script == self.right.script

    @cached_property
    def index(self) -> Index:
        """The right list laid out for blocking."""
        return indexed(self.right.tokens, self.right.age)

    @cached_property
    def coarse_index(self) -> Index | None:
        """The right list laid out by coarse tokens, for a second look at names.

        None where the left list is too long, or where further columns let records meet: there a second look brings
        strangers alone.
        """
        return None if len(self.left) > LONGEST or self.columns else indexed(self.right.coarse, self.right.age)


def encode(left: VictimList, right: VictimList) -> Encoded:
    """Number what the two lists hold. Columns that only one of them has, and official ids, are left out."""
    lexicon = Lexicon()
    columns = tuple(name for name in left.columns if name in right.columns and name not in OFFICIAL)
    numbers: list[dict[str, int]] = [{} for _ in columns]
    chains = [_chains(one, lexicon) for one in (left, right)]
    aside = any((others >= 0).any() for _, others, _ in chains)
    values = [_values(one, columns, numbers) for one in (left, right)]
    strings = tuple(tuple(known) for known in numbers)
    dated = tuple(parts_of(texts) for texts in strings)
    first: dict[str, int] = {}
    skeletons = np.array([first.setdefault(text, len(first)) for text in lexicon.skeletons] + [-1], np.int64)
    tables, after = _tables(strings, dated, len(first))
    coarse = _classes(lexicon, after)
    sides = []
    for one, (words, others, script), held in zip((left, right), chains, values, strict=True):
        more = [table[numbers] for table, numbers in zip(tables, held.T, strict=True)]
        if aside:
            more.append(skeletons[others][:, None])
        tokens = np.concatenate([skeletons[words], *more], axis=1)
        sides.append(
            Side(
                words=words,
                other=others,
                length=(words >= 0).sum(1),
                age=np.array([np.nan if age is None else age for age in one.age], np.float32),
                sex=np.array([{"m": 1, "f": 2}.get(sex, 0) for sex in one.sex], np.int8),
                values=held,
                tokens=tokens.astype(np.int64),
                coarse=np.concatenate([_coarse(words, *coarse), tokens[:, WORDS:]], axis=1),
                shared_by=_shared_by(words, skeletons),
                script=script,
            )
        )
    return Encoded(sides[0], sides[1], lexicon, skeletons, columns, strings, dated)


def _tables(strings: Sequence[Sequence[str]], dated: Sequence[Ints | None], start: int) -> tuple[list[Ints], int]:
    """Number, from ``start`` on, the tokens of each column's values; also return the next free number.

    A table (values + 1, tokens) ends with a row for none. A value is one token; a date is three, of two of its parts
    each, so that dates meet of which one part is wrong.
    """
    tables = []
    for texts, parts in zip(strings, dated, strict=True):
        if parts is None:
            found = np.arange(len(texts))[:, None]
        else:
            pairs = [parts[:, a] * 10_000 + parts[:, b] + place * 10**8 for place, (a, b) in enumerate(PART_PAIRS)]
            found = np.unique(np.stack(pairs, 1), return_inverse=True)[1].reshape(-1, len(PART_PAIRS))
        table = found + start
        if parts is not None:
            table[parts[:, 0] < 0] = -1
        tables.append(np.concatenate([table, np.full((1, table.shape[1]), -1)]))
        start += int(found.max(initial=-1)) + 1
    return tables, start


def _classes(lexicon: Lexicon, start: int) -> tuple[Ints, Ints]:
    """Number, from ``start`` on, each word's consonants by class, and its first one."""
    known: dict[tuple[str, bool], int] = {}

    def numbers(first: bool) -> Ints:
        classes = (skeleton.translate(_CLASSES) for skeleton in lexicon.cores[0])
        texts = (text[:1] if first else "".join(letter for letter, _ in groupby(text)) for text in classes)
        return np.array([start + known.setdefault((text, first), len(known)) for text in texts] + [-1], np.int64)

    return numbers(False), numbers(True)


def _coarse(words: Ints, classes: Ints, initials: Ints) -> Ints:
    """Return the coarse tokens of names: each word's class, and the initials of the first and the last word."""
    length = (words >= 0).sum(1)
    last = np.where(length > 1, words[np.arange(len(words)), np.maximum(length - 1, 0)], -1)
    # one word may begin as the other does, so the two initials are told apart
    ends = np.stack([initials[words[:, 0]], initials[last]], 1)
    ends = np.where(ends >= 0, 2 * ends + np.array([0, 1]) + 2 * len(classes), -1)
    return np.concatenate([classes[words], ends], axis=1)


def _shared_by(words: Ints, skeletons: Ints) -> Ints:
    """Return how many records of a list have each record's names after the first (on skeletons)."""
    key = np.zeros(len(words), np.int64)
    with np.errstate(over="ignore"):
        for place in range(1, words.shape[1]):
            key = key * np.int64(1000003) ^ (skeletons[words[:, place]] + 2)
    _, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    shared: Ints = count[inverse]
    return shared


def _chains(one: VictimList, lexicon: Lexicon) -> tuple[Ints, Ints, str]:
    chains, others = np.full((len(one), WORDS), -1, np.int64), np.full(len(one), -1, np.int64)
    scripts: dict[str, int] = {}
    for row, raw in enumerate(one.names):
        name = parse(raw)
        words = name.words if len(name.words) <= WORDS else (*name.words[: WORDS - 1], name.words[-1])
        chains[row, : len(words)] = [lexicon.number(word) for word in words]
        if name.nicknames and (aside := parse(name.nicknames[-1]).words):
            others[row] = lexicon.number(bare(aside[-1]))
        scripts[name.script] = scripts.get(name.script, 0) + 1
    return chains, others, max(sorted(scripts), key=lambda script: scripts[script])


def _values(one: VictimList, columns: tuple[str, ...], numbers: list[dict[str, int]]) -> Ints:
    held = np.full((len(one), len(columns)), -1, np.int64)
    for at, (name, known) in enumerate(zip(columns, numbers, strict=True)):
        for row, value in enumerate(one.columns[name]):
            if value:
                held[row, at] = known.setdefault(value.casefold(), len(known))
    return held
