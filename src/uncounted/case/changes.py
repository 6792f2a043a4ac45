"""Why figures changed between two moments or releases: the case told again, step by step, each step by its cause.

Figures are a function of the facts, so the facts between two moments account for every change. They are folded in one
step after another; a figure's steps lead from what it was to what it is, without a gap. Facts of one cause by one
person that follow one another are one step.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from uncounted.case import policies, telling
from uncounted.case.again import Again
from uncounted.case.case import Case
from uncounted.case.moments import moment
from uncounted.ledger.views import Views
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.facts import (
    AnyFact,
    AxisJudged,
    CaptureDescribed,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimsLocated,
    ClaimsRead,
    ConsentStated,
    Entry,
    IncidentNamed,
    JudgementUndone,
    LinksProposed,
    OverlapStated,
    PairJudged,
    PolicyAdopted,
    ReleaseMade,
)
from uncounted.stages.toll.cells import By

Cause = Literal[
    "new claim", "claim rejected", "claim corrected", "undone", "merge", "split", "origins", "regrade", "rule",
    "publication stated", "matched again", "located", "read again", "consent", "correction", "overlap", "program",
]  # fmt: skip
Figure = tuple[int | None, int | None]
Key = tuple[tuple[str, str], ...]
"""A figure's labels, ``("harm", "killed")`` and so on, sorted; an incident by its id."""
SHOWN: tuple[tuple[By, ...], ...] = ((), ("group",), ("month",), ("place",), ("actor",), ("incident", "group"))


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a figure: the cause, the ledger's entries, who, in words; and the figure before and after.

    ``None`` for a figure that is not there.
    """

    cause: Cause
    entries: tuple[int, ...]
    by: tuple[str, ...]
    words: str
    before: Figure | None
    after: Figure | None


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that is another than it was; its steps lead from ``before`` to ``after``."""

    cell: dict[str, str]
    before: Figure | None
    after: Figure | None
    steps: tuple[Step, ...]


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """All figures that differ between two states of a case, and how many do not."""

    before: str
    after: str
    changed: tuple[Changed, ...]
    unchanged: int


class State(NamedTuple):
    """One side of a comparison: its name, the number of facts it rests on, and its policy (``None``: as adopted)."""

    name: str
    facts: int
    policy: str | None
    shown: dict[Key, Figure] | None = None
    """The figures as a release shows them, where its folder is at hand."""


def state(case: Case, wanted: str) -> State:
    """What ``wanted`` names: a release's folder, a release by name, or a moment (a date, time or number of entries)."""
    folder = Path(wanted)
    if (folder / "manifest.json").is_file():
        raw = msgspec.json.decode((folder / "manifest.json").read_bytes(), type=dict[str, object])
        if not case.ledger.root(int(str(raw["facts"]))).hex() == raw["root"]:
            raise BadInput(f"release {wanted}", "it is of another case, or of another history of this one")
        return State(wanted, int(str(raw["facts"])), str(raw["policy"]), _shown(folder) if _is_open(raw) else None)
    for entry in reversed(case.views.releases()):
        if isinstance(entry.fact, ReleaseMade) and entry.fact.name == wanted:
            return State(wanted, entry.fact.facts, entry.fact.policy)
    try:
        return State(wanted, moment(case, wanted), None)
    except BadInput as fault:
        known = ", ".join(e.fact.name for e in case.views.releases() if isinstance(e.fact, ReleaseMade)) or "none"
        raise NotFound(
            f"{wanted!r}", "it is no release of this case and no moment", f"Releases: {known}; or 2025-03-09, or 120"
        ) from fault


def _is_open(manifest: Mapping[str, object]) -> bool:
    return not manifest.get("held_back")


def _shown(folder: Path) -> dict[Key, Figure]:
    raw = msgspec.json.decode((folder / "toll.json").read_bytes())
    return {_key(cell["cell"]): (cell["low"], cell["high"]) for held in raw["toll"].values() for cell in held}


def diff(
    case: Case, before: State, after: State, *, progress: Callable[[int, int], None] = lambda done, whole: None
) -> Diff:
    """Explain every figure that differs; the earlier state comes first. ``progress`` is told steps done and all steps.

    Where both sides name one policy the comparison stays with it, with each change of its rules as the case adopted
    them; else a last step goes from the one policy to the other.
    """
    if before.facts > after.facts:
        raise BadInput(
            f"{before.name} and {after.name}", "the first is later than the second", "Name the earlier first"
        )
    views, again = case.views.state_at(before.facts), Again(case.objects)
    figures = _figures(case, views, before.facts, before.policy, again)
    first = dict(before.shown) if before.shown is not None else figures
    steps: dict[Key, list[Step]] = {}
    if first != figures:
        _note(steps, first, figures, _Told("program", (), (), "this version of the program counts otherwise"))
    told = list(_steps(case, views, before.facts, after.facts))
    for number, (end, one) in enumerate(told):
        progress(number, len(told))
        views.advance(end)
        now = _figures(case, views, end, before.policy, again)
        _note(steps, figures, now, one)
        figures = now
    views.advance(after.facts)
    if after.policy != before.policy:
        now = _figures(case, views, after.facts, after.policy, again)
        words = f"from policy {before.policy or 'as adopted'} to {after.policy or 'as adopted'}"
        _note(steps, figures, now, _Told("rule", (), (), words))
        figures = now
    if after.shown is not None and after.shown != figures:
        _note(steps, figures, after.shown, _Told("program", (), (), "another version of the program made the release"))
        figures = dict(after.shown)
    keys = sorted(first.keys() | figures.keys())
    changed = tuple(
        Changed(cell=dict(key), before=first.get(key), after=figures.get(key), steps=tuple(steps.get(key, ())))
        for key in keys
        if first.get(key) != figures.get(key)
    )
    return Diff(before=before.name, after=after.name, changed=changed, unchanged=len(keys) - len(changed))


def _figures(case: Case, views: Views, size: int, policy: str | None, again: Again) -> dict[Key, Figure]:
    """Every figure of a moment, by its labels."""
    now = telling.standing_of(case, views, size, again)
    rules = policies.rules_of(case, policy, views).policy
    # Tolls that hold their reasons: else each of the breakdowns would work them out for each of its cells.
    known = telling.tolls_of(now, rules, explain=True)
    found = [cell for by in SHOWN for cell in telling.cells(now, rules, by, known)]
    found += telling.stated_totals(now, rules, known)
    return {_key(cell.cell): (cell.low, cell.high) for cell in found}


def _key(cell: Mapping[str, str]) -> Key:
    return tuple(sorted(cell.items()))


class _Told(NamedTuple):
    cause: Cause
    entries: tuple[int, ...]
    by: tuple[str, ...]
    words: str


def _note(steps: dict[Key, list[Step]], before: Mapping[Key, Figure], after: Mapping[Key, Figure], one: _Told) -> None:
    for key in before.keys() | after.keys():
        if before.get(key) != after.get(key):
            steps.setdefault(key, []).append(
                Step(cause=one.cause, entries=one.entries, by=one.by, words=one.words, before=before.get(key),
                     after=after.get(key))
            )  # fmt: skip


def _steps(case: Case, views: Views, start: int, end: int) -> Iterator[tuple[int, _Told]]:
    """The steps between two moments: where each ends, and what it is."""
    corrections = {
        number: (one.id, one.note) for one in case.views.corrections() for number in one.entries if one.verdict
    }
    last: tuple[object, ...] | None = None
    held: list[Entry] = []
    words = ""
    for entry in case.ledger.entries(start, end):
        cause, said = _cause(case, entry.fact)
        if cause is None:
            continue
        asked = corrections.get(entry.number)
        if asked:
            cause, said = "correction", f"correction {asked[0]}: {asked[1]}"
        key = (cause, entry.by.name, asked and asked[0], said if cause in ("rule", "regrade", "consent") else None)
        if held and key != last:
            yield _ended(held, last, words)
            held = []
        held.append(entry)
        last, words = key, said
    if held:
        yield _ended(held, last, words)


def _ended(held: list[Entry], key: tuple[object, ...] | None, words: str) -> tuple[int, _Told]:
    assert key is not None
    cause: Cause = key[0]  # type: ignore[assignment]
    numbers = tuple(entry.number for entry in held)
    more = f" ({len(held)} times)" if len(held) > 1 else ""
    return held[-1].number + 1, _Told(cause, numbers, tuple(sorted({entry.by.name for entry in held})), words + more)


def _cause(case: Case, fact: AnyFact) -> tuple[Cause | None, str]:  # noqa: PLR0911, PLR0912 - one case a kind of fact
    """What a fact may do to figures, with a word on it; ``None`` for facts that no figure rests on."""
    match fact:
        case ClaimJudged(verdict="accepted", claim=name) | ClaimAdded(claim=msgspec.Struct(id=name)):
            return "new claim", f"claim {name} was accepted"
        case ClaimJudged(claim=name, reason=reason):
            return "claim rejected", f"claim {name} was rejected{': ' + reason if reason else ''}"
        case ClaimEdited(claim=name, reason=reason):
            return "claim corrected", f"claim {name} was corrected{': ' + reason if reason else ''}"
        case JudgementUndone(entry=number, reason=reason):
            return "undone", f"the judgement of entry {number} was taken back{': ' + reason if reason else ''}"
        case PairJudged(of="claims", verdict="same", reason=reason):
            return "merge", f"claims were held to speak of one event{': ' + reason if reason else ''}"
        case PairJudged(of="claims", reason=reason):
            return "split", f"claims were held to speak of different events{': ' + reason if reason else ''}"
        case PairJudged(of="origins", reason=reason):
            return "origins", f"who told it first was judged{': ' + reason if reason else ''}"
        case AxisJudged(axis=axis, value=value, reason=reason):
            return "regrade", f"{axis} was judged {value}: {reason}"
        case PolicyAdopted(name=name, reason=reason):
            return "rule", f"policy {name} was adopted: {reason}"
        case CaptureDescribed(capture=name, reason=reason):
            return "publication stated", f"the publication of {name} was stated{': ' + reason if reason else ''}"
        case ConsentStated(subject=subject, purpose=purpose, given=given):
            return "consent", f"consent to {purpose} {subject} was {'given' if given else 'withdrawn'}"
        case OverlapStated(total=total, reason=reason):
            return "overlap", f"the overlap of total {total} with incidents was stated: {reason}"
        case LinksProposed(of="claims", matcher=matcher):
            return "matched again", f"{matcher} linked claims to incidents anew"
        case ClaimsLocated(locator=locator):
            return "located", f"{locator} resolved places and dates"
        case ClaimsRead(reader=reader):
            return "read again", f"{reader} read reports"
        case IncidentNamed():
            return None, ""
        case _:
            return None, ""
