"""Histories in words."""

import msgspec

from tests.stages.publish.invented import DESK, KILLED
from uncounted.model.claims import Count
from uncounted.model.facts import ClaimsRead, JudgementUndone, PairJudged
from uncounted.stages.publish.words import spoken
from uncounted.web.deeds import Change, changes, told


def test_a_fact_is_told_as_a_deed() -> None:
    assert told(JudgementUndone(entry=7), str) == "took back entry 7"
    pair = PairJudged(of="claims", left="a", right="b", verdict="different")
    assert told(pair, str) == "held a and b to be two events"
    read = ClaimsRead(capture="c", text="0", reader="r", claims=(KILLED,))
    assert told(read, str) == "read the report; claims found: 1"


def test_an_edit_is_told_by_what_it_changed() -> None:
    after = msgspec.structs.replace(
        KILLED, group="civilians", count=Count(low=20, quantifier="at_least"), place=None, attribution=(DESK,)
    )
    assert changes(KILLED, after, spoken("en"), str) == [
        Change("group", "people", "civilians"),
        Change("count", "14 or more (“At least 14”)", "20 or more"),
        Change("attribution", "Valley Wire, quoting the district hospital", "Valley Wire"),
        Change("place", "Qasr Lamin, Invented Province", "none"),
    ]
    assert changes(KILLED, KILLED, spoken("en"), str) == []
