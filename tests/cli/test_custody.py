"""Keys, custody and outsiders' words, as typed in a terminal."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND, Run
from tests.ledger.authority import Authority


@pytest.fixture
def capture(case: Path, reports: Path, run: Run) -> str:
    return run("add", reports / "herald.txt", cwd=case).stdout.split()[0]


def test_the_life_of_an_exhibit_is_printed(capture: str, case: Path, run: Run, tmp_path: Path) -> None:
    run("copy", capture, tmp_path / "copy", "--as", "evidence", "--purpose", "a hearing", cwd=case)
    run(
        "handover",
        capture,
        "--to",
        "Court of Invention",
        "--means",
        "by courier",
        "--file",
        tmp_path / "copy",
        cwd=case,
    )
    said = run("custody", capture, cwd=case).stdout
    assert "evidence copy made (bit for bit), for a hearing" in said
    assert "it given to Court of Invention by courier" in said
    assert "All of it is what was recorded." in said
    assert "say who" in run("handover", capture, "--means", "by hand", cwd=case, status=2).stderr


def test_members_leave_and_the_recovery_key_is_rehearsed(capture: str, case: Path, run: Run, tmp_path: Path) -> None:
    run("key", tmp_path / "lead", "--role", "lead", cwd=case)
    assert "no recovery key" in run("members", cwd=case).stderr
    run("key", tmp_path / "recovery", "--role", "recovery", "--holder", "the safe", cwd=case)
    run("key", tmp_path / "leaver", "--holder", "Bo", cwd=case)
    run("seal", capture, "identity", "--value-file", "-", "--pseudonym", "S-1", cwd=case, given="Invented Witness\n")
    assert "Ada Recorder, the safe" in run("rekey", "--without", "Bo", "--key", tmp_path / "lead", cwd=case).stderr
    assert run("unseal", capture, "identity", "--key", tmp_path / "leaver", cwd=case, status=2).stderr
    assert "opened all 1 sealed values" in run("drill", "--key", tmp_path / "recovery", cwd=case).stdout
    shown = run("vault", "--key", tmp_path / "lead", cwd=case, given="1\nquit\n").stdout
    assert "S-1" in shown
    assert "Invented Witness" in shown
    run("backup", tmp_path / "copy", cwd=case)
    assert run("verify", tmp_path / "copy").stdout.startswith("unbroken")


def test_the_vault_locks_when_nobody_types(capture: str, case: Path, run: Run, tmp_path: Path) -> None:
    run("key", tmp_path / "lead", cwd=case)
    run("seal", capture, "identity", "--value-file", "-", cwd=case, given="Invented Witness\n")
    command = [COMMAND, "vault", "--key", str(tmp_path / "lead"), "--idle", "0.002"]
    with subprocess.Popen(command, cwd=case, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as idle:
        out = idle.stdout.read() if idle.stdout else ""
    assert idle.returncode == 0
    assert out.count("locked") == 2
    assert "Invented Witness" not in out


def test_outsiders_vouch_by_hand(capture: str, case: Path, run: Run, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "tsa")
    run("anchor", "--query", tmp_path / "q", cwd=case)
    (tmp_path / "r").write_bytes(authority.reply((tmp_path / "q").read_bytes()))
    (tmp_path / "ca.pem").write_bytes(authority.chain)
    assert "--chain" in run("anchor", "--reply", tmp_path / "r", cwd=case, status=2).stderr
    run("anchor", "--reply", tmp_path / "r", "--chain", tmp_path / "ca.pem", "--authority", "Invented", cwd=case)
    asked = run("checkpoint", "--since", 0, "--signing-key", tmp_path / "sign.key", cwd=case).stdout
    (tmp_path / "asked").write_text(asked)
    friend = run("cosign", "--signing-key", tmp_path / "friend.key").stdout.strip()
    note = run("cosign", tmp_path / "asked", "--signing-key", tmp_path / "friend.key").stdout
    (tmp_path / "note").write_text(note)
    run("anchor", "--cosigned", tmp_path / "note", "--cosigner", friend, cwd=case)
    run("anchor", "--write", tmp_path / "statement.txt", cwd=case)
    assert (tmp_path / "statement.txt").read_text().splitlines()[1] == "4"
    listed = run("anchor", cwd=case).stdout
    assert "rfc3161 by Invented" in listed
    assert "cosignature by uncounted-cosigner" in listed
    assert "2 anchors hold" in run("verify", cwd=case).stderr


def test_asking_an_authority_says_first_what_that_tells_and_waits_for_a_yes(
    case: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "ca.pem").write_text("")
    said = run(
        "anchor", "--tsa", "http://127.0.0.1:9/", "--chain", tmp_path / "ca.pem", cwd=case, status=1, given="n\n"
    )
    assert "somebody at this address keeps a record" in said.stderr
    assert "open internet" not in said.stderr


def test_what_is_recorded_is_signed_on_an_enrolled_device(
    capture: str, case: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("device", tmp_path / "device.key", cwd=case)
    monkeypatch.setenv("UNCOUNTED_DEVICE_KEY", str(tmp_path / "device.key"))
    run("describe", capture, "--publisher", "Valley Herald", "--reason", "on its masthead", cwd=case)
    (vkey,) = [line.split(": ")[1] for line in run("device", cwd=case).stdout.splitlines()]
    assert vkey in run("custody", capture, "--pseudonymous", cwd=case).stdout
    run("verify", cwd=case)
    run("device", "--retire", vkey, "--reason", "lost", cwd=case)
    assert run("device", cwd=case).stdout == ""
