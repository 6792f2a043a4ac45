"""A ledger that an earlier release wrote opens in this one, yields the same roots and stands as it stood."""

import json
import shutil
from pathlib import Path

import pytest

from tests.ledger.golden.make import main
from uncounted.ledger.lines import KINDS
from uncounted.ledger.objects import Objects
from uncounted.ledger.sealed import read_keys
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.verify import verify_case
from uncounted.ledger.views import Views
from uncounted.model.facts import Agent, ClaimJudged

GOLDEN = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if (path / "expected.json").is_file())


@pytest.fixture(params=GOLDEN, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    shutil.copytree(request.param, tmp_path / "case")
    return tmp_path / "case"


def test_there_is_one_for_each_schema() -> None:
    assert [path.name for path in GOLDEN] == ["release-0.1", "release-0.2"]


def test_it_opens_verifies_and_yields_the_same_roots_and_claims(case: Path) -> None:
    ledger, expected = SqliteLedger.open(case / "ledger.sqlite"), json.loads((case / "expected.json").read_text())
    found = verify_case(ledger, Objects(case / "objects"), keys=read_keys(case / "key"))
    assert (found.entries, found.opened) == (expected["entries"], 1)
    assert [ledger.root(size).hex() for size in range(found.entries + 1)] == expected["roots"]
    stands = {c.claim.id: [c.status, c.claim.count.low, c.claim.count.high] for c in Views(None, ledger).claims()}
    assert stands == expected["claims"]


def test_it_can_be_written_on(case: Path) -> None:
    ledger = SqliteLedger.open(case / "ledger.sqlite")
    before = ledger.root()
    ledger.append(Agent("person", "Ada"), [ClaimJudged(claim="k1", verdict="rejected")])
    assert ledger.root(len(ledger) - 1) == before
    verify_case(ledger, Objects(case / "objects"))
    assert Views(None, ledger).claim("k1").status == "rejected"


def test_the_present_release_writes_every_kind_of_fact_into_its_own(tmp_path: Path) -> None:
    main(tmp_path / "made")
    ledger = SqliteLedger.open(tmp_path / "made" / "ledger.sqlite")
    assert {str(type(entry.fact).__struct_config__.tag) for entry in ledger.entries()} == KINDS
