"""What the columns of a form mean: a profile, shipped by name, with a person's own mapping over it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from uncounted.model.errors import BadInput, NotFound
from uncounted.model.vocabulary import Group, Harm, PlacePrecision, SourceKind
from uncounted.text import rulebook

SHIPPED = files(__package__) / "profiles"
FIELDS = ("id", "title", "text", "from", "to", "place", "within", "lat", "lon", "point", "precision", "actor", "means",
          "said_by", "url", "published", "publisher")  # fmt: skip
"""What a column can be mapped to, beside the counts ``HARM``, ``GROUP_HARM`` and these with ``_low`` or ``_high``."""


class CountOf(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a row: which harm to which group, in which columns.

    ``best`` alone is a number or a range as said; ``low`` and ``high`` are bounds. ``part`` says that it is part of the
    row's first figure; ``zero`` whether a 0 is a statement (else it is taken for "nothing entered" and left out).
    """

    harm: Harm
    group: Group = "people"
    best: tuple[str, ...] = ()
    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    part: bool = False
    zero: bool = False


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A form: which columns hold what. A field with several columns takes the first that the table has.

    ``within`` alone joins all of its columns. ``precisions`` maps the form's own codes to ours. ``texts`` says that
    rows are reports to be read, each a report of its own, rather than figures that are given.
    """

    name: str
    title: str
    publisher: str | None = None
    kind: SourceKind = "publisher"
    language: str | None = None
    key: tuple[str, ...] = ("id",)
    required: tuple[str, ...] = ()
    fields: dict[str, tuple[str, ...]] = {}
    precisions: dict[str, PlacePrecision] = {}
    counts: tuple[CountOf, ...] = ()
    texts: bool = False
    day_first: bool = False
    url: str = ""
    """Where the form is documented."""


@cache
def profiles() -> tuple[str, ...]:
    """The names of the shipped profiles."""
    return rulebook.names(SHIPPED)


def profile(name: str, mapped: Mapping[str, str] | None = None) -> Profile:
    """A profile by name, with a person's mapping of fields to columns over it; :class:`NotFound` names those that
    there are.
    """
    if name not in profiles():
        raise NotFound(f"form {name!r}", "there is no such form", f"There are {', '.join(profiles())}")
    said = tomllib.loads((SHIPPED / f"{name}.toml").read_text("utf-8"))
    made = msgspec.convert({"name": name, **said}, Profile)
    return _over(made, mapped) if mapped else made


def _over(base: Profile, mapped: Mapping[str, str]) -> Profile:
    fields, counts, key, required = dict(base.fields), list(base.counts), base.key, base.required
    own: dict[tuple[str, str], dict[str, str]] = {}
    for field, column in mapped.items():
        if field == "id":
            key = (column,)
        elif field in FIELDS:
            fields[field] = (column,)
        else:
            harm, group, bound = _count(field)
            own.setdefault((harm, group), {})[bound] = column
    for (harm, group), bounds in own.items():
        count = {"harm": harm, "group": group, "part": group != "people", **{b: (c,) for b, c in bounds.items()}}
        counts = [one for one in counts if (one.harm, one.group) != (harm, group)]
        counts.append(msgspec.convert({**count, "zero": True}, CountOf))
    return msgspec.structs.replace(base, fields=fields, counts=tuple(counts), key=key, required=required)


def _count(field: str) -> tuple[str, str, str]:
    """What a name like ``killed``, ``civilians_killed`` or ``killed_low`` counts."""
    from typing import get_args

    name, bound = field, "best"
    for ending in ("low", "high"):
        if name.endswith("_" + ending):
            name, bound = name.removesuffix("_" + ending), ending
    group, _, harm = name.rpartition("_")
    if harm not in get_args(Harm) or (group and group not in get_args(Group)):
        example = "killed, killed_low, civilians_injured, children_killed_high"
        raise BadInput(f"--column {field}=…", "is no field", f"Fields: {', '.join(FIELDS)}; and figures like {example}")
    return harm, group or "people", bound
