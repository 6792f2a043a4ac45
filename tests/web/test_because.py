"""Sentences that come from below the desk in English: each has a form, and stands in Arabic on an Arabic page."""

import re

import pytest
from starlette.testclient import TestClient

from tests.web.invented_case import accept_all
from uncounted.case.closeup import closeup
from uncounted.case.desk import CaseDesk
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.stages.match.incidents_evidence import pieces
from uncounted.stages.match.incidents_mentions import mentions
from uncounted.text.forms import PLACE
from uncounted.web.because import because
from uncounted.web.phrases import FORMS
from uncounted.web.tongue import COOKIE, catalogue

SAY = catalogue("ar").gettext
ISOLATED = re.compile("\u2068.*?\u2069", re.DOTALL)


def english(said: str) -> str:
    """What is left in Latin letters of a sentence in Arabic, apart from names and numbers."""
    return " ".join(re.findall(r"[A-Za-z]{3,}", ISOLATED.sub("", said)))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_found_again_in_a_sentence_of_it(form: str) -> None:
    closed = {"harm": "killed", "group": "children", "n": "3", "low": "1", "high": "2"}
    sentence = PLACE.sub(lambda part: closed.get(part[1], "Zzq"), form)
    assert because(sentence, "en") == sentence
    told = because(sentence, "ar")
    assert told != sentence
    assert english(told) in ("", "http https", "YYYY", "LIST", "age")


def test_names_inside_a_sentence_stay_as_they_were_written() -> None:
    assert because("named: Army and Navy", "ar") == SAY("named: %(names)s") % {"names": "\u2068Army and Navy\u2069"}
    assert because("something nobody foresaw", "ar") == "something nobody foresaw"


def test_all_reasons_of_an_assessment_and_of_a_pair_are_in_arabic(desk: CaseDesk) -> None:
    accept_all(desk)
    one, two = (row.incident for row in desk.incidents().rows)
    seen = closeup(desk.keeper, one.id, desk.proposals("entries"))
    said = [answer.why for answer in seen.graded.answers] + [seen.graded.rule]
    said += [step for figure in seen.figures for step in figure.range.why]
    said += [reason for origin in seen.origins for reason in origin.reasons]
    left, right = (mentions(r.claim for r in desk.claims_named(i.claims).values()) for i in (one, two))
    said += [reason for _, reason in pieces(left[0], left[0]) or []]
    said += [reason for a in left for b in right for _, reason in pieces(a, b) or []]
    assert len(said) > 10
    assert [sentence for sentence in said if english(because(sentence, "ar"))] == []


def test_an_error_is_told_in_the_persons_language(client: TestClient, desk: CaseDesk) -> None:
    client.cookies.set(COOKIE, "ar")
    for path in ("/claims/knone", "/toll?by=moon", "/ledger/9999", "/explore?since=soon", "/incidents/i0000000000"):
        fault = client.get(path).text.split('role="alert"')[1].split("</div>")[0]
        assert english(re.sub(r"<[^>]+>", "", fault)) in ("", "YYYY"), path
    for fault in (Refused("the roles of Rana", "a case keeps at least one lead", "Make somebody else lead first."),
                  BadInput("the token's end", "2020-01-01 is past", "Give a later day, or none."),
                  NotFound("claim k1", "the case holds none of that name")):  # fmt: skip
        assert [english(because(part, "ar")) for part in (fault.thing, fault.rule, fault.remedy)] == ["", "", ""]
