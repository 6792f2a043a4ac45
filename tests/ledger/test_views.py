import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.samples import ADA, READER, capture, claim, place, read
from uncounted.ledger.rules import JUDGEMENTS
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.views import Views
from uncounted.model.claims import Count, Time
from uncounted.model.errors import NotFound
from uncounted.model.evidence import Sealed
from uncounted.model.facts import (
    AnyFact,
    AxisJudged,
    CaptureDescribed,
    CaptureTaken,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimsLocated,
    FieldSealed,
    IncidentNamed,
    JudgementUndone,
    LinksProposed,
    ListRead,
    PairJudged,
    PolicyAdopted,
    ReleaseMade,
    Whereabouts,
)
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry
from uncounted.model.review import ReviewedClaim

FIVE = Count(low=5, high=5, quantifier="exact")


def accepted(name: str = "k1") -> ClaimJudged:
    return ClaimJudged(claim=name, verdict="accepted")


def rejected(name: str = "k1", reason: str = "") -> ClaimJudged:
    return ClaimJudged(claim=name, verdict="rejected", reason=reason)


def undone(entry: int) -> JudgementUndone:
    return JudgementUndone(entry=entry)


def located(name: str = "k1", lat: float = 10.5) -> ClaimsLocated:
    when = Time(from_="2026-01-01", to="2026-01-01", precision="day")
    return ClaimsLocated(
        capture="c1", locator="gazetteer/1", found=(Whereabouts(claim=name, place=place(lat), time=when),)
    )


class Case:
    """A ledger in a scratch folder and its views."""

    def __init__(self, folder: Path) -> None:
        self.ledger = SqliteLedger.create(folder / "ledger.sqlite")
        self.views = Views(folder / "views.sqlite", self.ledger)

    def tell(self, *facts: AnyFact) -> None:
        for fact in facts:
            self.ledger.append(ADA if isinstance(fact, JUDGEMENTS) else READER, [fact])
        self.views.catch_up()

    def k1(self) -> ReviewedClaim:
        return self.views.claim("k1")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def test_a_claim_as_read_is_proposed(case: Case) -> None:
    case.tell(read(claim()))
    assert case.k1() == ReviewedClaim(claim=claim(), read=claim(), status="proposed", readers=("grammar/1",))


def test_a_judgement_gives_status_person_entry_and_reason(case: Case) -> None:
    case.tell(read(claim()), rejected(reason="says nothing of the kind"))
    stands = case.k1()
    assert (stands.status, stands.by, stands.entry, stands.reason) == ("rejected", "Ada", 1, "says nothing of the kind")
    assert stands.claim == claim()


def test_the_latest_judgement_counts(case: Case) -> None:
    case.tell(read(claim()), rejected(), accepted())
    assert (case.k1().status, case.k1().entry) == ("accepted", 2)


def test_undoing_brings_back_what_was_before_and_undoing_that_the_judgement(case: Case) -> None:
    case.tell(read(claim()), accepted(), rejected(), undone(2))
    assert (case.k1().status, case.k1().entry) == ("accepted", 1)
    case.tell(undone(3))
    assert (case.k1().status, case.k1().entry) == ("rejected", 2)
    case.tell(undone(4))
    assert case.k1().status == "accepted"
    case.tell(undone(1))
    assert (case.k1().status, case.k1().entry) == ("proposed", None)


def test_undoing_what_is_no_judgement_changes_nothing(case: Case) -> None:
    case.tell(read(claim()), accepted(), undone(0), undone(9), undone(3))
    assert case.k1().status == "accepted"


def test_an_edit_keeps_the_id_and_wins_over_any_reading(case: Case) -> None:
    case.tell(read(claim()), ClaimEdited(claim="k1", edited=claim("other", count=FIVE), reason="misread"))
    case.tell(read(claim(confidence=0.9), reader="grammar/2"))
    stands = case.k1()
    assert (stands.status, stands.claim.id, stands.claim.count, stands.reason) == ("accepted", "k1", FIVE, "misread")
    assert stands.read == claim()


def test_rejecting_an_edited_claim_keeps_its_form(case: Case) -> None:
    case.tell(read(claim()), ClaimEdited(claim="k1", edited=claim(count=FIVE)), rejected())
    assert (case.k1().status, case.k1().claim.count) == ("rejected", FIVE)


def test_undoing_an_edit_shows_the_claim_as_read(case: Case) -> None:
    case.tell(read(claim()), ClaimEdited(claim="k1", edited=claim(count=FIVE)), undone(1))
    assert (case.k1().status, case.k1().claim) == ("proposed", claim())


def test_a_newer_reading_replaces_a_proposal_but_never_a_judged_claim(case: Case) -> None:
    newer = claim(confidence=0.9, reader="grammar/2")
    case.tell(read(claim(), claim("k2", "2 were hurt")), accepted())
    case.tell(read(newer, claim("k2", "2 were hurt", confidence=0.9), reader="grammar/2"))
    assert (case.k1().claim, case.k1().status) == (claim(), "accepted")
    assert case.k1().readers == ("grammar/1", "grammar/2")
    assert case.views.claim("k2").claim.confidence == 0.9
    case.tell(undone(1))
    assert case.k1().claim == newer


def test_what_a_newer_version_no_longer_reads_is_gone_unless_a_person_spoke_of_it(case: Case) -> None:
    case.tell(read(claim(), claim("k2"), claim("k3")), rejected("k2"), read(claim(), reader="grammar/2"))
    assert [c.claim.id for c in case.views.claims()] == ["k1", "k2"]
    case.tell(undone(1))
    assert case.views.claim("k2").status == "proposed"
    case.tell(read(claim("k3"), reader="model/1"))
    assert case.views.claim("k3").readers == ("grammar/1", "model/1")
    assert case.views.claim("k1").status == "proposed"


def test_a_claim_that_a_person_added_counts_as_accepted_until_taken_back(case: Case) -> None:
    case.tell(ClaimAdded(claim=claim(), reason="overlooked"))
    assert (case.k1().status, case.k1().read, case.k1().by) == ("accepted", None, "Ada")
    case.tell(undone(0))
    with pytest.raises(NotFound):
        case.k1()


def test_locating_fills_in_place_and_time(case: Case) -> None:
    case.tell(read(claim(place=place())), accepted(), located())
    assert case.k1().claim.place == place(10.5)
    assert case.k1().claim.time == Time(from_="2026-01-01", to="2026-01-01", precision="day")
    assert case.k1().read == claim(place=place())
    case.tell(located(lat=11.5))
    assert case.k1().claim.place == place(11.5)


def test_locating_never_moves_what_a_person_placed(case: Case) -> None:
    case.tell(read(claim(place=place())), located(), ClaimEdited(claim="k1", edited=claim(place=place(50.5))))
    case.tell(located(lat=11.5))
    assert case.k1().claim.place == place(50.5)


def test_locating_adds_nothing_to_what_a_person_wrote(case: Case) -> None:
    case.tell(ClaimAdded(claim=claim(place=place())), located())
    assert case.k1().claim == claim(place=place())


def test_a_place_that_a_person_took_out_stays_out(case: Case) -> None:
    case.tell(read(claim(place=place())), ClaimEdited(claim="k1", edited=claim(place=None)), located())
    assert case.k1().claim.place is None


def test_claims_come_in_the_order_they_appeared_by_status_and_capture(case: Case) -> None:
    case.tell(read(claim("k3"), claim("k1")), read(claim("k2", document="c2"), document="c2"), rejected("k1"))
    views = case.views
    assert [c.claim.id for c in views.claims()] == ["k3", "k1", "k2"]
    assert [c.claim.id for c in views.claims("proposed")] == ["k3", "k2"]
    assert [c.claim.id for c in views.claims(capture="c1")] == ["k3", "k1"]
    assert [c.claim.id for c in views.claims("rejected", "c1")] == ["k1"]
    assert views.counts() == {"proposed": 2, "accepted": 0, "rejected": 1}


def test_the_queue_gives_the_next_proposed_claim(case: Case) -> None:
    case.tell(read(claim("k3"), claim("k1"), claim("k2")), accepted("k1"))
    seen, at = [], case.views.next_claim()
    while at:
        seen.append(at.claim.id)
        at = case.views.next_claim(at.claim.id)
    assert seen == ["k3", "k2"]
    after = case.views.next_claim("k1")
    assert after is not None
    assert after.claim.id == "k2"


def test_a_capture_shows_what_people_said_of_it_later(case: Case) -> None:
    case.tell(CaptureTaken(capture=capture()), CaptureDescribed(capture="c1", publisher="Evening Wire", language="en"))
    case.tell(CaptureDescribed(capture="c1", publisher="Morning Wire"), CaptureTaken(capture=capture("c2")))
    assert [c.id for c in case.views.captures()] == ["c1", "c2"]
    assert (case.views.capture("c1").publisher, case.views.capture("c1").language) == ("Morning Wire", "en")
    case.tell(undone(2))
    assert case.views.capture("c1").publisher == "Evening Wire"
    with pytest.raises(NotFound, match="capture c9"):
        case.views.capture("c9")


def test_what_was_read_is_known_by_capture_text_and_version(case: Case) -> None:
    fact = read()
    case.tell(fact)
    assert case.views.was_read("c1", fact.text, "grammar/1")
    assert not case.views.was_read("c1", fact.text, "grammar/2")
    assert not case.views.was_read("c1", "0" * 64, "grammar/1")


def test_a_matcher_replaces_its_own_proposals_only(case: Case) -> None:
    one, two = Link(left="k1", right="k2", probability=0.5), Link(left="k1", right="k3", probability=0.25)
    for matcher, link in (("words/1", one), ("place/1", one), ("words/1", two)):
        case.tell(LinksProposed(of="claims", matcher=matcher, links=(link,)))
    assert case.views.links("claims") == {"place/1": (one,), "words/1": (two,)}
    assert case.views.links("entries") == {}


def test_the_latest_verdict_on_a_pair_counts_whichever_side_comes_first(case: Case) -> None:
    case.tell(PairJudged(of="claims", left="k2", right="k1", verdict="same"))
    case.tell(PairJudged(of="claims", left="k1", right="k2", verdict="different", reason="two streets"))
    case.tell(PairJudged(of="origins", left="k1", right="k2", verdict="same"))
    (pair,) = case.views.pairs("claims")
    assert (pair.left, pair.right, pair.verdict, pair.by, pair.entry) == ("k1", "k2", "different", "Ada", 1)
    case.tell(undone(1))
    assert [p.verdict for p in case.views.pairs("claims")] == ["same"]
    case.tell(undone(0))
    assert case.views.pairs("claims") == []
    assert [p.verdict for p in case.views.pairs("origins")] == ["same"]


def test_titles_axes_and_policy_follow_the_last_word_in_force(case: Case) -> None:
    case.tell(IncidentNamed(anchor="k1", title="The market"), IncidentNamed(anchor="k1", title="The old market"))
    first = AxisJudged(anchor="k1", axis="count", value="fair", reason="two origins")
    second = AxisJudged(anchor="k1", axis="count", value="weak", reason="one origin")
    case.tell(first, second, PolicyAdopted(name="literal", object="0" * 64))
    assert case.views.titles() == {"k1": "The old market"}
    assert [said for said, _ in case.views.axes()["k1"]] == [second]
    assert case.views.policy() == PolicyAdopted(name="literal", object="0" * 64)
    case.tell(undone(1), undone(3), undone(4))
    assert case.views.titles() == {"k1": "The market"}
    assert [said for said, _ in case.views.axes()["k1"]] == [first]
    assert case.views.policy() is None


def test_list_entries_come_in_order_and_a_reread_row_is_replaced(case: Case) -> None:
    rows = tuple(ListEntry(list="l", id=str(n), name=f"Name {n}") for n in range(3))
    newer = ListEntry(list="l", id="1", name="Name one")
    case.tell(ListRead(list="l", capture="c1", entries=rows), ListRead(list="l", capture="c1", entries=(newer,)))
    case.tell(ListRead(list="m", capture="c1", entries=(ListEntry(list="m", id="1", name="Else"),)))
    assert case.views.list_entries("l") == [rows[0], newer, rows[2]]
    assert len(case.views.list_entries()) == 4


def test_releases_and_sealed_fields_are_listed(case: Case) -> None:
    case.tell(ReleaseMade(name="r1", policy="literal", facts=0, manifest="0" * 64))
    sealed = Sealed(subject="c1", field="contact", commitment="ab", pseudonym="S-1")
    case.ledger.append(ADA, [FieldSealed(sealed=sealed)], boxes={"ab": b"x"})
    case.ledger.erase(ADA, "ab", "asked")
    case.views.catch_up()
    assert [entry.fact for entry in case.views.releases()] == [
        ReleaseMade(name="r1", policy="literal", facts=0, manifest="0" * 64)
    ]
    (field,) = case.views.sealed()
    assert (field.sealed, field.entry, field.erased) == (sealed, 1, 2)


def test_the_history_of_a_thing_has_every_entry_that_touches_it(case: Case) -> None:
    case.tell(CaptureTaken(capture=capture()), read(claim()), accepted(), accepted("k9"), undone(2), located())
    case.tell(PairJudged(of="claims", left="k1", right="k9", verdict="same"))
    assert [entry.number for entry in case.views.history("k1")] == [1, 2, 4, 5, 6]
    assert [entry.number for entry in case.views.history("c1")] == [0, 1, 5]
    assert case.views.history("nothing") == []


def test_an_earlier_moment_is_shown_as_it_was(case: Case) -> None:
    case.tell(read(claim()), accepted(), rejected())
    assert [case.views.state_at(n).counts()["accepted"] for n in range(4)] == [0, 0, 1, 0]
    assert case.views.state_at(2).claim("k1").entry == 1
    with pytest.raises(NotFound):
        case.views.state_at(4)


def test_views_of_another_ledger_are_folded_anew(case: Case, tmp_path: Path) -> None:
    case.tell(read(claim()), accepted())
    other = SqliteLedger.create(tmp_path / "other.sqlite")
    other.append(READER, [read(claim("k7"))])
    assert [c.claim.id for c in Views(tmp_path / "views.sqlite", other).claims()] == ["k7"]


def test_a_deleted_or_damaged_views_file_loses_nothing(case: Case, tmp_path: Path) -> None:
    case.tell(read(claim()), accepted())
    before = case.views.dump()
    case.views.close()
    path = tmp_path / "views.sqlite"
    path.write_bytes(b"damaged" * 1000)
    assert Views(path, case.ledger).dump() == before
    path.unlink()
    assert Views(path, case.ledger).dump() == before


def test_views_damaged_while_open_say_so_and_are_made_anew(case: Case, tmp_path: Path) -> None:
    case.tell(*(read(claim(f"k{n}")) for n in range(40)))
    before, path = case.views.dump(), tmp_path / "views.sqlite"
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    path.write_bytes(path.read_bytes()[:100] + b"damaged" * 5000)
    case.views.close()
    case.views = Views(path, case.ledger)
    case.views.rebuild()
    assert case.views.dump() == before


def test_two_that_catch_up_at_once_fold_each_entry_once(case: Case, tmp_path: Path) -> None:
    other = Views(tmp_path / "views.sqlite", case.ledger)
    case.tell(read(claim()))
    assert other.catch_up() == 0
    assert other.claim("k1") == case.k1()


NAMES = st.sampled_from(["k1", "k2", "k3"])
FACTS = st.lists(
    st.one_of(
        st.builds(lambda ns, r: read(*map(claim, ns), reader=r), st.lists(NAMES, unique=True),
                  st.sampled_from(["grammar/1", "grammar/2", "model/1"])),
        st.builds(ClaimJudged, claim=NAMES, verdict=st.sampled_from(["accepted", "rejected"])),
        st.builds(lambda n: ClaimEdited(claim=n, edited=claim(n, count=FIVE)), NAMES),
        st.builds(lambda n: ClaimAdded(claim=claim(n)), NAMES),
        st.builds(JudgementUndone, entry=st.integers(0, 12)),
        st.builds(located, NAMES, st.sampled_from([1.5, 2.5])),
        st.builds(PairJudged, of=st.just("claims"), left=NAMES, right=NAMES,
                  verdict=st.sampled_from(["same", "different", "unsure"])),
        st.builds(IncidentNamed, anchor=NAMES, title=st.sampled_from(["A", "B"])),
        st.just(CaptureTaken(capture=capture())),
        st.builds(CaptureDescribed, capture=st.just("c1"), publisher=st.sampled_from(["P", "Q", None])),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=FACTS, steps=st.lists(st.booleans(), min_size=14, max_size=14))
def test_folding_as_entries_come_equals_folding_them_all_at_once(
    facts: Sequence[AnyFact], steps: list[bool], tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = Case(tmp_path_factory.mktemp("case"))
    for fact, now in zip(facts, steps, strict=False):
        case.ledger.append(ADA, [fact])
        if now:
            case.views.catch_up()
    case.views.catch_up()
    stepwise = case.views.dump()
    assert Views(None, case.ledger).dump() == stepwise
    case.views.rebuild()
    assert case.views.dump() == stepwise
    case.views.close()
    case.ledger.close()


def test_the_accepted_claims_of_one_report_cost_no_more_in_a_larger_case(case: Case) -> None:
    def steps() -> int:
        taken: list[int] = []
        case.views._db.set_progress_handler(lambda: taken.append(1), 10)
        try:
            assert [reviewed.claim.id for reviewed in case.views.accepted_in(["c0"])] == ["k0"]
        finally:
            case.views._db.set_progress_handler(None, 0)
        return len(taken)

    def grow(numbers: range) -> None:
        for n in numbers:
            case.tell(read(claim(f"k{n}", document=f"c{n}"), document=f"c{n}"), accepted(f"k{n}"))
        case.views.catch_up()

    grow(range(2))
    small = steps()
    grow(range(2, 60))
    assert steps() <= small + 2
