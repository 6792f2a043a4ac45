"""The uncounted of a case: its lists and matches as a table, estimated, and the answer bound to what it came from."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from uncounted.case import auditing, consent, persons
from uncounted.case.case import Case
from uncounted.case.lists import current
from uncounted.ledger.views import Views
from uncounted.model.errors import BadInput, Broken, NotEnough, NotFound
from uncounted.model.facts import Agent, Entry, EstimateMade
from uncounted.model.identity import canonical, digest
from uncounted.model.persons import ListEntry

if TYPE_CHECKING:
    from uncounted.estimate import Persons

PART = "estimate/1"
DRAWS = 20
UNKNOWN = "unknown"
Linkage = tuple[tuple[str, ...], ...]
"""Who is who: each person as the names of their entries, ``LIST:ID``."""


def _month(entry: ListEntry) -> str | None:
    return entry.death_date[:7] if entry.death_date and len(entry.death_date) >= 7 else None


def _age(entry: ListEntry) -> str | None:
    if entry.age is None:
        return None
    return next(
        said
        for end, said in ((15, "0-14"), (30, "15-29"), (45, "30-44"), (60, "45-59"), (999, "60+"))
        if entry.age < end
    )


STRATA: dict[str, Callable[[ListEntry], str | None]] = {
    "period": _month,
    "year": lambda entry: entry.death_date[:4] if entry.death_date else None,
    "sex": lambda entry: entry.sex,
    "age": _age,
    "place": lambda entry: entry.place,
}
"""What strata may be made of, beside any other column of the lists."""


@dataclass(frozen=True)
class Basis:
    """What an estimate is made from: the lists' versions by capture, and who is who, once or in several draws."""

    lists: Mapping[str, str]
    entries: Mapping[str, ListEntry]
    linkages: tuple[Linkage, ...]
    unaudited: str = ""
    """Why the doubt about the links is not in it, where it was asked for and cannot be had."""

    @property
    def matches(self) -> str:
        """SHA-256 of the matches; the order of persons and entries has no part in it."""
        return digest(canonical([sorted(sorted(person) for person in linkage) for linkage in self.linkages]))


def basis(case: Case, names: Sequence[str] = (), *, draws: int = DRAWS, seed: int = 1) -> Basis:
    """The current lists named (all, unless told otherwise) and who is who on them.

    ``draws`` above 0 asks for that many draws of the links, whose spread follows the audits of the matches; without
    audits the matches are taken as they stand, and the answer says so. 0 takes them as they stand. Entries whose
    consent to be analysed was withdrawn are left out.
    """
    held = current(case)
    wanted = tuple(names) or tuple(held)
    for name in wanted:
        if name not in held:
            raise NotFound(
                f"list {name!r}", "no list of this case has that name", f"Its lists: {', '.join(held) or 'none'}"
            )
    if len(wanted) < 2:
        raise NotEnough(
            f"{len(wanted)} list{'' if len(wanted) == 1 else 's'}",
            "one list says nothing about those it missed",
            "Add a list that was made independently: uncounted list add FILE",
        )
    barred = consent.barred(case.views, "analyse")
    entries = {key: entry for name in wanted for entry in held[name] if (key := persons.key_of(entry)) not in barred}
    newest = case.views.list_captures()
    linkages, doubt = _draws(case, draws, seed) if draws else ((), "")
    if not linkages:
        linkages = (tuple(person.entries for person in persons.persons(case)),)
    kept = tuple(
        tuple(sorted(left for person in linkage if (left := tuple(sorted(k for k in person if k in entries)))))
        for linkage in linkages
    )
    return Basis({name: newest[name] for name in wanted}, entries, kept, doubt)


def _draws(case: Case, draws: int, seed: int) -> tuple[tuple[Linkage, ...], str]:
    """Draws of the links, and why there are none where no audit has measured what they are worth."""
    try:
        return tuple(tuple(person for person in linkage) for linkage in auditing.draws(case, draws, seed)), ""
    except NotEnough as fault:
        return (), str(fault)


def rows(found: Basis, linkage: Linkage, by: Sequence[str] = ()) -> "Persons":
    """One draw of the links as persons with their strata; what no entry tells is ``unknown``, never left out."""
    import numpy as np

    from uncounted.estimate import Persons

    names = tuple(found.lists)
    place = {name: at for at, name in enumerate(names)}
    marks = np.zeros((len(linkage), len(names)), dtype=np.int64)
    values: dict[str, list[str]] = {column: [] for column in by}
    for at, person in enumerate(linkage):
        held = [found.entries[key] for key in person]
        for entry in held:
            marks[at, place[entry.list]] = 1
        for column in by:
            values[column].append(_agreed(held, column))
    counts = np.ones(len(linkage), dtype=np.int64)
    return Persons(names, marks, counts, {column: tuple(said) for column, said in values.items()})


def _agreed(held: Sequence[ListEntry], column: str) -> str:
    """What most entries of a person say of a column; of a draw, what sorts first."""
    told: Callable[[ListEntry], str | None] = STRATA.get(column) or (lambda entry: entry.more.get(column))
    said = Counter(value for entry in held if (value := told(entry)))
    return min(said, key=lambda value: (-said[value], value)) if said else UNKNOWN


def answer(found: Basis, model: str, *, by: Sequence[str] = (), seed: int = 1, level: float = 0.95) -> dict[str, Any]:
    """The estimate, in the public form of ``uncounted estimate --json``, or ``{"refused": why}``."""
    from uncounted.estimate import over_draws

    for column in by:
        if column not in STRATA and not any(column in entry.more for entry in found.entries.values()):
            raise BadInput(
                f"--by {column}",
                "no list has such a column",
                f"Choose from {', '.join(STRATA)} or a column of the lists.",
            )
    tables = {str(at): rows(found, linkage, by) for at, linkage in enumerate(found.linkages)}
    try:
        said = over_draws(model, tables, by=by, seed=seed, level=level).as_json()
    except NotEnough as fault:
        return {"refused": str(fault)}
    if found.unaudited:
        said["warnings"].append(f"the links are taken as certain, which they are not: {found.unaudited}")
    return said


def estimate(
    case: Case,
    model: str,
    *,
    lists: Sequence[str] = (),
    by: Sequence[str] = (),
    seed: int = 1,
    level: float = 0.95,
    draws: int = DRAWS,
) -> tuple[Entry, dict[str, Any]]:
    """Estimate how many victims there were in all and record it, a refusal too; return the entry and the answer.

    The same estimate of the same lists and matches is not recorded twice.
    """
    facts = len(case.ledger)
    found = basis(case, lists, draws=draws, seed=seed)
    said = answer(found, model, by=by, seed=seed, level=level)
    text = canonical(said)
    number = said.get("estimate", {})
    fact = EstimateMade(
        model=model, lists=dict(found.lists), matches=found.matches, tables=_tables(found, by), seed=seed, level=level,
        object=digest(text), facts=facts, by=tuple(by), draws=draws, observed=said.get("observed", 0),
        median=number.get("median"), low=number.get("low"), high=number.get("high"), refused=said.get("refused"),
    )  # fmt: skip
    for entry in case.views.estimates():
        known = entry.fact
        if isinstance(known, EstimateMade) and _same(known, fact):
            return entry, said
    with case.writing("record an estimate"):
        case.objects.put(text)
        return case.record(Agent("machine", PART), fact)[0], said


def newest(views: Views) -> tuple[Entry, ...]:
    """The newest estimate of each engine, lists and strata: what is shown beside a toll, never in it."""
    found: dict[tuple[object, ...], Entry] = {}
    for entry in views.estimates():
        fact = entry.fact
        assert isinstance(fact, EstimateMade)
        key = (fact.model, tuple(sorted(fact.lists)), fact.by)
        found.pop(key, None)
        found[key] = entry
    return tuple(found.values())


def again(case: Case, number: int) -> EstimateMade:
    """Make a recorded estimate again from the lists and matches as they stand, and return it.

    :class:`Broken` when the lists and matches are the same and the answer is not, byte for byte; :class:`NotFound` when
    the entry is no estimate; :class:`NotEnough` when lists or matches changed since, so that it cannot be made again.
    """
    known = next((entry.fact for entry in case.views.estimates() if entry.number == number), None)
    if not isinstance(known, EstimateMade):
        raise NotFound(f"entry {number}", "records no estimate", "List them with: uncounted estimate --made")
    found = basis(case, tuple(known.lists), draws=known.draws, seed=known.seed)
    if dict(found.lists) != known.lists or found.matches != known.matches:
        raise NotEnough(
            f"estimate {number}", "lists or matches changed since it was made", "Make a new one: uncounted estimate"
        )
    said = answer(found, known.model, by=known.by, seed=known.seed, level=known.level)
    if digest(canonical(said)) != known.object:
        raise Broken(f"estimate {number}", "the same lists, matches and seed give another answer than was recorded")
    return known


def _tables(found: Basis, by: Sequence[str]) -> str:
    """SHA-256 of the counts of patterns by stratum, of every draw of the links."""
    told = []
    for linkage in found.linkages:
        persons_ = rows(found, linkage, by)
        strata = persons_.strata(by) if by else {(): persons_}
        told.append({json.dumps(key): part.table().hash for key, part in strata.items()})
    return digest(canonical(told))


def _same(one: EstimateMade, other: EstimateMade) -> bool:
    """Whether two estimates are one, however many facts lay between them."""
    return all(
        getattr(one, field) == getattr(other, field) for field in EstimateMade.__struct_fields__ if field != "facts"
    )
