"""One language's lexicon: data files in ``lexicons/<language>/``, folded into look-up tables."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from uncounted.model.vocabulary import Group, Harm, Quantifier, Unit
from uncounted.stages.read.clitics import Clitics
from uncounted.stages.read.inflection import inflected
from uncounted.text.numbers import number_words
from uncounted.text.tokens import tokens
from uncounted.text.view import fold

Phrase = tuple[str, ...]

# The part of speech of small words, one letter a class; the grammar's patterns run over strings of these.
CLASSES = {
    "determiner": "D", "preposition": "P", "conjunction": "C", "be": "B", "have": "H", "modal": "H", "relative": "R",
    "pronoun": "O", "adverb": "A", "time": "W", "adjective": "J", "particle": "M", "verb": "V", "infinitive": "t",
}  # fmt: skip
# Where a word is in several lists, the class named first here wins.
_ORDER = (
    "infinitive", "be", "have", "modal", "relative", "pronoun", "determiner", "preposition", "conjunction", "time",
    "adverb", "adjective", "verb", "particle",
)  # fmt: skip


# Word lists that play a part of their own, whatever class their words have; a language may lack any of them.
_SETS = (
    "definite", "indefinite", "measure", "month", "numbered", "currency", "turns", "managed", "agent",
    "presupposing", "among", "listing", "rising", "forces", "comparing", "generic", "asking", "spell", "naming",
    "holding", "holding_of", "possessive", "identified", "as", "telling", "subordinating", "bare", "summing", "life",
    "pointing",
    "both", "anyone", "turned", "barely", "pairs", "ranked", "alone", "aliases", "doers", "plural_looks", "siblings",
    "young", "within", "parting", "stretch", "saying", "put_at", "aged", "aged_joint", "one", "owning", "of_one",
    "of_many", "offices", "gravely", "risen",
)  # fmt: skip


class Noun(NamedTuple):
    """What a noun for people tells: the group, whether it is a plural (``None``: either)."""

    group: Group
    plural: bool | None


class Harming(NamedTuple):
    """A word or phrase of harm and the parts it can play (``act``, ``happen``, ``state``, …)."""

    words: Phrase
    harm: Harm
    parts: frozenset[str]


class Around(NamedTuple):
    """Words around a number and what they make of it."""

    words: Phrase
    quantifier: Quantifier | str


@dataclass(frozen=True)
class Lexicon:
    """All that the grammar knows of one language. ``cues`` are the patterns of the phrases in ``cued``."""

    language: str
    classes: dict[str, str]
    persons: dict[str, Noun]
    things: frozenset[str]
    compounds: dict[Phrase, Group]
    modifiers: dict[str, Group]
    units: dict[str, tuple[Unit, bool]]
    sets: dict[str, frozenset[str]]
    harming: dict[str, tuple[Harming, ...]]
    nothing: dict[str, tuple[Phrase, ...]]
    starts: frozenset[str]
    worded: frozenset[str]
    before: dict[str, tuple[Around, ...]]
    after: dict[str, tuple[Around, ...]]
    ranging: dict[str, frozenset[str]]
    vague: dict[str, tuple[tuple[Phrase, int], ...]]
    exactly: dict[str, tuple[tuple[Phrase, int], ...]]
    none: dict[str, tuple[Phrase, ...]]
    multiple: dict[str, int]
    parts: dict[str, int]
    all_but: Phrase
    cues: dict[str, re.Pattern[str]]
    cued: dict[str, tuple[str, ...]]
    means: dict[str, str]
    means_pattern: re.Pattern[str]
    harm_pattern: re.Pattern[str]
    age_before: re.Pattern[str]
    age_after: re.Pattern[str]
    months_old: re.Pattern[str]
    joining: dict[str, tuple[Phrase, ...]]
    endings: tuple[tuple[str, str, int], ...]
    verb_first: bool = False
    script: re.Pattern[str] | None = None
    clitics: Clitics | None = None


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The lexicon of a language; ``FileNotFoundError`` where there is none."""
    folder = Path(__file__).parent / "lexicons" / language
    data = {
        name: tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("words", "persons", "quantities", "harms", "context", "means")
    }
    data, carried = inflected(data)
    made = _lexicon(language, data)
    rules = data["persons"].get("inflection")
    return made if rules is None else _with_clitics(made, rules, carried)


def lexicon_of(language: str | None) -> Lexicon | None:
    """The lexicon for a language tag (``en-GB``; English where none is told); ``None`` where there is none."""
    name = (language or "en").split("-")[0].lower()
    return lexicon(name) if name in languages() else None


@cache
def languages() -> tuple[str, ...]:
    """The languages for which there is a lexicon."""
    return tuple(sorted(path.parent.name for path in (Path(__file__).parent / "lexicons").glob("*/harms.toml")))


def written_in(text: str, start: int, end: int, main: Lexicon) -> Lexicon:
    """The lexicon for a stretch of text: ``main``, or that of a language in whose script most of it is written."""
    if start >= end:
        return main
    for language, script in _scripts():
        foreign = len(script.findall(text, start, end))
        if main.language != language and foreign * 2 > end - start - text.count(" ", start, end):
            return lexicon(language)
        if main.language == language and not foreign and re.compile("[a-zA-Z]").search(text, start, end):
            return lexicon("en")
    return main


@cache
def _scripts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The languages that have a script of their own, with the pattern of its letters."""
    found = ((language, lexicon(language).script) for language in languages())
    return tuple((language, script) for language, script in found if script is not None)


def _with_clitics(made: Lexicon, rules: dict[str, Any], carried: dict[str, int]) -> Lexicon:
    """A lexicon with what its words may be taken apart by."""
    counting = number_words(made.language)
    phrases = [
        entry.words for table in (made.harming, made.before, made.after) for row in table.values() for entry in row
    ]
    phrases += [phrase for table in (made.nothing, made.none, made.joining) for row in table.values() for phrase in row]
    phrases += [phrase for table in (made.vague, made.exactly) for row in table.values() for phrase, _ in row]
    repeats = {fold(word): value for word, value in rules["repeats"].items()}
    known = {word for phrase in phrases for word in phrase} | set(made.classes) | set(carried) | counting.known
    known |= {word for said in made.sets.values() for word in said} - set(map(fold, rules["prefixes"]))
    numbers = frozenset(counting.single)
    clitics = Clitics(
        tuple(rules["prefixes"]), tuple(map(tuple, rules["contracted"])), tuple(map(tuple, rules["endings"])),
        frozenset(known), carried, repeats, frozenset(made.persons) - numbers, numbers,
    )  # fmt: skip
    left = rules["boundary"]
    return replace(
        made,
        verb_first=True,
        script=re.compile(rules["script"]),
        clitics=clitics,
        means_pattern=re.compile(made.means_pattern.pattern.replace(r"(?<!\w)", left, 1)),
        harm_pattern=re.compile(made.harm_pattern.pattern.replace(r"(?<!\w)", left, 1)),
    )


def _lexicon(language: str, data: dict[str, Any]) -> Lexicon:
    words, persons, quantities = data["words"], data["persons"], data["quantities"]
    nouns, compounds = _nouns(persons)
    classes = _classes(words, persons)
    harming = _harming(data["harms"])
    means = {phrase: name for name, said in data["means"]["means"].items() for phrase in _entries(said)}
    context = data["context"]
    cued = {
        f"{table}.{name}": tuple(_entries(said)) for table, entries in context.items() for name, said in entries.items()
    }
    nothing = _by_first(_phrases(context["before"]["nothing"]))
    vague, exactly = _valued(quantities["vague"]), _valued(quantities["exact"])
    none = _by_first(_phrases(quantities["none"]["words"]))
    return Lexicon(
        language=language,
        classes=classes,
        persons=nouns,
        things=_things(persons),
        compounds=compounds,
        modifiers={fold(word): group for group, said in persons.get("modifiers", {}).items() for word in said.split()},
        units=_units(persons),
        sets={name: frozenset(map(fold, words.get(name, "").split())) for name in _SETS},
        harming=harming,
        nothing=nothing,
        starts=frozenset(nothing) | frozenset(harming),
        worded=frozenset(vague) | frozenset(exactly) | frozenset(none),
        before=_around(quantities["before"]),
        after=_around(quantities["after"]),
        ranging={key: frozenset(_entries(said)) for key, said in quantities["range"].items()},
        vague=vague,
        exactly=exactly,
        none=none,
        multiple=dict(quantities.get("multiple", {})),
        parts=dict(quantities.get("parts", {})),
        all_but=tuple(words.get("all_but", "").split()),
        cues={name: _alternatives(entries) for name, entries in cued.items()},
        cued=cued,
        means=means,
        means_pattern=_alternatives(means),
        age_before=re.compile(words["age_before"]),
        age_after=re.compile(words["age_after"]),
        months_old=re.compile(words["months_old"]),
        joining=_by_first(_phrases(words["joining"])),
        endings=tuple((ending, letter, least) for ending, letter, least in words["endings"]),
        harm_pattern=_alternatives(
            {entry.words[0] for found in harming.values() for entry in found} | _body_words(persons)
        ),
    )


def _entries(said: str) -> list[str]:
    return [" ".join(entry.split()) for entry in fold(said.replace("\n", " ")).split("|") if entry.strip()]


def _phrases(said: str) -> list[Phrase]:
    return [tuple(token.word for token in tokens(entry)) for entry in _entries(said)]


def _by_first(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in table.items()}


def _around(tables: dict[str, str]) -> dict[str, tuple[Around, ...]]:
    found: dict[str, list[Around]] = {}
    for quantifier, said in tables.items():
        for phrase in _phrases(said):
            found.setdefault(phrase[0], []).append(Around(phrase, quantifier))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.words))) for first, entries in found.items()}


def _valued(table: dict[str, int]) -> dict[str, tuple[tuple[Phrase, int], ...]]:
    found: dict[str, list[tuple[Phrase, int]]] = {}
    for said, value in table.items():
        phrase = tuple(token.word for token in tokens(fold(said)))
        found.setdefault(phrase[0], []).append((phrase, value))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in found.items()}


def _harming(data: dict[str, dict[str, str]]) -> dict[str, tuple[Harming, ...]]:
    parts: dict[Phrase, tuple[Harm, set[str]]] = {}
    for harm, table in data.items():
        for part, said in table.items():
            for phrase in _phrases(said):
                parts.setdefault(phrase, (cast(Harm, harm), set()))[1].add(part)
    found: dict[str, list[Harming]] = {}
    for phrase, (harm, kinds) in parts.items():
        found.setdefault(phrase[0], []).append(Harming(phrase, harm, frozenset(kinds)))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry.words))) for first, entries in found.items()}


def _alternatives(phrases: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<!\w)(?:" + _grouped(ordered, 3) + r")(?!\w)")


def _grouped(phrases: Iterable[str], depth: int) -> str:
    """Alternatives with their first letters taken out, so that a place in a text is tried against few of them.

    Of those with one beginning the order stays, so the same one matches.
    """
    by_letter: dict[str, list[str]] = {}
    for phrase in phrases:
        by_letter.setdefault(phrase[:1], []).append(phrase[1:])
    told = []
    for letter, rests in by_letter.items():
        inner = "|".join(map(re.escape, rests)) if depth == 1 or len(rests) == 1 else _grouped(rests, depth - 1)
        told.append(re.escape(letter) + (f"(?:{inner})" if len(rests) > 1 else inner))
    return "|".join(told)


def _body_words(persons: dict[str, Any]) -> set[str]:
    return {word for word, (unit, _) in _units(persons).items() if unit == "body"}


def _units(persons: dict[str, Any]) -> dict[str, tuple[Unit, bool]]:
    found: dict[str, tuple[Unit, bool]] = {}
    for unit, said in persons["units"].items():
        for entry in said.split():
            single, plural = _plural(entry, persons["plural_endings"])
            found[fold(plural)] = (unit, True)
            if single:
                found[fold(single)] = (unit, False)
    return found


def _nouns(persons: dict[str, Any]) -> tuple[dict[str, Noun], dict[Phrase, Group]]:
    nouns: dict[str, Noun] = {}
    compounds: dict[Phrase, Group] = {}
    for group, said in persons["groups"].items():
        for entry in said.split():
            single, plural = _plural(entry, persons["plural_endings"])
            for word, many in ((single, False), (plural, True)):
                folded = fold(word)
                if "-" in folded:
                    compounds[tuple(folded.split("-"))] = cast(Group, group)
                elif folded:
                    alike = single == plural
                    nouns[folded] = Noun(cast(Group, group), None if alike else many)
    return nouns, compounds


def _plural(entry: str, endings: list[list[str]]) -> tuple[str, str]:
    """Singular and plural of an entry; the singular is empty for a word that is plural only."""
    if entry.startswith("+"):
        return "", entry[1:]
    single, _, plural = entry.partition("/")
    if plural == "=":
        return single, single
    if plural:
        return single, plural
    for ending, many in endings:
        if single.endswith(ending):
            return single, single[: len(single) - len(ending)] + many
    return single, single


def _things(persons: dict[str, Any]) -> frozenset[str]:
    entries = persons["things"]["words"].split()
    return frozenset(fold(word) for entry in entries for word in _plural(entry, persons["plural_endings"]))


def _classes(words: dict[str, Any], persons: dict[str, Any]) -> dict[str, str]:
    classes: dict[str, str] = {}
    classes.update(dict.fromkeys(_things(persons), "X"))
    for name in reversed(_ORDER):
        classes.update(dict.fromkeys(map(fold, words[name].split()), CLASSES[name]))
    for word in words["verb"].split():
        letter = next(
            (letter for ending, letter, least in words["endings"] if len(word) >= least and word.endswith(ending)), ""
        )
        if letter in ("E", "I"):
            classes[fold(word)] = letter
    classes.update(dict.fromkeys(map(fold, persons["collectives"]["words"].split()), "L"))
    nouns, _ = _nouns(persons)
    titles = set(map(fold, persons["titles"]["words"].split()))
    for word in titles - set(nouns):
        classes[word] = "T"
    classes.update(dict.fromkeys(nouns, "G"))
    classes.update(dict.fromkeys(_units(persons), "Y"))
    for word in words.get("of", "of").split():
        classes[fold(word)] = "F"
    return classes
