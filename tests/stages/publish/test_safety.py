"""Safe publication (invented people): what is withheld is in no text, and few people can never be told apart."""

import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stages.publish.invented import KILLED, TEXTS, dossier
from uncounted.model.errors import BadInput, NotFound
from uncounted.model.incidents import TollCell
from uncounted.model.quoting import misquoted
from uncounted.stages.publish.safety import Profile, Protected, load_profile, made_safe, parse_profile, profile_names
from uncounted.stages.publish.safety.holding import Holder, safe
from uncounted.stages.publish.safety.words import Cut, Names, Redacted, beyond

OPEN, CAREFUL = load_profile("open"), load_profile("careful")


def everything(value: object) -> str:
    return msgspec.json.encode(value).decode()


def test_every_profile_says_what_it_does_and_where_it_comes_from() -> None:
    for name in profile_names():
        profile = load_profile(name)
        assert profile.name == name
        assert profile.source.strip()
    with pytest.raises(NotFound):
        load_profile("none")
    with pytest.raises(BadInput, match="shade"):
        parse_profile(b'name = "x"\ntitle = ""\ndescription = ""\nsource = ""\nshade = "grey"')


def test_a_report_without_consent_is_a_figure_only_and_its_number_stays() -> None:
    found = made_safe(dossier(), OPEN, Protected(silent=frozenset({"cwire"}))).dossier
    said = everything(found)
    for words in ("villagers", "Valley Wire", "district hospital", "market</b>", "2031-05-07", TEXTS["cwire"][:30]):
        assert words not in said
    assert found.claims["kkilled"].count.low == KILLED.count.low
    assert found.toll == dossier().toll
    assert all(not list(misquoted(claim, found.texts[claim.document])) for claim in found.claims.values())


def test_the_hash_of_withheld_words_is_withheld_too() -> None:
    before = dossier().captures["cwire"]
    found = made_safe(dossier(), OPEN, Protected(silent=frozenset({"cwire"}))).dossier
    assert before.object not in everything(found)
    assert str(before.text) not in everything(found)


def test_files_names_leave_no_case() -> None:
    assert "/home/someone" not in everything(made_safe(dossier(), OPEN, Protected()).dossier)


def test_points_keep_the_decimals_of_their_precision() -> None:
    found = made_safe(dossier(), CAREFUL, Protected()).dossier
    rough = made_safe(dossier(), msgspec.structs.replace(CAREFUL, least=0), Protected()).dossier
    assert {(one.place.lat, one.place.lon) for one in rough.incidents if one.place} == {(35.4, 38.9), (35.8, 39.3)}
    assert all(one.place is None or round(one.place.lat or 0, 1) == one.place.lat for one in found.incidents)


def test_only_the_passages_are_shown_and_every_claim_is_still_its_texts_own_slice() -> None:
    profile = msgspec.structs.replace(OPEN, texts="passages")
    found = made_safe(dossier(), profile, Protected()).dossier
    assert "script" not in found.texts["cwire"]
    assert "At least 14 villagers died" in found.texts["cwire"]
    assert all(not list(misquoted(claim, found.texts[claim.document])) for claim in found.claims.values())


def test_a_name_without_consent_is_in_no_string_of_the_release() -> None:
    profile = msgspec.structs.replace(OPEN, names="consent")
    told = dossier(title="For Amal  ODRAN and others")
    found = made_safe(told, profile, Protected(names=("Amal Yusuf Odran", "Benat Sulu")))
    assert "odran" not in everything(found.dossier).casefold()


def test_the_preview_names_places_and_reasons_and_never_what_was_taken_out() -> None:
    profile = msgspec.structs.replace(OPEN, names="consent")
    found = made_safe(dossier(), profile, Protected(names=("district hospital",), silent=frozenset({"ctotal"})))
    assert {one.where.split(",")[0] for one in found.redactions} >= {"report ctotal", "captures/cwire.txt"}
    assert "hospital" not in everything(found.redactions)


def test_names_are_found_in_each_way_of_writing_them() -> None:
    names = Names(["Amal Yusuf Odran", "أمل يوسف"])
    for text in ("Amal Yusuf Odran", "AMAL ODRAN", "Amal  Yusuf", "(Ámal Odran)", "قتلت أمل يوسف أمس", "امل يوسف"):
        assert "name withheld" in names.hidden(text), text
    assert names.hidden("Amal went to Odran") == "Amal went to Odran"


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_what_is_cut_is_gone_and_the_rest_is_there_in_order(text: str, pairs: list[tuple[int, int]]) -> None:
    cuts = [Cut(min(a, b), min(max(a, b), len(text)), "#") for a, b in pairs if min(a, b) < min(max(a, b), len(text))]
    held = {at for cut in cuts for at in range(cut.start, cut.end)}
    left = "".join(letter for at, letter in enumerate(text) if at not in held)
    assert Redacted(text, cuts).text.replace("#", "") == left.replace("#", "")


def test_what_claims_quote_stays_word_for_word() -> None:
    redacted = Redacted(TEXTS["cwire"], beyond(TEXTS["cwire"], [KILLED]))
    moved = redacted.claim(KILLED)
    assert moved.passage.text == KILLED.passage.text
    assert redacted.text[moved.count.start : moved.count.end] == KILLED.count.text


def cell(low: int, high: int | None = None, **labels: str) -> TollCell:
    return TollCell(
        cell={**labels, "harm": "killed", "group": "people"}, low=low, high=low if high is None else high,
        policy="literal",
    )  # fmt: skip


def test_a_figure_that_moved_by_too_few_is_shown_as_it_was() -> None:
    first = Holder({}, 5)
    assert first.whole("", cell(20)) is not None
    again = Holder(first.shown, 5).whole("", cell(22))
    assert again is not None
    assert again.low == 20
    later = Holder(first.shown, 5).whole("", cell(25))
    assert later is not None
    assert later.low == 25


def test_what_a_breakdown_leaves_over_is_never_too_few() -> None:
    shown = Holder({}, 5).split("month", (20, 20), [cell(9, month="a"), cell(8, month="b"), cell(3, month="c")])
    assert [one.cell["month"] for one in shown] == ["a"]


def test_steps_that_tell_the_figures_behind_are_not_shown() -> None:
    shown = Holder({}, 5).whole("", msgspec.structs.replace(cell(20), why=("19 and one more",), alone=1))
    assert shown is not None
    assert "19" not in " ".join(shown.why)
    assert shown.alone is None
    assert shown.share_alone is None


def attacked(profile: Profile, seed: int, releases: int = 20) -> int:
    """How many numbers of fewer than five people an attacker works out from twenty successive releases.

    The attacker knows everything that was ever shown: each figure, what each breakdown leaves of its total, and the
    difference of each of these between any two releases.
    """
    draw = random.Random(seed)
    people: list[dict[str, str]] = []
    known: dict[str, list[tuple[int | None, int | None]]] = {}
    history: dict[str, tuple[tuple[int | None, int | None], ...]] = {}
    months, places = ("2031-04", "2031-05", "2031-06"), ("Mara", "Odra", "Sulu", "Tinn")
    for _ in range(releases):
        for _ in range(draw.choice((0, 1, 1, 2, 3, 5, 8, 13))):
            people.append({"month": draw.choice(months), "place": draw.choice(places), "group": draw.choice(
                ("children", "women", "men"))})  # fmt: skip
        if people and draw.random() < 0.3:
            people.pop(draw.randrange(len(people)))

        def count(by: str, among: list[dict[str, str]] = people) -> tuple[TollCell, ...]:
            return tuple(
                cell(sum(one[by] == value for one in among), **{by: value})  # type: ignore[arg-type]
                for value in sorted({one[by] for one in among})
            )

        groups = tuple(
            msgspec.structs.replace(one, cell={"harm": "killed", "group": one.cell["group"]})
            for value in ("children", "women", "men")
            if (number := sum(person["group"] == value for person in people))
            for one in [TollCell(cell={"harm": "killed", "group": value}, low=number, high=number, policy="literal")]
        )
        toll = {"": (cell(len(people)),), "month": count("month"), "place": count("place"), "group": groups}
        made = made_safe(dossier(toll=toll, incidents=(), origins={}), profile, Protected(), history)
        history = made.figures
        totals = {("killed", "people"): made.dossier.toll[""][0].low if made.dossier.toll[""] else None}
        for by, cells in made.dossier.toll.items():
            for one in cells:
                known.setdefault(f"{by} {one.cell}", []).append((one.low, one.high))
            whole = totals["killed", "people"]
            parts = [one.low or 0 for one in cells if one.cell["group"] != "people" or by != "group"]
            if by and cells and whole is not None:
                known.setdefault(f"rest of {by}", []).append((whole - sum(parts), None))
    found = 0
    for values in known.values():
        lows = [low for low, _ in values if low is not None]
        numbers = {abs(a - b) for a in [*lows, 0] for b in [*lows, 0]}
        found += any(0 < number < 5 for number in numbers)
    return found


def test_differences_between_twenty_releases_reveal_nobody() -> None:
    assert [attacked(CAREFUL, seed) for seed in range(30)] == [0] * 30


def test_the_attack_finds_people_where_nothing_is_held_back() -> None:
    assert all(attacked(OPEN, seed) > 0 for seed in range(5))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_no_two_shown_values_of_a_figure_differ_by_too_few(values: list[int]) -> None:
    history: dict[str, tuple[tuple[int | None, int | None], ...]] = {}
    for value in values:
        holder = Holder(history, 5)
        holder.whole("", cell(value))
        history = holder.shown
    shown = [low or 0 for held in history.values() for low, _ in held]
    assert all(a == b or abs(a - b) >= 5 for a in [*shown, 0] for b in [*shown, 0])
    assert all(safe((low, high), (), 5) for held in history.values() for low, high in held)
