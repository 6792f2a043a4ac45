"""Whether a claim's source is quoted with a verb of doubt or a plain one."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from uncounted.model.claims import Claim, Source

REACH = 60
"""Code points around a source's words in which its verb is looked for, within its own sentence."""

_EDGE = re.compile(r"[.!?؟\n]")
_WORD = re.compile(r"[\w\u064b-\u0652]+")


def speaker(claim: Claim) -> Source | None:
    """The source nearest to the dead that the report's own words name, or ``None``."""
    return next((one for one in reversed(claim.attribution) if one.start is not None and one.end is not None), None)


def doubted(claim: Claim, text: str, language: str | None) -> bool | None:
    """``True`` when the nearest verb of saying beside the claim's speaker is one of doubt.

    ``None`` when the source is not named in the words, the language has no list, or no such verb stands near: it is
    then counted neither way.
    """
    known = _verbs().get((language or "").partition("-")[0])
    source = speaker(claim)
    if known is None or source is None or source.start is None or source.end is None:
        return None
    before = _EDGE.split(text[max(0, source.start - REACH) : source.start])[-1]
    after = _EDGE.split(text[source.end : source.end + REACH])[0]
    near = [(len(before) - found.end(), found[0]) for found in _WORD.finditer(before)]
    near += [(found.start(), found[0]) for found in _WORD.finditer(after)]
    for _, word in sorted(near):
        kind = known.get(word.lower())
        if kind is not None:
            return kind
    return None


@cache
def _verbs() -> dict[str, dict[str, bool]]:
    said = tomllib.loads(files("uncounted.stages.coverage").joinpath("doubt.toml").read_text("utf-8"))
    return {
        language: {word: kind == "doubt" for kind in ("plain", "doubt") for word in lists[kind]}
        for language, lists in said.items()
    }
