"""Who is named for an incident, and what each of them said of it: a denial, a concession, or something else."""

from collections.abc import Collection, Mapping
from typing import Literal

import msgspec

from uncounted.model.claims import Claim
from uncounted.stages.assess.tellers import words_of

Stance = Literal["denied", "conceded", "said"]


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """A party: the claims that name it as the actor, and those by which it speaks, each with what it amounts to."""

    name: str
    named: tuple[str, ...]
    said: tuple[tuple[Stance, str], ...]


def parties(claims: Mapping[str, Claim], accepting: Collection[str]) -> tuple[Party, ...]:
    """The parties of an incident, those that most claims name first; those that only spoke come last.

    ``accepting`` are the claims by which a party accepted responsibility, as the assessment found them. A denial of
    somebody who speaks for no party stands under that speaker's name.
    """
    names: dict[tuple[str, ...], str] = {}
    named: dict[tuple[str, ...], list[str]] = {}
    said: dict[tuple[str, ...], list[tuple[Stance, str]]] = {}
    for claim in claims.values():
        if claim.actor is not None and claim.modality != "denied":
            key = words_of(claim.actor.name)
            names.setdefault(key, claim.actor.name)
            named.setdefault(key, []).append(claim.id)
    for claim in claims.values():
        speaker = speaker_of(claim)
        if speaker is None:
            continue
        words = words_of(speaker)
        key = next((key for key in named if key and (set(key) <= set(words) or set(words) <= set(key))), words)
        names.setdefault(key, speaker)
        stance: Stance = "denied" if claim.modality == "denied" else "conceded" if claim.id in accepting else "said"
        said.setdefault(key, []).append((stance, claim.id))
    found = [
        Party(name=name, named=tuple(named.get(key, ())), said=tuple(said.get(key, ()))) for key, name in names.items()
    ]
    return tuple(sorted(found, key=lambda party: (-len(party.named), party.name.casefold())))


def speaker_of(claim: Claim) -> str | None:
    """Who of a party says it, the first-hand one; of a denial whoever denies. ``None`` where no party speaks."""
    speaking = [source.name for source in claim.attribution if source.kind == "belligerent"]
    if not speaking and claim.modality == "denied":
        speaking = [source.name for source in claim.attribution]
    return speaking[-1] if speaking else None
