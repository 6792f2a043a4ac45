import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.samples import ADA, READER, claim, read
from uncounted.ledger.lines import KINDS, check_canonical, decode, encode
from uncounted.model.claims import Place
from uncounted.model.errors import BadInput, Broken
from uncounted.model.facts import AnyFact, CaseOpened, ClaimsRead, Entry, LinksProposed, ListRead
from uncounted.model.identity import canonical
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry

AT = "2026-01-02T03:04:05Z"


def entry(fact: AnyFact, number: int = 0) -> Entry:
    return Entry(number=number, at=AT, by=ADA, fact=fact)


def test_the_line_of_an_entry_is_fixed() -> None:
    assert (
        encode(entry(CaseOpened(title="Süd", nonce="n", invented=True)))
        == (
            '{"at":"2026-01-02T03:04:05Z","by":{"kind":"person","name":"Ada"},'
            '"fact":{"fact":"case_opened","invented":true,"nonce":"n","title":"Süd"},"number":0,"version":1}'
        ).encode()
    )


def test_a_claims_line_reads_back_and_encodes_to_itself() -> None:
    line = encode(Entry(number=3, at=AT, by=READER, fact=read(claim(place=Place(name="x", lat=35.0, lon=-0.5)))))
    assert b'"lat":35,' in line
    again = decode(line, 3)
    assert isinstance(again.fact, ClaimsRead)
    assert encode(again) == line


@settings(deadline=None)
@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
        st.text(max_size=3).filter(lambda t: t.isprintable() or not any("\ud800" <= c <= "\udfff" for c in t)),
        max_size=4,
    ),
    st.integers(-(2**53) + 1, 2**53 - 1),
)
def test_every_line_is_rfc_8785_and_encodes_to_itself(
    number: float, words: str, more: dict[str, str], age: int
) -> None:
    for fact in (
        LinksProposed(of="claims", matcher=words, links=(Link(left=words, right="", probability=number),)),
        ListRead(list="l", capture="c", entries=(ListEntry(list="l", id="1", name=words, age=age, more=more),)),
    ):
        line = encode(entry(fact))
        assert line == canonical(entry(fact))
        assert encode(decode(line, 0)) == line


@pytest.mark.parametrize("number", [1.0, 1e21, 1e-7, 0.00001, 123456789012345680000.0, -0.0, 5e-324, 1e16, 0.1 + 0.2])
def test_numbers_are_written_as_rfc_8785_says(number: float) -> None:
    fact = LinksProposed(of="claims", matcher="m", links=(Link(left="a", right="b", probability=number),))
    assert encode(entry(fact)) == canonical(entry(fact))


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_without_canonical_form_is_refused(number: float) -> None:
    links = (Link(left="a", right="b", probability=number),)
    with pytest.raises(BadInput):
        encode(entry(LinksProposed(of="claims", matcher="m", links=links)))
    with pytest.raises(BadInput):
        encode(entry(read(claim(place=Place(name="x", lat=number)))))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b'{"a":1,"a":1}', "the key 'a' occurs twice"),
        (b'{"a":{"b":1,"b":2}}', "the key 'b' occurs twice"),
        (b'{"b":1,"a":1}', "not in canonical form"),
        (b'{"a": 1}', "not in canonical form"),
        (b'{"a":1.0}', "not in canonical form"),
        (b'{"a":1e0}', "not in canonical form"),
        (b'{"a":-0}', "not in canonical form"),
        (b'{"a":"\\u00e9"}', "not in canonical form"),
        (b'{"a":1}\n', "not in canonical form"),
        (b'{"a":9007199254740993}', "not in canonical form"),
        (b'{"a":NaN}', "not canonical JSON"),
        (b'{"a":"\xff"}', "not canonical JSON"),
        (b"", "not canonical JSON"),
        (b"[" * 100_000, "not canonical JSON"),
    ],
)
def test_a_line_that_is_not_canonical_is_broken(line: bytes, said: str) -> None:
    with pytest.raises(Broken, match="entry 5") as raised:
        decode(line, 5)
    assert said in str(raised.value)


def test_a_line_stays_whole_when_a_later_release_adds_a_field() -> None:
    check_canonical(b'{"a":1,"unheard":{"of":[]}}', "entry 0")


def test_a_line_in_the_wrong_place_is_broken() -> None:
    with pytest.raises(Broken, match="says that it is number 4"):
        decode(encode(entry(CaseOpened(title="t", nonce="n"), 4)), 5)


def test_what_is_no_entry_is_broken_and_what_is_of_later_asks_for_an_update() -> None:
    line = encode(entry(CaseOpened(title="t", nonce="n")))
    for old, new in ((b'"title":"t"', b'"title":7'), (b'"person"', b'"ghost"'), (line, b"[]"), (line, b'{"fact":1}')):
        with pytest.raises(Broken, match="not an entry"):
            decode(line.replace(old, new), 0)
    for old, new in ((b'"case_opened"', b'"cloud_seen"'), (b'"version":1', b'"version":2')):
        with pytest.raises(BadInput, match="Update uncounted"):
            decode(line.replace(old, new), 0)


def test_the_kinds_of_facts_never_shrink() -> None:
    assert {
        "case_opened", "capture_taken", "capture_described", "field_sealed", "field_erased", "claims_read",
        "claims_located", "claim_judged", "claim_edited", "claim_added", "judgement_undone", "links_proposed",
        "pair_judged", "incident_named", "axis_judged", "list_read", "policy_adopted", "release_made",
    } <= KINDS  # fmt: skip
