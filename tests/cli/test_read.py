"""``uncounted read --jsonl``: lines in, lines out."""

import json

import pytest
from click.testing import CliRunner

from uncounted.cli.read import read


def run(*lines: str, flags: tuple[str, ...] = ("--jsonl",)) -> tuple[int, list[dict[str, object]], str]:
    result = CliRunner().invoke(read, flags, input="\n".join(lines))
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def test_a_document_yields_its_claims_as_lines() -> None:
    status, claims, _ = run(json.dumps({"id": "a1", "text": "At least 14 villagers died in the raid."}))
    assert status == 0
    assert claims[0]["document"] == "a1"
    assert claims[0]["count"] == {
        "text": "At least 14",
        "start": 0,
        "end": 11,
        "low": 14,
        "high": None,
        "quantifier": "at_least",
        "unit": "person",
    }


@pytest.mark.parametrize("bad", ["{bad", "[]", '{"id": 1, "text": "x"}', '{"text": "x"}', '"\\ud800"', "\x00"])
def test_a_malformed_line_is_named_and_the_rest_are_read(bad: str) -> None:
    status, claims, errors = run(bad, json.dumps({"id": "b", "text": "Two men were killed."}))
    assert status == 1
    assert "line 1:" in errors
    assert [claim["document"] for claim in claims] == ["b"]


def test_nothing_in_nothing_out() -> None:
    assert run("") == (0, [], "")


def test_fields_beyond_the_contract_are_passed_over() -> None:
    status, claims, _ = run(json.dumps({"id": "a", "text": "Two men died.", "more": 1, "published": "2020-01-02"}))
    assert (status, len(claims)) == (0, 1)


def test_an_explanation_is_for_people() -> None:
    result = CliRunner().invoke(read, ["--jsonl", "--explain"], input='{"id": "a", "text": "Two men died."}\n')
    assert "rule         subject" in result.stdout
