"""Audits of a case's links: records drawn for people to look up, their answers, the rates, and draws of the linkage.

Every answer is a fact by a named person; two people answer each record, and neither sees what the other or the machine
said. Nothing here gives a number before enough was looked up.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from uncounted.case.case import Case
from uncounted.case.lists import current
from uncounted.case.persons import standing, victim_lists
from uncounted.case.reviewing import person, record
from uncounted.model.errors import NotEnough, NotFound
from uncounted.model.facts import AuditDrawn, DrawnRecord, Entry, LinksProposed, RecordAudited
from uncounted.model.identity import canonical, digest
from uncounted.model.incidents import Link

if TYPE_CHECKING:
    from uncounted.stages.match.persons.audit import Rate, StratumRates
    from uncounted.stages.match.persons.between import Between, Looked


@dataclass(frozen=True)
class Told:
    """What one audit tells so far: rates by stratum, how often reviewers err, or why there is no number yet."""

    audit: str
    left: str
    right: str
    drawn: int
    answered: int
    twice: int
    strata: "tuple[StratumRates, ...]" = ()
    error: "Rate | None" = None
    refused: str | None = None


def draw(case: Case, size: int, by: str, *, seed: int = 1) -> tuple[AuditDrawn, ...]:
    """Draw records to look up for every two lists, ``size`` each, as facts; :class:`NotEnough` without links."""
    facts = []
    for found in _betweens(case):
        records = tuple(
            DrawnRecord(f"{found.left.name}:{found.left.ids[row]}", stratum) for row, stratum in found.drawn(size, seed)
        )
        name = "a" + digest(canonical([found.links, size, seed]))[:10]
        facts.append(
            AuditDrawn(
                audit=name, left=found.left.name, right=found.right.name, sizes=found.sizes(), records=records,
                seed=seed, links=found.links,
            )
        )  # fmt: skip
    known = {fact.audit for fact in case.views.audits()}
    record(case, by, *[fact for fact in facts if fact.audit not in known])
    return tuple(facts)


def answer(case: Case, audit: str, entry: str, mate: str | None, *, by: str, reason: str = "") -> Entry:
    """Record what a person found: ``mate`` is the entry of the other list, ``None`` for nobody."""
    drawn = _audit(case, audit)
    _check(drawn, _entries(case, drawn), entry, mate)
    return record(case, by, RecordAudited(audit=audit, entry=entry, mate=mate, reason=reason))[0]


def _entries(case: Case, drawn: AuditDrawn) -> tuple[set[str], set[str]]:
    """The drawn entries, and all entries of the other list."""
    others = {f"{drawn.right}:{one.id}" for one in current(case).get(drawn.right, ())}
    return {one.entry for one in drawn.records}, others


def _check(drawn: AuditDrawn, entries: tuple[set[str], set[str]], entry: str, mate: str | None) -> None:
    if entry not in entries[0]:
        raise NotFound(f"{entry} in audit {drawn.audit}", "it was not drawn", "Look up the drawn records alone.")
    if mate is not None and mate not in entries[1]:
        raise NotFound(mate, f"it is no entry of list {drawn.right!r}", f"Write {drawn.right}:ID, or none.")


def write_sheet(case: Case, audits: Iterable[str], path: Path) -> int:
    """Write the drawn records of audits as one sheet (CSV) to be filled in; return how many."""
    from uncounted.stages.match.persons import sheet

    found = []
    for name in audits:
        drawn = _audit(case, name)
        lists = _as_drawn(case, drawn)
        rows = {entry: at for at, entry in enumerate(lists.left.ids)}
        found.append((name, lists, [rows[one.entry.partition(":")[2]] for one in drawn.records]))
    return sheet.write_sheet(path, found)


def take_sheet(case: Case, path: Path, by: str) -> int:
    """Record the answers of a filled sheet as one person's; return how many were new."""
    from uncounted.stages.match.persons.sheet import read_sheet

    name = person(by).name
    answers = list(read_sheet(path))
    audits = {audit: _audit(case, audit) for audit, *_ in answers}
    known = {
        (audit, said.entry): said.mate for audit in audits for said, who in case.views.audited(audit) if who == name
    }
    facts = []
    entries = {audit: _entries(case, drawn) for audit, drawn in audits.items()}
    for audit, entry, mate, reason in answers:
        if (audit, entry) in known and known[audit, entry] == mate:
            continue
        _check(audits[audit], entries[audit], entry, mate)
        facts.append(RecordAudited(audit=audit, entry=entry, mate=mate, reason=reason))
    return len(record(case, by, *facts))


def told(case: Case) -> tuple[Told, ...]:
    """What each audit tells so far."""
    return tuple(_told(case, drawn) for drawn in case.views.audits())


def draws(case: Case, k: int, seed: int = 1) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """``k`` linkages, each with every entry of the current lists in one cluster; their spread follows the audits.

    The links are those that were audited; people's verdicts since then hold in every draw. Raises
    :class:`NotEnough` while the links of any two lists are not audited.
    """
    from uncounted.stages.match.persons.linkages import Audited, linkages

    newest = {frozenset((drawn.left, drawn.right)): drawn for drawn in case.views.audits()}
    audits = []
    for one, other in combinations(sorted(current(case)), 2):
        drawn = newest.get(frozenset((one, other)))
        if drawn is None:
            raise NotEnough(
                f"the links between {one} and {other}",
                "no audit has measured how many are false or missed",
                "Draw one with 'uncounted match --audit 300', and have two people look the records up.",
            )
        found = _as_drawn(case, drawn)
        audits.append(Audited(found, _looked(case, drawn, found)))
    now = standing(case)
    judged = {said: [(p.left, p.right) for p in now.verdicts if p.verdict == said] for said in ("same", "different")}
    lists = victim_lists(current(case))
    made = linkages(lists, audits, k, seed, same=judged["same"], different=judged["different"])
    return tuple(made)


def _told(case: Case, drawn: AuditDrawn) -> Told:
    from uncounted.stages.match.persons.audit import posterior, rate, rates

    found = _as_drawn(case, drawn)
    held = {name: one.answers for name, one in _looked(case, drawn, found).items()}
    answered = sum(len(one.yes) for one in held.values())
    twice = sum(int((one.asked > 1).sum()) for one in held.values())
    sizes = (drawn.audit, drawn.left, drawn.right, len(drawn.records), answered, twice)
    try:
        known = posterior(held, 1000, drawn.seed)
    except NotEnough as refusal:
        return Told(*sizes, refused=str(refusal))
    return Told(*sizes, strata=rates(held, known), error=rate(known.error))


def _looked(case: Case, drawn: AuditDrawn, found: "Between") -> "Mapping[str, Looked]":
    from uncounted.stages.match.persons.between import looked

    verdicts: dict[str, dict[str, str | None]] = {}
    for said, by in case.views.audited(drawn.audit):
        mate = said.mate.partition(":")[2] if said.mate is not None else None
        verdicts.setdefault(said.entry.partition(":")[2], {})[by] = mate
    rows = {name: at for at, name in enumerate(found.left.ids)}
    return looked(found, [(rows[one.entry.partition(":")[2]], one.stratum) for one in drawn.records], verdicts)


def _betweens(case: Case) -> "Iterator[Between]":
    """Every two current lists with the links between them as they now stand."""
    from uncounted.stages.match.persons.between import between

    links = standing(case).links
    lists = {one.name: one for one in victim_lists(current(case))}
    if len(lists) < 2 or not links:
        raise NotEnough("an audit", "the case has no links between lists yet", "Next: uncounted match --lists")
    for one, other in combinations(sorted(lists), 2):
        yield between(lists[one], lists[other], list(_ends(links, one, other)))


def _ends(links: Iterable[Link], one: str, other: str) -> Iterator[tuple[str, str, float]]:
    for link in links:
        (first, _, a), (second, _, b) = link.left.partition(":"), link.right.partition(":")
        if (first, second) == (one, other):
            yield a, b, link.probability
        elif (first, second) == (other, one):
            yield b, a, link.probability


def _as_drawn(case: Case, drawn: AuditDrawn) -> "Between":
    """The lists and links as they were when the audit was drawn; it measures those and no others."""
    from uncounted.stages.match.persons.between import between

    lists = {one.name: one for one in victim_lists(current(case))}
    if drawn.left not in lists or drawn.right not in lists:
        raise NotFound(f"audit {drawn.audit}", "one of its lists is no longer in the case")
    for links in _proposals(case):
        found = between(lists[drawn.left], lists[drawn.right], list(_ends(links, drawn.left, drawn.right)))
        if found.links == drawn.links:
            return found
    raise NotEnough(
        f"audit {drawn.audit}",
        f"list {drawn.left!r} or {drawn.right!r} has a new version since, so it measures other links",
        "Match the lists again and draw a new audit.",
    )


def _proposals(case: Case) -> Iterator[tuple[Link, ...]]:
    """The links as they stand, then as they were proposed before, the newest first."""
    yield standing(case).links
    for entry in reversed(case.views.history("links of entries")):
        if isinstance(entry.fact, LinksProposed):
            yield entry.fact.links


def _audit(case: Case, name: str) -> AuditDrawn:
    found = next((drawn for drawn in case.views.audits() if drawn.audit == name), None)
    if found is None:
        raise NotFound(f"audit {name}", "the case has none of that name", "'uncounted match --audits' lists them")
    return found
