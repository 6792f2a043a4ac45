"""Whom a case protects when it publishes, by which profile, and what earlier releases have shown."""

import contextlib
import html
import io
import json
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

import msgspec

from uncounted.case import lists
from uncounted.case.case import Case
from uncounted.case.consent import unpublished
from uncounted.model.consent import allows
from uncounted.model.errors import Refused
from uncounted.model.facts import ReleaseMade
from uncounted.model.release import Dossier
from uncounted.names.told import victim_named
from uncounted.stages.publish.safety import (
    History,
    Profile,
    Protected,
    load_profile,
    parse_profile,
    profile_names,
)
from uncounted.text.rulebook import chosen

CANARIES = "canaries.txt"
"""A case's file of invented names, one a line, that are planted in it and must come out nowhere."""
DEFAULT = "open"


def profile_of(case: Case, name: str | None) -> Profile:
    """A profile by name: the case's own (``profiles/NAME.toml``), else a shipped one; ``open`` by default."""
    wanted = name or DEFAULT
    path = chosen(case.folder / "profiles", "profile", wanted, profile_names())
    return parse_profile(path.read_bytes(), wanted) if path else load_profile(wanted)


def protected(case: Case, dossier: Dossier) -> Protected:
    """Whom the case protects, as consent stands today: a withdrawal holds for every later publication.

    A report is a figure only when consent to publish it was withdrawn, or when a source of it is under seal and nobody
    gave consent. A name on a current list, or of a victim whom a claim tells of by name, is not shown without consent.
    """
    consents = case.views.consents()
    entries = [entry for held in lists.current(case).values() for entry in held]
    given = {e.name for e in entries if allows(consents.get(f"{e.list}:{e.id}", {}), "publish")}
    spans: dict[str, list[tuple[int, int]]] = {}
    told = set()
    for claim in dossier.claims.values():
        if claim.victim is not None and victim_named(claim) and claim.victim.text not in given:
            spans.setdefault(claim.document, []).append((claim.victim.start, claim.victim.end))
            told.add(claim.victim.text)
    return Protected(
        silent=unpublished(case.views) & dossier.captures.keys(),
        names=tuple(sorted({*told, *(entry.name for entry in entries if entry.name not in given)})),
        spans={name: tuple(sorted(set(held))) for name, held in spans.items()},
    )


def shown_before(case: Case, dossier: Dossier, profile: Profile) -> History:
    """All figures that earlier releases of this policy and profile have shown."""
    for entry in reversed(case.views.releases()):
        fact = entry.fact
        if (
            isinstance(fact, ReleaseMade)
            and entry.number < dossier.facts
            and (fact.policy, fact.profile) == (dossier.policy, profile.name)
            and fact.figures
        ):
            return msgspec.json.decode(case.objects.get(fact.figures), type=History)
    return {}


def canaries(case: Case) -> tuple[str, ...]:
    """The names planted in the case that must come out nowhere."""
    file = case.folder / CANARIES
    return (
        tuple(line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()) if file.is_file() else ()
    )


def silent_about(path: str, data: bytes, names: tuple[str, ...]) -> None:
    """Raise :class:`Refused` when bytes that are about to be written hold a planted name.

    It is looked for as it stands and as HTML, JSON and addresses write it, in the file and in what a packed one holds.
    """
    held = [data, *_packed(data)] if names else []
    for number, name in enumerate(names, 1):
        if any(form in body for form in _forms(name) for body in held):
            # The message must not repeat the name.
            raise Refused(
                f"file {path} of the release",
                f"it would hold the name planted in line {number} of {CANARIES}, so something protected leaks",
                "Nothing was published. Look at 'uncounted publish --preview'",
            )


@lru_cache(maxsize=1000)
def _forms(name: str) -> frozenset[bytes]:
    written = (name, html.escape(name), html.escape(name, quote=False), json.dumps(name)[1:-1], quote(name))
    return frozenset(form.encode() for form in written)


def _packed(data: bytes) -> Iterator[bytes]:
    """What the members of an archive hold, such as the sheets of a workbook; nothing for another file."""
    if data.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
