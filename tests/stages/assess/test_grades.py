"""Grades: four answers, each with its evidence, and the word that a named scheme makes of them."""

import pytest

from uncounted.model.claims import Claim, Count, Named, Passage, Source
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.incidents import Incident, Origin
from uncounted.stages.assess.axes import VALUES, Answer, Judgement, answers
from uncounted.stages.assess.grades import Graded, grade, load_scheme, parse_scheme, scheme_names
from uncounted.stages.assess.origins import origins

AIRWARS = load_scheme("airwars")
HOSPITAL = Source(name="Mara hospital", kind="medical")
PAPER = Source(name="The Mara Post", kind="publisher")
ARMY = Source(name="the northern army", kind="belligerent")


def claim(name: str, source: Source, actor: str | None = "the northern army", **more: object) -> Claim:
    base = Claim(
        document=f"doc-{name}",
        id=name,
        harm="killed",
        group="civilians",
        passage=Passage("five died", 0, 9),
        count=Count(low=5, high=5, quantifier="exact"),
        attribution=(source,),
        actor=Named(name=actor) if actor else None,
    )
    return type(base)(**{field: getattr(base, field) for field in base.__struct_fields__} | more)


def assessed(*claims: Claim, judgements: tuple[Judgement, ...] = ()) -> dict[str, Answer]:
    incident = Incident(id="i", anchor=claims[0].id, claims=tuple(one.id for one in claims), title="i")
    known = {one.id: one for one in claims}
    found = answers(incident, known, origins(claims, {}, {}), figure=(5, 5), judgements=judgements)
    return {one.axis: one for one in found}


def graded(*claims: Claim, judgements: tuple[Judgement, ...] = ()) -> Graded:
    return grade(tuple(assessed(*claims, judgements=judgements).values()), AIRWARS)


def test_two_independent_origins_are_fair_and_one_is_weak_however_many_outlets_carry_it() -> None:
    assert graded(claim("a", HOSPITAL), claim("b", PAPER)).grade == "fair"
    assert graded(claim("a", HOSPITAL), claim("b", HOSPITAL)).grade == "weak"


def test_responsibility_accepted_by_the_accused_confirms() -> None:
    found = graded(claim("a", HOSPITAL), claim("b", ARMY))
    assert found.grade == "confirmed"
    assert next(one for one in found.answers if one.axis == "responsible").claims == ("b",)


def test_a_belligerent_that_tells_of_another_accepts_nothing() -> None:
    found = assessed(claim("a", HOSPITAL), claim("b", ARMY, actor="the river militia"))
    assert found["responsible"].value == "competing"


def test_a_party_that_speaks_of_deaths_without_owning_the_act_accepts_nothing() -> None:
    assert assessed(claim("a", HOSPITAL), claim("b", ARMY, actor=None))["responsible"].value == "named"


def test_killing_combatants_is_no_acceptance_of_civilian_harm() -> None:
    assert assessed(claim("a", HOSPITAL), claim("b", ARMY, group="combatants"))["responsible"].value == "named"


def test_competing_claims_or_a_denial_by_the_accused_are_contested() -> None:
    assert graded(claim("a", HOSPITAL), claim("b", PAPER, actor="the river militia")).grade == "contested"
    assert graded(claim("a", HOSPITAL), claim("b", ARMY, modality="denied")).grade == "contested"


def test_a_denial_is_no_origin_of_the_claim() -> None:
    assert (
        assessed(claim("a", HOSPITAL), claim("b", PAPER, actor=None, modality="denied"))["happened"].value == "single"
    )


def test_a_discount_needs_a_reason_and_two_people() -> None:
    one = Judgement(axis="victims", value="combatants", reason="named on a military roll", by="Ada")
    two = Judgement(axis="victims", value="combatants", reason="seen in uniform", by="Ben")
    first = graded(claim("a", HOSPITAL), judgements=(one,))
    assert first.grade == "weak"
    assert first.pending == ("discounted needs 2 people to judge so; so far 1",)
    assert graded(claim("a", HOSPITAL), judgements=(one, one)).grade == "weak"
    assert graded(claim("a", HOSPITAL), judgements=(one, two)).grade == "discounted"


def test_a_person_wins_and_the_rule_is_still_told() -> None:
    judged = Judgement(axis="happened", value="corroborated", reason="video geolocated", by="Ada")
    answer = assessed(claim("a", HOSPITAL), judgements=(judged,))["happened"]
    assert (answer.value, answer.people) == ("corroborated", ("Ada",))
    assert "by rule it would be single" in answer.why


def test_every_shipped_scheme_loads_and_names_its_source() -> None:
    for name in scheme_names():
        assert load_scheme(name).source.strip()


def test_a_scheme_that_discounts_without_two_people_or_asks_the_unknown_is_refused() -> None:
    head = 'name="x"\ntitle=""\ndescription=""\nsource=""\n[[rules]]\nwords=""\n'
    with pytest.raises(BadInput, match="two people"):
        parse_scheme((head + 'grade="discounted"\nwhen={happened=["refuted"]}').encode())
    with pytest.raises(BadInput, match="never perhaps"):
        parse_scheme((head + 'grade="weak"\nwhen={happened=["perhaps"]}').encode())
    with pytest.raises(NotFound):
        load_scheme("no-such")


def test_ibc_calls_a_single_source_provisional() -> None:
    found = grade(tuple(assessed(claim("a", HOSPITAL)).values()), load_scheme("ibc"))
    assert (found.grade, found.label) == ("weak", "provisional")


def test_every_answer_is_one_of_the_words_listed() -> None:
    for answer in assessed(claim("a", HOSPITAL), claim("b", ARMY)).values():
        assert answer.value in VALUES[answer.axis]


def test_a_count_of_nobody_is_a_number_and_no_open_bound() -> None:
    told = Incident(id="i", anchor="a", claims=("a",), title="i")
    count = answers(told, {"a": claim("a", HOSPITAL)}, (), figure=(0, 0))[3]
    assert (count.value, count.why) == ("agreed", "from 0 to 0")


def test_the_origin_behind_an_answer_is_named() -> None:
    assert isinstance(origins([claim("a", HOSPITAL)], {}, {})[0], Origin)
    assert "Mara hospital" in assessed(claim("a", HOSPITAL))["happened"].why
