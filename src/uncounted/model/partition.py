"""A partition under construction: things joined into groups, and groups that must stay apart."""

from collections.abc import Iterable


class Partition:
    """Names joined into groups; groups held apart never join. The outcome of a join depends on what came before."""

    def __init__(self, names: Iterable[str]) -> None:
        self.root = {name: name for name in names}
        self.apart: dict[str, set[str]] = {name: set() for name in self.root}

    def find(self, name: str) -> str:
        """The group's present representative."""
        while self.root[name] != name:
            self.root[name] = self.root[self.root[name]]
            name = self.root[name]
        return name

    def hold_apart(self, left: str, right: str) -> None:
        """Keep the groups of two names apart, unless they are one already."""
        one, two = self.find(left), self.find(right)
        if one != two:
            self.apart[one].add(two)
            self.apart[two].add(one)

    def join(self, left: str, right: str) -> bool:
        """Make the groups of two names one, unless they are held apart; say whether they now are one."""
        one, two = sorted((self.find(left), self.find(right)))
        if one == two:
            return True
        if two in self.apart[one]:
            return False
        self.root[two] = one
        for other in self.apart.pop(two):
            self.apart[other].discard(two)
            self.apart[other].add(one)
            self.apart[one].add(other)
        return True
