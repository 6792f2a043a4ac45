"""Publish a release of a case, and remember that it was made."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from uncounted.case import telling
from uncounted.case.case import Case
from uncounted.case.remembering import memorial
from uncounted.case.reviewing import person
from uncounted.model.facts import ReleaseMade
from uncounted.model.identity import digest
from uncounted.stages.coverage import covered
from uncounted.stages.publish import LANGUAGES, Manifest
from uncounted.stages.publish import publish as write


def publish(
    case: Case,
    target: Path,
    by: str,
    policy: str | None = None,
    as_of: str | None = None,
    *,
    languages: tuple[str, ...] = LANGUAGES,
    address: str | None = None,
    progress: Callable[[str, float], None] = lambda what, share: None,
) -> Manifest:
    """Write the release into a folder; the same case, policy and moment give the same bytes.

    Publishing the same release again records nothing new. A release that follows releases only is the same release:
    facts about publishing are not part of what is published. Pages that would come out as they are in the folder
    already are left as they are. ``languages`` are those of the pages; ``address`` is where they will be published.
    ``progress`` is told what is being done, and how much of it in 0..1.
    """
    progress("add up the toll", 0.0)
    rules = telling.policy_of(case, policy, as_of)
    dossier = telling.dossier(case, rules, as_of)
    dossier = msgspec.structs.replace(dossier, memorial=memorial(case), coverage=covered(dossier))
    progress("write the release", 0.4)
    pages = len(languages) * (len(dossier.incidents) + len(dossier.captures) + 50) + len(dossier.texts) + 50
    made = write(
        dossier, target, memory=_memory(case, target), languages=languages, address=address,
        told=lambda done: progress("write the release", min(0.99, 0.4 + 0.6 * done / pages)),
    )  # fmt: skip
    progress("write the release", 1.0)
    fact = ReleaseMade(name=target.name, policy=rules.name, facts=made.facts, manifest=digest(made.encoded()))
    if not any(entry.fact == fact for entry in case.views.releases()):
        with case.writing("publish"):
            case.record(person(by), fact)
    return made


def _memory(case: Case, target: Path) -> Path:
    """Where it is remembered what was written into a folder; it may be deleted at any time."""
    return case.folder / "cache" / f"published-{digest(str(target.resolve()).encode())[:16]}.bin"
