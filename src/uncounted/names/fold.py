"""Folding: one spelling for what is one spelling to a reader. The caller keeps the raw string."""

import functools
import re
import unicodedata
from typing import Literal

FOLD_VERSION = "names/3"
"""Stored with every use of a folded name; changes whenever a table or a rule of this room does."""

Script = Literal["arabic", "latin", "cyrillic", "other"]

_LETTERS = str.maketrans(
    {
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
        "ء": "", "ـ": "", "٫": ".", "ʿ": "", "ʾ": "", "ʼ": "", "ʻ": "", "’": "", "‘": "", "'": "", "´": "", "`": "",
        "ʹ": "", "ʺ": "", "′": "",
    }
)  # fmt: skip
_NOT_A_LETTER = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"\b([aeiu])(sh|th|dh|[lsnrtdz])[-‐‑–](?=(\w))")


def fold(raw: str) -> str:
    """Return ``raw`` in lower case without diacritics, tatweel, bidi marks, hamza seats and punctuation.

    Compatibility forms and Arabic presentation forms are taken apart (NFKC), digits of any script become ASCII,
    Persian letters Arabic ones, assimilated articles (``ash-``, ``el-``) ``al``, words are set one space apart, and
    the two ligatures that PDF extraction turns round (هللا for الله, اال for الا) are mended. Folding twice is folding
    once.
    """
    text = raw
    for _ in range(len(raw) + 4):
        folded = _step(text)
        if folded == text:
            break
        text = folded
    return text


def script_of(text: str) -> Script:
    """Return the script that most letters of ``text`` belong to; without a letter, ``other``."""
    counts: dict[Script, int] = {"other": 0, "arabic": 0, "latin": 0, "cyrillic": 0}
    for letter in text:
        counts[_script_of_letter(letter)] += letter.isalpha()
    return max(counts, key=lambda script: counts[script])


@functools.cache
def _script_of_letter(letter: str) -> Script:
    if letter.isascii():
        return "latin"
    name = unicodedata.name(letter, "")
    for script in ("arabic", "latin", "cyrillic"):
        if name.startswith(script.upper()):
            return script
    return "other"


def _step(text: str) -> str:
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(map(_plain, text))
        text = text.translate(_LETTERS)
        text = _mended(text)
        text = unicodedata.normalize("NFC", text)
    elif "'" in text or "`" in text:
        text = text.translate(_LETTERS)
    if "-" in text or not text.isascii():
        text = _ARTICLE.sub(_article, text)
    return _NOT_A_LETTER.sub(" ", text).strip()


def _article(match: re.Match[str]) -> str:
    letters, following = match[2], match[3]
    return "al " if letters == "l" or letters[0] == following else match[0]


@functools.cache
def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Mn", "Me", "Cf"):
        return ""
    digit = unicodedata.digit(letter, None)
    return letter if digit is None else str(digit)


def _mended(text: str) -> str:
    while "هللا" in text:
        text = text.replace("هللا", "الله")
    while "اال" in text:
        text = text.replace("اال", "الا")
    return text
