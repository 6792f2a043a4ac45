"""One form for the many spellings of a place's name."""

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTES = re.compile("['’‘`´ʼʾʿʻ‛\u02bb-\u02c1]")
_LETTERS = str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ı": "i", "ø": "o",
                          "ł": "l", "đ": "d", "ß": "s", "æ": "ae", "ə": "a"})  # fmt: skip
# The Arabic article as it is romanised, with and without assimilation to the next consonant.
ARTICLES = frozenset(re.findall(r"\w+", "al el ul ad ed ar er as es ash esh at et ath az ez an en"))
_ARTICLE = re.compile(rf"\b(?:{'|'.join(sorted(ARTICLES, key=len, reverse=True))})[ -](?=\w)")
_PARTED = re.compile(r"[\s\-–_.]+")


@lru_cache(maxsize=1 << 14)
def folded(name: str) -> str:
    """Return a name in the form by which gazetteers are searched.

    Lower case, without accents, apostrophes and vowel signs, hyphens as blanks; Arabic letters of one sound as one.
    The romanised Arabic article is left out (``al-Bab``, ``Al Bāb``, ``el Bab`` are ``bab``), unless nothing else is
    left; in Arabic letters it is kept, as it tells the town الباب from any door.
    """
    if name.isascii():
        plain = name.lower().replace("'", "").replace("`", "")
    else:
        plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).lower()
        plain = _QUOTES.sub("", _MARKS.sub("", plain)).translate(_LETTERS)
    if plain.isalnum():
        return plain  # one word, as most are
    plain = _PARTED.sub(" ", plain).strip()
    return _ARTICLE.sub("", plain).strip() or plain


@lru_cache(maxsize=1 << 14)
def unsteady(word: str) -> bool:
    """Return whether a word of a name may not be one word of the folded name: an article, or nothing but marks."""
    plain = folded(word)
    return not plain or " " in plain or plain in ARTICLES


_SOUNDS = (("kh", "x"), ("gh", "g"), ("sh", "s"), ("ch", "s"), ("th", "t"), ("dh", "d"), ("dj", "j"), ("ph", "f"),
           ("ck", "k"), ("q", "k"), ("c", "k"), ("z", "d"), ("p", "b"), ("v", "w"))  # fmt: skip
_SILENT = re.compile(r"h\b")
_VOWELS = re.compile(r"(?<=\w)[aeiouyw]+|[aeiouy]+(?=\w)")
_DOUBLED = re.compile(r"(\w)\1+")


@lru_cache(maxsize=1 << 14)
def skeleton(name: str) -> str:
    """Return the consonants of a name, alike for the romanisations of one Arabic name (``Deir``, ``Dayr``: ``dr``).

    Coarse on purpose: only for names of which nothing was found, and only within a region that the text names.
    """
    plain = folded(name)
    for said, sound in _SOUNDS:
        plain = plain.replace(said, sound)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", _SILENT.sub("", plain)))
