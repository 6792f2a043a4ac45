"""Rules kept as data files: named, read into structs, refused with the thing and the next step."""

from pathlib import Path

import msgspec
import pytest

from uncounted.model.errors import BadInput, NotFound
from uncounted.text import rulebook


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    least: int


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plain.toml").write_text("least = 5\n")
    (tmp_path / "careful.toml").write_text("least = 10\n")
    (tmp_path / "README.md").write_text("no rules\n")
    return tmp_path


def test_rules_are_named_by_their_files(folder: Path) -> None:
    assert rulebook.names(folder) == ("careful", "plain")
    assert rulebook.parsed(rulebook.shipped(folder, "profile", "plain"), Rule, "profile", "plain", "") == Rule(5)


def test_an_unknown_name_tells_the_known_ones(folder: Path) -> None:
    with pytest.raises(NotFound, match=r"no profile of that name is known\. Known: careful, plain"):
        rulebook.shipped(folder, "profile", "../plain")


@pytest.mark.parametrize("data", [b"least = 'many'", b"least = 5\nmost = 6", b"least", b"\xff"])
def test_rules_that_cannot_be_read_name_the_thing_and_where_to_look(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"profile 'own': .*See the methods"):
        rulebook.parsed(data, Rule, "profile", "own", "See the methods")


@pytest.mark.parametrize("name", ["../secret", "x" * 300, "sub/secret", "", ".", "none"])
def test_a_name_that_leads_elsewhere_names_no_rules(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "policies"
    (folder / "sub").mkdir(parents=True)
    for path in (tmp_path / "secret.toml", folder / "sub" / "secret.toml", folder / "ours.toml"):
        path.write_text("x = 1")
    assert rulebook.own(folder, "ours") == folder / "ours.toml"
    assert rulebook.own(folder, name) is None
    assert rulebook.own(folder, str(tmp_path / "secret")) is None
