"""Publish a release of a case, and remember that it was made."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from uncounted.case import changes, safety, telling
from uncounted.case.case import Case
from uncounted.case.remembering import memorial
from uncounted.case.reviewing import person
from uncounted.model.facts import ReleaseMade
from uncounted.model.identity import canonical, digest
from uncounted.model.release import Dossier, FigureChange
from uncounted.stages.coverage import covered
from uncounted.stages.publish import LANGUAGES, Manifest
from uncounted.stages.publish import publish as write
from uncounted.stages.publish.safety import History, Profile, Safe, made_safe
from uncounted.stages.publish.safety.holding import named


def publish(
    case: Case,
    target: Path,
    by: str,
    policy: str | None = None,
    as_of: str | None = None,
    *,
    profile: str | None = None,
    languages: tuple[str, ...] = LANGUAGES,
    address: str | None = None,
    progress: Callable[[str, float], None] = lambda what, share: None,
) -> Manifest:
    """Write the release into a folder; the same case, policy, profile and moment give the same bytes.

    Publishing the same release again records nothing new. A release that follows releases only is the same release:
    facts about publishing are not part of what is published. Pages that would come out as they are in the folder
    already are left as they are. ``profile`` names the rules by which it is made safe; :class:`Refused` when a name
    planted as a canary would come out. ``languages`` are those of the pages; ``address`` is where they will be
    published. ``progress`` is told what is being done, and how much of it in 0..1.
    """
    progress("add up the toll", 0.0)
    rules = safety.profile_of(case, profile)
    found = prepared(case, policy, as_of, rules)
    dossier = found.dossier
    progress("write the release", 0.4)
    pages = len(languages) * (len(dossier.incidents) + len(dossier.captures) + 50) + len(dossier.texts) + 50
    planted = safety.canaries(case)
    made = write(
        dossier, target, memory=_memory(case, target), languages=languages, address=address,
        held_back=bool(rules.least), check=lambda path, data: safety.silent_about(path, data, planted),
        told=lambda done: progress("write the release", min(0.99, 0.4 + 0.6 * done / pages)),
    )  # fmt: skip
    progress("write the release", 1.0)
    figures = case.objects.put(canonical(found.figures)) if rules.least else None
    fact = ReleaseMade(
        name=target.name, policy=dossier.policy, facts=made.facts, manifest=digest(made.encoded()), profile=rules.name,
        figures=figures,
    )  # fmt: skip
    if not any(entry.fact == fact for entry in case.views.releases()):
        with case.writing("publish"):
            case.record(person(by), fact)
    return made


def prepared(case: Case, policy: str | None, as_of: str | None, profile: Profile) -> Safe:
    """What a release would show, and what of it would be taken out: the preview and the release are made from it."""
    rules = telling.policy_of(case, policy, as_of)
    dossier = telling.dossier(case, rules, as_of)
    before = _before(case, dossier, profile)
    licence = case.folder / "LICENSE"
    dossier = msgspec.structs.replace(
        dossier,
        memorial=memorial(case),
        profile=profile.name,
        since=before.name if before else None,
        licence=licence.read_text("utf-8") if licence.is_file() else "",
    )
    earlier = safety.shown_before(case, dossier, profile)
    found = made_safe(dossier, profile, safety.protected(case, dossier), earlier)
    told = _held_back_changes(found, earlier) if profile.least else _changes(case, dossier, before, policy)
    shown = msgspec.structs.replace(found.dossier, changes=told)
    return msgspec.structs.replace(found, dossier=msgspec.structs.replace(shown, coverage=covered(shown)))


def _before(case: Case, dossier: Dossier, profile: Profile) -> ReleaseMade | None:
    """The release of the same policy and profile that this one follows."""
    for entry in reversed(case.views.releases()):
        fact = entry.fact
        if (
            isinstance(fact, ReleaseMade)
            and max(entry.number, fact.facts) < dossier.facts
            and (fact.policy, fact.profile or safety.DEFAULT) == (dossier.policy, profile.name)
        ):
            return fact
    return None


def _changes(case: Case, dossier: Dossier, before: ReleaseMade | None, policy: str | None) -> tuple[FigureChange, ...]:
    """Why each figure changed since the release before."""
    if before is None:
        return ()
    name = policy or dossier.policy
    found = changes.diff(
        case, changes.State(before.name, before.facts, name), changes.State("now", dossier.facts, name)
    )
    return tuple(
        FigureChange(cell=one.cell, cause=step.cause, words=_public(step), before=step.before, after=step.after)
        for one in found.changed
        for step in one.steps
    )


def _public(step: changes.Step) -> str:
    """A step's words for everybody: a reviewer's reason was written for the case, a note or a rule for the public."""
    return step.words if step.cause in ("correction", "rule", "program") else step.words.partition(": ")[0]


def _held_back_changes(found: Safe, earlier: History) -> tuple[FigureChange, ...]:
    """Figures that are shown otherwise than before; why is not told, for a cause can name whom the figure hides."""
    told = []
    for by, cells in found.dossier.toll.items():
        for cell in cells:
            before = earlier.get(named(by, cell), ())
            if before and before[-1] != (cell.low, cell.high):
                told.append(
                    FigureChange(cell=cell.cell, cause="changed", words="", before=before[-1],
                                 after=(cell.low, cell.high))
                )  # fmt: skip
    return tuple(told)


def _memory(case: Case, target: Path) -> Path:
    """Where it is remembered what was written into a folder; it may be deleted at any time."""
    return case.folder / "cache" / f"published-{digest(str(target.resolve()).encode())[:16]}.bin"
