"""Each claim gets the place and the time of its harm, not those of the report or of the speaker."""

import time
from pathlib import Path

from tests.stages.locate.places import gazetteer, geonames
from uncounted.model.claims import Claim, Document, Passage
from uncounted.model.facts import Whereabouts
from uncounted.model.vocabulary import Modality
from uncounted.stages.locate.attach import LOCATOR, locate
from uncounted.stages.locate.gazetteer import Gazetteer, open_gazetteer

_GAZETTEER = gazetteer()


def where(
    text: str, said: str, *, published: str | None = "2023-11-15", modality: Modality = "asserted",
    of: Gazetteer = _GAZETTEER,
) -> Whereabouts:  # fmt: skip
    start = text.index(said)
    claim = Claim(
        document="d", id="d#1", harm="killed", passage=Passage(said, start, start + len(said)), modality=modality
    )
    (found,) = locate(Document(id="d", text=text, published=published), [claim], of)
    assert found.claim == "d#1"
    return found


def place(text: str, said: str) -> str | None:
    found = where(text, said).place
    return found.text if found else None


def day(text: str, said: str, modality: Modality = "asserted") -> tuple[str | None, str | None, str]:
    found = where(text, said, modality=modality).time
    assert found is not None
    return found.text, found.from_, found.of


def test_the_place_of_the_clause_is_the_claims() -> None:
    text = "Nine died in Raqqa, and four died in Aleppo, Syria."
    assert place(text, "Nine died") == "Raqqa"
    assert place(text, "four died") == "Aleppo"


def test_the_sentence_before_lends_its_place() -> None:
    assert place("A shell hit a bakery in Raqqa. Nine people died.", "Nine people died") == "Raqqa"


def test_the_speakers_place_is_not_the_deads() -> None:
    text = "Nine died in Raqqa, an official told reporters in Beirut."
    assert place(text, "Nine died") == "Raqqa"
    assert place("A shell hit Raqqa. Nine died, an official said in Beirut.", "Nine died") == "Raqqa"


def test_a_dateline_is_the_last_resort() -> None:
    assert place("RAQQA, Syria (Prensa) - Nine people died in a fire.", "Nine people died") == "RAQQA"
    assert place("BEIRUT (Prensa) - Nine people died in Raqqa.", "Nine people died") == "Raqqa"


def test_an_unknown_quarter_takes_the_point_of_its_town_and_says_so() -> None:
    found = where("Nine died in Dar Souq, Aleppo, Syria.", "Nine died").place
    assert found is not None
    assert (found.text, found.name, found.within) == ("Dar Souq", "Dar Souq, Aleppo", "Aleppo")
    assert (found.lat, found.precision) == (36.201, "city")


def test_a_document_without_places_gives_none() -> None:
    assert place("Nine people died.", "Nine people died") is None


def test_the_time_of_the_clause_is_the_claims() -> None:
    text = "Nine died on Monday, and four died on Tuesday."
    assert day(text, "Nine died") == ("Monday", "2023-11-13", "event")
    assert day(text, "four died") == ("Tuesday", "2023-11-14", "event")


def test_the_day_of_saying_is_not_the_day_of_dying() -> None:
    text = "Nine people were killed when a shell hit a bakery on Sunday, police said on Tuesday."
    assert day(text, "Nine people were killed") == ("Sunday", "2023-11-12", "event")
    assert day("Nine people were killed, police said on Tuesday.", "Nine people were killed")[2] == "report"


def test_only_the_publication_date_is_the_reports() -> None:
    assert day("Nine people died.", "Nine people died") == (None, "2023-11-15", "report")


def test_nothing_known_stays_unknown() -> None:
    assert where("Nine people died.", "Nine people died", published=None).time is None


def test_a_day_that_cannot_be_resolved_keeps_its_words() -> None:
    found = where("Nine people died on Monday.", "Nine people died", published=None).time
    assert found is not None
    assert (found.text, found.from_, found.of) == ("Monday", None, "event")


def test_the_lead_dates_what_follows() -> None:
    text = "A shell hit a bakery on Sunday.\n\nThe oven caught fire.\n\nNine people died."
    assert day(text, "Nine people died") == ("Sunday", "2023-11-12", "event")


def test_since_lasts_until_publication() -> None:
    found = where("Nine people have been killed since Monday.", "Nine people have been killed").time
    assert found is not None
    assert (found.text, found.from_, found.to, found.precision) == (
        "since Monday",
        "2023-11-13",
        "2023-11-15",
        "period",
    )


def test_what_is_held_to_have_happened_is_not_dated_after_the_report() -> None:
    text = "Nine people died; the court will sit on Friday."
    assert day(text, "Nine people died")[2] == "report"
    assert day("Nine men will be shot on Friday.", "Nine men will be shot", "threatened")[1] == "2023-11-17"


def test_every_claim_gets_an_answer_in_order() -> None:
    text = "Nine died on Monday. Four died on Tuesday."
    claims = [
        Claim(
            document="d", id=name, harm="killed", passage=Passage(said, text.index(said), text.index(said) + len(said))
        )
        for name, said in (("b", "Four died"), ("a", "Nine died"))
    ]
    found = locate(Document(id="d", text=text, published="2023-11-15"), claims, _GAZETTEER)
    assert [(one.claim, one.time.text if one.time else None) for one in found] == [("b", "Tuesday"), ("a", "Monday")]
    assert LOCATOR == "locate/1"


def test_the_cases_own_place_is_found(tmp_path: Path) -> None:
    own = tmp_path / "gazetteer.csv"
    own.write_text("name,lat,lon,precision,within\nDar Souq,36.2,37.1,neighbourhood,Aleppo\n", encoding="utf-8")
    from uncounted.stages.locate.gazetteer import read_own

    entries, others = read_own(own.read_text(encoding="utf-8"))
    found = where("Nine died in Dar Souq.", "Nine died", of=Gazetteer(entries, others, geonames())).place
    assert found is not None
    assert (found.lat, found.precision, found.gazetteer) == (36.2, "neighbourhood", "case:1")
    assert callable(open_gazetteer)


def test_the_cost_grows_with_the_length_not_with_its_square() -> None:
    def cost(copies: int) -> float:
        text = "On Monday a shell hit a house near Aleppo, Syria. Nine people died there, police said.\n" * copies
        claims = [
            Claim(document="d", id=str(at), harm="killed", passage=Passage(text[at : at + 11], at, at + 11))
            for at in range(50, 50 + 88 * 10, 88)
        ]
        best = float("inf")
        for _ in range(3):
            begun = time.process_time()
            locate(Document(id="d", text=text, published="2023-11-15"), claims, _GAZETTEER)
            best = min(best, time.process_time() - begun)
        return best

    cost(20)
    assert cost(800) < 8 * 3 * cost(100)
