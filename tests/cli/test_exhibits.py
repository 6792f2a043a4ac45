"""What leaves a case can be checked without it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.ledger.test_bundle import by_shell
from uncounted.ledger.notes import read_signing_key


@pytest.fixture
def kept(case: Path, reports: Path, run: Run) -> Path:
    run("add", reports, cwd=case)
    return case


def test_a_bundle_is_unbroken_for_this_program_for_the_verifier_inside_it_and_for_a_shell(
    kept: Path, run: Run, tmp_path: Path
) -> None:
    run("export-bundle", tmp_path / "bundle", "--signing-key", tmp_path / "sign.key", cwd=kept)
    assert run("verify", tmp_path / "bundle").stdout.startswith("unbroken: 4 entries")
    alone = [sys.executable, "-I", str(tmp_path / "bundle" / "verify.py")]
    assert subprocess.run(alone, capture_output=True, check=False).returncode == 0
    public = read_signing_key(tmp_path / "sign.key").public
    assert by_shell(tmp_path / "bundle", public)
    (tmp_path / "bundle" / "entries.jsonl").write_bytes(
        (tmp_path / "bundle" / "entries.jsonl").read_bytes().replace(b"Valley Herald", b"Galley Herald")
    )
    assert run("verify", tmp_path / "bundle", status=1).stderr
    assert subprocess.run(alone, capture_output=True, check=False).returncode != 0
    assert not by_shell(tmp_path / "bundle", public)


def test_a_signing_key_inside_the_case_is_refused(kept: Path, run: Run) -> None:
    assert "outside" in run("checkpoint", "--signing-key", "sign.key", cwd=kept, status=2).stderr


def test_a_checkpoint_and_a_proof_are_text_that_can_be_kept_elsewhere(kept: Path, run: Run, tmp_path: Path) -> None:
    note = run("checkpoint", "--signing-key", tmp_path / "sign.key", cwd=kept).stdout
    assert note.splitlines()[1] == "4"
    assert run("prove", 2, "--signing-key", tmp_path / "sign.key", cwd=kept).stdout.startswith("c2sp.org/tlog-proof@v1")


def test_a_sealed_field_opens_with_the_key_alone_and_never_after_erasure(kept: Path, run: Run, tmp_path: Path) -> None:
    capture = run("add", tmp_path / "reports" / "herald.txt", cwd=kept).stdout.split()[0]
    run("key", tmp_path / "case.key", cwd=kept)
    run("seal", capture, "identity", "--value-file", "-", cwd=kept, given="Invented Witness\n")
    assert b"Invented Witness" not in b"".join(p.read_bytes() for p in kept.rglob("*") if p.is_file())
    assert run("unseal", capture, "identity", "--key", tmp_path / "case.key", cwd=kept).stdout == "Invented Witness\n"
    run("verify", "--key", tmp_path / "case.key", cwd=kept)
    run("erase", capture, "identity", "--reason", "asked for it", cwd=kept)
    assert run("unseal", capture, "identity", "--key", tmp_path / "case.key", cwd=kept, status=2).stderr
    run("verify", cwd=kept)


def test_sealing_without_a_key_is_refused_and_says_how_to_make_one(kept: Path, run: Run, tmp_path: Path) -> None:
    capture = run("add", tmp_path / "reports" / "herald.txt", cwd=kept).stdout.split()[0]
    done = run("seal", capture, "identity", "--value-file", "-", cwd=kept, given="x\n", status=2)
    assert "key" in done.stderr


def test_a_protected_report_waits_for_a_key_and_leaves_nothing_behind(kept: Path, run: Run, tmp_path: Path) -> None:
    report = tmp_path / "protected.txt"
    report.write_text(
        "---\nPublisher: Committee\nSource-protection: sealed\nSource-name: Invented Witness\n---\n"
        "Two people were killed in Akureyri on Friday, a witness said.\n"
    )
    assert "key" in run("add", report, cwd=kept, status=2).stderr
    assert run("verify", cwd=kept).stdout.startswith("unbroken: 4 entries, 6 objects")
    run("key", tmp_path / "case.key", cwd=kept)
    run("add", report, cwd=kept)
    assert not any(b"Invented Witness" in path.read_bytes() for path in kept.rglob("*") if path.is_file())
