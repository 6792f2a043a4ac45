import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.stages.match.persons.invented import families, listed
from uncounted.cli.match import match
from uncounted.model.errors import BadInput, NotEnough, NotFound
from uncounted.stages.match.persons.lists import VictimList


def written(folder: Path, one: VictimList) -> str:
    path = folder / f"{one.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "sex", "age"])
        writer.writerows(zip(one.ids, one.names, one.sex, one.age, strict=True))
    return str(path)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_three_lists_give_links_clusters_and_an_explanation(tmp_path: Path) -> None:
    people = families(60, seed=5)
    files = [
        written(tmp_path, listed(name, people[start : start + 100])) for name, start in [("a", 0), ("b", 20), ("c", 40)]
    ]
    out, clusters = tmp_path / "links.csv", tmp_path / "clusters.csv"
    arguments = [*files, "--out", str(out), "--clusters", str(clusters), "--explain", "a50", "b:b30"]
    found = CliRunner().invoke(match, arguments, catch_exceptions=False)
    assert found.exit_code == 0
    links = read(out)
    assert set(links[0]) == {"left_list", "left_id", "right_list", "right_id", "probability"}
    assert {(row["left_list"], row["right_list"]) for row in links} == {("a", "b"), ("a", "c"), ("b", "c")}
    together: dict[str, set[str]] = {}
    for row in read(clusters):
        together.setdefault(row["cluster"], set()).add(row["list"] + ":" + row["id"])
    assert {"a:a50", "b:b30", "c:c10"} in together.values()
    assert "probability that they are one person" in found.stdout
    assert "ages differ by +0 years" in found.stdout


def test_without_lists_or_a_wish_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no case here"):
        CliRunner().invoke(match, ["--case", str(tmp_path)], catch_exceptions=False)
    with pytest.raises(BadInput, match="nothing to do"):
        CliRunner().invoke(match, ["a.csv", "b.csv"], catch_exceptions=False)


def test_an_unknown_entry_cannot_be_explained(tmp_path: Path) -> None:
    people = families(5, seed=6)
    files = [written(tmp_path, listed(name, people)) for name in "ab"]
    with pytest.raises(NotFound, match="nobody"):
        CliRunner().invoke(match, [*files, "--explain", "nobody", "b1"], catch_exceptions=False)


def test_an_audit_of_files_gives_draws_and_their_tables(tmp_path: Path) -> None:
    people = families(80, seed=51)
    files = [written(tmp_path, listed(name, people[start : start + 150])) for name, start in [("a", 0), ("b", 60)]]
    sheet, tables = tmp_path / "sheet.csv", tmp_path / "tables.csv"

    def run(*words: object) -> None:
        CliRunner().invoke(match, [*files, *map(str, words)], catch_exceptions=False, standalone_mode=False)

    run("--audit", 90, "--sheet", sheet)
    with pytest.raises(NotEnough, match="no sheet given has an audit"):
        run("--draws", 4, "--tables", tables)
    rows = read(sheet)
    assert len(rows) == 90
    assert "probability" not in rows[0]
    for person in ("ada", "ben"):
        with (tmp_path / f"{person}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            for row in rows:
                number = int(row["entry"].removeprefix("a:a"))
                writer.writerow(row | {"mate": f"b:b{number - 60}" if number >= 60 else "none"})
    answers = [word for person in ("ada", "ben") for word in ("--answers", tmp_path / f"{person}.csv")]
    run("--draws", 4, *answers, "--tables", tables, "--out", tmp_path / "draws.csv")
    both = [int(row["count"]) for row in read(tables) if (row["a"], row["b"]) == ("1", "1")]
    assert len(both) == 4
    assert all(abs(count - 90) <= 8 for count in both), both
    assert {row["draw"] for row in read(tmp_path / "draws.csv")} == {"1", "2", "3", "4"}
