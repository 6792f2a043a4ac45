"""Who is the same person across a case's lists: machine links, people's verdicts, and the persons they make.

A verdict is a fact by a named person; it wins over every machine link, and undoing it brings back what was there.
Entries are named ``LIST:ID``.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uncounted.case.case import Case
from uncounted.case.consent import barred
from uncounted.case.entry_pairs import explained_as_matched
from uncounted.case.lists import current
from uncounted.case.proposals import Proposals
from uncounted.case.reviewing import record
from uncounted.model.errors import BadInput, NotEnough, NotFound
from uncounted.model.facts import Agent, Entry, LinksProposed, PairJudged
from uncounted.model.incidents import Link
from uncounted.model.persons import Effects, Explanation, ListEntry, Person
from uncounted.model.review import Pair
from uncounted.stages.match.persons.persons import MATCHER, effects_of, fold_persons

if TYPE_CHECKING:
    from uncounted.stages.match.persons.lists import VictimList


@dataclass(frozen=True)
class Standing:
    """What persons are folded from: the entries of the current lists by name, links, verdicts."""

    entries: Mapping[str, ListEntry]
    links: tuple[Link, ...]
    verdicts: tuple[Pair, ...]
    once: frozenset[str]

    @property
    def names(self) -> dict[str, str]:
        """Every entry with its name as published."""
        return {key: entry.name for key, entry in self.entries.items()}


def standing(case: Case) -> Standing:
    """How matching stands: lists, the newest links, and people's verdicts."""
    lists = current(case)
    proposed = case.views.links("entries")
    links = proposed.get(MATCHER) or tuple(link for found in proposed.values() for link in found)
    return Standing(
        entries={key_of(entry): entry for held in lists.values() for entry in held},
        links=links,
        verdicts=tuple(case.views.pairs("entries")),
        once=once_on(lists),
    )


def once_on(lists: Mapping[str, tuple[ListEntry, ...]]) -> frozenset[str]:
    """The lists on which a person stands once."""
    from uncounted.stages.match.persons.many import deduplicated

    return frozenset(one.name for one in victim_lists(lists) if deduplicated(one))


def key_of(entry: ListEntry) -> str:
    """An entry's name in a case: ``LIST:ID``."""
    return f"{entry.list}:{entry.id}"


def persons(case: Case) -> tuple[Person, ...]:
    """Every person of the current lists, those known by one entry included, in the order of their first entries."""
    now = standing(case)
    return fold_persons(now.names, now.links, now.verdicts, now.once)


def match(case: Case, progress: Callable[[str], None] = lambda _: None) -> tuple[Person, ...]:
    """Match the current lists and propose links as a fact; return the persons as they then stand.

    What people judged so far teaches the model and is never overwritten. A proposal equal to the last one is not
    recorded again. Raises :class:`NotEnough` where there is nothing to match.
    """
    from uncounted.stages.match.persons.match import match_lists
    from uncounted.stages.match.persons.propose import proposals

    lists = victim_lists(_compared(case, _enough(case)))
    links = proposals(match_lists(lists, progress, _verdicts(case)))
    if case.views.links("entries").get(MATCHER) != links:
        with case.writing("propose links between lists"):
            case.record(Agent("machine", MATCHER), LinksProposed(of="entries", matcher=MATCHER, links=links))
    return persons(case)


def effects(case: Case, pair: PairJudged) -> Effects:
    """What a verdict on two entries would change, transitive effects included, before it is recorded."""
    now = standing(case)
    _known(now.entries, pair.left, pair.right)
    left, right = sorted((pair.left, pair.right))
    would_be = Pair(left=left, right=right, verdict=pair.verdict, by="", entry=len(case.ledger))
    return effects_of(now.names, now.links, now.verdicts, now.once, would_be)


def judge(case: Case, pair: PairJudged, by: str) -> Entry:
    """A person's verdict on two entries; ``reviewing.undo`` takes it back."""
    if pair.of != "entries" or pair.left == pair.right:
        raise BadInput(f"{pair.left} and {pair.right}", "a verdict on persons needs two entries of lists")
    _known(case.views.listed((pair.left, pair.right)), pair.left, pair.right)
    return record(case, by, pair)[0]


def explain(case: Case, left: str, right: str, known: Proposals | None = None) -> Explanation:
    """Why two entries are held to be one person, or not, the earlier by name first.

    As the last matching found it (``known`` are its proposals, where they are at hand); where it has nothing on the
    two, or a list is newer, their two lists are matched anew as they now stand.
    """
    left, right = sorted((left, right))
    there = case.views.listed((left, right))
    _known(there, left, right)
    found = explained_as_matched(case.views, known or Proposals(case.views, "entries"), left, right)
    return found or _matched_anew(case, there[left], there[right])


def _matched_anew(case: Case, one: ListEntry, other: ListEntry) -> Explanation:
    from uncounted.stages.match.persons.explain import explanation
    from uncounted.stages.match.persons.link import link, within
    from uncounted.stages.match.persons.lists import ordered

    lists = {held.name: ordered(held) for held in victim_lists(current(case))}
    first, second = lists[one.list], lists[other.list]
    i, j = first.ids.index(one.id), second.ids.index(other.id)
    verdicts = _verdicts(case)
    if first is second:
        return explanation(within(first, verdicts=verdicts), first, first, min(i, j), max(i, j))
    return explanation(link(first, second, verdicts=verdicts), first, second, i, j)


def _enough(case: Case) -> Mapping[str, tuple[ListEntry, ...]]:
    lists = current(case)
    if len(lists) < 2:
        held = f"the case holds {len(lists)} list{'' if len(lists) == 1 else 's'}"
        raise NotEnough("the lists", f"{held}; matching needs two or more", "Add one: uncounted list add FILE")
    return lists


def _compared(case: Case, lists: Mapping[str, tuple[ListEntry, ...]]) -> Mapping[str, tuple[ListEntry, ...]]:
    """The lists without the entries that must not be compared; each such entry stays a person of its own."""
    closed = barred(case.views, "analyse")
    return {name: tuple(one for one in held if key_of(one) not in closed) for name, held in lists.items()}


def victim_lists(lists: Mapping[str, tuple[ListEntry, ...]]) -> "list[VictimList]":
    """Lists of entries as matching takes them."""
    from uncounted.stages.match.persons.lists import from_entries

    return [from_entries(name, entries) for name, entries in lists.items()]


def _verdicts(case: Case) -> list[tuple[tuple[str, str], tuple[str, str], bool]]:
    found = []
    for pair in case.views.pairs("entries"):
        if pair.verdict != "unsure":
            (left_list, _, left), (right_list, _, right) = (end.partition(":") for end in (pair.left, pair.right))
            found.append(((left_list, left), (right_list, right), pair.verdict == "same"))
    return found


def _known(there: Container[str], *entries: str) -> None:
    for entry in entries:
        if entry not in there:
            raise NotFound(entry, "no current list of this case has that entry", "Write it as LIST:ID")
