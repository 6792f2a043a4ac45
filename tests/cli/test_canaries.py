"""Fifty invented names and telephone numbers of sources go through a whole workflow; without the key none is found.

Searched are the case (database, write-ahead log and freed pages included), the site, the bundle, the backup, the
custody report, all that the commands said, and every byte that they wrote to any file, even one that is deleted since.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.search import compressed, files, forms, holding
from tests.conftest import COMMAND
from tests.ledger.test_bundle import by_shell
from uncounted.ledger.notes import read_signing_key

FIRST = ["Ilva", "Torvin", "Маруся", "سلوى", "Oddný", "Bram", "Ysolde", "Кастусь", "ميسون", "Þorvar"]
LAST = ["Quillfeather", "Vandermoor", "Зимогор", "الأزهري-القطان", "Skarphéðinsson"]
NAMES = [f"{first} {last}" for last in LAST for first in FIRST][:25]
PHONES = [f"+00 55{n:02} {7_310_000 + 917 * n}" for n in range(25)]
CANARIES = [*NAMES, *PHONES]
IN_REPORTS, BY_HAND = 10, 15
"""How many of each are in the front matter of reports, and how many are sealed by hand."""

REPORT = """---
Publisher: Committee {n}
Published: 2025-03-0{day}
Language: en
Source-protection: sealed
Source-name: {name}
Source-phone: {phone}
Source-pseudonym: S-{n}
---
Shelling killed {count} people in the invented place of Northfell on Tuesday, a witness said. A house was destroyed.
"""

SEALING = """
import sys
from pathlib import Path
from uncounted.case import Case, sealing
from uncounted.model.facts import Agent
with Case(Path(sys.argv[1])) as case:
    captures = [capture.id for capture in case.views.captures()]
    for at, line in enumerate(sys.stdin.read().splitlines()):
        field, value = line.split(" ", 1)
        subject = captures[at % len(captures)] if at % 3 else f"source-{at}"
        sealing.seal(case, Agent("person", "Ada"), subject, field, value, pseudonym=f"H-{at}")
"""
ERASING = """
import sys
from pathlib import Path
from uncounted.case import Case
from uncounted.model.facts import Agent
with Case(Path(sys.argv[1])) as case:
    for name in case.ledger.boxes()[::2]:
        case.ledger.erase(Agent("person", "Ada"), name, "asked to be forgotten")
"""
TRACE = ["strace", "-f", "-y", "-qq", "-xx", "-s", "10000000", "-e", "trace=write,pwrite64,writev,pwritev"]
TO_A_FILE = re.compile(r"\(\d+<\\x2f(?!\\x64\\x65\\x76\\x2f)[^>]*>(?:\(deleted\))?, (.*)\) += ")  # not /dev/


class Workflow:
    """Runs commands in a world of their own; keeps all that they say and write."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said, self.traces = folder, list[bytes](), list[Path]()
        (folder / "tmp").mkdir()
        self.environment = {**os.environ, "UNCOUNTED_NAME": "Ada", "TMPDIR": str(folder / "tmp"),
                            "HOME": str(folder / "tmp")}  # fmt: skip

    def run(self, *words: object, given: str = "", traced: bool = False) -> None:
        command = [str(word) for word in words]
        if traced and shutil.which("strace"):
            self.traces.append(self.folder / f"trace-{len(self.traces)}")
            command = [*TRACE, "-o", str(self.traces[-1]), *command]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, input=given.encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        self.said.append(done.stdout + done.stderr)

    def uncounted(self, *words: object, given: str = "", traced: bool = False) -> None:
        self.run(COMMAND, *words, given=given, traced=traced)

    def written(self) -> list[bytes]:
        """Every byte that traced commands wrote to files, those gone since included."""
        found = []
        for trace in self.traces:
            lines = (TO_A_FILE.search(line) for line in trace.read_text().splitlines())
            strings = [part for line in lines if line for part in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', line[1])]
            found.append(b"\n".join(bytes.fromhex(one.replace("\\x", "")) for one in strings))
        return found


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Workflow:
    flow = Workflow(tmp_path_factory.mktemp("workflow"))
    flow.uncounted("init", "case", "--title", "Invented", "--invented")
    flow.uncounted("key", "lead", "--role", "lead", "--case", "case")
    flow.uncounted("key", "leaver", "--holder", "Bo", "--case", "case")
    reports = flow.folder / "reports"
    reports.mkdir()
    for n in range(IN_REPORTS):
        text = REPORT.format(n=n, day=1 + n % 9, name=NAMES[n], phone=PHONES[n], count=n + 3)
        (reports / f"{n}.txt").write_text(text)
    flow.uncounted("add", "reports", "--case", "case", traced=True)
    by_hand = [line for n in range(IN_REPORTS, 25) for line in (f"identity {NAMES[n]}", f"contact {PHONES[n]}")]
    assert len(by_hand) == 2 * BY_HAND
    flow.run(sys.executable, "-c", SEALING, "case", given="\n".join(by_hand), traced=True)
    for words in (
        ("read",), ("review", "--accept-all"), ("match",), ("toll",), ("publish", "site"),
        ("export-bundle", "bundle", "--signing-key", "sign"), ("backup", "copy"), ("verify", "case", "--key", "lead"),
    ):  # fmt: skip
        place = () if words[0] == "verify" else ("--case", "case")
        flow.uncounted(*words, *place, traced=words[0] == "publish")
    flow.uncounted("rekey", "--without", "Bo", "--key", "lead", "--case", "case", traced=True)
    flow.uncounted("drill", "--key", "lead", "--case", "case", traced=True)
    flow.run(sys.executable, "-c", "import shutil; shutil.rmtree('reports')")  # the reports as they came are yours
    flow.uncounted("custody", capture_of(flow), "--case", "case")
    return flow


def capture_of(flow: Workflow) -> str:
    found = re.search(rb"\b(c[0-9a-f]{12})\b", flow.said[3])
    assert found
    return found[1].decode()


def test_the_searcher_finds_what_is_there() -> None:
    for canary in (NAMES[3], PHONES[0]):
        for shape in forms(canary):
            assert holding([b"x" + shape], CANARIES) >= {canary}
        assert holding([compressed(b"one " + canary.encode() + b" two")], [canary]) == {canary}


def test_the_searcher_finds_a_canary_that_is_not_sealed(done: Workflow) -> None:
    assert len(CANARIES) == len(set(CANARIES)) == 50
    assert holding(files(done.folder / "case"), ["invented place of Northfell"])
    assert not done.traces or holding(done.written(), ["invented place of Northfell"])


def test_after_the_workflow_nothing_is_found_without_the_key(done: Workflow) -> None:
    left = [path for path in done.folder.iterdir() if path.name not in {"lead", "leaver", "sign", "tmp"}]
    places = [path for path in (*left, done.folder / "tmp") if path.is_dir()]
    assert {"case", "site", "bundle", "copy", "tmp"} <= {path.name for path in places}
    assert holding([*files(*places), *done.said, *done.written()], CANARIES) == set()


def test_the_bundle_of_it_all_is_unbroken_for_a_shell(done: Workflow) -> None:
    assert by_shell(done.folder / "bundle", read_signing_key(done.folder / "sign").public)


def test_the_key_opens_every_one_of_them(done: Workflow) -> None:
    opening = (
        "import sys; from pathlib import Path\nfrom uncounted.case import Case, sealing\n"
        "from uncounted.ledger.sealed import read_keys\n"
        "with Case(Path('copy')) as case:\n"
        "    vault = sealing.vault(case)\n"
        "    sys.stdout.write('\\n'.join(vault.unseal(name, read_keys(Path('lead'))) for name in case.ledger.boxes()))"
    )
    found = subprocess.run([sys.executable, "-c", opening], cwd=done.folder, capture_output=True, text=True, check=True)
    assert holding([found.stdout.encode()], CANARIES) == set(CANARIES)


def test_after_an_erasure_not_even_the_key_finds_them(done: Workflow) -> None:
    from uncounted.case import Case

    with Case(done.folder / "case") as case:
        boxes = {name: case.ledger.box(name) or b"" for name in case.ledger.boxes()}
    done.run(sys.executable, "-c", ERASING, "case", traced=True)
    with Case(done.folder / "case") as case:
        kept = set(case.ledger.boxes())
    gone = [box for name, box in boxes.items() if name not in kept]
    assert len(gone) >= 25
    on_disk = b"".join(files(done.folder / "case"))
    assert not any(box[at : at + 40] in on_disk for box in gone for at in range(0, len(box) - 40, 40))
    assert all(box[-40:] in on_disk for name, box in boxes.items() if name in kept)
    assert holding(files(done.folder / "case", done.folder / "tmp"), CANARIES) == set()
    done.uncounted("verify", "case", "--key", "lead")
