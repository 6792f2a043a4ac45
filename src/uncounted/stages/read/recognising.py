"""In which language a document is written that does not say so.

The words that the lexicons hold are the measure: small words, words of harm and nouns for people. A language that is
added by data files alone is recognised as well. Languages with a script of their own are told apart by it elsewhere.
"""

import itertools
import re
from functools import cache

import msgspec

from uncounted.model.claims import Document
from uncounted.stages.read.lexicon import languages, lexicon

_WORD = re.compile(r"[^\W\d_]+")
_READ = 120
"""So many words of a text are looked at."""
_LEAST = 2
_DEFAULT = "en"


def recognised(document: Document) -> Document:
    """The document with its language filled in, where it tells none and its words are those of another language than
    English: twice as many of that language's own words as of any other's, two at least."""
    if document.language is not None:
        return document
    said = [found.group().lower() for found in itertools.islice(_WORD.finditer(document.text), _READ)]
    counts = {language: sum(word in own for word in said) for language, own in _own_words().items()}
    best = max(counts, key=lambda language: counts[language], default=_DEFAULT)
    others = max((count for language, count in counts.items() if language != best), default=0)
    if best == _DEFAULT or counts[best] < max(_LEAST, 2 * others):
        return document
    return msgspec.structs.replace(document, language=best)


@cache
def _own_words() -> dict[str, frozenset[str]]:
    """The words of each language without a script of its own that no other such language has."""
    spoken = [language for language in languages() if lexicon(language).script is None]
    words = {language: _words(language) for language in spoken}
    return {
        language: own - frozenset().union(*(words[other] for other in spoken if other != language))
        for language, own in words.items()
    }


def _words(language: str) -> frozenset[str]:
    known = lexicon(language)
    harms = (entry.words for row in known.harming.values() for entry in row)
    return frozenset(known.classes) | {words[0] for words in harms if len(words) == 1}
