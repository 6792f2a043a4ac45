"""Prefixes written together with their word, and nouns that carry a number in themselves, as tokens of their own.

What is taken apart is told by data. A token keeps its offsets, so that every passage stays verbatim; a number that a
noun carries (a dual) becomes a token with the noun's own offsets.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from uncounted.text.tokens import Token

_LATIN = re.compile("[a-z]")
_RUNS = re.compile("@?[a-z'0-9_]+|[^a-z'0-9_]+")


@dataclass(frozen=True, slots=True)
class Clitics:
    """What may be taken apart: ``prefixes``, ``contracted`` (written form, prefix, rest), spellings of ``endings``.

    ``known`` are the words that may stand after a prefix; a known word is never taken apart. ``carried`` are nouns with
    their number, ``repeats`` number words that may follow such a noun, ``nouns`` those that may take one.
    """

    prefixes: tuple[str, ...]
    contracted: tuple[tuple[str, str, str], ...]
    endings: tuple[tuple[str, str], ...]
    known: frozenset[str]
    carried: Mapping[str, int]
    repeats: Mapping[str, int]
    nouns: frozenset[str]
    numbers: frozenset[str]


def apart(found: list[Token], clitics: Clitics | None) -> list[Token]:
    """The tokens with prefixes and carried numbers as tokens of their own; linear in their number."""
    if clitics is None:
        return found
    split = [part for token in found for piece in _scripts(token) for part in _split(piece, clitics, 3)]
    made: list[Token] = []
    at = 0
    while at < len(split):
        token, at = split[at], at + 1
        after = clitics.repeats.get(split[at].word) if at < len(split) and token.word in clitics.nouns else None
        carried = after if after is not None else clitics.carried.get(token.word)
        if carried is None or (made and _is_number(made[-1], clitics)):
            made.append(token)
            continue
        end = split[at].end if after is not None else token.end
        made += [Token(str(carried), token.start, end), Token(token.word, token.start, end)]
        at += after is not None
    return made


def _scripts(token: Token) -> Iterator[Token]:
    """A token cut where Latin letters touch those of another script (posts run their captions together)."""
    if not (token.is_word or token.word[0] == "@") or token.word.isascii() or not _LATIN.search(token.word):
        yield token
        return
    for run in _RUNS.finditer(token.word):
        yield Token(run.group(), token.start + run.start(), token.start + run.end())


def _is_number(token: Token, clitics: Clitics) -> bool:
    return token.is_digits or token.word in clitics.numbers


def _split(token: Token, clitics: Clitics, depth: int) -> list[Token]:
    word = token.word
    if not token.is_word or word in clitics.known:
        return [token]
    spelled = _spelled(word, clitics)
    if spelled:
        return [token._replace(word=spelled)]
    if depth and len(word) > 2:
        for written, prefix, rest in clitics.contracted:
            whole = rest + word[len(written) :]
            if word.startswith(written) and (whole in clitics.known or _spelled(whole, clitics)):
                cut = token.start + len(prefix)
                return [Token(prefix, token.start, cut), Token(_spelled(whole, clitics) or whole, cut, token.end)]
        if word[0] in clitics.prefixes:
            cut = token.start + 1
            rest_of = _split(Token(word[1:], cut, token.end), clitics, depth - 1)
            if len(rest_of) > 1 or rest_of[0].word in clitics.known:
                return [Token(word[0], token.start, cut), *rest_of]
    return [token]


def _spelled(word: str, clitics: Clitics) -> str:
    """The known word that differs only by the spelling of its ending; empty where there is none."""
    for ending, other in clitics.endings:
        if word.endswith(ending) and (known := word[: len(word) - len(ending)] + other) in clitics.known:
            return known
    return ""
