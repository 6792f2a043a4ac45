"""Incidents: what is linked, what is kept apart, and what people's verdicts do."""

import random
from typing import Any

import msgspec

from uncounted.model.claims import Claim, Count, Named, Passage, Place, Time
from uncounted.model.facts import PairJudged
from uncounted.model.incidents import Incident
from uncounted.model.review import Pair
from uncounted.stages.match.incidents import cluster, merge, propose, split

MARA = Place(name="Mara", lat=10.0, lon=20.0, precision="town", gazetteer="case:1", within="Odra Province")
TELL = Place(name="Tell Amun", lat=10.5, lon=20.6, precision="town", gazetteer="case:2", within="Odra Province")
MILL = Place(name="Mill Quarter", lat=10.01, lon=20.01, precision="neighbourhood", gazetteer="case:3", within="Mara")


def on(day: str, of: str = "event") -> Time:
    return Time(from_=day, to=day, precision="day", of=of)


def claim(
    name: str, document: str, place: Place | None, time: Time | None, low: int = 5, start: int = 0, **more: Any
) -> Claim:
    return Claim(
        document=document,
        id=name,
        harm=more.pop("harm", "killed"),
        passage=Passage("x", start, start + 1),
        count=Count(low=low, high=low, quantifier="exact", text=str(low), start=start, end=start + 1),
        place=place,
        time=time,
        **more,
    )


def groups(incidents: tuple[Incident, ...]) -> set[frozenset[str]]:
    return {frozenset(one.claims) for one in incidents}


def incidents(*claims: Claim, pairs: tuple[Pair, ...] = ()) -> tuple[Incident, ...]:
    return cluster(claims, propose(claims), pairs, order={one.id: at for at, one in enumerate(claims)})


def judged(facts: list[PairJudged], first: int = 0) -> tuple[Pair, ...]:
    return tuple(
        Pair(left=one.left, right=one.right, verdict=one.verdict, by="Ada", entry=first + at)
        for at, one in enumerate(facts)
    )


def test_two_reports_of_one_place_and_day_are_one_incident_with_reasons() -> None:
    one, two = claim("a", "d1", MARA, on("2025-03-04")), claim("b", "d2", MARA, on("2025-03-04"), 6)
    (link,) = propose([one, two])
    assert link.probability > 0.5
    assert "same place, Mara" in link.reasons
    assert "same day" in link.reasons
    assert groups(incidents(one, two)) == {frozenset("ab")}


def test_a_neighbourhood_links_to_the_town_that_it_lies_in() -> None:
    one, two = claim("a", "d1", MARA, on("2025-03-04")), claim("b", "d2", MILL, on("2025-03-04"))
    (incident,) = incidents(one, two)
    assert incident.place == MILL


def test_different_towns_and_different_days_are_never_linked() -> None:
    one = claim("a", "d1", MARA, on("2025-03-04"))
    assert propose([one, claim("b", "d2", TELL, on("2025-03-04"))]) == ()
    assert propose([one, claim("b", "d2", MARA, on("2025-03-09"))]) == ()


def test_a_report_date_is_weaker_evidence_than_an_event_date() -> None:
    event = claim("a", "d1", MARA, on("2025-03-04"))
    same = propose([event, claim("b", "d2", MARA, on("2025-03-04"))])[0].probability
    later = propose([event, claim("b", "d2", MARA, on("2025-03-05", "report"))])[0].probability
    assert later < same


def test_what_one_document_tells_apart_no_third_report_joins() -> None:
    one = claim("a", "d1", MARA, on("2025-03-04"), 5, start=0)
    other = claim("b", "d1", TELL, on("2025-03-04"), 3, start=50)
    vague = Place(name="Odra Province", lat=10.2, lon=20.3, precision="province", gazetteer="case:9")
    third = claim("c", "d2", vague, on("2025-03-04"), 5)
    assert not any({"a", "b"} <= group for group in groups(incidents(one, other, third)))


def test_claims_of_one_document_without_a_place_of_their_own_stay_with_the_one_before() -> None:
    one = claim("a", "d1", MARA, on("2025-03-04"), 5, start=0)
    hurt = claim("b", "d1", None, None, 9, start=20, harm="injured")
    other = claim("c", "d1", TELL, on("2025-03-04"), 3, start=40)
    hurt_there = claim("d", "d1", None, None, 2, start=60, harm="injured")
    assert groups(incidents(one, hurt, other, hurt_there)) == {frozenset("ab"), frozenset("cd")}


def test_totals_of_a_period_are_in_no_incident_and_a_denial_makes_none() -> None:
    total = claim("t", "d1", MARA, on("2025-03-04"), scope="cumulative")
    denial = claim("n", "d2", MARA, on("2025-03-04"), modality="denied")
    assert incidents(total, denial) == ()


def test_a_denial_stands_beside_the_claims_of_its_incident() -> None:
    told = claim("a", "d1", MARA, on("2025-03-04"))
    (incident,) = incidents(told, claim("n", "d2", MARA, on("2025-03-04"), modality="denied"))
    assert set(incident.claims) == {"a", "n"}
    assert incident.anchor == "a"


def test_a_split_holds_against_every_proposal_and_a_later_merge_wins() -> None:
    claims = [claim(name, f"d{name}", MARA, on("2025-03-04")) for name in "abcd"]
    (whole,) = incidents(*claims)
    apart = judged(split(whole, ["c", "d"]))
    parted = incidents(*claims, pairs=apart)
    assert groups(parted) == {frozenset("ab"), frozenset("cd")}
    again = judged(merge(parted[0], parted[1]), first=100)
    assert groups(incidents(*claims, pairs=apart + again)) == {frozenset("abcd")}


def test_a_merge_joins_what_no_proposal_would() -> None:
    one, two = claim("a", "d1", MARA, on("2025-03-04")), claim("b", "d2", TELL, on("2025-04-04"))
    parted = incidents(one, two)
    assert len(parted) == 2
    assert groups(incidents(one, two, pairs=judged(merge(parted[0], parted[1])))) == {frozenset("ab")}


def test_the_order_in_which_things_arrive_changes_nothing() -> None:
    claims = [
        claim(f"k{at}", f"d{at % 7}", [MARA, TELL, MILL][at % 3], on(f"2025-03-0{1 + at % 4}"), 1 + at % 6, start=at)
        for at in range(40)
    ]
    order = {one.id: at for at, one in enumerate(claims)}
    expected = cluster(claims, propose(claims), order=order)
    for seed in range(5):
        mixed = random.Random(seed).sample(claims, len(claims))
        links = propose(mixed)
        assert cluster(mixed, random.Random(seed).sample(links, len(links)), order=order) == expected


def test_an_incident_keeps_its_name_when_later_claims_join() -> None:
    one, two = claim("a", "d1", MARA, on("2025-03-04")), claim("b", "d2", MARA, on("2025-03-04"))
    assert incidents(one)[0].id == incidents(one, two)[0].id


def test_a_title_is_made_of_harm_place_and_day_unless_a_person_gave_one() -> None:
    one = claim("a", "d1", MARA, on("2025-03-04"))
    hurt = claim("b", "d1", MARA, on("2025-03-04"), harm="injured", start=9)
    assert incidents(one, hurt)[0].title == "Killed and injured, Mara, 4 March 2025"
    assert cluster([one], (), titles={"a": "The mill"})[0].title == "The mill"


def test_actors_are_those_that_claims_name() -> None:
    one = claim("a", "d1", MARA, on("2025-03-04"), actor=Named(name="the river militia"))
    two = msgspec.structs.replace(one, id="b", document="d2", actor=Named(name="the army"))
    assert incidents(one, two)[0].actors == ("the army", "the river militia")


def test_two_towns_a_few_kilometres_apart_are_two_places() -> None:
    near = Place(name="Mara Gate", lat=10.05, lon=20.02, precision="town", gazetteer="case:5")
    one = claim("a", "d1", MARA, on("2025-03-04"), 14)
    assert propose([one, claim("b", "d2", near, on("2025-03-04"), 14)]) == ()


def test_proposals_never_chain_from_town_to_town() -> None:
    near = Place(name="Mara Gate", lat=10.05, lon=20.02, precision="town", gazetteer="case:5")
    vague = Place(name="Odra Province", lat=10.2, lon=20.3, precision="province", gazetteer="case:9")
    claims = [
        claim("a", "d1", MARA, on("2025-03-04"), 14),
        claim("b", "d2", near, on("2025-03-04"), 14),
        claim("c", "d3", vague, on("2025-03-04"), 14),
    ]
    assert not any({"a", "b"} <= group for group in groups(incidents(*claims)))


def test_equal_large_counts_speak_for_one_event_and_far_ones_against() -> None:
    one = claim("a", "d1", MARA, on("2025-03-04"), 23)
    equal = propose([one, claim("b", "d2", MARA, on("2025-03-04"), 23)])[0].probability
    other = propose([one, claim("b", "d2", MARA, on("2025-03-04"), 2)])[0].probability
    assert equal > 0.9
    assert other < 0.55


def test_a_named_victim_in_both_is_the_strongest_evidence() -> None:
    words = Passage("Amal Odran", 0, 10)
    one = claim("a", "d1", None, on("2025-03-04"), 1, victim=words)
    two = claim("b", "d2", MARA, on("2025-03-04"), 1, victim=words)
    one, two = (msgspec.structs.replace(c, count=Count(low=1, high=1, quantifier="exact")) for c in (one, two))
    (link,) = propose([one, two])
    assert any("same victim is named" in reason for reason in link.reasons)
    assert link.probability > 0.55


def test_a_split_holds_when_a_claim_that_it_names_is_later_rejected() -> None:
    claims = [claim(name, f"d{name}", MARA, on("2025-03-04")) for name in "abcdef"]
    (whole,) = incidents(*claims)
    apart = judged(split(whole, ["d", "e", "f"]))
    for gone in "abcdef":
        left = [one for one in claims if one.id != gone]
        assert groups(incidents(*left, pairs=apart)) == {frozenset("abc") - {gone}, frozenset("def") - {gone}}


def test_splitting_a_large_incident_takes_few_verdicts() -> None:
    claims = [claim(f"k{at:03}", f"d{at}", MARA, on("2025-03-04")) for at in range(100)]
    whole = cluster(claims, propose(claims))[0]
    assert len(split(whole, whole.claims[:50])) < 700
