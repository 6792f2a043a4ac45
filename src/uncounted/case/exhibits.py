"""What leaves the case as proof: signed checkpoints, bundles, the proof of one entry."""

from pathlib import Path

from uncounted.case.case import Case
from uncounted.ledger.bundle import export_bundle
from uncounted.ledger.checkpoint import Checkpoints
from uncounted.ledger.cosign import write_request
from uncounted.ledger.notes import Signer, new_signing_key, read_signing_key
from uncounted.ledger.proof import prove
from uncounted.ledger.verify import Progress, Verified
from uncounted.model.errors import Refused

CHECKPOINTS = "checkpoints"


def signer(case: Case, path: Path) -> Signer:
    """The signing key in a file, which is made when it is not there; one inside the case is refused.

    The key's name carries the case's nonce, so that checkpoints of two cases are never taken for one another.
    """
    outside(case, path, "signing key")
    if not path.exists():
        new_signing_key(path, f"uncounted/{case.opened.nonce[:16]}")
    return read_signing_key(path)


def outside(case: Case, path: Path, what: str) -> None:
    """Raise :class:`Refused` for a key file inside the case."""
    if path.resolve().is_relative_to(case.folder.resolve()):
        raise Refused(f"{what} {path}", "whoever has the case would have its key", "Keep it outside the case")


def sign_checkpoint(case: Case, key: Path) -> str:
    """Sign the ledger's present size and root; the note is kept in the case and returned."""
    return Checkpoints(case.folder / CHECKPOINTS).sign(case.ledger, signer(case, key))


def request_cosignature(case: Case, key: Path, since: int) -> str:
    """A checkpoint signed now, with the proof that it continues the one of size ``since``: what a cosigner needs."""
    note = sign_checkpoint(case, key)
    return write_request(since, case.ledger.consistency(since), note)


def bundle(case: Case, target: Path, key: Path, progress: Progress | None = None) -> Verified:
    """Export the case as a bundle of flat files."""
    return export_bundle(case.ledger, case.objects, target, signer(case, key), progress=progress)


def proof(case: Case, entry: int, key: Path) -> str:
    """The proof of one entry against a checkpoint signed now."""
    signing = signer(case, key)
    note = Checkpoints(case.folder / CHECKPOINTS).sign(case.ledger, signing)
    return prove(case.ledger, entry, note, [signing.public])
