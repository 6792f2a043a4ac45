"""The four questions about an incident, each answered apart: did it happen, who did it, who were they, how many.

One grade folds four answers into one word and hides which of them is in doubt, so the answers are kept, each with the
claims behind it, the rule in words, and the people who judged otherwise.
"""

from collections.abc import Mapping, Sequence

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput
from uncounted.model.incidents import Axis, Incident, Origin
from uncounted.model.vocabulary import HELD_MODALITIES
from uncounted.stages.assess.tellers import Teller, agree, teller_of, words_of

AXES: tuple[Axis, ...] = ("happened", "responsible", "victims", "count")

VALUES: Mapping[Axis, Mapping[str, str]] = {
    "happened": {
        "corroborated": "two or more independent origins say so",
        "single": "one origin says so",
        "unsupported": "no claim says so",
        "refuted": "it did not happen as told",
    },
    "responsible": {
        "accepted": "a party accused has accepted responsibility",
        "named": "one party alone is named",
        "competing": "different parties are named, or the one named denies it",
        "unknown": "nobody is named",
        "others": "others than those accused were most likely responsible",
    },
    "victims": {
        "civilians": "those harmed are called civilians, or children",
        "combatants": "all of those harmed are called combatants",
        "mixed": "civilians and combatants were harmed",
        "unknown": "no claim says who they were",
    },
    "count": {
        "agreed": "all origins' figures meet in one number",
        "range": "figures differ within bounds",
        "open": "an upper bound is missing",
        "contradictory": "figures cannot all be right",
        "none": "no claim gives a number",
    },
}
"""What each axis can be, with its meaning in words; a person may judge it any of these."""


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A person's judgement on one axis, as it stands."""

    axis: Axis
    value: str
    reason: str
    by: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One axis of one incident: its value, the claims behind it, why, and the people who judged it so."""

    axis: Axis
    value: str
    claims: tuple[str, ...] = ()
    why: str = ""
    people: tuple[str, ...] = ()


def check_value(axis: Axis, value: str) -> None:
    """Raise ``BadInput`` unless an axis can be judged so."""
    if value not in VALUES[axis]:
        raise BadInput(f"{axis} judged {value!r}", "no such answer is known", f"Use {', '.join(VALUES[axis])}.")


def _teller(claim: Claim) -> Teller | None:
    return teller_of(claim, None) if claim.attribution else None


def _speaks_for(teller: Teller | None, party: str) -> bool:
    """Whether a teller is the party itself, or a part of it that carries its whole name ("a Coalition spokesman").

    Only a belligerent or an official speaks for a party: to say that somebody took responsibility is grave.
    """
    if teller is None or teller.kind not in ("belligerent", "official"):
        return False
    words = set(words_of(party))
    return bool(words) and (
        agree(teller, Teller(words_of(party), teller.kind, party)) is not None or words <= set(teller.words)
    )


def _happened(held: Sequence[Claim], origins: Sequence[Origin]) -> Answer:
    telling = [origin for origin in origins if any(claim.id in origin.claims for claim in held)]
    known = {claim for origin in telling for claim in origin.claims}
    documents = {claim.document for claim in held if claim.id not in known}
    number = len(telling) + len(documents)
    value = "corroborated" if number > 1 else "single" if number else "unsupported"
    names = ", ".join(sorted([origin.name for origin in telling] + sorted(documents)))
    ids = tuple(sorted(claim.id for claim in held))
    return Answer(axis="happened", value=value, claims=ids, why=f"{number} independent: {names}" if number else "none")


_NO_PARTY = frozenset(["other", "others", "people", "civilians", "children", "women", "men", "unknown", "unidentified"])


def _responsible(held: Sequence[Claim], denied: Sequence[Claim]) -> Answer:
    """Who did it. To accept is to say, as the party itself, that one's own act harmed others than combatants.

    A party that speaks of deaths without naming whose act they were has accepted nothing yet; a person may judge so.
    """
    named = [claim for claim in held if claim.actor]
    parties: dict[tuple[str, ...], str] = {}
    for claim in sorted(named, key=lambda claim: claim.id):
        if claim.actor and not set(words_of(claim.actor.name)) <= _NO_PARTY:
            parties.setdefault(words_of(claim.actor.name), claim.actor.name)
    names = _distinct(list(parties.values()))
    ids = tuple(sorted(claim.id for claim in named))
    for party in names:
        owned = [
            claim.id
            for claim in held
            if claim.group != "combatants"
            and claim.actor is not None
            and _speaks_for(_teller(claim), party)
            and _speaks_for(_teller(claim), claim.actor.name)
        ]
        if owned:
            return Answer(
                axis="responsible", value="accepted", claims=tuple(sorted(owned)), why=f"{party} says so of itself"
            )
    refusing = [claim for claim in denied if any(_speaks_for(_teller(claim), party) for party in names)]
    if len(names) > 1:
        return Answer(axis="responsible", value="competing", claims=ids, why=f"named: {', '.join(names)}")
    if refusing:
        every = tuple(sorted({*ids, *(claim.id for claim in refusing)}))
        return Answer(axis="responsible", value="competing", claims=every, why=f"{names[0]} is named and denies it")
    if names:
        return Answer(axis="responsible", value="named", claims=ids, why=f"named: {names[0]}")
    return Answer(axis="responsible", value="unknown", why="no claim names a party")


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of parties, the shorter of two that hold one another left out ("the army", "the northern army")."""
    kept: list[str] = []
    for name in sorted(names, key=lambda name: (-len(words_of(name)), name)):
        if not any(set(words_of(name)) <= set(words_of(other)) for other in kept):
            kept.append(name)
    return sorted(kept)


def _victims(held: Sequence[Claim]) -> Answer:
    civilian = [c for c in held if c.group in ("civilians", "children", "journalists", "aid_workers")]
    fighting = [c for c in held if c.group == "combatants"]
    other = [c for c in held if c not in civilian and c not in fighting]
    ids = tuple(sorted(claim.id for claim in (*civilian, *fighting)))
    if civilian and fighting:
        return Answer(axis="victims", value="mixed", claims=ids, why="claims name both")
    if civilian:
        return Answer(axis="victims", value="civilians", claims=ids, why="claims name civilians or children")
    if fighting and not other:
        return Answer(axis="victims", value="combatants", claims=ids, why="claims name combatants alone")
    return Answer(axis="victims", value="unknown", claims=ids, why="no claim says whether they were civilians")


def _count(figure: tuple[int | None, int | None] | None, contradictions: Sequence[str]) -> Answer:
    if contradictions:
        return Answer(axis="count", value="contradictory", why=contradictions[0])
    if figure is None or figure == (None, None):
        return Answer(axis="count", value="none", why="no figure")
    low, high = figure
    value = "open" if high is None else "agreed" if low == high else "range"
    return Answer(
        axis="count", value=value, why=f"from {'…' if low is None else low} to {'…' if high is None else high}"
    )


def answers(
    incident: Incident,
    claims: Mapping[str, Claim],
    origins: Sequence[Origin],
    *,
    figure: tuple[int | None, int | None] | None = None,
    contradictions: Sequence[str] = (),
    judgements: Sequence[Judgement] = (),
) -> tuple[Answer, ...]:
    """Return the four answers for an incident, in the order of :data:`AXES`.

    ``origins`` are the incident's; ``figure`` and ``contradictions`` are those of its toll for the headline group.
    A person's judgement takes the place of the rule's answer; where people differ the value that most of them gave
    stands (among equals the first in alphabetical order), and all are told. A judged value that is not listed in
    :data:`VALUES` raises ``BadInput``.
    """
    for judged in judgements:
        check_value(judged.axis, judged.value)
    present = [claims[name] for name in incident.claims if name in claims]
    held = [claim for claim in present if claim.modality in HELD_MODALITIES and claim.scope == "incident"]
    denied = [claim for claim in present if claim.modality == "denied"]
    found = (_happened(held, origins), _responsible(held, denied), _victims(held), _count(figure, contradictions))
    return tuple(_judged(one, [judged for judged in judgements if judged.axis == one.axis]) for one in found)


def _judged(answer: Answer, judgements: Sequence[Judgement]) -> Answer:
    if not judgements:
        return answer
    voices: dict[str, dict[str, str]] = {}
    for judged in judgements:
        voices.setdefault(judged.value, {})[judged.by] = judged.reason
    value = min(voices, key=lambda value: (-len(voices[value]), value))
    told = "; ".join(
        f"{by} judged {other}: {reason}" for other in sorted(voices) for by, reason in sorted(voices[other].items())
    )
    why = f"{told}; by rule it would be {answer.value} ({answer.why})"
    return Answer(axis=answer.axis, value=value, claims=answer.claims, why=why, people=tuple(sorted(voices[value])))
