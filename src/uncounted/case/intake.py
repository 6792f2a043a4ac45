"""Preserve reports in a case: bytes first, then the fact, then the word to the person."""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from uncounted.case.case import Case
from uncounted.case.sealing import seal
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
    texts = {capture.text: capture.id for capture in case.views.captures() if capture.text}
    known = {capture.id for capture in case.views.captures()}
    kept: set[str] = set()
    waiting: list[Outcome] = []
    with case.writing("add reports"):
        for item in found:
            if isinstance(item, Fault):
                yield Outcome(kind="fault", name=item.path, said=str(item.error))
                continue
            if item.capture.id in known:
                yield Outcome(kind="known", name=item.capture.name, capture=item.capture, like=item.capture.id)
                continue
            try:
                capture = _preserved(case, item, by, kept)
            except Refused as fault:
                yield Outcome(kind="fault", name=item.capture.name, said=str(fault))
                continue
            like = texts.setdefault(capture.text, capture.id) if capture.text else None
            known.add(capture.id)
            twin = like if like and like != capture.id else None
            waiting.append(
                Outcome(
                    kind="same_text" if twin else "added",
                    name=capture.name,
                    capture=capture,
                    like=twin,
                    notes=item.notes,
                )
            )
            if len(waiting) == BATCH:
                yield from _keep(case, waiting, by)
                waiting = []
        yield from _keep(case, waiting, by)


def _preserved(case: Case, item: Taken, by: Agent, kept: set[str]) -> Capture:
    """Put the bytes of a report on disk, what is secret in it under seal first; returns its capture.

    ``kept`` names the files that this run has put already: a mailbox of a thousand messages is put once.
    """
    for secret in item.sealed:
        seal(case, by, item.capture.id, secret.field, secret.value, pseudonym=item.more.get("source-pseudonym"))
    if item.capture.object not in kept:
        kept.add(case.objects.put(item.original))
    text = case.objects.put(item.text.encode()) if item.text is not None else None
    record = case.objects.put(canonical(item.record)) if item.record is not None else None
    diff = case.objects.put(item.diff.encode()) if item.diff is not None else None
    return msgspec.structs.replace(item.capture, text=text, record=record, diff=diff)


def _keep(case: Case, waiting: list[Outcome], by: Agent) -> list[Outcome]:
    case.record(by, *(CaptureTaken(capture=outcome.capture) for outcome in waiting if outcome.capture))
    return waiting
