"""Where a text names places: spans that read as a place's name, before it is known which place that is."""

import re
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Literal

import msgspec

from uncounted.model.vocabulary import PlacePrecision
from uncounted.stages.locate.beginnings import MOST
from uncounted.stages.locate.gazetteer import Entry, Gazetteer
from uncounted.stages.locate.placenames import unsteady
from uncounted.text.tokens import Token, tokens
from uncounted.text.view import View

_LARGE = 50_000
_WIDE = ("country", "province")
_ARABIC = re.compile(r"[\u0621-\u064a]")


class PlaceWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words around places (``data/places.LANGUAGE.json``); ``prefixes`` are written together with the name."""

    about: str = ""
    before: frozenset[str]
    weak_before: frozenset[str]
    in_: frozenset[str] = msgspec.field(name="in", default=frozenset())
    kinds: dict[str, PlacePrecision]
    people: frozenset[str]
    people_after: frozenset[str]
    says: frozenset[str]
    never: frozenset[str]
    particles: frozenset[str]
    prefixes: tuple[str, ...] = ()

    def opens(self, word: str) -> bool:
        """Whether a word with a capital may well not belong to the name after it."""
        return word in self.before or word in self.kinds or word in self.never


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A name at ``start:end`` of the view's text, what it can mean, and the kind that a word beside it says."""

    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    kind: PlacePrecision | None = None
    sounded: bool = False
    """Whether only the consonants of the name were found."""


@cache
def place_words() -> PlaceWords:
    """Return the words of all languages that there are files for: no word of one script is a word of another."""
    folder = files("uncounted.stages.locate") / "data"
    named = sorted((file for file in folder.iterdir() if file.name.startswith("places.")), key=lambda file: file.name)
    found = [msgspec.json.decode(file.read_bytes(), type=PlaceWords) for file in named]
    return PlaceWords(
        before=frozenset().union(*(one.before for one in found)),
        weak_before=frozenset().union(*(one.weak_before for one in found)),
        in_=frozenset().union(*(one.in_ for one in found)),
        kinds={word: kind for one in found for word, kind in one.kinds.items()},
        people=frozenset().union(*(one.people for one in found)),
        people_after=frozenset().union(*(one.people_after for one in found)),
        says=frozenset().union(*(one.says for one in found)),
        never=frozenset().union(*(one.never for one in found)),
        particles=frozenset().union(*(one.particles for one in found)),
        prefixes=tuple(prefix for one in found for prefix in one.prefixes),
    )


class _Reading:
    """One text while its places are sought."""

    def __init__(self, seen: View, gazetteer: Gazetteer) -> None:
        self.view, self.gazetteer, self.words = seen, gazetteer, place_words()
        self.tokens = found = tokens(seen.lower)
        self.words_said = [token.word for token in found]
        text = seen.text
        self.names = [
            word[0].isalpha() and ((letter := text[start]).isupper() or "\u0621" <= letter <= "\u064a")
            for word, start, _ in found
        ]
        # Whether each token and the next are one blank or hyphen apart.
        self.touch = [after.start - token.end <= 1 for token, after in pairwise(found)]
        self.touch.append(False)
        self.ends = set[int]()

    @cached_property
    def common(self) -> set[str]:
        """The words that the text also writes small: none of them is a name."""
        return {word for word, name in zip(self.words_said, self.names, strict=True) if not name}

    @cached_property
    def in_names(self) -> set[str]:
        """The words that stand in a longer name somewhere: such a word may well be a person's."""
        said, names, kinds = self.words_said, self.names, self.words.kinds
        return {
            said[at]
            for at in range(len(said) - 1)
            if names[at] and names[at + 1] and self.touch[at] and said[at + 1] not in kinds
        }

    def ends_spot(self, number: int) -> bool:
        """Whether a place's name, or a word for its kind after it, ends with this token."""
        token, before = self.at(number), self.at(number - 1)
        if token is None:
            return False
        kind = token.word in self.words.kinds and before is not None and before.end in self.ends
        return token.end in self.ends or kind

    def at(self, number: int) -> Token | None:
        return self.tokens[number] if 0 <= number < len(self.tokens) else None

    def word(self, number: int) -> str:
        return self.words_said[number] if 0 <= number < len(self.words_said) else ""

    def touching(self, number: int) -> bool:
        """Whether a token and the next are one blank or hyphen apart."""
        return 0 <= number < len(self.touch) and self.touch[number]

    def caseless(self, number: int) -> bool:
        """Whether a token says nothing by its case: in a text of capitals throughout, or in Arabic letters."""
        return self.view.upper_case or "\u0621" <= self.words_said[number][0] <= "\u064a"

    def name_at(self, number: int) -> bool:
        return 0 <= number < len(self.names) and self.names[number]


def spots(seen: View, gazetteer: Gazetteer) -> Iterator[Spot]:
    """Yield the names of places in order: known ones with evidence around them that they are places here, and
    unknown ones that a word for a kind of place names ("the village of X", "X district", "in X, Y")."""
    reading, done = _Reading(seen, gazetteer), 0
    for at in _openings(reading):
        if at < done:
            continue
        length, spot = _spot(reading, at)
        done = at + length
        if spot:
            reading.ends.add(spot.end)
            yield spot


def _openings(reading: _Reading) -> Iterator[int]:
    """The tokens at which a name may begin; where case says nothing, only a known name is a place's."""
    names, words, bare, beginning = reading.names, reading.words_said, reading.view.upper_case, dict[str, _Beginning]()
    for at, word in enumerate(words):
        if not names[at] and not (word in ("al", "el") and reading.word(at + 1) == "-"):
            continue
        if not (bare or "\u0621" <= word[0] <= "\u064a"):
            yield at
            continue
        begun = beginning.get(word)
        if begun is None:
            begun = beginning[word] = _begun(reading, at)
        if begun == "alone" or (begun == "longer" and reading.touch[at] and _goes_on(reading, at)):
            yield at


_Beginning = Literal["none", "longer", "alone"]


def _begun(reading: _Reading, at: int) -> _Beginning:
    """Whether a word without case may be a known name, behind a prefix perhaps, or only begin a longer one."""
    word, gazetteer = reading.words_said[at], reading.gazetteer
    most = gazetteer.reach(word)
    alone = most and gazetteer.named(word) and not reading.words.opens(word)
    if word.startswith(reading.words.prefixes) or (alone and not _is_common(reading, reading.tokens[at])):
        return "alone"
    return "longer" if most > 1 else "none"


def _goes_on(reading: _Reading, at: int) -> bool:
    """Whether a known name may begin with a token and the next."""
    word, following = reading.words_said[at], reading.words_said[at + 1]
    unsure = following in ("-", "'") or unsteady(word) or unsteady(following)
    return unsure or reading.gazetteer.begins(word, following)


def _span_lengths(reading: _Reading, at: int) -> tuple[list[int], list[int]]:
    """The lengths (in tokens) of names that may begin here, the longest first; then those that may be known."""
    lengths, known, words, number = list[int](), list[int](), 0, at
    said, names, touch, gazetteer = reading.words_said, reading.names, reading.touch, reading.gazetteer
    most, steady = gazetteer.reach(said[at]), not unsteady(said[at])
    while words < MOST and number < len(said):
        word = said[number]
        if word == "'" or (word != "-" and unsteady(word)):
            most, steady = MOST, False  # folding may take two words for one from here on
        if names[number] or (word in reading.words.particles and word[0].isalpha()):
            words += 1
            if words == 2 and steady and most > 1 and not gazetteer.begins(said[at], word):
                most = 1
            if names[number]:
                lengths.append(number + 1 - at)
                if words <= most:
                    known.append(number + 1 - at)
        elif word not in ("-", "'") or not touch[number]:
            break
        if not touch[number]:
            break
        number += 1
    return lengths[::-1], known[::-1]


def _spot(reading: _Reading, at: int) -> tuple[int, Spot | None]:
    """Return how many tokens are dealt with and the spot there, if it is one."""
    lengths, known = _span_lengths(reading, at)
    # "In Homs": a word that only opens the sentence, unless it is part of a known name ("The Hague", "North Darfur").
    opening = reading.words.opens(reading.word(at))
    if opening:
        lengths = known = [length for length in known if length > 1 and _known(reading, at, length)]
    if not lengths:
        return 1, None
    # In capitals throughout any word could be a name, so that sound alone says too little; and only a name in Latin
    # letters is a romanised one.
    by_sound = () if reading.caseless(at) else ((reading.gazetteer.sounding, lengths),)
    for name_of, tried in ((reading.gazetteer.named, known), *by_sound):
        for length in tried:
            first, last = reading.tokens[at], reading.tokens[at + length - 1]
            said = reading.view.text[first.start : last.end]
            if length == 1 and _is_common(reading, first):
                continue
            entries = name_of(said)
            if not entries:
                continue
            if _is_place(reading, at, length, entries):
                kind = _kind(reading, at, length)
                sounded = name_of == reading.gazetteer.sounding
                spot = Spot(start=first.start, end=last.end, name=said, entries=entries, kind=kind, sounded=sounded)
                return length, spot
            if name_of == reading.gazetteer.named:
                return (length if length > 1 or reading.view.upper_case else lengths[0]), None
    prefixed = _prefixed(reading, at)
    return (1, prefixed) if prefixed else _unknown(reading, at, lengths[0])


def _prefixed(reading: _Reading, at: int) -> Spot | None:
    """A name written together with the word before it ("بحلب", in Aleppo)."""
    token = reading.tokens[at]
    if not token.word.startswith(reading.words.prefixes):
        return None
    for prefix in reading.words.prefixes:
        rest = reading.view.text[token.start + len(prefix) : token.end]
        common = rest in reading.words.never or rest in reading.words.kinds or len(rest) < 3
        if token.word.startswith(prefix) and not common and (entries := reading.gazetteer.named(rest)):
            joined = prefix == "و" and not reading.ends_spot(at - 1)
            if not joined and any(entry.own or entry.population >= _LARGE for entry in entries):
                return Spot(start=token.start + len(prefix), end=token.end, name=rest, entries=entries)
    return None


def _known(reading: _Reading, at: int, length: int) -> bool:
    said = reading.view.text[reading.tokens[at].start : reading.tokens[at + length - 1].end]
    return bool(reading.gazetteer.named(said))


def _is_common(reading: _Reading, token: Token) -> bool:
    word = token.word
    if reading.view.upper_case or not reading.view.text[token.start].isupper():
        return word in reading.words.never or word in reading.gazetteer.people_words or word in ("us", "uk", "of", "by")
    return (
        word in reading.words.never
        or word in reading.common
        or word in reading.gazetteer.people_words
        or (len(word) < 3 and word not in ("us", "uk"))
    )


def _is_place(reading: _Reading, at: int, length: int, entries: tuple[Entry, ...]) -> bool:
    """Whether the words around a known name say that it is a place here, not a person, an outlet or a government."""
    if any(entry.own for entry in entries):
        return True
    words, after = reading.words, reading.word(at + length)
    if after in words.people_after or _part_of_larger_name(reading, at, length):
        return False
    back = at - 2 if reading.word(at - 1) == "the" else at - 1
    before, earlier = reading.word(back), reading.word(back - 1)
    titled = before in words.people or (before == "." and earlier in words.people)
    settled = before == "of" and words.kinds.get(earlier, "exact") not in ("exact", "street")
    if titled or before in words.kinds or after in words.kinds or settled:
        return not titled
    if before in words.before:
        outlet = before == "of" and reading.name_at(back - 1) and not reading.view.upper_case  # the Times of London
        return not outlet and (before not in words.weak_before or _stands_alone(reading, at, length, entries))
    if before == ",":
        # "Mosul, Iraq": after a place, or a country after any name; in a list of persons nothing is a place.
        return reading.ends_spot(at - 2) or (entries[0].precision in _WIDE and reading.name_at(at - 2))
    return at < 6 and after in ("(", ",", "-", "–", ":", "/") and _opens_line(reading, at)


def _stands_alone(reading: _Reading, at: int, length: int, entries: tuple[Entry, ...]) -> bool:
    """Whether a name after a word that says little ("and", "of", "from") is still a place's."""
    if reading.word(at + length) in reading.words.says:
        return False
    person = length == 1 and reading.word(at) in reading.in_names
    large = entries[0].precision in _WIDE or any(entry.population >= _LARGE for entry in entries)
    return reading.ends_spot(at - 2) or (large and not person)


def _opens_line(reading: _Reading, at: int) -> bool:
    first = reading.tokens[at]
    return reading.view.text[: first.start].rpartition("\n")[2].strip() in ("", "[", "(")


def _part_of_larger_name(reading: _Reading, at: int, length: int) -> bool:
    if reading.view.upper_case or not reading.view.text[reading.tokens[at].start].isupper():
        return False
    words = reading.words
    if at and reading.name_at(at - 1) and reading.touching(at - 1):
        before, sentence_start = reading.word(at - 1), _starts_sentence(reading, at - 1)
        known = before in words.before or before in words.kinds or before in words.never
        if not (known or (sentence_start and before in reading.common)) or before in words.people:
            return True
    follows = reading.at(at + length)
    if follows and reading.name_at(at + length) and reading.touching(at + length - 1):
        return follows.word not in words.kinds and follows.word not in ("and", "in", "on")
    return False


def _starts_sentence(reading: _Reading, at: int) -> bool:
    return reading.word(at - 1) in ("", ".", "\n", '"', "!", "?", ":")


def _kind(reading: _Reading, at: int, length: int) -> PlacePrecision | None:
    """What a word beside a name says that it is: "Aleppo governorate", "the town of Tal Rifat"."""
    words = reading.words
    after, then = reading.word(at + length), reading.word(at + length + 1)
    if f"{after} {then}" in words.kinds:
        return words.kinds[f"{after} {then}"]
    if after in words.kinds and reading.touching(at + length - 1):
        return words.kinds[after]
    whole = words.kinds.get(reading.word(at - 2)) if reading.word(at - 1) == "of" else None
    # "the city of Homs" is Homs; "a quarter of Homs", "the streets of Homs" are not.
    return whole if whole in ("city", "town", "village", "district", "province") else None


def _unknown(reading: _Reading, at: int, length: int) -> tuple[int, Spot | None]:
    """Keep a name that no gazetteer knows where a word for a kind of place stands with it."""
    words, first = reading.words, reading.tokens[at]
    last = reading.tokens[at + length - 1]
    said = reading.view.text[first.start : last.end]
    if reading.view.upper_case or _ARABIC.match(first.word):
        return 1, None
    if not first.is_word or (length == 1 and _is_common(reading, first)):
        return length, None
    before = reading.word(at - 1) if reading.word(at - 1) != "the" else reading.word(at - 2)
    kind = _kind(reading, at, length)
    if kind is None and last.word in words.kinds and length > 1 and before in words.before:
        return length, Spot(start=first.start, end=last.end, name=said, entries=(), kind=words.kinds[last.word])
    if kind is not None and before in words.before:
        extra = reading.word(at + length) in words.kinds and words.kinds[reading.word(at + length)] == kind
        end = reading.tokens[at + length].end if extra else last.end
        return length, Spot(
            start=first.start, end=end, name=reading.view.text[first.start : end], entries=(), kind=kind
        )
    comes = reading.at(at + length + 1)
    if before in words.in_ and reading.word(at + length) == "," and comes and reading.name_at(at + length + 1):
        end = reading.tokens[min(len(reading.tokens), at + length + 1 + 1) - 1].end
        if reading.gazetteer.named(reading.view.text[comes.start : end]):
            return length, Spot(start=first.start, end=last.end, name=said, entries=())
    return length, None
