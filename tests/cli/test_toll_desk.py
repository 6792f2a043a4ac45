"""Lists, rules, corrections, differences and safe releases from the command line, on one invented case."""

import json
from pathlib import Path

from tests.conftest import Run


def test_lists_rules_corrections_and_differences(case: Path, reports: Path, run: Run, tmp_path: Path) -> None:
    for words in (["add", reports], ["read"], ["review", "--accept-all"], ["match"]):
        run(*words, cwd=case)
    _lists(case, run, tmp_path)
    entries = int(run("verify", cwd=case).stdout.split()[1])

    assert "recorded" in run("policy", "adopt", "airwars", "--reason", "our readers know it", cwd=case).stderr
    assert run("policy", "show", cwd=case).stdout.startswith("airwars")
    (cell,) = [
        one
        for one in json.loads(run("toll", "--json", cwd=case).stdout)
        if one["cell"] == {"harm": "killed", "group": "civilians"}
    ]
    assert cell["policy"] == "airwars"
    assert "“" in run("origins", cell["claims"][0], cwd=case).stdout

    form = tmp_path / "form.toml"
    blank = run("correction", "form", cwd=case).stdout
    filled = blank.replace('about = ""', f'about = "{cell["claims"][0]}"').replace('reason = ""', 'reason = "typo"')
    form.write_text(filled.replace('said = """\n"""', 'said = "it is sixteen"'))
    asked = run("correction", "add", form, cwd=case).stdout.partition(":")[0]
    assert "waits" in run("correction", "list", cwd=case).stdout
    decided = ["correction", "decide", asked, "accepted", "--note", "The figure was misread."]
    run(*decided, "--reject", cell["claims"][0], cwd=case)
    assert "The figure was misread." in run("correction", "list", cwd=case).stdout

    said = run("diff", entries, "2099-01-01", cwd=case).stdout
    assert "rule: " in said
    assert f"correction {asked}: The figure was misread." in said
    assert "is no release" in run("diff", "never", "2099-01-01", cwd=case, status=2).stderr

    preview = run("publish", "--preview", "--profile", "careful", tmp_path / "site", cwd=case).stdout
    assert "would be taken out" in preview
    assert not (tmp_path / "site").exists()


def _lists(case: Path, run: Run, tmp_path: Path) -> None:
    for day, rows in (("2025-03-01", "1,Amal Odran\n2,Benat Sulu\n"), ("2025-04-01", "1,Amal Odran\n3,Cora Tinn\n")):
        (tmp_path / "list.csv").write_text("id,name\n" + rows)
        run("list", "add", tmp_path / "list.csv", "--name", "ministry", "--version", day, cwd=case)
    assert run("list", "show", cwd=case).stdout.count("ministry") == 2
    said = run("list", "compare", "ministry", cwd=case).stdout
    assert said.splitlines()[-1] == "1 entries are the same; 1 added, 1 removed"
