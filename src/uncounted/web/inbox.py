"""The inbox: reports dropped, pasted or named by address; taken and read beside the server's work, state by state."""

import asyncio
import re
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path, PurePath
from typing import Literal

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from uncounted.case import intake, linking, reading
from uncounted.case.desk import CaseDesk
from uncounted.model.errors import BadInput, UncountedError
from uncounted.model.facts import Agent
from uncounted.stages.capture import Fault, Options, Taken, found
from uncounted.web.pages import by_of, data, desk_of, fields_of, go, page

KEPT = 200
"""Jobs that the page remembers."""
LONGEST_TEXT = 500_000
State = Literal["waiting", "preserving", "reading", "done", "known", "fault"]
ONGOING: frozenset[State] = frozenset({"waiting", "preserving", "reading"})


class Report(msgspec.Struct, frozen=True):
    """One report that a job took, or has already: its capture, how many claims were read, and what to know of it."""

    capture: str
    kind: str
    like: str | None
    claims: int
    notes: tuple[str, ...]


class Job(msgspec.Struct):
    """One thing that was brought: its name, how far it is, and what came of it."""

    number: int
    name: str
    by: str
    state: State = "waiting"
    said: str = ""
    reports: list[Report] = []


class Inbox:
    """Takes what is brought, one job after another. Lives as long as the server; what it took lies in the case."""

    def __init__(self, desk: CaseDesk) -> None:
        self.desk = desk
        self.jobs: deque[Job] = deque(maxlen=KEPT)
        self._number = 0
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def bring(self, name: str, by: str, take: Callable[[], Iterator[Taken | Fault]], done: Callable[[], None]) -> Job:
        """Queue a job; ``take`` finds its reports, ``done`` is called when it is over."""
        self._number += 1
        job = Job(number=self._number, name=name, by=by)
        self.jobs.appendleft(job)
        task = asyncio.create_task(self._work(job, take, done))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def _work(self, job: Job, take: Callable[[], Iterator[Taken | Fault]], done: Callable[[], None]) -> None:
        async with self._turn:
            try:
                job.state = "preserving"
                outcomes = await run_in_threadpool(self._preserved, job, take)
                job.state = "reading"
                read, left = await run_in_threadpool(self._read, [o.capture.id for o in outcomes if o.capture])
                job.reports = [
                    Report(
                        o.capture.id, o.kind, o.like, read.get(o.capture.id, 0),
                        (*o.capture.partial, *o.notes, *left.get(o.capture.id, ())),
                    )
                    for o in outcomes
                    if o.capture
                ]  # fmt: skip
                faults = [o.said for o in outcomes if o.kind == "fault"]
                job.said = "; ".join(faults)
                known = bool(job.reports) and all(report.kind == "known" for report in job.reports)
                job.state = "known" if known else "done" if job.reports else "fault"
            except UncountedError as fault:
                job.state, job.said = "fault", str(fault)
            finally:
                if job.state in ONGOING:
                    # A fault that nobody foresaw goes on to the log of the server; whoever waits must hear of it too.
                    job.state, job.said = "fault", "it broke off; the terminal in which the desk was started says why"
                done()

    def _preserved(self, job: Job, take: Callable[[], Iterator[Taken | Fault]]) -> list[intake.Outcome]:
        return list(intake.add(self.desk.case, take(), Agent("person", job.by)))

    def _read(self, captures: list[str]) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
        """Read and locate the reports one by one, so that nobody's judgement waits for more than one of them.

        Returns how many claims each told, and why those are left that must not be read.
        """
        from uncounted.stages.locate.attach import LOCATOR, locate
        from uncounted.stages.locate.gazetteer import open_gazetteer
        from uncounted.stages.read.standard import standard_reader

        case, reader = self.desk.case, standard_reader()
        gazetteer = open_gazetteer(case.folder / "gazetteer.csv")
        counts, left = dict[str, int](), dict[str, tuple[str, ...]]()
        for name in captures:
            try:
                counts[name] = reading.read_one(
                    case, name, reader, LOCATOR, lambda document, claims: locate(document, claims, gazetteer)
                )
            except reading.KeptBack as fault:
                left[name] = (fault.rule,)
        return counts, left


async def show(request: Request) -> Response:
    """The form, and how far each job is."""
    return _page(request)


async def state(request: Request) -> Response:
    """How far each job is, for the page that waits."""
    return data(list(_inbox(request).jobs))


async def take(request: Request) -> Response:
    """Take files, an address or a text."""
    form, by, inbox = await request.form(), by_of(request), _inbox(request)
    try:
        options = _options(form)
        files = [file for file in form.getlist("file") if isinstance(file, UploadFile) and file.filename]
        for file in files:
            await _bring_file(inbox, file, by, options)
        address, text = _said(form.get("address")), str(form.get("text") or "").strip()
        if address:
            if not address.startswith(("http://", "https://")):
                raise BadInput("the address", "it begins with http:// or https://", "Paste the whole address.")
            inbox.bring(address, by, lambda: found(address, options), lambda: None)
        if text:
            _bring_text(inbox, text, by, options)
        if not (files or address or text):
            raise BadInput("the inbox", "nothing was brought", "Choose a file, or paste an address or a text.")
    except BadInput as fault:
        return _page(request, 422, fault)
    return go("/inbox")


async def link(request: Request) -> Response:
    """Propose which accepted claims speak of one event."""
    await fields_of(request)
    await run_in_threadpool(linking.match, desk_of(request).case)
    return go("/pairs")


async def _bring_file(inbox: Inbox, file: UploadFile, by: str, options: Options) -> None:
    folder = tempfile.TemporaryDirectory()
    name = PurePath(str(file.filename).replace("\\", "/")).name[-120:] or "report"
    path = Path(folder.name) / ("report" + PurePath(name).suffix.lower()[:12])
    with path.open("wb") as stream:
        while part := await file.read(1 << 20):
            stream.write(part)

    def taken() -> Iterator[Taken | Fault]:
        for item in found(path, options):
            yield item if isinstance(item, Fault) else _renamed(item, name)

    inbox.bring(name, by, taken, folder.cleanup)


def _bring_text(inbox: Inbox, text: str, by: str, options: Options) -> None:
    if len(text) > LONGEST_TEXT:
        raise BadInput("the text", f"it is longer than {LONGEST_TEXT} letters", "Bring it as a file.")
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "pasted.txt"
    path.write_text(text.replace("\r\n", "\n") + "\n", "utf-8")
    inbox.bring(text[:60], by, lambda: found(path, options), folder.cleanup)


def _renamed(taken: Taken, name: str) -> Taken:
    return msgspec.structs.replace(taken, capture=msgspec.structs.replace(taken.capture, name=name))


def _options(form: FormData) -> Options:
    """What a person knows of a report; :class:`BadInput` for a day or a language that is none."""
    published, language = _said(form.get("published")), _said(form.get("language"))
    if published and not _is_day(published):
        raise BadInput("the day of publication", f"{published!r} is not a date", "Write it as YYYY-MM-DD.")
    if language and not re.fullmatch("[a-z]{2,3}", language):
        raise BadInput("the language", "it is a code of two or three letters", "Write Arabic as ar.")
    return Options(publisher=_said(form.get("publisher")), published=published, language=language)


def _is_day(said: str) -> bool:
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _said(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None


def _inbox(request: Request) -> Inbox:
    inbox: Inbox = request.app.state.inbox
    return inbox


def _page(request: Request, code: int = 200, fault: Exception | None = None) -> Response:
    jobs = list(_inbox(request).jobs)
    waiting = any(job.state in ONGOING for job in jobs)
    return page(request, "inbox.html", code, jobs=jobs, waiting=waiting, fault=fault)
