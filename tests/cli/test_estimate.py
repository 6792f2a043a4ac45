"""``uncounted estimate`` as others call it."""

import json
from pathlib import Path

import pytest

from tests.estimate.published import KOSOVO, SCOTLAND, SPINA
from uncounted.cli import main
from uncounted.estimate.tables import Table


def _write(path: Path, table: Table) -> str:
    rows = [",".join(map(str, [*row, count])) for row, count in zip(table.patterns, table.counts, strict=True)]
    path.write_text("\n".join([",".join([*table.lists, "count"]), *rows]), encoding="utf-8")
    return str(path)


def _call(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["estimate", *words])
    return int(left.value.code or 0)


@pytest.mark.parametrize("model", ["loglinear", "dga", "nhoi", "chao", "chapman", "dr"])
def test_each_engine_answers_in_the_public_form(model: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _call(_write(tmp_path / "t.csv", SPINA), "--model", model, "--seed", "1", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"model", "lists", "observed", "estimate", "diagnostics", "warnings"}
    assert answer["model"] == model
    assert answer["observed"] == 626
    number = answer["estimate"]
    assert 626 < number["low"] < number["median"] < number["high"]
    assert number["level"] == 0.95


def test_an_engine_that_takes_people_to_be_alike_is_told_what_hangs_on_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Graphs fit the Scottish lists well; only an engine that lets people differ shows how far the answer moves."""
    assert _call(_write(tmp_path / "t.csv", SCOTLAND), "--model", "dga", "--json") == 0
    warnings = json.loads(capsys.readouterr().out)["warnings"]
    assert any(said.startswith("dga takes people to be alike; the answer runs from") for said in warnings)
    assert _call(_write(tmp_path / "k.csv", KOSOVO), "--model", "dga", "--json") == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == []


def test_the_same_seed_prints_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _write(tmp_path / "t.csv", KOSOVO)
    printed = []
    for _ in range(2):
        _call(file, "--model", "loglinear", "--seed", "7", "--json")
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]


def test_a_refusal_has_status_three_and_no_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a,b,c,count\n1,0,0,9\n0,1,0,8\n0,0,1,7\n", encoding="utf-8")
    for model in ("loglinear", "all"):
        assert _call(str(file), "--model", model, "--json") == 3
        answer = json.loads(capsys.readouterr().out)
        assert set(answer) == {"refused"}
        assert "nobody is on two lists" in answer["refused"]


def test_bad_input_has_status_two_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a,b,c,count\n1,0,0,9\n0,1,0,-8\n1,1,1,7\n", encoding="utf-8")
    assert _call(str(file), "--model", "dga", "--json") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "row 2" in captured.err


def test_persons_and_patterns_give_one_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counted = _write(tmp_path / "t.csv", SPINA)
    rows = [
        ",".join(map(str, [*row, "f"])) for row, n in zip(SPINA.patterns, SPINA.counts, strict=True) for _ in range(n)
    ]
    people = tmp_path / "p.csv"
    people.write_text("\n".join([",".join([*SPINA.lists, "sex"]), *rows]), encoding="utf-8-sig")
    found = []
    for file in (counted, str(people)):
        _call(file, "--model", "dga", "--json")
        found.append(json.loads(capsys.readouterr().out)["estimate"])
    assert found[0] == found[1]


def test_words_show_every_engine_and_what_to_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a;b;count\n1;0;171\n0;1;121\n1;1;29\n", encoding="utf-8")
    assert _call(str(file)) == 0
    shown = capsys.readouterr().out
    assert "chapman" in shown
    assert "lcmcr      no number" in shown
    assert "independent" in shown


def test_strata_are_summed_and_an_option_of_another_engine_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.csv"
    rows = [
        ",".join(map(str, [*row, count, where]))
        for where in ("n", "s")
        for row, count in zip(SPINA.patterns, SPINA.counts, strict=True)
    ]
    file.write_text("\n".join([",".join([*SPINA.lists, "count", "region"]), *rows]), encoding="utf-8")
    assert _call(str(file), "--model", "dga", "--by", "region", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["observed"] == 1252
    assert len(answer["diagnostics"]["strata"]) == 2
    assert _call(str(file), "--model", "chao", "--xi", "2") == 2
    assert "--xi" in capsys.readouterr().err
