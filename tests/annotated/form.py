"""The annotated reports: from their lines to documents and claims in the public form.

A claim's line is ``+ HARM BOUNDS | count | victim | words of harm | group | modality, scope, part N | chain``; see the
head of ``english.txt``. ``words#2`` are their second occurrence. Offsets are found here, so an annotation that is not
the report's own words does not load.
"""

import re
from pathlib import Path
from typing import NamedTuple, get_args

import msgspec

from uncounted.model.claims import Claim, Document, Passage
from uncounted.model.vocabulary import Modality, Scope

HERE = Path(__file__).parent
LANGUAGES = {"en": "english", "ar": "arabic"}


class Report(NamedTuple):
    """A document and what is true of it."""

    document: Document
    claims: tuple[Claim, ...]


def reports(language: str) -> list[Report]:
    """The annotated reports of a language (``en``, ``ar``)."""
    text = (HERE / f"{LANGUAGES[language]}.txt").read_text(encoding="utf-8")
    return [_report(block, language) for block in re.split(r"^=== ", text, flags=re.M)[1:]]


def _report(block: str, language: str) -> Report:
    name, _, rest = block.partition("\n")
    head, _, body = rest.partition("\n\n")
    known = dict(line.split(": ", 1) for line in head.splitlines())
    lines = body.splitlines()
    text = "\n".join(line for line in lines if not line.startswith("+ ")).strip()
    document = Document(id=name.strip(), text=text, language=language, **known)
    claims: list[Claim] = []
    for line in lines:
        if line.startswith("+ "):
            claims.append(_claim(document, [part.strip() for part in line[2:].split("|")], len(claims) + 1))
    return Report(document, tuple(claims))


def _claim(document: Document, parts: list[str], number: int) -> Claim:
    what, count, victim, harm_words, group, flags, chain = parts
    harm, bounds = what.split()
    low, high = _bounds(bounds)
    text = document.text
    who = _find(text, victim)
    harmed = _find(text, harm_words, near=who)
    said = [part.strip() for part in flags.split(",") if part.strip()]
    whole = next((flag.split()[1] for flag in said if flag.startswith("part ")), None)
    counted = _find(text, count, near=who) if count != "-" else None
    span = min(who.start, harmed.start), max(who.end, harmed.end)
    made = {
        "document": document.id,
        "id": f"{document.id}#{number}",
        "harm": harm,
        "group": group,
        "passage": _quoted(Passage(text[span[0] : span[1]], *span)),
        "victim": _quoted(who),
        "count": {"low": low, "high": high, **_quoted(counted)},
        "subset_of": f"{document.id}#{whole}" if whole else None,
        "modality": next((flag for flag in said if flag in get_args(Modality)), "asserted"),
        "scope": next((flag for flag in said if flag in get_args(Scope)), "incident"),
        "attribution": [
            {"name": document.publisher, "kind": "publisher"},
            *(_source(document, node.strip(), who) for node in chain.split(">")),
        ],
        "reader": "person",
    }
    return msgspec.convert(made, Claim)


def _source(document: Document, node: str, near: Passage) -> dict[str, object]:
    if node == "document":
        return {"name": document.publisher, "kind": "document"}
    words, _, kind = node.rpartition(":")
    return {"name": words, "kind": kind, **_quoted(_find(document.text, words, near=near))}


def _quoted(said: Passage | None) -> dict[str, object]:
    return {"text": said.text, "start": said.start, "end": said.end} if said else {}


def _find(text: str, words: str, near: Passage | None = None) -> Passage:
    """Words of the report: the occurrence that is asked for, else the one nearest to a passage, else the first."""
    words, _, turn = words.partition("#")
    opens = r"(?<!\w)" if words[0].isascii() else ""  # an Arabic word may be written together with a small one
    found = [match.start() for match in re.finditer(rf"{opens}{re.escape(words)}(?!\w)", text)]
    if not found:
        raise ValueError(f"the report does not say {words!r}")
    at = found[int(turn) - 1] if turn else found[0]
    if near is not None and not turn:
        at = min(found, key=lambda start: max(start - near.end, near.start - start - len(words), 0))
    return Passage(words, at, at + len(words))


def _bounds(said: str) -> tuple[int | None, int | None]:
    if said == "?":
        return None, None
    low, dots, high = said.partition("..")
    return (int(low) if low else None), (int(high) if high else None) if dots else int(low)
