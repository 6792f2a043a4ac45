"""Matching two lists and more: every two of them, and within those on which persons stand repeatedly."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from uncounted.stages.match.persons.clusters import Member, clusters
from uncounted.stages.match.persons.compete import one_to_one
from uncounted.stages.match.persons.judged import Verdict
from uncounted.stages.match.persons.link import Linked, Progress, link, within
from uncounted.stages.match.persons.lists import VictimList, ordered
from uncounted.stages.match.persons.many import deduplicated
from uncounted.stages.match.persons.parts import Engine

LinkRow = tuple[str, str, str, str, float]


@dataclass(frozen=True)
class Matched:
    """All lists matched. ``linked`` has the candidate pairs of each two lists, by their places."""

    lists: tuple[VictimList, ...]
    linked: dict[tuple[int, int], Linked]
    once: frozenset[str]

    def links(self, least: float = 0.0) -> list[LinkRow]:
        """Return links of probability ``least`` or more, in the order of the lists and their ids."""
        rows: list[LinkRow] = []
        for (one, other), found in self.linked.items():
            left, right = self.lists[one], self.lists[other]
            kept = found.probability >= least
            for i, j, probability in zip(
                found.i[kept].tolist(), found.j[kept].tolist(), found.probability[kept].tolist(), strict=True
            ):
                rows.append((left.name, left.ids[i], right.name, right.ids[j], probability))
        return rows

    def overlaps(self) -> list[tuple[str, str, float, int]]:
        """Return for every two lists how many persons are expected on both, and how many are linked one to one.

        The sum of probabilities counts doubtful links in part; links that are one half or more count whole, and those
        below not at all, which misses more than it adds where names are short.
        """
        told = []
        for (one, other), found in self.linked.items():
            if one != other:
                sure = found.probability >= 0.5
                linked = int(one_to_one(found.i[sure], found.j[sure], found.probability[sure]).sum())
                told.append((self.lists[one].name, self.lists[other].name, float(found.probability.sum()), linked))
        return told

    def clusters(self) -> list[tuple[Member, ...]]:
        """Return the persons known by two entries or more."""
        return clusters(self.links(0.5), self.once, [one.name for one in self.lists])


def match_lists(
    lists: Sequence[VictimList],
    progress: Progress = lambda _: None,
    verdicts: Sequence[Verdict] = (),
    engine: Engine | None = None,
) -> Matched:
    """Match every two lists; a list with repeated persons is matched within itself as well.

    Each two lists are matched by themselves alone, so a further list changes no link between others. People's
    ``verdicts`` on pairs of entries teach the models of the lists that they speak of. ``engine`` says where parts of
    lists are scored; lists with repeated persons are matched here in any case.
    """
    lists = [ordered(one) for one in lists]
    once = frozenset(one.name for one in lists if deduplicated(one))
    linked = {}
    for one, other in combinations(range(len(lists)), 2):
        linked[one, other] = link(lists[one], lists[other], progress, verdicts, engine)
    for at, one_list in enumerate(lists):
        if one_list.name not in once:
            linked[at, at] = within(one_list, progress, verdicts)
    return Matched(tuple(lists), linked, once)
