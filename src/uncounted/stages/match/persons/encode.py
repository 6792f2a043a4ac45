"""Two lists as arrays: words, columns and tokens under numbers that both share."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from uncounted.names.compare import Lexicon
from uncounted.names.parse import parse
from uncounted.stages.match.persons.lists import OFFICIAL, VictimList

WORDS = 6
"""Words of a name that are compared; of a longer name, the first five and the last."""
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Side:
    """One list. ``words`` (rows, 6) and ``values`` (rows, columns) hold numbers, -1 for none; ``age`` NaN unknown.

    ``sex`` is 0 unknown, 1 m, 2 f; ``tokens`` are what blocking looks at; ``script`` is the list's commonest.
    """

    words: Ints
    length: Ints
    age: Floats
    sex: npt.NDArray[np.int8]
    values: Ints
    tokens: Ints
    script: str

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True)
class Encoded:
    """Two lists, the words of both, and of each shared column its name and the strings behind its numbers."""

    left: Side
    right: Side
    lexicon: Lexicon
    skeletons: Ints
    columns: tuple[str, ...]
    strings: tuple[tuple[str, ...], ...]

    @property
    def same_script(self) -> bool:
        """Whether letters of the two lists can be compared as they stand."""
        return self.left.script == self.right.script


def encode(left: VictimList, right: VictimList) -> Encoded:
    """Number what the two lists hold. Columns that only one of them has, and official ids, are left out."""
    lexicon = Lexicon()
    columns = tuple(name for name in left.columns if name in right.columns and name not in OFFICIAL)
    numbers: list[dict[str, int]] = [{} for _ in columns]
    chains = [_chains(one, lexicon) for one in (left, right)]
    values = [_values(one, columns, numbers) for one in (left, right)]
    first: dict[str, int] = {}
    skeletons = np.array([first.setdefault(text, len(first)) for text in lexicon.skeletons] + [-1], np.int64)
    offsets = len(first) + np.cumsum([0, *map(len, numbers)])[:-1]
    sides = []
    for one, (words, script), held in zip((left, right), chains, values, strict=True):
        tokens = np.concatenate([skeletons[words], np.where(held >= 0, held + offsets, -1)], axis=1)
        sides.append(
            Side(
                words=words,
                length=(words >= 0).sum(1),
                age=np.array([np.nan if age is None else age for age in one.age], np.float32),
                sex=np.array([{"m": 1, "f": 2}.get(sex, 0) for sex in one.sex], np.int8),
                values=held,
                tokens=tokens.astype(np.int64),
                script=script,
            )
        )
    return Encoded(sides[0], sides[1], lexicon, skeletons, columns, tuple(tuple(known) for known in numbers))


def _chains(one: VictimList, lexicon: Lexicon) -> tuple[Ints, str]:
    chains = np.full((len(one), WORDS), -1, np.int64)
    scripts: dict[str, int] = {}
    for row, raw in enumerate(one.names):
        name = parse(raw)
        words = name.words if len(name.words) <= WORDS else (*name.words[: WORDS - 1], name.words[-1])
        chains[row, : len(words)] = [lexicon.number(word) for word in words]
        scripts[name.script] = scripts.get(name.script, 0) + 1
    return chains, max(sorted(scripts), key=lambda script: scripts[script])


def _values(one: VictimList, columns: tuple[str, ...], numbers: list[dict[str, int]]) -> Ints:
    held = np.full((len(one), len(columns)), -1, np.int64)
    for at, (name, known) in enumerate(zip(columns, numbers, strict=True)):
        for row, value in enumerate(one.columns[name]):
            if value:
                held[row, at] = known.setdefault(value.casefold(), len(known))
    return held
