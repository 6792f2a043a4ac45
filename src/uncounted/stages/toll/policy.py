"""Counting policies: named sets of rules, kept as data files, that turn what was said into numbers."""

from graphlib import CycleError
from importlib import resources
from typing import Literal

import msgspec

from uncounted.model.errors import BadInput
from uncounted.model.vocabulary import HELD_MODALITIES, Grade, Group, Modality, Unit
from uncounted.stages.toll.bounds import Sum, parts_first
from uncounted.text import rulebook

SHIPPED = resources.files(__package__) / "policies"

Bound = int | Literal["open"]


class Whole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``parts`` that cannot overlap never add up to more than ``whole``; ``reason`` says why, in words."""

    whole: Group
    parts: tuple[Group, ...]
    reason: str


class Beside(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that stands beside the toll and is never added to it.

    ``grades`` are those of the incidents that it is of; ``conceded`` counts only what a party says of its own acts.
    """

    name: str
    words: str
    grades: tuple[Grade, ...] = ()
    conceded: bool = False


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How counts are read and combined.

    - ``modalities``: those whose claims enter a toll.
    - ``headline``: the group that a toll is of unless another is asked for.
    - ``people_as``: the group that people of unstated status count under, if another.
    - ``at_least``, ``more_than``: whether such a count stays open upwards.
    - ``about``: the share by which "about N" may be off.
    - ``plural``: the bounds that a bare plural stands for.
    - ``vague``: words and the bounds they stand for; ``vague_from`` says whether these or the interval that the claim
      records come first.
    - ``units``: persons in one of a unit; a unit without a line is never added to persons.
    - ``unstated_total``: whether the parts that a source names add up to a total that it does not state (``sum``) or
      only bound it from below (``open``).
    - ``low_across``: which of independent origins' lower bounds counts, the smallest (no source says fewer) or the
      largest (some source stands for so many).
    - ``grades``: the grades of incidents that count, empty for all.
    - ``wholes``: which groups are parts of which.
    - ``scheme``: the grading scheme that gives incidents their grades.
    - ``best``: whether a single best figure stands within the range, and which (``most_origins``: the figure that most
      independent origins give, the lowest of several).
    - ``beside``: figures that are told beside the toll.
    - ``tables``: groups by which the whole is split, with what remains as unknown.
    - ``causes``: words for means, by the cause that they are counted under.
    - ``codes``: numbers for how precisely a ``place`` or a ``date`` is known, by its precision.
    - ``rules``: each rule in words, for the methodology page.
    """

    name: str
    title: str
    description: str
    source: str
    modalities: tuple[Modality, ...]
    headline: Group = "people"
    people_as: Group | None = None
    at_least: Literal["open", "closed"] = "open"
    more_than: Literal["open", "closed"] = "open"
    about: float = 0.0
    plural: tuple[int, Bound] = (2, "open")
    vague: dict[str, tuple[int, Bound]] = {}
    vague_from: Literal["policy", "record"] = "policy"
    units: dict[Unit, tuple[int, Bound]] = {}
    unstated_total: Literal["open", "sum"] = "open"
    low_across: Literal["smallest", "largest"] = "smallest"
    grades: tuple[Grade, ...] = ()
    wholes: tuple[Whole, ...] = ()
    scheme: str = "airwars"
    best: Literal["", "most_origins"] = ""
    beside: tuple[Beside, ...] = ()
    tables: dict[str, tuple[Group, ...]] = {}
    causes: dict[str, tuple[str, ...]] = {}
    codes: dict[Literal["place", "date"], dict[str, int]] = {}
    rules: dict[str, str] = {}


def policy_names() -> tuple[str, ...]:
    """Return the names of the policies that ship with the package, sorted."""
    return rulebook.names(SHIPPED)


def load_policy(name: str) -> Policy:
    """Return the shipped policy of that name, or raise ``NotFound``."""
    return parse_policy(rulebook.shipped(SHIPPED, "policy", name), name)


def parse_policy(data: bytes, name: str = "policy") -> Policy:
    """Read a policy from the bytes of a TOML file (a case's own, say), or raise ``BadInput`` with what is wrong."""
    policy = rulebook.parsed(data, Policy, "policy", name, "See docs/methods-toll.md for the fields of a policy.")
    for modality in policy.modalities:
        if modality not in HELD_MODALITIES:
            raise BadInput(f"policy {policy.name!r}", f"a claim that is {modality!r} never enters a toll",
                           f"Choose from {', '.join(sorted(HELD_MODALITIES))}.")  # fmt: skip
    for table, groups in policy.tables.items():
        if len(groups) > 1 and not any(set(groups) <= set(whole.parts) for whole in policy.wholes):
            raise BadInput(f"policy {policy.name!r}", f"the groups of its table {table!r} may overlap",
                           "Take groups that are parts of one of its wholes, or several tables.")  # fmt: skip
    try:
        parts_first([Sum(whole.whole, whole.parts) for whole in policy.wholes])
    except CycleError as fault:
        ring = " in ".join(str(one) for one in fault.args[1])
        raise BadInput(f"policy {policy.name!r}", f"a group is part of itself: {ring}", "Mend its wholes.") from fault
    return policy
