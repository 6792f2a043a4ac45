"""Comparing names by the hundred thousand: word likeness once for each two words, then one alignment for each pair.

Everything here is arrays in, arrays out. A *chain* is a row of word numbers, -1 where it has ended.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

GAP = 0.15
"""What a word without a partner costs an alignment."""
FLOOR = 0.6
"""A likeness below this counts against aligning two words."""
CORE = 0.95
"""How much of its likeness a word keeps that is like another only without what it was joined with."""


class Lexicon:
    """The words of some lists, numbered; each with its letters, sound and skeleton as :mod:`.sound` gives them.

    ``cores`` are the same three of each word's :func:`~uncounted.names.core.core`, which is mostly the word itself;
    ``joined`` says where it is not.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.skeletons: list[str] = []
        self.sounds: list[str] = []
        self.letters: list[str] = []
        self.spelled = (self.skeletons, self.sounds, self.letters)
        self.cores: tuple[list[str], list[str], list[str]] = ([], [], [])
        self.joined: list[bool] = []

    def __len__(self) -> int:
        return len(self.letters)

    def number(self, word: str) -> int:
        """Return the number of a folded word, which may be new."""
        found = self._numbers.get(word)
        if found is None:
            from uncounted.names.core import core
            from uncounted.names.sound import skeleton, sound

            found = self._numbers[word] = len(self.letters)
            bare = core(word)
            self.joined.append(bare != word)
            for texts, spelled in ((self.spelled, word), (self.cores, bare)):
                for held, text in zip(texts, (skeleton(spelled), sound(spelled), spelled), strict=True):
                    held.append(text)
        return found


def distinct(keys: Ints) -> tuple[Ints, Ints]:
    """Return the distinct keys, in no particular order, and where each of ``keys`` stands among them.

    As ``numpy.unique`` with ``return_inverse``, without its sort of everything: keys go to slots of a hash table, and
    only those that find their slot taken are sorted.
    """
    if not len(keys):
        return keys, keys
    bits = max(10, len(keys).bit_length() - 1)
    with np.errstate(over="ignore"):
        slot = ((keys * np.int64(-7046029254386353131)).view(np.uint64) >> np.uint64(64 - bits)).astype(np.int64)
    holder = np.full(1 << bits, -1, np.int64)
    holder[slot] = np.arange(len(keys))
    first = keys[holder[slot]] == keys
    taken = np.flatnonzero(holder >= 0)
    number = np.empty(1 << bits, np.int64)
    number[taken] = np.arange(len(taken))
    inverse = number[slot]
    late = np.flatnonzero(~first)
    more, where = np.unique(keys[late], return_inverse=True)
    inverse[late] = len(taken) + where
    return np.concatenate([keys[holder[taken]], more]), inverse


def likeness(lexicon: Lexicon, one: Ints, other: Ints, same_script: bool) -> Floats:
    """Return likeness in 0..1 of word pairs by number, three columns: of skeletons, of sounds, of letters.

    Skeletons by normalised edit distance (Levenshtein), sounds and letters by Jaro-Winkler; letters are compared only
    where both are of one script, else the column repeats the sounds. Where one of the two is joined with a particle
    (Nur al-Din, Abu Zahr) and the other is not, they are like as their cores are, less a little, if that is more.
    """
    found = _alike(lexicon.spelled, one, other, same_script)
    is_joined = np.array(lexicon.joined, bool)
    differ = np.flatnonzero(is_joined[one] != is_joined[other])
    if len(differ):
        bare = _alike(lexicon.cores, one[differ], other[differ], same_script)
        found[differ] = np.maximum(found[differ], np.float32(CORE) * bare)
    return found


def _alike(texts: tuple[list[str], ...], one: Ints, other: Ints, same_script: bool) -> Floats:
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    found = np.empty((len(one), 3), np.float32)
    measures = (Levenshtein, JaroWinkler, JaroWinkler)
    for place, measure in enumerate(measures if same_script else measures[:2]):
        spelled = np.array(texts[place], dtype=object)
        found[:, place] = process.cpdist(
            spelled[one].tolist(), spelled[other].tolist(), scorer=measure.normalized_similarity, dtype=np.float32
        )
    if not same_script:
        found[:, 2] = found[:, 1]
    return found


def align(gain: Floats, ends: Sequence[Ints]) -> npt.NDArray[np.int8]:
    """Align chains pair by pair, monotone and with gaps, for the greatest sum of gains (Needleman-Wunsch).

    ``gain`` has shape (pairs, a, b): what aligning word ``a`` of one with ``b`` of the other is worth; ``ends`` are the
    two arrays of chain lengths. Each word without a partner costs :data:`GAP`. Returns shape (pairs, a): the partner
    of each word of the first chain, -1 for none.
    """
    pairs, rows, columns = gain.shape
    length, width = ends
    best = np.zeros((rows + 1, columns + 1, pairs), np.float32)
    move = np.zeros((rows + 1, columns + 1, pairs), np.int8)
    best[:, 0] = -GAP * np.arange(rows + 1)[:, None]
    best[0] = -GAP * np.arange(columns + 1)[:, None]
    move[1:, 0], move[0, 1:] = 1, 2
    for a in range(1, rows + 1):
        for b in range(1, columns + 1):
            both = best[a - 1, b - 1] + gain[:, a - 1, b - 1]
            up, left = best[a - 1, b] - GAP, best[a, b - 1] - GAP
            top = np.maximum(both, np.maximum(up, left))
            best[a, b] = top
            move[a, b] = np.where(both >= top, 0, np.where(up >= left, 1, 2))
    partner = np.full((pairs, rows), -1, np.int8)
    at, to = length.copy(), width.copy()
    everyone = np.arange(pairs)
    for _ in range(rows + columns):
        step = move[at, to, everyone]
        going = (at > 0) | (to > 0)
        met = going & (step == 0)
        partner[everyone[met], at[met] - 1] = (to[met] - 1).astype(np.int8)
        at = at - (going & (step != 2))
        to = to - (going & (step != 1))
    return partner
