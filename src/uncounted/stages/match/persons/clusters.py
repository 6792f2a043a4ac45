"""Clusters: links of several lists put together into persons."""

from collections.abc import Iterable, Sequence

Member = tuple[str, str]
"""A list's name and an entry's id."""
LEAST = 0.5


def clusters(
    links: Iterable[tuple[str, str, str, str, float]], once: frozenset[str], order: Sequence[str]
) -> list[tuple[Member, ...]]:
    """Return clusters of two entries or more, each sorted by list (as in ``order``) and id.

    Links of :data:`LEAST` or more are taken in turn, the most probable first; one that would put two entries of a
    list of ``once`` (lists on which a person stands once) into one cluster is passed over.
    """
    home: dict[Member, int] = {}
    members: dict[int, list[Member]] = {}
    strong = [link for link in links if link[4] >= LEAST]
    for left_list, left_id, right_list, right_id, _ in sorted(strong, key=lambda link: (-link[4], link[:4])):
        places = []
        for member in ((left_list, left_id), (right_list, right_id)):
            if member not in home:
                home[member] = len(home)
                members[home[member]] = [member]
            places.append(home[member])
        one, other = places
        if one == other or _clash(members[one], members[other], once):
            continue
        for member in members[other]:
            home[member] = one
        members[one] += members.pop(other)
    place = {name: at for at, name in enumerate(order)}
    found = [tuple(sorted(group, key=lambda m: (place[m[0]], m[1]))) for group in members.values() if len(group) > 1]
    return sorted(found, key=lambda group: (place[group[0][0]], group[0][1]))


def _clash(one: list[Member], other: list[Member], once: frozenset[str]) -> bool:
    there = {name for name, _ in one if name in once}
    return any(name in there for name, _ in other)
