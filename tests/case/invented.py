"""Invented reports and claims in a case, made without reading anything."""

from uncounted.case import Case, reviewing
from uncounted.model.claims import Claim, Count, Passage, Place, Source, Time
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, CaptureTaken

ADA = Agent("person", "Ada Recorder")
PLACES = ("Mara", "Odra", "Sulu")


def report(case: Case, number: int, words: str, **more: str) -> str:
    """Preserve an invented report and return its capture's id."""
    text = case.objects.put(words.encode())
    name = f"c{number:012}"
    case.record(
        ADA,
        CaptureTaken(
            capture=Capture(
                id=name, object=text, form="text", size=len(words), name=f"{name}.txt", taken="2025-04-01T00:00:00Z",
                text=text, characters=len(words), publisher=f"Paper {number}", published=f"2025-03-{10 + number % 9}",
                **more,  # type: ignore[arg-type]
            )
        ),
    )  # fmt: skip
    return name


def claim(case: Case, number: int, people: int, teller: str, *, at: int = 0, scope: str = "incident") -> str:
    """Add an invented claim from a report of its own and return the claim's id."""
    said = f"{people} people were killed"
    capture = report(case, number, f"{said}, the {teller} said. Report {number}.")
    day = f"2025-03-0{1 + at}"
    made = Claim(
        document=capture, id="", harm="killed", passage=Passage(said, 0, len(said)), scope=scope,  # type: ignore[arg-type]
        count=Count(low=people, high=people, quantifier="exact", text=str(people), start=0, end=len(str(people))),
        attribution=(Source(name=f"the {teller}", kind="medical"),), place=Place(name=PLACES[at]),
        time=Time(from_=day, to=day, precision="day") if scope == "incident" else None,
    )  # fmt: skip
    fact = reviewing.add_claim(case, made, "Ada Recorder").fact
    return str(getattr(fact, "claim").id)  # noqa: B009
