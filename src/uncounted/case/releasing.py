"""Publish a release of a case, and remember that it was made."""

from pathlib import Path

from uncounted.case import telling
from uncounted.case.case import Case
from uncounted.case.reviewing import person
from uncounted.model.facts import ReleaseMade
from uncounted.model.identity import digest
from uncounted.stages.publish import Manifest
from uncounted.stages.publish import publish as write


def publish(case: Case, target: Path, by: str, policy: str | None = None, as_of: str | None = None) -> Manifest:
    """Write the release into a folder; the same case, policy and moment give the same bytes.

    Publishing the same release again records nothing new. A release that follows releases only is the same release:
    facts about publishing are not part of what is published.
    """
    rules = telling.policy_of(case, policy)
    made = write(telling.dossier(case, rules, as_of), target)
    fact = ReleaseMade(name=target.name, policy=rules.name, facts=made.facts, manifest=digest(made.encoded()))
    if not any(entry.fact == fact for entry in case.views.releases()):
        with case.writing("publish"):
            case.record(person(by), fact)
    return made
