"""The tutorial's commands say what the tutorial says that they say."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from uncounted.cli import uncounted

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "estimating-kosovo.md").read_text("utf-8")


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tutorial") / "kosovo.csv"
    file.write_text(re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)[0], "utf-8")
    return file


def test_every_command_of_the_page_is_one_of_ours() -> None:
    commands = re.findall(r"^\$ (.*)$", PAGE, re.MULTILINE)
    assert len(commands) == 5
    assert all(command.startswith("uncounted estimate kosovo.csv") for command in commands)


def test_the_recommended_engine_answers_what_the_page_says(counts: Path) -> None:
    said = CliRunner().invoke(uncounted, ["estimate", str(counts), "--model", "shrinkage", "--seed", "1"])
    assert said.exit_code == 0
    for number in ("11,356", "8,313", "19,385"):
        assert number in said.stdout
        assert number in PAGE


def test_graphs_and_log_linear_models_answer_what_the_page_says(counts: Path) -> None:
    graphs = CliRunner().invoke(uncounted, ["estimate", str(counts), "--model", "dga", "--seed", "1"])
    assert "12,595" in graphs.stdout
    chosen = CliRunner().invoke(uncounted, ["estimate", str(counts), "--model", "loglinear", "--seed", "1"])
    assert "10,357" in chosen.stdout
    assert "18,393" in chosen.stdout
    assert all(number in PAGE for number in ("12,595", "10,357", "18,393"))


def test_two_lists_are_refused_with_the_words_of_the_page(counts: Path) -> None:
    arguments = ["estimate", str(counts), "--lists", "EXH,HRW", "--model", "dga", "--json"]
    said = CliRunner().invoke(uncounted, arguments)
    assert said.exit_code == 3
    assert "dga needs at least 3" in said.stdout
