"""Origins: one first-hand source counts once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from uncounted.model.claims import Claim, Count, Passage, Source
from uncounted.model.review import Pair
from uncounted.stages.assess.origins import origins

MINISTRY = Source(name="the Health Ministry", kind="official")


def claim(name: str, *chain: Source, document: str | None = None, text: str = "five died", **more: Any) -> Claim:
    return Claim(
        document=document or f"doc-{name}",
        id=name,
        harm="killed",
        passage=Passage(text, 0, len(text)),
        count=Count(low=5, high=5, quantifier="exact"),
        attribution=chain,
        **more,
    )


def groups(
    *claims: Claim, publishers: dict[str, str | None] | None = None, texts: dict[str, str] | None = None,
    pairs: tuple[Pair, ...] = (),
) -> set[frozenset[str]]:  # fmt: skip
    return {frozenset(one.claims) for one in origins(claims, texts or {}, publishers or {}, pairs)}


def test_one_spokesperson_through_many_outlets_is_one_origin() -> None:
    told = [claim(name, Source(name=f"Outlet {name}", kind="publisher"), MINISTRY) for name in "abc"]
    (origin,) = origins(told, {}, {})
    assert origin.name == "the Health Ministry"
    assert origin.reasons == ("both end at 'the Health Ministry'",)


def test_a_name_is_one_in_another_word_order_in_full_and_in_initials() -> None:
    one = claim("a", Source(name="Ministry of Health", kind="official"))
    two = claim("b", Source(name="the Odra Health Ministry", kind="official"))
    full = claim("c", Source(name="Mara Observatory for Human Rights", kind="monitor"))
    short = claim("d", Source(name="MOHR", kind="monitor"))
    assert groups(one, two, full, short) == {frozenset("ab"), frozenset("cd")}


def test_nameless_witnesses_of_two_outlets_are_two_origins_and_of_one_agency_one() -> None:
    seen = Source(name="residents", kind="witness")
    one, two = claim("a", seen), claim("b", seen)
    assert groups(one, two, publishers={"doc-a": "The Mara Post", "doc-b": "Radio Odra"}) == {
        frozenset("a"), frozenset("b"),
    }  # fmt: skip
    wire = Source(name="North Wire", kind="agency")
    assert groups(claim("a", wire, seen), claim("b", wire, seen)) == {frozenset("ab")}


def test_what_names_nobody_is_no_teller() -> None:
    publishers: dict[str, str | None] = {"doc-a": "The Mara Post", "doc-b": "The Mara Post"}
    for words in ("Multiple sources", "October 16th", "Four graphic videos", "They", "مصادر محلية"):
        one, two = claim("a", Source(name=words)), claim("b")
        assert groups(one, two, publishers=publishers) == {frozenset("ab")}, words


def test_an_arabic_name_is_one_with_and_without_the_article() -> None:
    one, two = (
        claim("a", Source(name="وزارة الصحة", kind="official")),
        claim("b", Source(name="وزارة صحة", kind="official")),
    )
    assert groups(one, two) == {frozenset("ab")}


def test_one_agency_quoting_two_sources_is_two_origins() -> None:
    wire = Source(name="North Wire", kind="agency")
    army = Source(name="the army", kind="belligerent")
    assert groups(claim("a", wire, MINISTRY), claim("b", wire, army)) == {frozenset("a"), frozenset("b")}


def test_a_document_without_teller_or_publisher_stands_for_itself() -> None:
    assert groups(claim("a"), claim("b")) == {frozenset("a"), frozenset("b")}
    assert groups(claim("a", document="d"), claim("b", document="d")) == {frozenset("ab")}


COPIED = (
    "Rescue workers pulled five bodies from the ruins of the grain store in the old quarter of Mara on Tuesday evening "
    "after a shell struck the building while families were queueing for bread outside its gate"
)


def test_copied_text_without_a_teller_is_one_origin() -> None:
    one = claim("a", text=COPIED)
    two = claim("b", text=COPIED.replace("Rescue workers", "Rescuers"))
    publishers: dict[str, str | None] = {"doc-a": "The Mara Post", "doc-b": "Radio Odra"}
    (origin,) = origins([one, two], {}, publishers)
    assert any("share" in why for why in origin.reasons)


def test_two_named_tellers_stay_two_in_copied_text() -> None:
    army = Source(name="the army", kind="belligerent")
    assert len(groups(claim("a", MINISTRY, text=COPIED), claim("b", army, text=COPIED))) == 2


def test_short_stock_phrases_are_no_copy() -> None:
    publishers: dict[str, str | None] = {"doc-a": "The Mara Post", "doc-b": "Radio Odra"}
    assert len(groups(claim("a"), claim("b"), publishers=publishers)) == 2


def test_a_person_wins_both_ways_and_the_later_verdict_over_the_earlier() -> None:
    army = Source(name="the army", kind="belligerent")
    one, two, three = claim("a", MINISTRY), claim("b", army), claim("c", MINISTRY)
    same = Pair(left="a", right="b", verdict="same", by="Ada", entry=3, reason="one press officer")
    apart = Pair(left="a", right="c", verdict="different", by="Ada", entry=4)
    assert groups(one, two, three, pairs=(same, apart)) == {frozenset("ab"), frozenset("c")}
    taken_back = Pair(left="a", right="b", verdict="different", by="Ben", entry=9)
    assert groups(one, two, three, pairs=(same, taken_back)) == {frozenset("ac"), frozenset("b")}


SOURCES = [
    MINISTRY,
    Source(name="the army", kind="belligerent"),
    Source(name="residents", kind="witness"),
    Source(name="North Wire", kind="agency"),
    Source(name="Ministry of Health", kind="official"),
    Source(name="Mara hospital", kind="medical"),
]
CHAINS = st.lists(st.sampled_from(SOURCES), max_size=3).map(tuple)
OUTLETS = st.sampled_from(["The Mara Post", "Radio Odra", "North Wire", None])


@given(st.lists(st.tuples(CHAINS, OUTLETS), min_size=1, max_size=8), st.data())
def test_a_further_claim_of_a_known_origin_never_adds_an_origin(
    told: list[tuple[tuple[Source, ...], str | None]], data: st.DataObject
) -> None:
    claims = [claim(f"k{at:02}", *chain) for at, (chain, _) in enumerate(told)]
    publishers = {f"doc-k{at:02}": outlet for at, (_, outlet) in enumerate(told)}
    before = origins(claims, {}, publishers)
    at = data.draw(st.integers(0, len(told) - 1))
    name = data.draw(st.sampled_from(["a-first", "k00x", "z-last"]))
    again = claim(name, *told[at][0], document=claims[at].document)
    after = origins([*claims, again], {}, publishers)
    assert len(after) <= len(before)
    assert {one.id for one in after} <= {one.id for one in before}


@given(st.lists(st.tuples(CHAINS, OUTLETS), max_size=8), st.randoms())
def test_the_order_of_claims_changes_nothing(told: list[tuple[tuple[Source, ...], str | None]], random: Any) -> None:
    claims = [claim(f"k{at:02}", *chain) for at, (chain, _) in enumerate(told)]
    publishers = {f"doc-k{at:02}": outlet for at, (_, outlet) in enumerate(told)}
    mixed = list(claims)
    random.shuffle(mixed)
    found = origins(mixed, {}, publishers)
    assert found == origins(claims, {}, publishers)
    assert sorted(name for one in found for name in one.claims) == sorted(one.id for one in claims)
