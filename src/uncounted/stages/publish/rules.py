"""The rules of a policy as a reader meets them: nested names and values as flat, readable statements."""

from collections.abc import Iterator, Mapping

import msgspec


class Rule(msgspec.Struct, frozen=True):
    """One statement: the path of names that leads to it, and its value in words."""

    name: str
    value: str
    depth: int = 0


def stated(rules: Mapping[str, object], depth: int = 0) -> Iterator[Rule]:
    """Every rule that was applied, none left out, in the order of the policy."""
    for name, value in rules.items():
        label = name.replace("_", " ")
        if isinstance(value, Mapping):
            yield Rule(label, "", depth)
            yield from stated({str(k): v for k, v in value.items()}, depth + 1)
        else:
            yield Rule(label, _words(value), depth)


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_words(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        if len(value) == 2 and all(item is None or isinstance(item, int) for item in value):
            return " to ".join("open" if item is None else str(item) for item in value)
        return ", ".join(_words(item) for item in value) or "none"
    if value is None or isinstance(value, bool):
        return {None: "open", True: "yes", False: "no"}[value]
    return f"{value:g}" if isinstance(value, float) else str(value)
