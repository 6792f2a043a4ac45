"""RFC 3161 timestamps of the ledger's root: asked for, kept and checked with openssl.

What is stamped is the root itself, which is a SHA-256 already. A reply is checked as of the time that it states, for
the authority's certificate expires within years and the record must hold for decades; that the time is not later than
the certificates' own validity is part of the check.
"""

import re
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from uncounted.model.errors import BadInput, Broken, Refused

KIND = "application/timestamp-query"
"""The media type under which a query is posted (RFC 3161, section 3.4)."""


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What a reply says: the root that it is of (hex), when (RFC 3339, UTC), the authority's policy and serial."""

    root: str
    at: str
    policy: str
    serial: str


def query(root: bytes) -> bytes:
    """A query for a timestamp of a 32-byte root, with a nonce, that asks for the authority's certificate."""
    return _openssl("ts", "-query", "-digest", root.hex(), "-sha256", "-cert")


def read_reply(reply: bytes) -> Stamp:
    """What a reply says, unchecked; ``BadInput`` if it is none or refuses."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch, "reply")
        path.write_bytes(reply)
        try:
            said = _openssl("ts", "-reply", "-in", str(path), "-text").decode(errors="replace")
        except Broken as fault:
            raise BadInput("timestamp", f"it is no RFC 3161 reply ({fault.rule})") from fault
    if not re.search(r"Status: Granted", said):
        raise BadInput("timestamp", "the authority did not grant it", "Ask again, or ask another authority")
    named = {name: found[1].strip() for name in ("Time stamp", "Policy OID", "Serial number", "Hash Algorithm")
             if (found := re.search(rf"^{name}: *(.*)$", said, re.MULTILINE))}  # fmt: skip
    dump = re.findall(r"^ {4}[0-9a-f]{4} - ((?:[0-9a-f]{2}[ -]){1,16})", said, re.MULTILINE)
    root = re.sub(r"[^0-9a-f]", "", "".join(dump))
    if named.get("Hash Algorithm") != "sha256" or len(root) != 64 or "Time stamp" not in named:
        raise BadInput("timestamp", "it is not of a SHA-256 digest", "Stamp the ledger's root")
    return Stamp(
        root=root,
        at=_time(named["Time stamp"]),
        policy=named.get("Policy OID", ""),
        serial=named.get("Serial number", ""),
    )


def check_reply(reply: bytes, root: bytes, chain: bytes) -> Stamp:
    """What a reply says, once openssl holds that it is of ``root`` and signed by who ``chain`` (PEM) vouches for.

    ``chain`` holds the authority's root certificate, any between, and perhaps revocation lists, which are then checked.
    ``Broken`` says what does not hold. The clock of this machine does not enter.
    """
    stamp = read_reply(reply)
    if stamp.root != root.hex():
        raise Broken("timestamp", "it is of another root")
    moment = int(datetime.fromisoformat(stamp.at.replace("Z", "+00:00")).timestamp())
    with tempfile.TemporaryDirectory() as scratch:
        path, authority = Path(scratch, "reply"), Path(scratch, "chain")
        path.write_bytes(reply)
        authority.write_bytes(chain)
        lists = ["-crl_check"] if b"BEGIN X509 CRL" in chain else []
        _openssl("ts", "-verify", "-digest", root.hex(), "-in", str(path), "-CAfile", str(authority),
                 "-untrusted", str(authority), "-attime", str(moment), *lists)  # fmt: skip
    return stamp


def _time(words: str) -> str:
    """``Nov 25 02:10:11.25 2026 GMT`` as RFC 3339."""
    found = re.fullmatch(r"(\w{3}) +(\d+) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT", words)
    if found is None:
        raise BadInput("timestamp", f"its time {words!r} is not understood")
    moment = datetime.strptime(f"{found[1]} {found[2]} {found[3]} {found[4]}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    return moment.isoformat().replace("+00:00", "Z")


def _openssl(*words: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 -- our own words, and no shell
            ["openssl", *words],  # noqa: S607
            capture_output=True,
            check=False,
            env={"PATH": "/usr/bin:/bin", "OPENSSL_CONF": "/dev/null"},
        )
    except FileNotFoundError:
        raise Refused("timestamp", "openssl is not installed", "Install the package 'openssl'") from None
    if done.returncode != 0:
        lines = [line for line in done.stderr.decode(errors="replace").splitlines() if "error" in line.lower()]
        said = re.sub(r"^[0-9A-F]+:", "", lines[-1])[:160] if lines else "openssl gave no reason"
        raise Broken("timestamp", f"openssl does not hold it to be right: {said}")
    return done.stdout
