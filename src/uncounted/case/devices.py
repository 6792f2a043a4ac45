"""Devices: keys that sign on a person's own machine what that person records."""

from pathlib import Path

from uncounted.case.case import Case
from uncounted.case.exhibits import outside
from uncounted.case.reviewing import record
from uncounted.ledger.notes import new_signing_key, read_signing_key
from uncounted.model.errors import NotFound, Refused
from uncounted.model.facts import DeviceEnrolled, DeviceRetired, Entry


def enrol(case: Case, by: str, path: Path) -> str:
    """Enrol the device key in a file outside the case, made when it is not there; returns its public half."""
    outside(case, path, "device key")
    if not path.exists():
        new_signing_key(path, f"uncounted-device/{case.opened.nonce[:8]}")
    signer = read_signing_key(path)
    key = str(signer.public)
    if key in case.views.devices():
        raise Refused(f"device key {path}", f"it is enrolled already, for {case.views.devices()[key].person}")
    case.device = signer
    record(case, by, DeviceEnrolled(person=by, key=key))
    return key


def retire(case: Case, by: str, key: str, reason: str) -> Entry:
    """Say that a device's key signs no more: it was lost, or its owner left."""
    if key not in case.views.devices():
        raise NotFound(f"device key {key[:60]}", "the case knows no such device", "'uncounted device' lists them")
    return record(case, by, DeviceRetired(key=key, reason=reason))[0]


def use(case: Case, path: Path) -> None:
    """Sign with this device from now on, if it is enrolled in this case."""
    signer = read_signing_key(path)
    if str(signer.public) in case.views.devices():
        case.device = signer
