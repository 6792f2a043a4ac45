"""Somebody outside vouches for the record; the case says no more of time than that."""

import subprocess
from pathlib import Path

import msgspec
import pytest

from tests.ledger.authority import Authority
from tests.ledger.test_bundle import by_shell, by_standalone
from tests.ledger.test_opentimestamps import HEAD, part
from tests.stages.capture.make import FIXED
from tests.stages.capture.server import serving
from uncounted.case import Case, anchoring
from uncounted.case.exhibits import request_cosignature
from uncounted.ledger import cosign, rfc3161
from uncounted.ledger.bundle import export_bundle, verify_bundle
from uncounted.ledger.notes import Signer
from uncounted.ledger.opentimestamps import BITCOIN
from uncounted.ledger.verify import verify_folder
from uncounted.model.errors import Broken, NotFound
from uncounted.model.facts import Agent, ReleaseMade
from uncounted.model.identity import digest
from uncounted.stages.capture.stamp import ask_authority

ADA = Agent("person", "Ada")
FRIEND = Signer(name="example.org/friend", seed=b"f" * 32)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case.create(tmp_path / "case", "Invented", ADA, invented=True)


def grow(case: Case) -> int:
    (entry,) = case.record(ADA, ReleaseMade(name="r", policy="literal", facts=1, manifest="0" * 64))
    return entry.number


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "authority")


def test_a_timestamp_bounds_what_came_before_and_after_it(case: Case, authority: Authority) -> None:
    first = grow(case)
    reply = authority.reply(rfc3161.query(case.ledger.root()))
    grow(case)  # the reply takes its time
    anchoring.keep_timestamp(case, "Ada", reply, authority.chain, "Invented Authority")
    late = grow(case)
    ((_, fact),) = case.views.anchors()
    assert (fact.size, anchoring.check(case, fact)) == (first + 1, fact.at)
    assert anchoring.interval(case, first).before == fact.at
    assert anchoring.interval(case, first + 1) == anchoring.Interval()
    assert anchoring.interval(case, late).after == fact.at
    assert anchoring.interval(case, late).after_by == "Invented Authority"


def test_a_timestamp_of_another_ledger_is_not_kept(case: Case, authority: Authority) -> None:
    with pytest.raises(NotFound, match="never had it"):
        anchoring.keep_timestamp(case, "Ada", authority.reply(rfc3161.query(bytes(32))), authority.chain, "x")


def test_a_colleague_vouches_by_file(case: Case, tmp_path: Path) -> None:
    grow(case)
    asked = request_cosignature(case, tmp_path / "sign.key", 0)
    note = cosign.cosign(asked, FRIEND, tmp_path / "seen", at=1_780_000_000)
    anchoring.keep_cosigned(case, "Ada", note, cosign.cosigner_key(FRIEND))
    ((_, fact),) = case.views.anchors()
    assert (fact.by, fact.at, anchoring.check(case, fact)) == (FRIEND.name, "2026-05-28T20:26:40Z", fact.at)


def test_an_opentimestamps_file_ripens_with_a_block_header(case: Case) -> None:
    text = anchoring.statement(case).encode()
    proof = HEAD[:-32] + bytes.fromhex(digest(text)) + b"\x00" + BITCOIN + part(b"\xc0\x84\x3d")
    header = bytes(36) + bytes.fromhex(digest(text)) + (1_780_000_000).to_bytes(4, "little") + bytes(8)
    anchoring.keep_ots(case, "Ada", proof, {})
    anchoring.keep_ots(case, "Ada", proof, {1_000_000: header})
    facts = [fact for _, fact in case.views.anchors()]
    assert [anchoring.check(case, fact) for fact in facts] == [facts[0].at] * len(facts)
    assert facts[-1].at == "2026-05-28T20:26:40Z"


def test_anchors_go_into_the_bundle_with_what_they_are_checked_with(
    case: Case, authority: Authority, tmp_path: Path
) -> None:
    reply = authority.reply(rfc3161.query(case.ledger.root()))
    anchoring.keep_timestamp(case, "Ada", reply, authority.chain, "Invented Authority")
    export_bundle(case.ledger, case.objects, tmp_path / "bundle", FRIEND)
    assert verify_bundle(tmp_path / "bundle", FRIEND.public).objects == 2
    assert by_standalone(tmp_path / "bundle", FRIEND.public)
    assert by_shell(tmp_path / "bundle", FRIEND.public)
    assert (tmp_path / "bundle" / "objects" / digest(reply)).read_bytes() == reply
    command = (
        f"openssl ts -verify -digest {case.ledger.root(1).hex()} -in objects/{digest(reply)} "
        f"-CAfile objects/{digest(authority.chain)} -untrusted objects/{digest(authority.chain)} -attime "
        '$(date -d "$(openssl ts -reply -in objects/' + digest(reply) + " -text | sed -n 's/^Time stamp: //p')\" +%s)"
    )
    by_hand = subprocess.run(command, shell=True, cwd=tmp_path / "bundle", capture_output=True, text=True, check=False)
    assert "Verification: OK" in by_hand.stdout + by_hand.stderr
    case.close()
    assert verify_folder(tmp_path / "case").objects == 2


def test_a_kept_proof_that_was_damaged_is_found(case: Case, authority: Authority) -> None:
    reply = authority.reply(rfc3161.query(case.ledger.root()))
    anchoring.keep_timestamp(case, "Ada", reply, authority.chain, "Invented Authority")
    ((_, fact),) = case.views.anchors()
    with pytest.raises(Broken):
        anchoring.check(case, msgspec.structs.replace(fact, root="0" * 64))


def test_an_authority_is_asked_with_the_query_alone(case: Case, authority: Authority) -> None:
    query = rfc3161.query(case.ledger.root())
    options = msgspec.structs.replace(FIXED, allow_loopback=True)
    with serving({"/stamp": (200, {"Content-Type": "application/timestamp-reply"}, authority.reply(query))}) as server:
        reply = ask_authority(server.url("/stamp"), query, rfc3161.KIND, options)
        assert server.posted == query
        assert server.seen["Content-Type"] == rfc3161.KIND
        assert set(server.seen) == {"Host", "Content-Type", "Content-Length", "Connection"}
    assert rfc3161.check_reply(reply, case.ledger.root(), authority.chain)
