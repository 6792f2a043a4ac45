"""The chain of custody of one capture, as a court would read it: what it is, how it was taken, what became of it.

Follows what the Berkeley Protocol on Digital Open Source Investigations (2022, ¶153-155 and 167) asks of a record:
custodians, control, dates and times, transfers, analysis, disposition. It states what the record shows and no more.
"""

import json
import string
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from uncounted.case import anchoring
from uncounted.case.case import Case
from uncounted.case.custody_words import told
from uncounted.ledger import merkle
from uncounted.model.errors import UncountedError
from uncounted.model.evidence import Capture
from uncounted.model.facts import (
    Agent,
    CaptureTaken,
    EntriesSigned,
    Entry,
    FieldSealed,
)

Row = tuple[str, str]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the report: rows of a label and what is said."""

    title: str
    rows: tuple[Row, ...]


class Custody(msgspec.Struct, frozen=True, kw_only=True):
    """The report on one capture. ``broken`` names what no longer is what was recorded; empty when all is whole."""

    capture: str
    case: str
    invented: bool
    sections: tuple[Section, ...]
    broken: tuple[str, ...]


def custody(case: Case, capture: str, *, pseudonymous: bool = False) -> Custody:
    """The chain of custody of a capture; :class:`~uncounted.model.errors.NotFound` when there is none of that id.

    With ``pseudonymous`` people stand under their device's key, or a letter where they have none, instead of by name.
    """
    held = case.views.capture(capture)
    entries = _entries(case, held)
    taken = next(entry for entry in entries if isinstance(entry.fact, CaptureTaken))
    names = _namer(case, entries, pseudonymous=pseudonymous)
    record = json.loads(case.objects.get(held.record)) if held.record and held.record in case.objects else {}
    integrity, broken = _integrity(case, held, taken)
    sections = (
        Section(title="The exhibit", rows=tuple(_exhibit(held))),
        Section(title="How it was collected", rows=tuple(_collection(held, taken, record, names))),
        Section(title="How it was recorded", rows=tuple(_recorded(case, taken))),
        Section(title="Whether it is what was recorded", rows=integrity),
        Section(title="What happened to it", rows=tuple(_events(case, entries, names))),
    )
    opened = case.opened
    return Custody(
        capture=held.id, case=opened.title, invented=opened.invented, broken=broken,
        sections=tuple(section for section in sections if section.rows),
    )  # fmt: skip


def as_text(report: Custody) -> str:
    """The report as plain text."""
    lines = [f"Chain of custody of capture {report.capture}", f"Case: {report.case}"]
    if report.invented:
        lines.append("Everything in this case is invented.")
    for section in report.sections:
        lines += ["", section.title, "-" * len(section.title)]
        for label, said in section.rows:
            first, *rest = said.splitlines() or [""]
            lines += [f"{label + ':':<28}{first}", *(f"{'':<28}{line}" for line in rest)]
    lines += ["", f"BROKEN: {'; '.join(report.broken)}" if report.broken else "All of it is what was recorded."]
    return "\n".join(lines) + "\n"


def _entries(case: Case, held: Capture) -> list[Entry]:
    """All entries that speak of a capture, of what was sealed in it, or of the whole case's custody, in order."""
    entries = {entry.number: entry for entry in [*case.views.history(held.id), *case.views.history("case")]}
    sealed = {entry.fact.sealed.commitment for entry in entries.values() if isinstance(entry.fact, FieldSealed)}
    for field in case.views.sealed():
        if field.erased is not None and field.sealed.commitment in sealed:
            entries[field.erased] = next(case.ledger.entries(field.erased, field.erased + 1))
    taken = min(number for number, entry in entries.items() if isinstance(entry.fact, CaptureTaken))
    entries |= {entry.number: entry for entry in case.views.releases() if entry.number > taken}
    return [entries[number] for number in sorted(entries)]


def _namer(case: Case, entries: list[Entry], *, pseudonymous: bool) -> Callable[[Agent], str]:
    """How agents are called in the report."""
    if not pseudonymous:
        return lambda agent: agent.name if agent.kind == "person" else f"{agent.name} (program)"
    keys = {fact.person: key for key, fact in case.views.devices().items()}
    people = list(dict.fromkeys(entry.by.name for entry in entries if entry.by.kind == "person"))
    letters = {name: f"person {_letter(place)}" for place, name in enumerate(people)}

    def named(agent: Agent) -> str:
        if agent.kind == "machine":
            return f"{agent.name} (program)"
        return keys.get(agent.name) or letters.get(agent.name, "a person")

    return named


def _letter(place: int) -> str:
    return string.ascii_uppercase[place % 26] + (str(place // 26) if place >= 26 else "")


def _exhibit(held: Capture) -> Iterator[Row]:
    for label, said in (
        ("Name", held.name), ("Part of the file", held.part), ("Form", held.form), ("Title", held.title),
        ("Address", held.url), ("Publisher", held.publisher), ("Author", held.author), ("Published", held.published),
        ("Language", held.language), ("Size", f"{held.size:,} bytes"), ("SHA-256", held.object),
        ("SHA-256 of its text", held.text), ("Text taken by", held.extractor),
        ("SHA-256 of the record", held.record),
        ("Follows", f"capture {held.follows}, {held.change}" if held.follows else None),
        ("SHA-256 of the difference", held.diff), ("Not kept or not read", "\n".join(held.partial) or None),
    ):  # fmt: skip
        if said:
            yield label, said


def _collection(held: Capture, taken: Entry, record: dict[str, Any], names: Callable[[Agent], str]) -> Iterator[Row]:
    yield "Collected by", names(taken.by)
    yield "Taken, by this clock", held.taken
    if not record:
        yield "From", "a file that was at hand; how it came there is not part of this record"
        return
    tls, clock = record.get("tls") or {}, record.get("clock") or {}
    ahead = clock.get("server_ahead_seconds")
    for label, said in (
        ("Collector's key", record.get("collector")), ("Address asked for", record.get("requested")),
        ("Address it ended at", record.get("final")),
        ("Redirects", "\n".join(f"{hop['status']} {hop['url']} to {hop['location']}" for hop in record["redirects"])),
        ("Status", str(record.get("status"))), ("Server", record.get("address")),
        ("TLS", tls if isinstance(tls, str) else ", ".join(f"{key} {tls[key]}" for key in
                                                         ("protocol", "subjectName", "issuer") if key in tls)),
        ("Began", record.get("began")), ("Ended", record.get("ended")),
        ("Clock", _clock(clock, ahead)), ("Tool", record.get("tool") or record.get("agent")),
        ("Browser", record.get("browser")), ("Driver", record.get("driver")), ("System", record.get("system")),
        ("Viewport and language", f"{record['viewport']} {record['locale']}" if "viewport" in record else None),
        ("Headers", "\n".join(f"{name}: {value}" for name, value in record.get("headers", []))),
        ("Requests kept", str(len(record["exchanges"])) if "exchanges" in record else None),
        ("Made of the page", "\n".join(record.get("transformations", []))),
        ("Errors", "\n".join(record.get("errors", []))),
    ):  # fmt: skip
        if said:
            yield label, str(said)


def _clock(clock: dict[str, Any], ahead: float | None) -> str:
    said = []
    if "synchronised" in clock:
        held = "set by a time service" if clock["synchronised"] else "not known to be set by a time service"
        said.append(f"{held} (at most {clock['most_off_seconds']:g} s off, says the system)")
    if ahead is not None:
        said.append(f"the server's clock was {ahead:+.0f} s from it")
    return "; ".join(said)


def _recorded(case: Case, taken: Entry) -> Iterator[Row]:
    number, size = taken.number, len(case.ledger)
    yield "Entry", f"{number} of {size}"
    yield "Recorded, by this clock", taken.at
    yield "Leaf (RFC 6962)", merkle.leaf_hash(next(case.ledger.lines(number, number + 1))).hex()
    yield "Root of all entries", case.ledger.root().hex()
    bounds = anchoring.interval(case, number)
    after = f"after {bounds.after} ({bounds.after_by})" if bounds.after else ""
    before = f"before {bounds.before} ({bounds.before_by})" if bounds.before else ""
    yield "Vouched for by outsiders", "\n".join(filter(None, (after, before))) or "no outsider vouches for its time"
    signatures = [
        fact for entry in case.ledger.entries(number, min(size, number + 60))
        if isinstance(fact := entry.fact, EntriesSigned) and fact.first <= number <= fact.last
    ]  # fmt: skip
    yield "Signed on a device", "\n".join(fact.key for fact in signatures) or "no"


def _integrity(case: Case, held: Capture, taken: Entry) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    rows, broken = list[Row](), list[str]()
    for what, name in (
        ("Object", held.object),
        ("Text", held.text),
        ("Record", held.record),
        ("Difference", held.diff),
    ):
        if name is None:
            continue
        try:
            case.objects.check(name)
            rows.append((what, "its bytes have the SHA-256 that was recorded"))
        except UncountedError as fault:
            rows.append((what, str(fault)))
            broken.append(str(fault))
    size, number = len(case.ledger), taken.number
    leaf = merkle.leaf_hash(next(case.ledger.lines(number, number + 1)))
    holds = merkle.verify_inclusion(leaf, number, size, case.ledger.inclusion(number), case.ledger.root())
    rows.append(("Entry", "proved to be in the ledger" if holds else "NOT proved to be in the ledger"))
    if not holds:
        broken.append(f"entry {number} is not proved to be in the ledger")
    for entry, anchor in case.views.anchors():
        if anchor.size <= number:
            continue
        try:
            at = anchoring.check(case, anchor)
            rows.append((f"Anchor, entry {entry}", f"{anchor.kind} by {anchor.by} holds: {at or 'no time shown yet'}"))
        except UncountedError as fault:
            rows.append((f"Anchor, entry {entry}", str(fault)))
            broken.append(str(fault))
    return tuple(rows), tuple(broken)


def _events(case: Case, entries: list[Entry], names: Callable[[Agent], str]) -> Iterator[Row]:
    """What happened, an entry a row: the analysis is summed up, since each claim is an entry of its own elsewhere."""
    for entry in entries:
        said = told(entry.fact)
        if said:
            yield f"{entry.number}, {entry.at[:19]}Z", f"{said}, by {names(entry.by)}"
    reviewed = [claim for claim in case.views.claims() if claim.claim.document == _capture_of(entries)]
    if reviewed:
        count = {status: sum(claim.status == status for claim in reviewed)
                 for status in ("accepted", "rejected", "proposed")}  # fmt: skip
        yield "Claims read in it", ", ".join(f"{number} {status}" for status, number in count.items())


def _capture_of(entries: list[Entry]) -> str:
    return next(entry.fact.capture.id for entry in entries if isinstance(entry.fact, CaptureTaken))
