"""Focus: keeping the claims that a given kind of record would hold, after reading, by name and never silently.

Reading keeps every harm that is told. A record has a subject: MUC-4's analysts noted terrorist acts, and left out
soldiers who fell in clashes, old events and running totals. A focus is a logistic model over plain features of a
claim; its weights are numbers in ``focuses/<name>.json``, fitted by ``bench/fit_focus.py``. It judges what belongs to
the record, not what is true, and it is off unless asked for.
"""

import math
from functools import cache
from pathlib import Path

import msgspec

from uncounted.model.errors import NotFound
from uncounted.stages.read.grammar import Reading

_FOLDER = Path(__file__).parent / "focuses"


class Focus(msgspec.Struct, frozen=True):
    """A named focus: claims of at least ``threshold`` (0..1) are kept."""

    about: str
    threshold: float
    intercept: float
    weights: dict[str, float]

    def worth(self, reading: Reading) -> float:
        """How likely (0..1) a record of this focus would hold the claim."""
        score = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in features(reading).items())
        return 1 / (1 + math.exp(-score))

    def keeps(self, reading: Reading) -> bool:
        """Whether the claim belongs to the record."""
        return self.worth(reading) >= self.threshold


@cache
def focus(name: str) -> Focus:
    """The focus of that name.

    Raises:
        NotFound: there is none.
    """
    path = _FOLDER / f"{name}.json"
    if name not in names():
        raise NotFound(f"focus {name}", "there is none of that name", f"Choose among: {', '.join(names())}.")
    return msgspec.json.decode(path.read_bytes(), type=Focus)


def names() -> tuple[str, ...]:
    """The names of the focuses that this build has."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


def features(reading: Reading) -> dict[str, float]:
    """What a focus looks at: kind of claim, victim, count and rule, circumstances, and the place in the text."""
    claim, draft = reading.claim, reading.draft
    phrase, made, count = draft.victim.phrase, draft.made, claim.count
    size = count.low or count.high or 0
    stated = "inferred" if count.text is None and count.low is not None else count.quantifier
    lex = draft.lexicon
    sentence = made.words(0, len(made.tokens))
    before = made.words(draft.trigger.first - 3, draft.trigger.first)
    found = {
        f"rule {draft.rule}": 1.0,
        f"harm {claim.harm}": 1.0,
        f"group {claim.group}": 1.0,
        f"victim {phrase.kind}": 1.0,
        f"scope {claim.scope}": 1.0,
        f"modality {claim.modality}": 1.0,
        f"means {claim.means.name if claim.means else None}": 1.0,
        f"word {made.words(draft.trigger.first, draft.trigger.last)}": 1.0,
        f"count {stated}{' one' if size == 1 else ''}": 1.0,
        f"size {min(len(str(size)), 5) if size >= 10 else 'few' if size > 1 else 'one'}": 1.0,
        "named": float(phrase.named),
        "definite": float(phrase.definite),
        "owned": float(phrase.owned),
        "plural": float(bool(phrase.plural)),
        "part": float(draft.whole is not None),
        "said before": float(any(relation.kind == "same_as" for relation in claim.relations)),
        "actor": float(claim.actor is not None),
        "attachment": draft.attachment.chosen.score / 6 if draft.attachment else 0.5,
        "place": claim.passage.start / max(1, len(made.view.raw)),
        "early": float(claim.passage.start < 500),
        "quoted": float(made.view.raw.count('"', 0, claim.passage.start) % 2),
        "combat": float(bool(lex.cues["focus.combat"].search(sentence))),
        "past": float(bool(lex.cues["focus.past"].search(sentence))),
        "perfect": float(bool(lex.cues["focus.perfect"].search(before))),
    }
    found |= {f"part {part}": 1.0 for part in draft.trigger.entry.parts}
    head = made.tokens[phrase.head].word if phrase.head >= 0 else ""
    if head in lex.persons:
        found[f"noun {head}"] = 1.0
    return {name: value for name, value in found.items() if value}
