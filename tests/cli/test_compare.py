"""``uncounted read --compare``: differences are shown and queued first."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.stages.read.llm.server import model, saying

SIXTEEN = {"harm": "killed", "passage": "16 people were killed", "victim": "16 people", "count": "16",
           "chain": [{"quote": "The district hospital", "kind": "medical"}]}  # fmt: skip
FIVE = {"harm": "injured", "passage": "killed at least 14 people, including five children", "victim": "five children",
        "count": "five", "group": "children"}  # fmt: skip


@pytest.fixture
def twice(case: Path, reports: Path, run: Run) -> Path:
    """A case that the grammar and a model have read; the model is right once and wrong once."""
    run("add", reports, cwd=case)
    run("read", cwd=case)
    with model(saying(SIXTEEN, FIVE)) as endpoint:
        run("read", "--reader", "llm", "--model", "m", "--endpoint", endpoint.url, cwd=case)
    return case


def test_it_shows_where_two_readers_differ_and_queues_that_first(twice: Path, run: Run) -> None:
    done = run("read", "--compare", "grammar", "llm", cwd=twice)
    assert "1 claims agree" in done.stderr
    assert "differ in harm" in done.stdout
    assert "llm:m/1: injured 5" in done.stdout
    from uncounted.case import Case

    with Case(twice) as case:
        queue = case.views.claims("proposed")
        assert [one.agreed for one in queue] == [False] * (len(queue) - 1) + [True]
        assert queue[-1].readers == ("grammar/1", "llm:m/1")
        assert queue[-1].claim.count.low == 16


def test_comparing_again_adds_nothing(twice: Path, run: Run) -> None:
    run("read", "--compare", "grammar", "llm", cwd=twice)
    before = run("verify", cwd=twice).stdout
    run("read", "--compare", "grammar", "llm", cwd=twice)
    assert run("verify", cwd=twice).stdout == before


def test_it_answers_programs_too(twice: Path, run: Run) -> None:
    found = json.loads(run("read", "--compare", "grammar", "llm", "--json", cwd=twice).stdout)
    differing = [pair for one in found for pair in one["differ"]]
    assert [pair["in"] for pair in differing] == [["harm", "part", "said by"]]


@pytest.mark.parametrize("names", [("grammar", "grammar"), ("grammar", "oracle")])
def test_it_needs_two_readings(twice: Path, run: Run, names: tuple[str, str]) -> None:
    assert run("read", "--compare", *names, cwd=twice, status=2).stderr.startswith("uncounted: read")


def test_without_a_case_it_reads_with_both(run: Run) -> None:
    text = "The district hospital said 16 people were killed."
    with model(saying({**SIXTEEN, "chain": []})) as endpoint:
        words = ("read", "--jsonl", "--compare", "grammar", "llm", "--model", "m", "--endpoint", endpoint.url)
        (line,) = run(*words, given=json.dumps({"id": "a", "text": text})).stdout.splitlines()
    assert json.loads(line)["differ"][0]["in"] == ["said by"]
