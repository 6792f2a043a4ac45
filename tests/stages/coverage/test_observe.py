"""What is counted from a dossier, and which verbs put a source in doubt."""

import msgspec
import pytest

from tests.stages.publish.invented import dossier
from uncounted.model.claims import Claim, Passage, Source
from uncounted.stages.coverage import covered, observe
from uncounted.stages.coverage.doubt import doubted


@pytest.mark.parametrize(
    ("text", "source", "language", "expected"),
    [
        ("The army claimed that nobody was hurt. The hospital said ten died.", "The army", "en", True),
        ("The army claimed that nobody was hurt. The hospital said ten died.", "The hospital", "en", False),
        ("Ten died, according to the hospital.", "the hospital", "en", False),
        ("Ten died near the hospital.", "the hospital", "en", None),
        ("زعم الجيش أن أحدا لم يصب.", "الجيش", "ar", True),
        ("قال الجيش إن أحدا لم يصب.", "الجيش", "ar", False),
        ("L'armée a prétendu que personne n'est mort.", "L'armée", "fr", None),
    ],
)
def test_the_nearest_verb_of_saying_decides(text: str, source: str, language: str, expected: bool | None) -> None:
    start = text.index(source)
    named = Source(name=source, kind="belligerent", text=source, start=start, end=start + len(source))
    claim = Claim(document="c", id="k", harm="killed", passage=Passage(text, 0, len(text)), attribution=(named,))
    assert doubted(claim, text, language) is expected


def test_a_source_that_no_words_name_is_counted_neither_way() -> None:
    claim = Claim(document="c", id="k", harm="killed", passage=Passage("x", 0, 1),
                  attribution=(Source(name="Wire", kind="publisher"),))  # fmt: skip
    assert doubted(claim, "Wire claimed it", "en") is None


def test_an_incident_is_observed_with_its_reports_beside_its_toll() -> None:
    market, hamlet = observe(dossier())
    assert (market.reports, market.low, market.high) == (("Valley Wire",), 14, None)
    assert market.origins == 1, "the army denies it, which makes it no second origin"
    assert (hamlet.reports, hamlet.hours) == (("صوت الوادي",), 0.0)
    assert market.quoted == (("medical", False), ("belligerent", False))


def test_doubt_is_put_down_to_the_kind_of_source_that_the_words_name() -> None:
    """The chain goes on to a register that no words name: the verb of doubt is the hospital's all the same."""
    made = dossier()
    claim = made.claims["kkilled"]
    text = made.texts["cwire"].replace("the district hospital said", "the district hospital claimed")
    longer = (*claim.attribution, Source(name="a register", kind="document"))
    changed = msgspec.structs.replace(claim, attribution=longer)
    market = observe(
        msgspec.structs.replace(made, claims={**made.claims, "kkilled": changed}, texts={**made.texts, "cwire": text})
    )[0]
    assert ("medical", True) in market.quoted


def test_the_coverage_of_a_dossier_names_every_incident_once() -> None:
    found = covered(dossier())
    assert [one.incident for one in found.incidents] == ["imarket", "ihamlet"]
    assert found == covered(dossier())
