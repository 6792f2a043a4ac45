"""Simulated power cuts: record what an ingestion asks of the system, then replay it with unsynced writes dropped.

A write or truncation counts as safe once its file was synced, a name once its folder was. At a cut, everything safe is
kept, and of the rest a random part: any subset of a file's writes, any prefix of a folder's changes of names.

Run as a script it is the ingestion: ``python -m tests.ledger.powercut FOLDER COUNT``; it says ``ACK n`` on standard
output once ``n`` entries are safe.
"""

import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.ledger.samples import READER, taken
from uncounted.ledger.objects import Objects
from uncounted.ledger.sqlite import SqliteLedger

CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,ftruncate,unlink,mkdir"


class Call(NamedTuple):
    """One successful system call on the case's folder, or an acknowledgement (``ack``)."""

    name: str
    path: str
    data: bytes = b""
    at: int = 0


def ingest(folder: Path, count: int) -> None:
    """Take captures, one transaction each, with frequent checkpoints of the write-ahead log."""
    ledger, objects = SqliteLedger.create(folder / "ledger.sqlite"), Objects(folder / "objects")
    ledger._db.execute("PRAGMA wal_autocheckpoint = 25")
    os.write(1, b"ACK 0\n")
    for number in range(count):
        ledger.append(READER, [taken(objects, f"c{number}", f"Text {number}: nothing was heard. " * 50)])
        os.write(1, f"ACK {len(ledger)}\n".encode())


def recorded(folder: Path, scratch: Path, count: int) -> list[Call]:
    """Run the ingestion in ``folder`` under strace and return its calls in order."""
    folder.mkdir()
    command = ["strace", "-y", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(scratch)]
    script = [sys.executable, "-m", "tests.ledger.powercut", str(folder), str(count)]
    subprocess.run([*command, *script], check=True, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[2])
    return [call for line in scratch.read_text().splitlines() if (call := _parsed(line, str(folder)))]


def _parsed(line: str, folder: str) -> Call | None:
    found = re.fullmatch(r"(\w+)\((.*)\)\s+= (\d+)(?:<.*>)?", line)
    if not found:
        return None
    name, arguments = found[1], found[2]
    strings = [bytes.fromhex(s.replace("\\x", "")) for s in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', arguments)]
    on = re.match(r"(?:\d+|AT_FDCWD)<([^>]*)>", arguments)
    path = on[1] if on else ""
    path = bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path
    if name == "write" and strings[0].startswith(b"ACK "):
        return Call("ack", "", at=int(strings[0][4:]))
    if name == "openat":
        name, path = ("create" if "O_CREAT" in arguments else "look"), strings[0].decode()
    elif name in ("mkdir", "unlink", "rename"):
        path = strings[0].decode()
    if not path.startswith(folder) or path.endswith("-shm") or name == "look":
        return None
    last = arguments.rpartition(", ")[2]
    data = strings[1] if name == "rename" else strings[0] if name in ("write", "pwrite64") else b""
    return Call(name, path, data, int(last) if name in ("pwrite64", "ftruncate") else 0)


class Disk:
    """What the system sees, what is safe, and what hangs in between."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.names: dict[str, int] = {}
        self.seen: dict[int, bytes] = {}
        self.safe: dict[int, bytes] = {}
        self.writes: dict[int, list[tuple[int, bytes | None]]] = {}
        self.safe_names: dict[str, int] = {folder: -1}
        self.changes: dict[str, list[tuple[str, int | None]]] = {}

    def do(self, call: Call) -> None:
        """Follow one call."""
        match call.name:
            case "create" if call.path not in self.names:
                number = len(self.seen)
                self.seen[number], self.safe[number], self.writes[number] = b"", b"", []
                self._name(call.path, number)
            case "mkdir":
                self._name(call.path, -1)
            case "unlink":
                self._name(call.path, None)
            case "rename":
                self._name(call.data.decode(), self.names[call.path])
                self._name(call.path, None)
            case "write" | "pwrite64" | "ftruncate":
                number = self.names[call.path]
                at = len(self.seen[number]) if call.name == "write" else call.at
                write = (at, None if call.name == "ftruncate" else call.data)
                self.seen[number] = written(self.seen[number], *write)
                self.writes[number].append(write)
            case "fsync" | "fdatasync" if self.names.get(call.path, -1) == -1:
                for path, value in self.changes.pop(call.path, []):
                    put(self.safe_names, path, value)
            case "fsync" | "fdatasync":
                number = self.names[call.path]
                self.safe[number], self.writes[number] = self.seen[number], []

    def _name(self, path: str, value: int | None) -> None:
        put(self.names, path, value)
        self.changes.setdefault(path.rpartition("/")[0], []).append((path, value))

    def cut(self, chance: random.Random, target: Path) -> None:
        """Write to ``target`` what is found after the power came back."""
        names = dict(self.safe_names)
        for changes in self.changes.values():
            for path, value in changes[: chance.randint(0, len(changes))]:
                put(names, path, value)
        for path, number in sorted(names.items()):
            place = target / path[len(self.folder) :].lstrip("/")
            if path.rpartition("/")[0] not in names and path != self.folder:
                continue
            if number == -1:
                place.mkdir(exist_ok=True)
                continue
            body, kept = self.safe[number], chance.random()
            for write in self.writes[number]:
                if chance.random() < kept:
                    body = written(body, *write)
            place.write_bytes(body)


def put(names: dict[str, int], path: str, value: int | None) -> None:
    """Set or remove a name."""
    if value is None:
        names.pop(path, None)
    else:
        names[path] = value


def written(body: bytes, at: int, data: bytes | None) -> bytes:
    """Return a file's bytes after a write, or after a truncation to ``at`` if there is no data."""
    if data is None:
        return body[:at].ljust(at, b"\0")
    return body[:at].ljust(at, b"\0") + data + body[at + len(data) :]


if __name__ == "__main__":
    ingest(Path(sys.argv[1]), int(sys.argv[2]))
