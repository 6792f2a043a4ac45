"""Where a text has words of killing and wounding."""

import re
from functools import cache

from uncounted.stages.read.lexicon import Lexicon, lexicon
from uncounted.stages.read.roll.scene import Harmed
from uncounted.text.view import View


def harmed(seen: View, lex: Lexicon) -> list[Harmed]:
    """The words of killing and wounding in a view, in order."""
    pattern, kinds = _harms(lex.language)
    return [Harmed(match.start(), *kinds[match.group()]) for match in pattern.finditer(seen.lower)]


@cache
def _harms(language: str) -> tuple[re.Pattern[str], dict[str, tuple[bool, bool]]]:
    """A pattern for these words in a language, and of each whether it kills and whether it befalls its subject."""
    kinds = {
        " ".join(entry.words): (entry.harm == "killed", "happen" in entry.parts)
        for row in lexicon(language).harming.values()
        for entry in row
        if entry.harm in ("killed", "injured")
    }
    ordered = sorted(kinds, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)"), kinds
