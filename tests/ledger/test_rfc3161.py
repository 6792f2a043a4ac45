"""A timestamp by a locally run authority holds, and still holds when the authority is long gone."""

import subprocess
from pathlib import Path

import pytest

from tests.ledger.authority import Authority
from uncounted.ledger.rfc3161 import check_reply, query, read_reply
from uncounted.model.errors import BadInput, Broken

ROOT = bytes(range(32))
LATER = 25 * 365 * 86_400


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "authority", lists=True)


@pytest.fixture(scope="module")
def reply(authority: Authority) -> bytes:
    return authority.reply(query(ROOT))


def test_a_reply_says_of_what_and_when(reply: bytes) -> None:
    stamp = read_reply(reply)
    assert (stamp.root, stamp.policy) == (ROOT.hex(), "1.2.3.4.1")
    assert stamp.at.endswith("Z")


def test_it_holds_for_its_root_and_its_authority_alone(reply: bytes, authority: Authority, tmp_path: Path) -> None:
    assert check_reply(reply, ROOT, authority.chain) == read_reply(reply)
    with pytest.raises(Broken, match="another root"):
        check_reply(reply, bytes(32), authority.chain)
    with pytest.raises(Broken, match="openssl"):
        check_reply(reply, ROOT, Authority(tmp_path / "other").chain)
    damaged = bytearray(reply)
    damaged[-20] ^= 1
    with pytest.raises((Broken, BadInput)):
        check_reply(bytes(damaged), ROOT, authority.chain)


def test_twenty_five_years_later_it_holds_by_the_time_it_states_and_not_by_the_clock(
    reply: bytes, authority: Authority, tmp_path: Path
) -> None:
    """openssl alone, asked as of 25 years from now, turns it down: the certificates are long over."""
    (tmp_path / "reply").write_bytes(reply)
    (tmp_path / "chain").write_bytes(authority.chain)
    moment = int(subprocess.run(["date", "+%s"], capture_output=True, check=True).stdout) + LATER
    words = f"ts -verify -digest {ROOT.hex()} -in reply -CAfile chain -attime {moment}"
    naive = subprocess.run(["openssl", *words.split()], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert naive.returncode != 0
    assert "expired" in naive.stderr
    assert check_reply(reply, ROOT, authority.chain).root == ROOT.hex()


@pytest.mark.parametrize("junk", [b"", b"junk", bytes(500)])
def test_what_is_no_reply_is_named(junk: bytes) -> None:
    with pytest.raises(BadInput, match="no RFC 3161 reply"):
        read_reply(junk)
