"""Splink with the settings of its documentation, as a linker in the form of ``uncounted match``, beside ours.

    python bench/linking_peer.py left.csv right.csv --out links.csv      Splink alone, as a linker
    python -m bench linking_peer -- SCORER DATA TASK,TASK…               both, scored in one run

The names are cut into first, middle and last word, each compared by Jaro-Winkler (``NameComparison``), with sex, age
and every shared column; blocking, random sampling and expectation maximisation as in Splink's tutorial.
"""

import csv
import subprocess
import sys
from pathlib import Path


def columns(path: Path) -> tuple[list[dict[str, str | None]], list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        words = row["name"].lower().split() or [""]
        made = {
            "unique_id": row["id"],
            "first": words[0],
            "middle": " ".join(words[1:-1]),
            "last": words[-1] if len(words) > 1 else "",
        }
        made |= {name: value for name, value in row.items() if name not in ("id", "name")}
        found.append({name: value or None for name, value in made.items()})
    return found, [name for name in rows[0] if name not in ("id", "name")]


def link(left: Path, right: Path, out: Path) -> None:
    import duckdb
    import pyarrow as pa
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    con = duckdb.connect()
    con.execute("SET threads = 2; SET memory_limit = '4GB'; SET enable_progress_bar = false")
    api = DuckDBAPI(con)
    tables, shared = [], None
    for name, path in (("left", left), ("right", right)):
        rows, more = columns(path)
        shared = more if shared is None else [column for column in shared if column in more]
        table = pa.Table.from_pylist(rows)
        if "age" in table.column_names:
            age = pa.array([int(a) if a else None for a in table.column("age").to_pylist()], pa.int32())
            table = table.set_column(table.column_names.index("age"), "age", age)
        tables.append(api.register(table, dataset_display_name=f"list_{name}", table_name=f"list_{name}"))
    comparisons = [cl.NameComparison(name) for name in ("first", "middle", "last")]
    comparisons += [
        cl.CustomComparison(
            output_column_name="age",
            comparison_levels=[
                {"sql_condition": "age_l IS NULL OR age_r IS NULL", "is_null_level": True},
                {"sql_condition": "age_l = age_r"},
                {"sql_condition": "abs(age_l - age_r) <= 1"},
                {"sql_condition": "abs(age_l - age_r) <= 5"},
                {"sql_condition": "ELSE"},
            ],
        )
        if name == "age"
        else cl.ExactMatch("sex")
        if name == "sex"
        else cl.LevenshteinAtThresholds(name, [1, 2])
        for name in shared or []
    ]
    blocks = [block_on("first", "last"), block_on("first", "middle"), block_on("middle", "last")]
    if "birth_date" in (shared or []):
        blocks += [block_on("birth_date", "first"), block_on("birth_date", "last")]
    settings = SettingsCreator(
        link_type="link_only", comparisons=comparisons, blocking_rules_to_generate_predictions=blocks
    )
    linker = Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match([block_on("first", "middle", "last")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in (block_on("first", "last"), block_on("middle", "last")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    found = linker.inference.predict(threshold_match_probability=0.01)
    con.execute(
        "COPY (SELECT replace(source_dataset_l, 'list_', '') AS left_list, unique_id_l AS left_id, "
        "replace(source_dataset_r, 'list_', '') AS right_list, unique_id_r AS right_id, "
        f"match_probability AS probability FROM {found.physical_name}) TO '{out}' (HEADER, DELIMITER ',')"
    )


def main() -> None:
    arguments = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    if len(arguments) != 3:
        print("skipped: give -- SCORER DATA TASKS (a scorer of linkers, development data, its tasks)")
        return
    scorer, data, tasks = arguments
    own = Path(sys.executable).with_name("uncounted")
    for linker in (f"{sys.executable} {Path(__file__).resolve()}", f"{own} match"):
        print(f"-- {linker.rsplit('/', 1)[-1]}", flush=True)
        subprocess.run([sys.executable, scorer, "--data", data, "--linker", linker, "--task", tasks], check=False)


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[3] == "--out":
        link(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[4]))
    else:
        raise SystemExit(__doc__)
