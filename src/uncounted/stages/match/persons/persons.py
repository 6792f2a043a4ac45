"""Persons of a case: people's verdicts first, then machine links, folded into groups of entries.

Pairs that a person judged the same are joined, pairs judged different never are, whatever a machine proposes. A link
that would put two entries of one list into a person is passed over where persons stand once on that list; a person
may still say so. The result depends on the set of entries, links and verdicts, never on their order.
"""

from collections.abc import Iterable, Mapping, Sequence, Set

from uncounted.model.identity import digest
from uncounted.model.incidents import Link
from uncounted.model.partition import Partition
from uncounted.model.persons import Effects, Person
from uncounted.model.review import Pair
from uncounted.stages.match.persons.clusters import LEAST

MATCHER = "persons/1"
"""Changes when the matching does, so that old proposals are told from new ones."""
Names = Mapping[str, str]
"""Every entry (``LIST:ID``), in the order of the lists, with its name as published."""


class _Entries(Partition):
    """Entries joined into persons; of a list in ``once`` a machine puts no two into one person."""

    def __init__(self, names: Iterable[str], once: Set[str]) -> None:
        super().__init__(names)
        self.lists = {name: {list_of(name)} & once for name in self.root}

    def join(self, left: str, right: str) -> bool:
        one, two = sorted((self.find(left), self.find(right)))
        if one == two or not super().join(one, two):
            return one == two
        self.lists[one] |= self.lists.pop(two)
        return True

    def crowded(self, left: str, right: str) -> bool:
        one, two = self.find(left), self.find(right)
        return one != two and bool(self.lists[one] & self.lists[two])


def list_of(entry: str) -> str:
    """The list that ``LIST:ID`` stands on."""
    return entry.partition(":")[0]


def fold_persons(names: Names, links: Iterable[Link], verdicts: Iterable[Pair], once: Set[str]) -> tuple[Person, ...]:
    """Return every person, those known by one entry included, in the order of their first entries.

    ``links`` are proposals; those below one half wait for a person. ``once`` names the lists on which a person stands
    once. Of verdicts that contradict one another the later holds. Links and verdicts about entries that are on no
    current list are passed over. A person's id follows from the first entry.
    """
    groups = _Entries(names, once)
    for pair in _latest_first(verdicts):
        if pair.left in groups.root and pair.right in groups.root:
            if pair.verdict == "different":
                groups.hold_apart(pair.left, pair.right)
            elif pair.verdict == "same":
                groups.join(pair.left, pair.right)
    for link in sorted(links, key=lambda link: (-link.probability, link.left, link.right)):
        if link.probability < LEAST:
            break
        if link.left in groups.root and link.right in groups.root and not groups.crowded(link.left, link.right):
            groups.join(link.left, link.right)
    members: dict[str, list[str]] = {}
    for name in names:
        members.setdefault(groups.find(name), []).append(name)
    return tuple(_person(group, names) for group in members.values())


def _latest_first(verdicts: Iterable[Pair]) -> list[Pair]:
    return sorted(verdicts, key=lambda pair: (-pair.entry, pair.left, pair.right))


def _person(entries: Sequence[str], names: Names) -> Person:
    return Person(id="p" + digest(entries[0].encode())[:10], entries=tuple(entries), name=names[entries[0]])


def effects_of(names: Names, links: Sequence[Link], verdicts: Sequence[Pair], once: Set[str], verdict: Pair) -> Effects:
    """Return what one more verdict would change, transitive effects included.

    Only what is connected with the two entries, by links or verdicts, is folded again.
    """
    near = _connected((verdict.left, verdict.right), links, verdicts)
    nearby = {name: said for name, said in names.items() if name in near}
    some_links = [link for link in links if link.left in near and link.right in near]
    some_verdicts = [pair for pair in verdicts if pair.left in near and pair.right in near]
    with_it = [pair for pair in some_verdicts if {pair.left, pair.right} != {verdict.left, verdict.right}] + [verdict]
    before = fold_persons(nearby, some_links, some_verdicts, once)
    after = fold_persons(nearby, some_links, with_it, once)
    home = {entry: person.id for person in after for entry in person.entries}
    was = {entry: person.id for person in before for entry in person.entries}
    same = {person.entries for person in before} & {person.entries for person in after}

    def parted(left: str, right: str) -> bool:
        return left in home and right in home and was[left] == was[right] and home[left] != home[right]

    return Effects(
        before=tuple(person for person in before if person.entries not in same),
        after=tuple(person for person in after if person.entries not in same),
        against=tuple(link for link in some_links if link.probability >= LEAST and parted(link.left, link.right)),
        verdicts=tuple(pair for pair in with_it if pair is not verdict and _broken(pair, home)),
    )


def _broken(pair: Pair, home: Mapping[str, str]) -> bool:
    if pair.left not in home or pair.right not in home or pair.verdict == "unsure":
        return False
    return (home[pair.left] == home[pair.right]) != (pair.verdict == "same")


def _connected(start: Iterable[str], links: Iterable[Link], verdicts: Iterable[Pair]) -> set[str]:
    beside: dict[str, list[str]] = {}
    edges = [(link.left, link.right) for link in links if link.probability >= LEAST]
    edges += [(pair.left, pair.right) for pair in verdicts if pair.verdict != "unsure"]
    for left, right in edges:
        beside.setdefault(left, []).append(right)
        beside.setdefault(right, []).append(left)
    found, waiting = set(start), list(start)
    while waiting:
        for other in beside.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
