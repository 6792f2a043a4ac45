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


def _keep(case: Case, facts: list[tuple[Agent, AnyFact]]) -> None:
    for agent in dict.fromkeys(agent for agent, _ in facts):
        case.record(agent, *(fact for by, fact in facts if by == agent))
