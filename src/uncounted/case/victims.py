"""The victims of an incident by name: who its claims name, and who of the case's lists may be among them.

A list does not say to which incident a person belongs. Somebody on a list is told beside an incident when a claim of it
names them so, in any script, or when the list has them dead on its day at its place; either is a reason to look, no
judgement. Who refused to be kept or counted is left out.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from uncounted.case import consent
from uncounted.case.proposals import Proposals
from uncounted.case.searching import name_key
from uncounted.ledger.index import Index
from uncounted.ledger.views import Views
from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident
from uncounted.model.persons import ListEntry
from uncounted.names import fold
from uncounted.names.told import victim_named
from uncounted.stages.match.persons.persons import fold_persons

Why = Literal["words", "name", "place_and_day"]
MOST = 500
"""People of lists that are told beside one incident."""


class Victim(msgspec.Struct, frozen=True, kw_only=True):
    """One victim: named by claims, by entries of lists (with the capture each list came in), or both.

    ``why`` is the strongest reason to tell them here: a claim's words, a list entry of that name, or place and day.
    """

    name: str
    why: Why
    claims: tuple[str, ...] = ()
    entries: tuple[ListEntry, ...] = ()
    captures: tuple[str, ...] = ()


def victims(
    index: Index, views: Views, proposals: Proposals, incident: Incident, claims: Mapping[str, Claim]
) -> tuple[Victim, ...]:
    """The victims of an incident, those that its claims name first, then by name. ``proposals`` are of entries."""
    named: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for name, claim in claims.items():
        words = victim_named(claim)
        if words:
            key = name_key(words)
            named.setdefault(key, []).append(name)
            said.setdefault(key, words)
    people = _of_lists(index, views, proposals, incident, [key for key in named if key])
    found, told, came = [], set[str](), views.list_captures()
    for entries in people:
        keys = [key for entry in entries if (key := name_key(entry.name)) in named]
        told.update(keys)
        held = tuple(dict.fromkeys(claim for key in keys for claim in named[key]))
        found.append(
            Victim(
                name=said[keys[0]] if keys else entries[0].name, why="name" if keys else "place_and_day", claims=held,
                entries=entries, captures=tuple(came[entry.list] for entry in entries),
            )
        )  # fmt: skip
    found += [Victim(name=said[key], why="words", claims=tuple(held)) for key, held in named.items() if key not in told]
    return tuple(sorted(found, key=lambda one: (not one.claims, one.name.casefold(), one.claims)))


def _of_lists(
    index: Index, views: Views, proposals: Proposals, incident: Incident, names: Sequence[str]
) -> list[tuple[ListEntry, ...]]:
    """People of the current lists who may be victims here, each with their entries, as matching and people joined them.

    Only what these entries say of one another is asked, so a person's entries elsewhere do not come along.
    """
    time, place = incident.time, incident.place
    day = time.from_ if time and time.precision == "day" and time.from_ == time.to else None
    refs = index.listed_as(names, (day, fold(place.name)) if day and place else None, MOST)
    barred = consent.barred(views, "analyse")
    entries = {name: entry for name, entry in views.listed(refs).items() if name not in barred}
    if day:
        # A name alone says little of somebody who by the list died on another day.
        entries = {name: one for name, one in entries.items() if one.death_date in (None, day)}
    verdicts = views.pairs_touching("entries", entries)
    links = [link for name in entries for link in proposals.follow().of(name)]
    people = fold_persons({name: one.name for name, one in entries.items()}, links, verdicts, frozenset())
    return [tuple(entries[name] for name in person.entries) for person in people]
