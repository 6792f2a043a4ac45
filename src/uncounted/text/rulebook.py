"""Rules that are data: named TOML files, shipped with a package or a case's own, read into frozen structs."""

import tomllib
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from uncounted.model.errors import BadInput, NotFound

T = TypeVar("T")
ENDING = ".toml"


def names(folder: Traversable) -> tuple[str, ...]:
    """Return the names of the rules in a folder of a package, sorted: a name is a file's, without its ending."""
    return tuple(sorted(file.name.removesuffix(ENDING) for file in folder.iterdir() if file.name.endswith(ENDING)))


def shipped(folder: Traversable, thing: str, name: str) -> bytes:
    """Return the bytes of the rules of that name; :class:`NotFound` tells what ``thing`` it is and which are known."""
    known = names(folder)
    if name not in known:
        raise NotFound(f"{thing} {name!r}", f"no {thing} of that name is known", f"Known: {', '.join(known)}.")
    return (folder / f"{name}{ENDING}").read_bytes()


def parsed(data: bytes, form: type[T], thing: str, name: str, see: str) -> T:
    """Read rules into a struct; :class:`BadInput` says what is wrong, and where the fields are told (``see``)."""
    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8")), form)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise BadInput(f"{thing} {name!r}", str(fault), see) from fault
