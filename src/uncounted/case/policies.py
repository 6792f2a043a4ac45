"""The rules that a case counts by: shipped, its own, or as adopted; a changed rule is a fact."""

from typing import NamedTuple

import msgspec

from uncounted.case.case import Case
from uncounted.case.reviewing import record
from uncounted.ledger.views import Views
from uncounted.model.errors import NotFound
from uncounted.model.facts import Entry, PolicyAdopted
from uncounted.model.identity import canonical
from uncounted.stages.assess.grades import Scheme, load_scheme, parse_scheme, scheme_names
from uncounted.stages.toll.policy import Policy, load_policy, parse_policy, policy_names
from uncounted.text.rulebook import chosen


class Rules(NamedTuple):
    """A policy and the scheme that grades incidents for it."""

    policy: Policy
    scheme: Scheme


class Adopted(msgspec.Struct, frozen=True, kw_only=True):
    """The rules as they were when a case adopted them: what :class:`PolicyAdopted` names by its SHA-256."""

    policy: Policy
    scheme: Scheme


def named(case: Case, name: str) -> Rules:
    """The rules of that name as they are now: the case's own (``policies/NAME.toml``), else those that ship.

    :class:`NotFound` names what there is.
    """
    path = chosen(case.folder / "policies", "policy", name, policy_names())
    policy = parse_policy(path.read_bytes(), name) if path else load_policy(name)
    return Rules(policy, _scheme(case, policy.scheme))


def _scheme(case: Case, name: str) -> Scheme:
    path = chosen(case.folder / "schemes", "grading", name, scheme_names())
    return parse_scheme(path.read_bytes(), name) if path else load_scheme(name)


def in_force(case: Case, views: Views | None = None) -> Rules:
    """The rules as the case last adopted them, word for word, whatever a file says now; ``literal`` where it did not.

    ``views`` are those of an earlier moment, where one is asked for.
    """
    fact = (views or case.views).policy()
    if fact is None:
        return named(case, "literal")
    try:
        kept = msgspec.json.decode(case.objects.get(fact.object), type=Adopted)
    except (msgspec.DecodeError, NotFound):
        # Adopted before the rules themselves were kept: only their name is known.
        return named(case, fact.name)
    return Rules(kept.policy, kept.scheme)


def rules_of(case: Case, name: str | None, views: Views | None = None) -> Rules:
    """The rules by name, or those in force; the name of the adopted policy means the rules as adopted."""
    fact = (views or case.views).policy()
    if name is None or (fact is not None and fact.name == name):
        return in_force(case, views)
    return named(case, name)


def schemes(case: Case, views: Views | None = None) -> dict[str, Scheme]:
    """The case's own grading schemes by name, the one that was adopted with its policy first of all."""
    found = {path.stem: parse_scheme(path.read_bytes(), path.stem) for path in (case.folder / "schemes").glob("*.toml")}
    adopted = in_force(case, views)
    return {**found, adopted.policy.scheme: adopted.scheme}


def adopt(case: Case, name: str, by: str, reason: str) -> Entry:
    """Count by these rules from now on: they are kept as they are now, so a file changed later changes nothing.

    To change a rule, change the file and adopt it again: each change is a fact, with who made it and why.
    """
    rules = named(case, name)
    kept = case.objects.put(canonical(Adopted(policy=rules.policy, scheme=rules.scheme)))
    return record(case, by, PolicyAdopted(name=name, object=kept, reason=reason))[0]


def differences(before: Rules, after: Rules) -> tuple[str, ...]:
    """What two sets of rules state differently: one line a rule."""
    old, new = (
        dict(_flat(msgspec.to_builtins(Adopted(policy=one.policy, scheme=one.scheme)))) for one in (before, after)
    )
    return tuple(
        f"{key}: {old.get(key, 'not set')} → {new.get(key, 'not set')}"
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    )


def _flat(value: object, name: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in _flat(inner, f"{name}.{key}" if name else str(key))]
    return [(name, str(value))]
