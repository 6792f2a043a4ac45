"""Preserve reports in a case: bytes first, then the fact, then the word to the person."""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from uncounted.case.case import Case
from uncounted.case.sealing import closed
from uncounted.model.errors import Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, CaptureTaken
from uncounted.model.identity import canonical
from uncounted.stages.capture import Fault, Taken

BATCH = 25
"""How many captures share one durable write."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one thing found.

    ``known``: the same bytes and part were captured before, nothing was added. ``same_text``: it was added, and the
    capture named in ``like`` has the same text. ``fault``: it could not be taken, for the reason in ``said``.
    ``notes`` are what a person should know of a report that was taken: unclear dates, a parser's warnings.
    """

    kind: Literal["added", "known", "same_text", "fault"]
    name: str
    capture: Capture | None = None
    like: str | None = None
    said: str = ""
    notes: tuple[str, ...] = ()


def add(case: Case, found: Iterable[Taken | Fault], by: Agent) -> Iterator[Outcome]:
    """Preserve what was found and yield what became of each, only after it is safe on disk.

    Running it again on the same reports adds nothing. A fault stops nothing else.
    """
    kept: set[str] = set()
    waiting: list[Outcome] = []
    with case.writing("add reports"):
        case.views.catch_up()  # another program may have added some of them while this one waited for its turn
        captures = case.views.captures()
        texts = {capture.text: capture.id for capture in captures if capture.text}
        known = {capture.id for capture in captures}
        for item in found:
            if isinstance(item, Fault):
                yield Outcome(kind="fault", name=item.path, said=str(item.error))
                continue
            if item.capture.id in known:
                yield Outcome(kind="known", name=item.capture.name, capture=item.capture, like=item.capture.id)
                continue
            if item.sealed:
                yield from _keep(case, waiting, by)
                waiting = []
            try:
                capture = _preserved(case, item, by, kept)
            except Refused as fault:
                yield Outcome(kind="fault", name=item.capture.name, said=str(fault))
                continue
            like = texts.setdefault(capture.text, capture.id) if capture.text else None
            known.add(capture.id)
            twin = like if like and like != capture.id else None
            done = Outcome(
                kind="same_text" if twin else "added", name=capture.name, capture=capture, like=twin, notes=item.notes
            )
            if item.sealed:
                yield done
                continue
            waiting.append(done)
            if len(waiting) == BATCH:
                yield from _keep(case, waiting, by)
                waiting = []
        yield from _keep(case, waiting, by)


def _preserved(case: Case, item: Taken, by: Agent, kept: set[str]) -> Capture:
    """Put the bytes of a report on disk; returns its capture.

    A report with secrets is recorded at once, in one step with what seals them: neither is of any use alone. ``kept``
    names the files that this run has put already: a mailbox of a thousand messages is put once.
    """
    secrets = [(secret.field, secret.value) for secret in item.sealed]
    seals, boxes = closed(case, item.capture.id, secrets, item.more.get("source-pseudonym"))
    if item.capture.object not in kept:
        kept.add(case.objects.put(item.original))
    text = case.objects.put(item.text.encode()) if item.text is not None else None
    record = case.objects.put(canonical(item.record)) if item.record is not None else None
    diff = case.objects.put(item.diff.encode()) if item.diff is not None else None
    capture = msgspec.structs.replace(item.capture, text=text, record=record, diff=diff)
    if seals:
        case.record_together([(by, fact) for fact in [*seals, CaptureTaken(capture=capture)]], boxes)
    return capture


def _keep(case: Case, waiting: list[Outcome], by: Agent) -> list[Outcome]:
    case.record(by, *(CaptureTaken(capture=outcome.capture) for outcome in waiting if outcome.capture))
    return waiting
