"""Grades: one word for an incident, as a named projection of the four answers, from rules kept in data files."""

from collections.abc import Sequence
from importlib import resources

import msgspec

from uncounted.model.errors import BadInput
from uncounted.model.incidents import Axis
from uncounted.model.vocabulary import Grade
from uncounted.stages.assess.axes import VALUES, Answer
from uncounted.text import rulebook

SHIPPED = resources.files(__package__) / "schemes"


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``grade`` is given when every axis in ``when`` has one of the values listed, judged so by ``people`` or more."""

    grade: Grade
    when: dict[Axis, tuple[str, ...]]
    words: str
    people: int = 0


class Scheme(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A named set of grading rules; the first that fits counts. ``labels`` are the scheme's own words for grades."""

    name: str
    title: str
    description: str
    source: str
    rules: tuple[Rule, ...]
    labels: dict[Grade, str] = {}


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """An incident's grade under a scheme, or ``None`` where no rule fits, with the four answers that it rests on.

    ``pending`` says what a rule that would have fitted still needs (a second person, say).
    """

    grade: Grade | None
    label: str | None
    scheme: str
    rule: str
    answers: tuple[Answer, ...]
    pending: tuple[str, ...] = ()


def scheme_names() -> tuple[str, ...]:
    """Return the names of the schemes that ship with the package, sorted."""
    return rulebook.names(SHIPPED)


def load_scheme(name: str) -> Scheme:
    """Return the shipped scheme of that name, or raise ``NotFound``."""
    return parse_scheme(rulebook.shipped(SHIPPED, "grading", name), name)


def parse_scheme(data: bytes, name: str = "grading") -> Scheme:
    """Read a scheme from the bytes of a TOML file, or raise ``BadInput`` with what is wrong."""
    scheme = rulebook.parsed(data, Scheme, "grading", name, "See docs/methods-toll.md for the fields.")
    for rule in scheme.rules:
        for axis, values in rule.when.items():
            unknown = sorted(set(values) - set(VALUES[axis]))
            if unknown:
                raise BadInput(f"grading {scheme.name!r}", f"{axis} is never {', '.join(unknown)}",
                               f"Use {', '.join(VALUES[axis])}.")  # fmt: skip
        if rule.grade == "discounted" and rule.people < 2:
            raise BadInput(f"grading {scheme.name!r}", "an incident is discounted by two people or not at all",
                           "Set people = 2 in the rule.")  # fmt: skip
    return scheme


def grade(answers: Sequence[Answer], scheme: Scheme) -> Graded:
    """Return the grade that the first fitting rule gives. Nothing is ever deleted: a discounted incident stays."""
    by_axis = {answer.axis: answer for answer in answers}
    pending = []
    for rule in scheme.rules:
        matched = [
            by_axis[axis] for axis, values in rule.when.items() if axis in by_axis and by_axis[axis].value in values
        ]
        if len(matched) < len(rule.when):
            continue
        people = min((len(answer.people) for answer in matched), default=0)
        if people < rule.people:
            # A rule alone never asks for a discount; only a judgement that waits for its second person is told.
            if people:
                pending.append(f"{rule.grade} needs {rule.people} people to judge so; so far {people}")
            continue
        return Graded(
            grade=rule.grade,
            label=scheme.labels.get(rule.grade, rule.grade),
            scheme=scheme.name,
            rule=rule.words,
            answers=tuple(answers),
            pending=tuple(pending),
        )
    return Graded(
        grade=None, label=None, scheme=scheme.name, rule="no rule fits", answers=tuple(answers), pending=tuple(pending)
    )
