"""The ledger: who recorded what, when and why; whether it is whole; and the case as it stood at an earlier moment."""

import asyncio
import contextlib
from collections.abc import Mapping

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from uncounted.case.desk import CaseDesk
from uncounted.case.keeping import Keeper
from uncounted.case.moments import moment as size_at
from uncounted.ledger.lines import KINDS
from uncounted.ledger.merkle import leaf_hash, verify_inclusion
from uncounted.ledger.verify import verify_folder
from uncounted.ledger.views.events import kind_of
from uncounted.model.asking import Row, Summed
from uncounted.model.errors import BadInput, Broken, NotFound
from uncounted.model.facts import Entry
from uncounted.model.review import Status
from uncounted.web.deeds import told
from uncounted.web.pages import data, desk_of, form_of, number_of, page, sight_of, table

SIZE = 50
COLUMNS = ("entry", "at", "by", "kind", "fact", "told", "reason")
PATIENCE = 1.5
"""Seconds that a page waits for an earlier moment before it says that it is being folded."""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it stood: how many entries, how the claims stood, and the incidents with their figures."""

    size: int
    at: str | None
    progress: Mapping[Status, int]
    captures: int
    incidents: int
    sums: tuple[Summed, ...]
    listed: tuple[Row, ...]


class Moments:
    """Earlier moments of a case, folded beside the server's work and kept while they are asked for."""

    def __init__(self, desk: CaseDesk) -> None:
        self.desk = desk
        self._known: dict[int, asyncio.Task[Moment]] = {}

    async def at(self, size: int) -> Moment | None:
        """The case after its first ``size`` entries; ``None`` while that is still being folded."""
        if size not in self._known:
            while len(self._known) >= 4:
                self._known.pop(next(iter(self._known)))
            self._known[size] = asyncio.create_task(run_in_threadpool(_folded, self.desk, size))
        with contextlib.suppress(asyncio.TimeoutError):
            return await asyncio.wait_for(asyncio.shield(self._known[size]), PATIENCE)
        return None


def _folded(desk: CaseDesk, size: int) -> Moment:
    case = desk.case
    views = case.views.state_at(size)
    keeper = Keeper(case, views=views)
    try:
        index = keeper.fresh()
        last = next(iter(case.ledger.entries(size - 1, size))).at if size else None
        return Moment(
            size=size, at=last, progress=views.counts(), captures=views.capture_count(), incidents=index.count(),
            sums=tuple(index.sums((), None, keeper.policy.grades)), listed=index.page(None, 1, 200).rows,
        )  # fmt: skip
    finally:
        keeper.index.close()
        views.close()


async def ledger(request: Request) -> Response:
    """The latest entries, by person or kind if asked; with ``as_of`` the case as it stood."""
    desk, sight = desk_of(request), sight_of(request)
    moment = request.query_params.get("as_of", "").strip()
    if moment:
        return await _as_of(request, moment)
    number = number_of(request)
    by, kind = request.query_params.get("by", "").strip(), request.query_params.get("kind", "").strip()
    if kind and kind not in KINDS:
        raise BadInput(f"kind {kind!r}", "the ledger knows no such fact", f"Use {', '.join(sorted(KINDS))}.")
    if by and not sight.may("judgement.by"):
        raise BadInput("the filter by", "your roles do not let you see who judged")
    desk.case.views.catch_up()
    found = desk.case.views.acts(by, kind, number, SIZE)
    shown = [desk.entry(at, whole=form_of(request) != "html") for at in found.rows]
    seen = [sight.entry(entry) for entry in shown]
    match form_of(request):
        case "json":
            return data(seen)
        case "csv":
            return table(COLUMNS, map(_row, seen), "ledger")
    given = {"by": by, "kind": kind}
    return page(
        request, "ledger.html",
        entries=seen, found=found, given=given, kinds=sorted(KINDS), size=len(desk.case.ledger),
        root=desk.case.ledger.root().hex(),
    )  # fmt: skip


async def entry(request: Request) -> Response:
    """One entry: its line, its hash and that it is in the tree."""
    desk, sight, number = desk_of(request), sight_of(request), request.path_params["entry"]
    size = len(desk.case.ledger)
    if number >= size:
        raise NotFound(f"entry {number}", f"the ledger holds entries 0 to {size - 1}")
    line = next(iter(desk.case.ledger.lines(number, number + 1)))
    seen = sight.entry(next(iter(desk.case.ledger.entries(number, number + 1))))
    leaf = leaf_hash(line)
    proven = verify_inclusion(leaf, number, size, desk.case.ledger.inclusion(number, size), desk.case.ledger.root(size))
    match form_of(request):
        case "json":
            return data(seen)
        case "csv":
            return table(COLUMNS, [_row(seen)], f"entry-{number}")
    whole = msgspec.json.format(msgspec.json.encode(seen), indent=2).decode()
    return page(
        request, "entry.html",
        entry=seen, whole=whole, leaf=leaf.hex(), proven=proven, size=size, root=desk.case.ledger.root(size).hex(),
    )  # fmt: skip


async def verify(request: Request) -> Response:
    """Check the whole case: every line, hash, object and passage."""
    desk = desk_of(request)
    try:
        found = await run_in_threadpool(verify_folder, desk.case.folder)
    except Broken as fault:
        return page(request, "verified.html", 200, found=None, fault=fault)
    return page(request, "verified.html", found=found, fault=None)


async def _as_of(request: Request, moment: str) -> Response:
    desk = desk_of(request)
    size = size_at(desk.case, moment)
    if not 0 < size <= len(desk.case.ledger):
        raise NotFound(f"moment {moment}", f"the ledger holds {len(desk.case.ledger)} entries")
    moments: Moments = request.app.state.moments
    found = await moments.at(size)
    if form_of(request) != "html":
        if found is None:
            answer = data({"thing": f"moment {moment}", "rule": "it is being folded", "remedy": "Ask again."})
            answer.status_code = 202
            return answer
        return data(found)
    return page(request, "moment.html", 200 if found else 202, found=found, moment=moment)


def _row(entry: Entry) -> dict[str, object]:
    return {
        "entry": entry.number, "at": entry.at, "by": entry.by.name, "kind": entry.by.kind, "fact": kind_of(entry),
        "told": told(entry.fact, str), "reason": getattr(entry.fact, "reason", ""),
    }  # fmt: skip
