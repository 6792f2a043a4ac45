"""Reading a case: what was read and where it happened are one step, so that neither is left without the other."""

from pathlib import Path

from tests.case.invented import ADA, report
from uncounted.case import Case, reading
from uncounted.model.claims import Claim, Count, Document, Passage, Place
from uncounted.model.facts import ClaimsLocated, ClaimsRead, Whereabouts

WORDS = "Four people were killed in Mara."


class Reader:
    """Reads one claim in every report."""

    name = "invented/1"

    def read(self, document: Document) -> tuple[Claim, ...]:
        said = "Four people were killed"
        return (
            Claim(
                document=document.id, id="1", harm="killed", passage=Passage(said, 0, len(said)),
                count=Count(low=4, high=4, quantifier="exact", text="Four", start=0, end=4), reader=self.name,
            ),
        )  # fmt: skip


def locate(_: Document, claims: tuple[Claim, ...]) -> tuple[Whereabouts, ...]:
    return tuple(Whereabouts(claim=claim.id, place=Place(name="Mara")) for claim in claims)


def test_a_reading_and_its_places_are_one_step(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", "Invented", ADA, invented=True) as case:
        for number in range(3):
            report(case, number, f"{WORDS} Report {number}.")
        first, steps = len(case.ledger), len(list(case.ledger.heads()))
        done = list(reading.read(case, Reader(), "invented-places/1", locate))
        assert [one.claims for one in done] == [1, 1, 1]
        entries = list(case.ledger.entries(first))
        assert [type(entry.fact) for entry in entries] == [ClaimsRead, ClaimsLocated] * 3
        assert {entry.by.name for entry in entries} == {"invented/1", "invented-places/1"}
        ends = [size for size, _ in case.ledger.heads()][steps:]
        # A crash leaves whole steps alone: each ends behind the places of what it read.
        assert all(isinstance(entries[end - first - 1].fact, ClaimsLocated) for end in ends)
        assert {one.claim.place.name for one in case.views.claims() if one.claim.place} == {"Mara"}
        assert list(reading.read(case, Reader(), "invented-places/1", locate)) == []
