"""Read and locate the captures of a case. Each reading is a fact; a newer reader adds, never overwrites."""

from collections.abc import Callable, Iterator

from uncounted.case.case import Case
from uncounted.model.claims import Claim, Document
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, AnyFact, ClaimsLocated, ClaimsRead, Whereabouts
from uncounted.model.identity import named_in_case

BATCH = 20

ReadDocument = Callable[[Document], tuple[Claim, ...]]
Locate = Callable[[Document, tuple[Claim, ...]], tuple[Whereabouts, ...]]


def unread(case: Case, reader: str) -> list[Capture]:
    """The captures with text that this reader has not read yet."""
    return [
        capture
        for capture in case.views.captures()
        if capture.text and not case.views.was_read(capture.id, capture.text, reader)
    ]


def document(case: Case, capture: Capture) -> Document:
    """A capture as a reader is given it."""
    return Document(
        id=capture.id,
        text=case.text(capture.id),
        published=capture.published,
        language=capture.language,
        publisher=capture.publisher,
    )


def read(
    case: Case, reader: str, read_document: ReadDocument, locator: str, locate: Locate
) -> Iterator[tuple[Capture, int]]:
    """Read what is unread; yields each capture with its number of claims once that is safe on disk."""
    with case.writing("read reports"):
        facts: list[tuple[Agent, AnyFact]] = []
        done: list[tuple[Capture, int]] = []
        for capture in unread(case, reader):
            given = document(case, capture)
            claims = named_in_case(read_document(given))
            facts.append(
                (
                    Agent("machine", reader),
                    ClaimsRead(capture=capture.id, text=str(capture.text), reader=reader, claims=claims),
                )
            )
            if claims:
                found = locate(given, claims)
                located = ClaimsLocated(capture=capture.id, locator=locator, found=found)
                facts.append((Agent("machine", locator), located))
            done.append((capture, len(claims)))
            if len(done) == BATCH:
                _keep(case, facts)
                yield from done
                facts, done = [], []
        _keep(case, facts)
        yield from done


def read_one(  # noqa: PLR0917 -- a reader and a locator, each with its name
    case: Case, capture: str, reader: str, read_document: ReadDocument, locator: str, locate: Locate
) -> int:
    """Read one capture, unless this reader read it before; returns how many claims that found.

    The right to write is held only while what was found is recorded, so that people go on judging meanwhile.
    """
    taken = case.views.capture(capture)
    if not taken.text or case.views.was_read(capture, taken.text, reader):
        return 0
    given = document(case, taken)
    claims = named_in_case(read_document(given))
    read_fact = ClaimsRead(capture=capture, text=taken.text, reader=reader, claims=claims)
    facts: list[tuple[Agent, AnyFact]] = [(Agent("machine", reader), read_fact)]
    if claims:
        located = ClaimsLocated(capture=capture, locator=locator, found=locate(given, claims))
        facts.append((Agent("machine", locator), located))
    with case.writing("read a report"):
        _keep(case, facts)
    return len(claims)


def _keep(case: Case, facts: list[tuple[Agent, AnyFact]]) -> None:
    for agent in dict.fromkeys(agent for agent, _ in facts):
        case.record(agent, *(fact for by, fact in facts if by == agent))
