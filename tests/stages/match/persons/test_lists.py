from pathlib import Path

import pytest

from uncounted.model.errors import BadInput
from uncounted.stages.match.persons.lists import read_list, read_lists

GOOD = "id,name,sex,age,place\n1,Rima Zahrawi,f,30,North\n2,Walid Qamari,male,,\n"


def written(folder: Path, text: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_list_keeps_its_names_and_further_columns(tmp_path: Path) -> None:
    found = read_list(written(tmp_path, "\ufeff" + GOOD))
    assert (found.name, found.ids, found.sex, found.age) == ("a", ("1", "2"), ("f", "m"), (30, None))
    assert found.columns == {"place": ("North", "")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,sex\n1,m\n", "no column 'name'"),
        ("name\nRima\n", "no column 'id'"),
        ("id,name,name\n1,a,b\n", "two columns are named 'name'"),
        ("id,name\n1,Rima\n1,Walid\n", "'1' stands on 2 rows"),
        ("id,name\n,Rima\n", "no id"),
        ("id,name\n", "no rows"),
        ("", "empty"),
        ("id,name\n1,Rima,x\n", "line 2: it has 3 fields"),
        ("id,name\n1,ريما\n".encode() + "2,ريما\n".encode("cp1256"), "line 3: byte 21 is not UTF-8 (mixed encodings)"),
        ("id,name\n1,ريما\n".encode("cp1256"), "(not UTF-8)"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(BadInput) as fault:
        read_list(written(tmp_path, text))
    assert said in str(fault.value)
    assert fault.value.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_list(tmp_path / "none.csv")


def test_impossible_ages_are_unknown_and_said(tmp_path: Path) -> None:
    found = read_list(written(tmp_path, "id,name,age\n1,a,-1\n2,b,500\n3,c,3.5\n4,d,old\n5,e,0\n"))
    assert found.age == (None, None, 3, None, 0)
    assert "2 impossible ages" in found.warnings[0]


def test_a_list_is_not_matched_with_itself(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    with pytest.raises(BadInput, match="with itself"):
        read_lists([path, tmp_path / "." / "a.csv"])


def test_two_files_of_one_stem_cannot_be_told_apart(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(BadInput, match="two lists have this name"):
        read_lists([written(tmp_path, GOOD), written(tmp_path / "b", GOOD)])


def test_one_list_is_not_enough(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="two lists or more"):
        read_lists([written(tmp_path, GOOD)])
