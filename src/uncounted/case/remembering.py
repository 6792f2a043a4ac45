"""Whose name a release may show: people of the case's current lists who, or whose family, consented to it."""

from uncounted.case import persons
from uncounted.case.case import Case
from uncounted.model.consent import allows, bars
from uncounted.model.persons import ListEntry, Person
from uncounted.model.release import Remembered


def memorial(case: Case) -> tuple[Remembered, ...]:
    """People who may be named, by name.

    A person is named when consent to publish was given for one of their entries and withdrawn for none; only the
    entries that it was given for lend their words. Silence is no consent. Consent as it stands today counts, whatever
    moment a release shows: a withdrawal holds for every later publication.
    """
    consents = case.views.consents()
    if not any(said.get("publish") for said in consents.values()):
        return ()
    known = persons.standing(case).entries
    found = []
    for person in persons.persons(case):
        said = {name: consents.get(name, {}) for name in person.entries}
        if not any(bars(one, "publish") for one in said.values()):
            given = [known[name] for name, one in said.items() if allows(one, "publish") and name in known]
            if given:
                found.append(_remembered(person, given))
    return tuple(sorted(found, key=lambda one: (one.name, one.id)))


def _remembered(person: Person, entries: list[ListEntry]) -> Remembered:
    """One person in the words of the entries that may speak; where they differ, nothing is chosen."""
    names = list(dict.fromkeys(entry.name for entry in entries))
    ages = {entry.age for entry in entries if entry.age is not None}
    days = {entry.death_date for entry in entries if entry.death_date}
    places = {entry.place for entry in entries if entry.place}
    return Remembered(
        id=person.id, name=names[0], others=tuple(names[1:]), age=ages.pop() if len(ages) == 1 else None,
        died=days.pop() if len(days) == 1 else None, place=places.pop() if len(places) == 1 else None,
        lists=tuple(sorted({entry.list for entry in entries})),
    )  # fmt: skip
