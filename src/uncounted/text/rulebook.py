"""Rules that are data: named TOML files, shipped with a package or a case's own, read into frozen structs."""

import tomllib
from collections.abc import Collection
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from uncounted.model.errors import BadInput, NotFound

T = TypeVar("T")
ENDING = ".toml"
LONGEST = 200
"""Signs of the longest name of rules; file systems take few more."""


def names(folder: Traversable) -> tuple[str, ...]:
    """Return the names of the rules in a folder of a package, sorted: a name is a file's, without its ending."""
    return tuple(sorted(file.name.removesuffix(ENDING) for file in folder.iterdir() if file.name.endswith(ENDING)))


def own(folder: Path, name: str) -> Path | None:
    """The file of a case's own rules of that name, ``None`` where it has none; a name that leads elsewhere has none."""
    path = folder / f"{name}{ENDING}"
    if len(name) > LONGEST:
        return None
    return path if path.parent == folder and path.name == f"{name}{ENDING}" and path.is_file() else None


def chosen(folder: Path, thing: str, name: str, ship: Collection[str]) -> Path | None:
    """The file of a case's own rules of that name, ``None`` where those that ``ship`` are meant.

    :class:`NotFound` where there are neither; it tells what ``thing`` it is and which are known.
    """
    path = own(folder, name)
    if path is None and name not in ship:
        raise _unknown(thing, name, {*ship, *(file.stem for file in folder.glob(f"*{ENDING}"))})
    return path


def shipped(folder: Traversable, thing: str, name: str) -> bytes:
    """Return the bytes of the rules of that name; :class:`NotFound` tells what ``thing`` it is and which are known."""
    if name not in (known := names(folder)):
        raise _unknown(thing, name, known)
    return (folder / f"{name}{ENDING}").read_bytes()


def _unknown(thing: str, name: str, known: Collection[str]) -> NotFound:
    return NotFound(f"{thing} {name!r}", f"no {thing} of that name is known", f"Known: {', '.join(sorted(known))}.")


def parsed(data: bytes, form: type[T], thing: str, name: str, see: str) -> T:
    """Read rules into a struct; :class:`BadInput` says what is wrong, and where the fields are told (``see``)."""
    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8")), form)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise BadInput(f"{thing} {name!r}", str(fault), see) from fault
