"""The words of reporting in one language, from ``data/LANGUAGE/attribution.json``."""

import re
from functools import cache
from importlib.resources import files

import msgspec


class AttributionWords(msgspec.Struct, frozen=True, kw_only=True):
    """Word lists; every form is folded as in a view's ``lower``."""

    about: str = ""
    verbs: tuple[str, ...]
    irregular: dict[str, str] = {}
    nouns: dict[str, str] = {}
    others: dict[str, str] = {}
    sourceless: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    finite: frozenset[str] = frozenset()
    """Verb forms that can be nothing else: they end a noun phrase."""
    postposed: frozenset[str] = frozenset()
    """Adjectives that follow their noun ("sources close to X")."""
    openings: frozenset[str] = frozenset()
    """Adverbs that open a sentence before its subject ("Initially X reported")."""
    listens: frozenset[str] = frozenset()
    """Forms of cues after which the listener stands ("told reporters that")."""
    speakers: frozenset[str] = frozenset()


class Reporting(msgspec.Struct, frozen=True):
    """The word lists, each form that can report with its base and kind of form, and the class of each small word.

    ``alone`` remembers the classes of words that hang on nothing beside them.
    """

    words: AttributionWords
    forms: dict[str, tuple[str, str]]
    classes: dict[str, str]
    alone: dict[str, str] = {}


_VOWELS = "aeiou"


def inflected(verb: str) -> dict[str, str]:
    """Return the regular forms of an English verb and what they are: base, s, ed, ing."""
    sibilant = re.search(r"(?:s|x|z|ch|sh|o)$", verb)
    consonant_y = verb.endswith("y") and verb[-2:-1] not in _VOWELS
    # "beg" doubles its last letter, and so does a stressed end ("refer", "admit"); "report", "answer" do not.
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]|.*(?:fer|mit|pel|cur|gret)", verb) and not verb.endswith(
        "offer"
    )
    silent = verb.endswith("e") and not verb.endswith("ee")
    stem = verb[:-1] if silent else verb + verb[-1] if doubled else verb
    past = stem + ("d" if verb.endswith("ee") else "ed")
    return {
        verb: "base",
        (verb[:-1] + "ies" if consonant_y else verb + "es" if sibilant else verb + "s"): "s",
        (verb[:-1] + "ied" if consonant_y else past): "ed",
        stem + "ing": "ing",
    }


@cache
def reporting(language: str = "en") -> Reporting:
    """Return the words of a language; ``FileNotFoundError`` where there are none."""
    file = files("uncounted.stages.read") / "data" / language / "attribution.json"
    words = msgspec.json.decode(file.read_bytes(), type=AttributionWords)
    forms = dict[str, tuple[str, str]]()
    for form, base in words.nouns.items():
        forms[form] = (base, "noun")
    for verb in words.verbs:
        for form, kind in inflected(verb).items():
            forms[form] = (verb, "noun-" + kind if form in words.nouns else kind)
    for form, verb in words.irregular.items():
        forms[form] = (verb, "s" if form.endswith("s") else "ed")
    for form, base in words.others.items():
        forms.setdefault(form, (base, "other"))
    return Reporting(words, forms, _classes(words))


def _classes(words: AttributionWords) -> dict[str, str]:
    """The class of each small word; of several lists that hold it the later one here wins."""
    classes = dict.fromkeys(words.prepositions, "prep") | dict.fromkeys(words.conjunctions, "conj")
    classes |= dict.fromkeys(words.determiners, "det")
    classes |= dict.fromkeys(words.pronouns - words.determiners, "pronoun")
    classes |= dict.fromkeys(words.finite, "verb") | dict.fromkeys(words.auxiliaries, "aux")
    return classes | {"to": "to", "that": "that", "who": "who", "whom": "who", "which": "who"}
