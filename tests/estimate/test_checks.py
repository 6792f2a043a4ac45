"""What a table can carry, and when no number is given."""

import pytest

from tests.estimate.published import GAZA, KOREA, KOSOVO, SPINA, UK, WESTERN, of
from uncounted.estimate import NAMES, run
from uncounted.estimate.checks import carry, picture
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough, NotFound


@pytest.mark.parametrize("table", [KOSOVO, UK, SPINA, WESTERN, KOREA, GAZA])
def test_no_published_table_is_refused_out_of_hand(table: Table) -> None:
    assert carry(table, 3, "any")[0] is table


@pytest.mark.parametrize("model", NAMES)
@pytest.mark.parametrize(
    ("table", "said"),
    [
        (of("a", "1:9"), "one list says nothing"),
        (of("a b c", "100:9 010:8 001:7"), "nobody is on two lists"),
        (of("a b c", "100:50 010:40 110:20 001:30 111:9 101:20").keep(["a", "b"]).keep(["a"]), "one list"),
        (of("a b c", "110:30 111:9 001:40"), "'a' and 'b': hold exactly the same people"),
        (of("a b c", "100:900 110:30 001:400 101:50 111:6"), "'b': lies wholly within 'a'"),
    ],
)
def test_each_engine_refuses_with_the_reason(model: str, table: Table, said: str) -> None:
    with pytest.raises(NotEnough, match=said):
        run(model, table)


@pytest.mark.parametrize("model", ["loglinear", "dga", "lcmcr", "nhoi"])
def test_two_lists_carry_no_model_of_several(model: str) -> None:
    with pytest.raises(NotEnough, match="needs at least 3"):
        run(model, of("a b", "10:50 01:40 11:20"))


def test_an_empty_list_is_left_out_by_name() -> None:
    table, warnings = carry(of("a b c", "100:50 010:40 110:20"), 2, "chapman")
    assert table.lists == ("a", "b")
    assert "'c' holds nobody" in warnings[0]


def test_thin_pairs_and_lone_lists_are_named() -> None:
    _, warnings = carry(of("a b c", "100:50 010:40 110:3 001:30"), 3, "any")
    assert any("a & b (3)" in said for said in warnings)
    assert any("'c' shares nobody" in said for said in warnings)


def test_the_picture_says_what_overlaps() -> None:
    shown = picture(UK)
    assert shown["overlaps"]["LA & GP"] == 0
    assert shown["thin_pairs"] == ["LA & GP", "NG & GP"]
    assert shown["empty_patterns"] == 31 - 18
    assert shown["on_one_list_only"] == pytest.approx(2523 / 2744)


def test_forty_lists_are_refused_where_a_method_cannot_hold_them() -> None:
    one = "1" + "0" * 39
    words = [f"{one[-i:] + one[:-i]}:5" for i in range(40)] + ["1" * 40 + ":3"]
    table = of(" ".join(f"l{i}" for i in range(40)), " ".join(words))
    for model in ("dga", "nhoi", "loglinear"):
        with pytest.raises(NotEnough, match="40 lists"):
            run(model, table)
    assert run("chao", table).median > table.observed


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(NotFound, match="'magic'"):
        run("magic", SPINA)


def test_a_billion_people_are_estimated_or_refused_by_name() -> None:
    table = of("a b c", "100:400000000 010:300000000 001:200000000 110:50000000 101:40000000 011:9000000 111:1000000")
    for model in ("loglinear", "dga", "nhoi", "chao", "chapman", "dr"):
        found = run(model, table)
        assert 10**9 < found.low < found.median < found.high < 10**10
    with pytest.raises(NotEnough, match="1,000,000,000 people"):
        run("lcmcr", table)
