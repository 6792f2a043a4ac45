"""The whole road by hand: from a folder of reports to a published, verified toll."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def reviewed(case: Path, reports: Path, run: Run) -> Path:
    run("add", reports, cwd=case)
    run("read", cwd=case)
    run("review", "--accept-all", cwd=case)
    run("match", cwd=case)
    return case


def toll(case: Path, run: Run, *words: str) -> list[dict[str, object]]:
    cells: list[dict[str, object]] = json.loads(run("toll", "--json", *words, cwd=case).stdout)
    return cells


def killed(cells: list[dict[str, object]]) -> dict[str, object]:
    (cell,) = [one for one in cells if one["cell"] == {"harm": "killed", "group": "people"}]
    return cell


def test_two_outlets_that_quote_one_hospital_are_one_origin(reviewed: Path, run: Run) -> None:
    cell = killed(toll(reviewed, run))
    assert cell["origins"] == 1
    assert len(cell["incidents"]) == 1  # type: ignore[arg-type]
    assert cell["low"] is not None


def test_adding_and_reading_again_adds_nothing(reviewed: Path, reports: Path, run: Run) -> None:
    before = run("verify", cwd=reviewed).stdout
    said = run("add", reports, cwd=reviewed).stdout
    assert said.count("already here") == 3
    run("read", cwd=reviewed)
    run("match", cwd=reviewed)
    assert run("verify", cwd=reviewed).stdout == before


def test_why_leads_from_the_figure_to_the_words(reviewed: Path, run: Run) -> None:
    said = run("why", "harm=killed", cwd=reviewed).stdout
    assert "at least 14 people" in said
    assert "Valley Herald" in said
    assert "denied" in said


def test_the_toll_of_an_earlier_moment_is_the_toll_of_that_moment(reviewed: Path, reports: Path, run: Run) -> None:
    before = toll(reviewed, run)
    entries = run("verify", cwd=reviewed).stdout.split()[1]
    (reports / "later.txt").write_text(
        "---\nPublisher: Far Weekly\nPublished: 2025-03-09\n---\n"
        "Forty people were killed in Dalvík on Saturday, the mayor said.\n"
    )
    for words in (["add", reports], ["read"], ["review", "--accept-all"], ["match"]):
        run(*words, cwd=reviewed)
    assert toll(reviewed, run) != before
    assert toll(reviewed, run, "--as-of", entries) == before


def test_a_rejected_claim_leaves_the_toll_and_undo_brings_it_back(reviewed: Path, run: Run) -> None:
    before = toll(reviewed, run)
    claim = killed(before)["claims"][0]  # type: ignore[index]
    run("review", "--reject", claim, "--reason", "read twice", cwd=reviewed)
    assert toll(reviewed, run) != before
    last = int(run("verify", cwd=reviewed).stdout.split()[1]) - 1
    run("review", "--undo", last, cwd=reviewed)
    assert toll(reviewed, run) == before


def test_an_edit_opens_a_bound(reviewed: Path, run: Run) -> None:
    claims = killed(toll(reviewed, run))["claims"]
    for claim in claims:  # type: ignore[attr-defined]
        run("review", "--edit", claim, "--set", "low=20", "--set", "high=", cwd=reviewed)
    cell = killed(toll(reviewed, run))
    assert (cell["low"], cell["high"]) == (20, None)


def test_publishing_twice_gives_the_same_bytes_also_after_a_rebuild(reviewed: Path, run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("publish", tmp_path / name, cwd=reviewed)
        run("rebuild", cwd=reviewed)
    first, second = ({p.relative_to(d): p.read_bytes() for p in d.rglob("*") if p.is_file()} for d in
                     (tmp_path / "one", tmp_path / "two"))  # fmt: skip
    assert first == second
    assert len(first) > 10


@pytest.mark.parametrize("where", ["ledger", "object"])
def test_one_changed_byte_is_found_and_named(reviewed: Path, run: Run, where: str) -> None:
    if where == "object":
        file = next(path for path in sorted((reviewed / "objects").rglob("*")) if path.is_file())
        file.chmod(0o644)
        data = file.read_bytes()
        file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        named = file.parent.name + file.name
    else:
        file, named = reviewed / "ledger.sqlite", "entry"
        data = file.read_bytes()
        at = data.index(b"Valley Herald")
        file.write_bytes(data[:at] + b"Galley" + data[at + 6 :])
    done = run("verify", cwd=reviewed, status=1)
    assert named in done.stderr


def test_a_merge_and_a_split_are_a_persons_and_hold(reviewed: Path, run: Run) -> None:
    (incident,) = json.loads(run("match", "--json", cwd=reviewed).stdout)
    part = incident["claims"][0]
    run("match", "--split", part, cwd=reviewed)
    apart = json.loads(run("match", "--json", cwd=reviewed).stdout)
    assert len(apart) == 2
    run("match", "--merge", apart[0]["id"], "--merge", apart[1]["id"], "--reason", "one event", cwd=reviewed)
    assert len(json.loads(run("match", "--json", cwd=reviewed).stdout)) == 1


def test_a_newer_reading_never_touches_what_a_person_judged(reviewed: Path, run: Run) -> None:
    from uncounted.case import Case
    from uncounted.model.facts import Agent, ClaimsRead

    with Case(reviewed) as case:
        before = {one.claim.id: (one.status, one.claim) for one in case.views.claims(status="accepted")}
        for capture in case.views.captures():
            case.record(
                Agent("machine", "grammar/99"),
                ClaimsRead(capture=capture.id, text=str(capture.text), reader="grammar/99", claims=()),
            )
        after = {one.claim.id: (one.status, one.claim) for one in case.views.claims(status="accepted")}
    assert before == after


def test_a_date_that_a_person_states_dates_what_is_read_next(case: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Three people were killed in Akureyri on Tuesday, police said.\n")
    capture = run("add", tmp_path / "undated.txt", cwd=case).stdout.split()[0]
    run("describe", capture, "--published", "2025-03-05", "--reason", "seen on the page", cwd=case)
    for words in (["read"], ["review", "--accept-all"], ["match"]):
        run(*words, cwd=case)
    (incident,) = json.loads(run("match", "--json", cwd=case).stdout)
    assert incident["time"]["from"] == "2025-03-04"


def test_an_incident_is_discounted_by_two_people_or_not_at_all(reviewed: Path, run: Run, tmp_path: Path) -> None:
    (incident,) = json.loads(run("match", "--json", cwd=reviewed).stdout)
    grades = []
    for person in ("Ada Recorder", "Ben Reviewer"):
        words = ["assess", incident["id"], "happened", "refuted", "--reason", "the film is older", "--by", person]
        run(*words, cwd=reviewed)
        run("publish", tmp_path / person, cwd=reviewed)
        page = (tmp_path / person / "incidents.csv").read_text()
        grades.append("discounted" in page)
    assert grades == [False, True]
    assert (
        "happened" in run("assess", incident["id"], "happened", "maybe", "--reason", "x", cwd=reviewed, status=2).stderr
    )
