"""The rules of a policy as a reader meets them: nested names and values as flat, readable statements."""

from collections.abc import Iterator, Mapping

import msgspec

from uncounted.stages.publish.words import bounds


class Rule(msgspec.Struct, frozen=True):
    """One statement: the path of names that leads to it, and its value in words."""

    name: str
    value: str
    depth: int = 0


TOLD = ("name", "title", "description", "source")
"""Rules that are prose about the policy; a page tells them before the others."""


def stated(rules: Mapping[str, object], depth: int = 0) -> Iterator[Rule]:
    """Every rule that was applied, none left out, in the order of the policy."""
    for name, value in rules.items():
        label = str(name).replace("_", " ")
        if isinstance(value, Mapping) and value:
            yield Rule(label, "", depth)
            yield from stated(value, depth + 1)
        elif isinstance(value, list | tuple) and value and all(isinstance(item, Mapping) for item in value):
            yield Rule(label, "", depth)
            yield from (Rule(str(at + 1), _words(item), depth + 1) for at, item in enumerate(value))
        else:
            yield Rule(label, _words(value), depth)


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{str(key).replace('_', ' ')}: {_words(item)}" for key, item in value.items()) or "none"
    if isinstance(value, list | tuple):
        pair = [None if item is None else int(item) for item in value if item is None or isinstance(item, int | float)]
        if len(value) == len(pair) == 2 and [float(p) for p in pair if p is not None] == [
            v for v in value if v is not None
        ]:
            return bounds(*pair)
        return ", ".join(_words(item) for item in value) or "none"
    if value is None or isinstance(value, bool):
        return {None: "not set", True: "yes", False: "no"}[value]
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")
