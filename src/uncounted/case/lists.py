"""Victim lists in a case: each version kept whole, the newest current, the differences told."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from uncounted.case.case import Case
from uncounted.ledger.views import Views
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, CaptureTaken, ListRead
from uncounted.model.identity import capture_id, digest
from uncounted.model.persons import ListEntry, ListVersion
from uncounted.stages.assess.versions import Changed
from uncounted.stages.assess.versions import compare as compared
from uncounted.stages.capture.taken import utc_now
from uncounted.stages.match.persons.lists import VictimList, read_list

STEP = 2000
"""Entries in one fact: a long list takes several, recorded in one durable step."""
_MOMENT = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?Z?)?)?)?")


def add(
    case: Case,
    file: Path,
    by: Agent,
    *,
    name: str,
    version: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> ListVersion:
    """Read a list's file into the case as one version; see :func:`keep` for what is refused."""
    original = file.read_bytes() if file.is_file() else b""
    read = read_list(file, columns or {})
    if file.read_bytes() != original:
        raise Refused(f"{file}", "it was changed while it was being read", "Wait until it is whole, then add it again")
    return keep(case, original, file.name, entries(read, name), by, name=name, version=version)


def keep(
    case: Case,
    original: bytes,
    file: str,
    rows: Sequence[ListEntry],
    by: Agent,
    *,
    name: str,
    version: str | None = None,
) -> ListVersion:
    """Preserve the file and record its entries as one version of a list, in one durable step.

    ``version`` is the list's own date (ISO 8601); the newest version is the one with the latest date, whenever it was
    recorded. The same file again adds nothing. :class:`Refused` when that version is there with another file, or when a
    list with dated versions is given without a date, for then nobody could say which is newer.
    """
    _check_names(name, version)
    object_digest = digest(original)
    capture = capture_id(object_digest, None)
    fact = Capture(
        id=capture, object=object_digest, form="list", size=len(original), name=file, taken=utc_now(),
        extractor="list/1",
    )  # fmt: skip
    steps = [tuple(rows[at : at + STEP]) for at in range(0, len(rows), STEP)]
    with case.writing("add a list"):
        case.views.catch_up()
        if (there := _already(case, name, version, capture)) is not None:
            return there
        case.objects.put(original)
        case.record(
            by,
            CaptureTaken(capture=fact),
            *(ListRead(list=name, capture=capture, entries=step, version=version) for step in steps),
        )
    return next(one for one in versions(case, name) if one.version == version)


def _already(case: Case, name: str, version: str | None, capture: str) -> ListVersion | None:
    """That version if the case holds it from the same file; :class:`Refused` where it could not be told apart."""
    known = {one.version: one for one in versions(case, name)}
    if version in known and known[version].capture != capture:
        raise Refused(
            f"list {name!r}, version {version or 'without a date'}",
            "it is there already, from another file; a version is kept as it is",
            "Give this file a version of its own: --version WHEN",
        )
    if version not in known and known and (version is None or None in known):
        raise Refused(f"list {name!r}", "its versions can only be told apart by date", "Give --version WHEN, each time")
    return known.get(version)


def entries(read: VictimList, name: str) -> tuple[ListEntry, ...]:
    """The rows of a file as entries of the list ``name``."""
    fields = ("birth_date", "death_date", "place")
    found = []
    for at, row in enumerate(read.ids):
        more = {column: values[at] for column, values in read.columns.items() if values[at]}
        known = {field: more.pop(field, None) for field in fields}
        found.append(
            ListEntry(list=name, id=row, name=read.names[at], sex=read.sex[at] or None, age=read.age[at],
                      more=more, **known)
        )  # fmt: skip
    return tuple(found)


def versions(case: Case, name: str | None = None) -> tuple[ListVersion, ...]:
    """The versions of one list, or of all, from the earliest to the newest."""
    return tuple(one for one in case.views.list_versions() if name in (None, one.list))


def current(case: Case) -> dict[str, tuple[ListEntry, ...]]:
    """The entries of the newest version of each list, in the order of its file."""
    return current_in(case.views)


def current_in(views: Views) -> dict[str, tuple[ListEntry, ...]]:
    """The same for views of any moment."""
    found: dict[str, list[ListEntry]] = {}
    for entry in views.list_entries():
        found.setdefault(entry.list, []).append(entry)
    return {name: tuple(found[name]) for name in sorted(found)}


def version(case: Case, name: str, wanted: str | None = None) -> tuple[ListEntry, ...]:
    """The entries of one version of a list, the newest by default; :class:`NotFound` when there is none."""
    known = versions(case, name)
    if not known:
        there = ", ".join(sorted({one.list for one in versions(case)})) or "none"
        raise NotFound(f"list {name!r}", "no list of this case has that name", f"Its lists: {there}")
    if wanted is not None and wanted not in {one.version for one in known}:
        dates = ", ".join(one.version or "without a date" for one in known)
        raise NotFound(f"list {name!r}, version {wanted}", "there is no such version", f"Its versions: {dates}")
    return tuple(case.views.list_entries(name, wanted))


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two versions of a list and every entry that they tell differently; ``same`` entries agree in every field."""

    list: str
    before: str | None
    after: str | None
    same: int
    changes: tuple[Changed, ...]


def compare(case: Case, name: str, before: str | None = None, after: str | None = None) -> Comparison:
    """What changed between two versions of a list, by default the two newest; :class:`NotFound` without two."""
    dates = [one.version for one in versions(case, name)]
    if after is None and dates:
        after = dates[-1]
    if before is None:
        earlier = [date for date in dates if date != after and (date or "") < (after or "")]
        if dates and not earlier:
            raise NotFound(f"list {name!r}", f"no version is earlier than {after or 'its only one'}")
        before = earlier[-1] if earlier else None
    old, new = version(case, name, before), version(case, name, after)
    changes = compared(old, new)
    told = sum(change.kind != "removed" for change in changes)
    return Comparison(list=name, before=before, after=after, same=len(new) - told, changes=changes)


def _check_names(name: str, version: str | None) -> None:
    if not re.fullmatch(r"\w[\w.-]{0,79}", name):
        raise BadInput(
            f"list {name!r}", "a list's name is letters, digits, dots, hyphens and underscores", "Like 'ministry'"
        )
    if version is not None and not _MOMENT.fullmatch(version):
        raise BadInput(f"version {version!r}", "a version is the list's own date", "Like 2025-03-31 or 2025-03")
