"""Invented values that the ledger's tests share."""

from uncounted.ledger.objects import Objects
from uncounted.model.claims import Claim, Count, Passage, Place, Source
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, CaptureTaken, ClaimsRead
from uncounted.model.identity import digest

ADA = Agent("person", "Ada")
READER = Agent("machine", "grammar/1")
TEXT = "Dr Amal Farouq of the clinic in Tell Zahra said that 4 people died. “Nobody came,” said a teacher: 2 were hurt."


def capture(name: str = "c1", text: str = TEXT) -> Capture:
    body = text.encode()
    return Capture(
        id=name, object=digest(body), form="text", size=len(body), name=f"{name}.txt", taken="2026-01-02T03:04:05Z",
        text=digest(body), characters=len(text), extractor="plain/1",
    )  # fmt: skip


def claim(name: str = "k1", words: str = "4 people died", *, document: str = "c1", **more: object) -> Claim:
    start = TEXT.index(words)
    made: dict[str, object] = {
        "document": document, "id": name, "harm": "killed", "passage": Passage(words, start, start + len(words)),
        "count": Count(low=4, high=4, quantifier="exact", text="4", start=start, end=start + 1),
        "attribution": (Source(name="Evening Wire", kind="publisher"),
                        Source(name="Dr Amal Farouq", kind="medical", text="Dr Amal Farouq", start=0, end=14)),
        "reader": "grammar/1",
    }  # fmt: skip
    return Claim(**(made | more))  # type: ignore[arg-type]


def place(lat: float | None = None) -> Place:
    start = TEXT.index("Tell Zahra")
    return Place(name="Tell Zahra", text="Tell Zahra", start=start, end=start + 10, lat=lat, lon=lat)


def taken(objects: Objects, name: str = "c1", text: str = TEXT) -> CaptureTaken:
    objects.put(text.encode())
    return CaptureTaken(capture=capture(name, text))


def read(*claims: Claim, reader: str = "grammar/1", document: str = "c1") -> ClaimsRead:
    return ClaimsRead(capture=document, text=digest(TEXT.encode()), reader=reader, claims=claims)
