import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.mutations import mutated
from tests.ledger.samples import ADA, READER, claim, place, read, taken
from tests.needs import needs_shell
from uncounted.ledger import bundle as bundles
from uncounted.ledger import standalone
from uncounted.ledger.bundle import export_bundle, verify_bundle
from uncounted.ledger.checkpoint import Checkpoint, checkpoint_text
from uncounted.ledger.merkle import Growing, leaf_hash
from uncounted.ledger.notes import PublicKey, Signer, sign
from uncounted.ledger.objects import Objects
from uncounted.ledger.sealed import Vault, new_key
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.model.errors import Broken, NotFound, Refused, UncountedError
from uncounted.model.facts import (
    CaseOpened,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimsLocated,
    PolicyAdopted,
    Whereabouts,
)

SIGNER = Signer(name="example.org/case", seed=b"s" * 32)
SHELL = Path(__file__).with_name("verify.sh")


def make(folder: Path, entries: int = 0) -> tuple[SqliteLedger, Objects]:
    folder.mkdir(parents=True, exist_ok=True)
    ledger, objects = SqliteLedger.create(folder / "ledger.sqlite"), Objects(folder / "objects")
    ledger.append(ADA, [CaseOpened(title="Invented “case”", nonce="n", invented=True)])
    ledger.append(READER, [taken(objects), read(claim(place=place()), claim("k2", "2 were hurt", count=claim().count))])
    ledger.append(
        READER, [ClaimsLocated(capture="c1", locator="g/1", found=(Whereabouts(claim="k1", place=place(1.0)),))]
    )
    ledger.append(ADA, [ClaimAdded(claim=claim("k3")), ClaimEdited(claim="k2", edited=claim("k2"))])
    ledger.append(ADA, [PolicyAdopted(name="literal", object=objects.put(b"{}"))])
    ledger.append(ADA, [ClaimJudged(claim=f"k{n}", verdict="accepted") for n in range(entries)])
    return ledger, objects


@pytest.fixture
def case(tmp_path: Path) -> tuple[SqliteLedger, Objects]:
    return make(tmp_path / "case")


@pytest.fixture
def bundle(case: tuple[SqliteLedger, Objects], tmp_path: Path) -> Path:
    export_bundle(*case, tmp_path / "bundle", SIGNER)
    return tmp_path / "bundle"


def by_shell(folder: Path, key: PublicKey = SIGNER.public) -> bool:
    needs_shell()
    done = subprocess.run(["sh", SHELL, folder, str(key)], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode == 0


def by_standalone(folder: Path, key: PublicKey = SIGNER.public) -> bool:
    try:
        standalone.verify(folder, str(key))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False
    return True


def by_package(folder: Path, key: PublicKey = SIGNER.public) -> bool:
    try:
        verify_bundle(folder, key)
    except (Broken, UncountedError):
        return False
    return True


def test_a_bundle_has_flat_files_that_three_verifiers_find_unbroken(bundle: Path) -> None:
    names = {path.relative_to(bundle).parts[0] for path in bundle.rglob("*")}
    assert names == {"entries.jsonl", "objects", "checkpoint", "key", "manifest", "verify.py", "VERIFY.md"}
    found = verify_bundle(bundle)
    assert (found.entries, found.objects, found.passages) == (7, 2, 14)
    assert by_package(bundle)
    assert by_standalone(bundle)
    assert by_shell(bundle)


def test_the_bundles_own_verifier_runs_alone_and_says_what_it_found(bundle: Path) -> None:
    command = [sys.executable, "-I", str(bundle / "verify.py")]
    for arguments in ([], [str(SIGNER.public)]):
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, cwd="/")
        assert done.stdout == f"unbroken: 7 entries, 2 objects, 14 passages; signed by {SIGNER.public}\n"
        assert done.returncode == 0
    (bundle / "entries.jsonl").write_bytes((bundle / "entries.jsonl").read_bytes().replace(b"Ada", b"Ida", 1))
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "BROKEN: entries.jsonl was changed\n")


def test_the_standalone_verifier_is_short_and_needs_the_standard_library_alone() -> None:
    source = Path(standalone.__file__).read_text()
    assert len(source.splitlines()) < 120
    imports = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import | ast.ImportFrom)]
    names = {a.name for n in imports if isinstance(n, ast.Import) for a in n.names}
    names |= {str(n.module) for n in imports if isinstance(n, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_two_hundred_damaged_bundles_are_all_found_out(bundle: Path, tmp_path: Path) -> None:
    for seed in range(200):
        done = mutated(bundle, tmp_path / "damaged", seed)
        assert not by_package(tmp_path / "damaged"), done
        assert not by_standalone(tmp_path / "damaged"), done
        assert not by_shell(tmp_path / "damaged"), done


def test_clean_bundles_raise_no_alarm(tmp_path: Path) -> None:
    for entries in range(12):
        export_bundle(*make(tmp_path / f"{entries}", entries), tmp_path / f"{entries}b", SIGNER)
        folder = tmp_path / f"{entries}b"
        assert by_package(folder)
        assert by_standalone(folder)
        assert by_shell(folder)


def resigned(bundle: Path, signer: Signer = SIGNER) -> None:
    """Sign a bundle's files anew, as only its signer can."""
    (bundle / "manifest").unlink()
    (bundle / "manifest").write_text(sign(bundles._manifest(bundle), [signer]))


def recomputed(bundle: Path, lines: list[bytes]) -> None:
    """Write other entries with a checkpoint that fits them."""
    (bundle / "entries.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    tree = Growing()
    for line in lines:
        tree.add(leaf_hash(line))
    text = checkpoint_text(Checkpoint(origin=SIGNER.name, size=len(lines), root=tree.root()))
    (bundle / "checkpoint").write_text(sign(text, [SIGNER]))
    resigned(bundle)


def test_signing_anew_with_another_key_is_found_by_who_has_the_right_one(bundle: Path) -> None:
    forger = Signer(name=SIGNER.name, seed=b"f" * 32)
    checkpoint = (bundle / "checkpoint").read_text().partition("\n\n")[0] + "\n"
    (bundle / "checkpoint").write_text(sign(checkpoint, [forger]))
    (bundle / "key").write_text(f"{forger.public}\n")
    resigned(bundle, forger)
    assert verify_bundle(bundle).entries == 7
    assert not by_package(bundle)
    assert not by_standalone(bundle)
    assert not by_shell(bundle)


def broken(bundle: Path) -> str:
    assert not by_standalone(bundle)
    with pytest.raises(Broken) as raised:
        verify_bundle(bundle, SIGNER.public)
    return str(raised.value)


def test_even_the_signer_cannot_quote_wrongly(bundle: Path) -> None:
    lines = (bundle / "entries.jsonl").read_bytes().splitlines()
    start = claim().passage.start
    at, moved = f'"start":{start},"text":"4 p'.encode(), f'"start":{start - 1},"text":"4 p'.encode()
    recomputed(bundle, [line.replace(at, moved) for line in lines])
    assert lines != (bundle / "entries.jsonl").read_bytes().splitlines()
    assert "entry 2 (claims_read), claim k1" in broken(bundle)


def test_even_the_signer_cannot_leave_out_an_object_or_slip_one_in(bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle, tmp_path / "more")
    name = json.loads((bundle / "entries.jsonl").read_bytes().splitlines()[1])["fact"]["capture"]["object"]
    (bundle / "objects" / name).unlink()
    resigned(bundle)
    assert f"object {name}: entry 1 names it" in broken(bundle)
    digest = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    (tmp_path / "more" / "objects" / digest).write_bytes(b"a")
    resigned(tmp_path / "more")
    assert "no entry names it" in broken(tmp_path / "more")


def test_even_the_signer_cannot_renumber_or_repeat_a_key(bundle: Path, tmp_path: Path) -> None:
    shutil.copytree(bundle, tmp_path / "twice")
    lines = (bundle / "entries.jsonl").read_bytes().splitlines()
    recomputed(bundle, [lines[1], lines[0], *lines[2:]])
    assert "entry 0" in broken(bundle)
    recomputed(tmp_path / "twice", [lines[0].replace(b'{"at"', b'{"at":"x","at"', 1), *lines[1:]])
    assert "occurs twice" in broken(tmp_path / "twice")


def test_even_the_signer_cannot_give_a_judgement_another_form(tmp_path: Path) -> None:
    """Judgements are checked without the cost of JSON, in the one form that is canonical."""
    export_bundle(*make(tmp_path / "case", 3), tmp_path / "bundle", SIGNER)
    lines = (tmp_path / "bundle" / "entries.jsonl").read_bytes().splitlines()
    at = next(n for n, line in enumerate(lines) if b"claim_judged" in line)
    number = f'"number":{at}'.encode()
    for old, new in (
        (number, number[:-1] + b"0" + number[-1:]), (number, b'"number":99'), (b'"claim":"k0"', b'"claim":"\xff"'),
        (b'"fact":"claim_judged"', b'"fact":"claim_judged","fact":"x"'), (b'"claim":"k0"', b'"claim":"\x01"'),
    ):  # fmt: skip
        changed = [*lines[:at], lines[at].replace(old, new), *lines[at + 1 :]]
        assert changed != lines
        recomputed(tmp_path / "bundle", changed)
        assert broken(tmp_path / "bundle")


def test_sealed_values_are_never_in_a_bundle(case: tuple[SqliteLedger, Objects], tmp_path: Path) -> None:
    ledger, objects = case
    Vault(ledger, [new_key(tmp_path / "key")]).seal(ADA, "c1", "contact", "Invented Witness +00 000 0001")
    (name,) = ledger.boxes()
    box = ledger.box(name)
    assert box
    export_bundle(ledger, objects, tmp_path / "sealed", SIGNER)
    written = b"".join(path.read_bytes() for path in (tmp_path / "sealed").rglob("*") if path.is_file())
    assert name.encode() in written
    assert b"Invented Witness" not in written
    assert box[:60] not in written


def test_a_bundle_is_not_written_over_and_a_missing_one_not_found(
    case: tuple[SqliteLedger, Objects], tmp_path: Path
) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(Refused):
        export_bundle(*case, tmp_path / "there", SIGNER)
    with pytest.raises(NotFound):
        verify_bundle(tmp_path / "none")
