"""Bad lists at the command: a clear error that names the file, or documented behaviour. All people are invented."""

from pathlib import Path

import pytest

from tests.cli.test_match import read
from tests.conftest import Run

ONE = "id,name,sex,age\n1,Rima Fares Zahrawi,f,30\n2,Walid Tarif Qamari,m,41\n"
TWO = "id,name,sex,age\nx,Rima Fares Zahrawi,f,30\ny,Hatim Luay Sunbuli,m,7\n"


def lists(folder: Path, one: str | bytes, other: str = TWO) -> list[str]:
    (folder / "one.csv").write_bytes(one if isinstance(one, bytes) else one.encode())
    (folder / "two.csv").write_text(other, encoding="utf-8")
    return ["match", str(folder / "one.csv"), str(folder / "two.csv"), "--out", str(folder / "links.csv")]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        ("id,sex\n1,f\n", "no column 'name'"),
        ("name,sex\nRima,f\n", "no column 'id'"),
        ("id,name\n1,ريما\n".encode() + "2,وليد\n".encode("cp1256"), "mixed encodings"),
        ("id,name,name\n1,Rima,Zahrawi\n", "two columns are named 'name'"),
        ("id,name\n1,Rima\n1,Walid\n", "'1' stands on 2 rows"),
        ("id,name\n", "no rows"),
        ("", "empty"),
    ],
)
def test_a_list_that_cannot_be_matched_is_named_and_nothing_is_written(
    tmp_path: Path, run: Run, one: str | bytes, said: str
) -> None:
    told = run(*lists(tmp_path, one), status=2)
    assert said in told.stderr
    assert "one.csv" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "links.csv").exists()


def test_impossible_ages_are_said_and_their_rows_stay(tmp_path: Path, run: Run) -> None:
    told = run(*lists(tmp_path, ONE.replace(",30", ",1983").replace(",41", ",-5")))
    assert "2 impossible ages are taken as unknown" in told.stderr
    assert {(row["left_id"], row["right_id"]) for row in read(tmp_path / "links.csv")} >= {("1", "x")}


def test_a_list_is_not_matched_against_itself(tmp_path: Path, run: Run) -> None:
    command = lists(tmp_path, ONE)
    told = run("match", command[1], command[1], "--out", command[-1], status=2)
    assert "cannot be matched with itself" in told.stderr
