"""A personal name as a chain: given, father, grandfather, family, with titles and nicknames set aside."""

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from uncounted.names.fold import FOLD_VERSION, Script, fold, script_of
from uncounted.names.tables import words as particles

_ASIDE = re.compile(r"\(([^)]*)\)|\[([^\]]*)\]|\{([^}]*)\}|[\"“”«]([^\"“”»]*)[\"“”»]|`([^`'’]*)[`'’]")
_OPEN = re.compile(r"(?<=\w)\s*[(\[{]([^)\]}]*)$")
"""A bracket that is never closed, as where right-to-left text turned the other one round."""
_PATRONYMIC = re.compile(
    r"(вич|вна|ична|vich|vitch|vna|ichna)$|^(?:ильич|кузьмич|лукич|фомич|никитич|саввич)$"
    r"|^(?:il['y]?ich|kuzmich|lukich|fomich|nikitich|savvich)$"
)


class PersonalName(msgspec.Struct, frozen=True, kw_only=True):
    """A name as published (``raw``) and as read.

    ``words`` are folded, particles joined to the word they belong to, articles of later words stripped, titles and
    words for "son of" dropped. ``fold`` names the rules that made them.
    """

    raw: str
    words: tuple[str, ...]
    script: Script
    titles: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    fold: str = FOLD_VERSION

    @property
    def given(self) -> str | None:
        """The first word."""
        return self.words[0] if self.words else None

    @property
    def family(self) -> str | None:
        """The last word of two or more."""
        return self.words[-1] if len(self.words) > 1 else None

    @property
    def father(self) -> str | None:
        """The second word of three or more; it means the father only where names are chains of fathers."""
        return self.words[1] if len(self.words) > 2 else None

    @property
    def grandfather(self) -> str | None:
        """The third word of four or more."""
        return self.words[2] if len(self.words) > 3 else None

    @property
    def lineage(self) -> tuple[str, ...]:
        """All words after the first: what siblings share."""
        return self.words[1:]


def parse(raw: str) -> PersonalName:
    """Read a name in Arabic, Latin or Cyrillic letters.

    A single comma puts the family first ("Family, Given"); a Cyrillic patronymic in third place does so too. A name
    without a letter yields no words.
    """
    nicknames: list[str] = []

    def aside(match: re.Match[str]) -> str:
        nicknames.append(next(group for group in match.groups() if group is not None).strip())
        return " "

    text = _OPEN.sub(aside, _ASIDE.sub(aside, raw)) if any(mark in raw for mark in '([{"“«`') else raw
    parts = re.split(r"[,،]", text)
    if len(parts) == 2 and all(part.strip() for part in parts):
        text = f"{parts[1]} {parts[0]}"
    tokens = [token for part in text.split() for token in _tokens(part)]
    tokens, titles = _without_titles(tokens)
    tokens, mother_of = _without_mother_of(tokens)
    chain = _joined(tokens)
    chain = [chain[0], *map(bare, chain[1:])] if chain else []
    if len(chain) == 3 and _PATRONYMIC.search(chain[2]):
        chain = [chain[1], chain[2], chain[0]]
    return PersonalName(
        raw=raw,
        words=tuple(chain),
        script=_script(tokens),
        titles=tuple(titles),
        nicknames=tuple(nickname for nickname in (*nicknames, mother_of) if nickname),
    )


@functools.lru_cache(maxsize=1 << 18)
def _tokens(part: str) -> tuple[str, ...]:
    """Fold what stands between two spaces; folding never looks across a space."""
    return tuple(token for token in fold(part).split() if not token.isdigit())


_script_of_word = functools.lru_cache(maxsize=1 << 18)(script_of)


def _script(tokens: Iterable[str]) -> Script:
    counts = Counter(map(_script_of_word, tokens))
    return max(sorted(counts), key=lambda script: counts[script], default="other")


def _without_titles(tokens: list[str]) -> tuple[list[str], list[str]]:
    """Drop leading titles and every "son of"; a title stays where fewer than two words would be left."""
    known, titles = particles("title"), []
    while len(tokens) > 2 and tokens[0] in known:
        titles.append(tokens[0])
        tokens = tokens[1:]
    sons = particles("son")
    kept = [token for place, token in enumerate(tokens) if place == 0 or token not in sons]
    return (kept if len(kept) > 1 else tokens), titles


def _without_mother_of(tokens: list[str]) -> tuple[list[str], str]:
    """Set aside a closing "mother of …" (one word or two) behind two words or more: it is a kunya, no family's name."""
    mothers = particles("mother")
    for place in range(max(2, len(tokens) - 3), len(tokens) - 1):
        if tokens[place] in mothers:
            return tokens[:place], " ".join(tokens[place:])
    return tokens, ""


def _joined(tokens: Iterable[str]) -> list[str]:
    """Join particles to the words they belong to: servant of, father or mother of, the; … of the faith."""
    servant, kunya, article, suffix = map(particles, ("servant", "kunya", "article", "suffix"))
    chain: list[str] = []
    prefix = ""
    for token in tokens:
        if token in article and prefix in ("", *article):
            prefix = token
        elif (token in servant or token in kunya or token in article) and not (prefix and token in servant):
            prefix += _servant(token)
        elif chain and not prefix and token in suffix:
            chain[-1] += token
        elif prefix in article and chain and prefix + token in suffix:
            chain[-1] += prefix + token
            prefix = ""
        else:
            chain.append(prefix + token)
            prefix = ""
    if prefix:
        chain.append(prefix)
    return [_compound(word) for word in chain]


def _servant(token: str) -> str:
    return {"abed": "abd", "abo": "abu", "abou": "abu", "om": "um", "omm": "um", "umm": "um", "oum": "um"}.get(
        token, token
    )


def _first(pairs: tuple[tuple[str, str], ...]) -> Callable[[str], str]:
    def change(word: str) -> str:
        for pattern, new in pairs:
            changed = re.sub(pattern, new, word)
            if changed != word:
                return changed
        return word

    return change


_compound = functools.lru_cache(maxsize=1 << 18)(
    _first(
        (
            (r"^(عبد)(ال)(?=\w{2})", r"\1"),
            (r"^(ابو|ابي|ام)(ال)(?=\w{3})", r"\1"),
            (r"^(abd)(?:[aeiou]l|[aeiou](?=r[aeo]))(?=\w{3})", r"\1"),
            (r"^(abd)(?:al|el|ul)(?=lah$)", r"\1"),
            (r"^(abu|um)(?:al|el)(?=\w{3})", r"\1"),
            (r"^(?:abo|abou)(?=[a-z]{4})", r"abu"),
            (r"(?<=[a-z]{2})[aeiou][dl]d(?:i|ee|ie|y)ne?$", r"aldin"),
        )
    )
)


def bare(word: str) -> str:
    """Return a folded word without its article, when enough of a word is left."""
    if word.startswith("ال") and len(word) > 3:
        return word[2:]
    if word.startswith(("al", "el")) and len(word) > 5:
        return word[2:]
    if word.startswith(("аль", "эль")) and len(word) > 6:
        return word[3:]
    return word
