"""What somebody records is signed on their device, and nobody else's entries pass for theirs."""

from pathlib import Path

import msgspec
import pytest

from uncounted.case import Case, devices
from uncounted.ledger.lines import encode
from uncounted.ledger.notes import Signer
from uncounted.ledger.verify import verify_case
from uncounted.model.errors import Broken, NotFound, Refused
from uncounted.model.facts import Agent, EntriesSigned, ReleaseMade

ADA = Agent("person", "Ada")
RELEASE = ReleaseMade(name="r", policy="literal", facts=1, manifest="0" * 64)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case", "Invented", ADA, invented=True)


def signatures(case: Case) -> list[EntriesSigned]:
    return [entry.fact for entry in case.ledger.entries() if isinstance(entry.fact, EntriesSigned)]


def test_an_enrolled_device_signs_what_a_person_records_and_not_what_a_machine_does(case: Case, tmp_path: Path) -> None:
    key = devices.enrol(case, "Ada", tmp_path / "device.key")
    case.record(ADA, RELEASE, RELEASE)
    case.record(Agent("machine", "grammar/1"), RELEASE)
    assert [(one.first, one.last, one.key) for one in signatures(case)] == [(1, 1, key), (3, 4, key)]
    verify_case(case.ledger, case.objects)


def test_a_forged_signature_is_found(case: Case, tmp_path: Path) -> None:
    devices.enrol(case, "Ada", tmp_path / "device.key")
    (real,) = signatures(case)
    case.ledger.append(ADA, [msgspec.structs.replace(real, first=0)])
    with pytest.raises(Broken, match="what it signs is not what entries 0 to 1 are"):
        verify_case(case.ledger, case.objects)


def test_another_key_in_its_place_is_found(case: Case, tmp_path: Path) -> None:
    devices.enrol(case, "Ada", tmp_path / "device.key")
    (real,) = signatures(case)
    other = Signer(name="uncounted-device/x", seed=b"x" * 32)
    case.ledger.append(ADA, [msgspec.structs.replace(real, key=str(other.public))])
    with pytest.raises(Broken, match="nobody known"):
        verify_case(case.ledger, case.objects)


def test_a_device_that_is_retired_signs_no_more(case: Case, tmp_path: Path) -> None:
    key = devices.enrol(case, "Ada", tmp_path / "device.key")
    devices.retire(case, "Ada", key, "lost")
    with Case(case.folder) as again:
        devices.use(again, tmp_path / "device.key")
        assert again.device is None
    with pytest.raises(NotFound):
        devices.retire(case, "Ada", key, "again")


def test_a_device_key_lies_outside_the_case_and_is_enrolled_once(case: Case, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="outside"):
        devices.enrol(case, "Ada", case.folder / "device.key")
    devices.enrol(case, "Ada", tmp_path / "device.key")
    with pytest.raises(Refused, match="already"):
        devices.enrol(case, "Ada", tmp_path / "device.key")
    assert all(b"PRIVATE" not in encode(entry) for entry in case.ledger.entries())
