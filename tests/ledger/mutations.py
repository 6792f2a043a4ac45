"""Damage a bundle at random, in every way that a forger or a bad disk might."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def flip(folder: Path, chance: random.Random) -> None:
    path = chance.choice([p for p in files(folder) if p.stat().st_size])
    body = bytearray(path.read_bytes())
    body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    path.write_bytes(body)


def drop_byte(folder: Path, chance: random.Random) -> None:
    path = chance.choice([p for p in files(folder) if p.stat().st_size])
    body, at = path.read_bytes(), chance.randrange(path.stat().st_size)
    path.write_bytes(body[:at] + body[at + 1 :])


def add_byte(folder: Path, chance: random.Random) -> None:
    path = chance.choice(files(folder))
    body = path.read_bytes()
    at = chance.randint(0, len(body))
    path.write_bytes(body[:at] + bytes([chance.randrange(256)]) + body[at:])


def truncate(folder: Path, chance: random.Random) -> None:
    path = chance.choice([p for p in files(folder) if p.stat().st_size])
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def delete(folder: Path, chance: random.Random) -> None:
    chance.choice(files(folder)).unlink()


def add_file(folder: Path, chance: random.Random) -> None:
    place = folder / chance.choice(["note.txt", "objects/" + "0" * 64, "objects/x", ".hidden", "entries.jsonl~"])
    place.write_bytes(chance.randbytes(chance.randint(0, 9)))


def swap_files(folder: Path, chance: random.Random) -> None:
    one, other = chance.sample(files(folder), 2)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def _lines(folder: Path) -> list[bytes]:
    return (folder / "entries.jsonl").read_bytes().splitlines(keepends=True)


def drop_line(folder: Path, chance: random.Random) -> None:
    lines = _lines(folder)
    lines.pop(chance.randrange(len(lines)))
    (folder / "entries.jsonl").write_bytes(b"".join(lines))


def swap_lines(folder: Path, chance: random.Random) -> None:
    lines = _lines(folder)
    one, other = chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    (folder / "entries.jsonl").write_bytes(b"".join(lines))


def repeat_line(folder: Path, chance: random.Random) -> None:
    lines = _lines(folder)
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    (folder / "entries.jsonl").write_bytes(b"".join(lines))


def link(folder: Path, chance: random.Random) -> None:
    path = chance.choice([p for p in files(folder) if p.name != "manifest"])
    elsewhere = folder.parent / f"elsewhere-{chance.random()}"
    shutil.copy(path, elsewhere)
    path.unlink()
    elsewhere.write_bytes(elsewhere.read_bytes() + b"x")
    path.symlink_to(elsewhere)


MUTATIONS: tuple[Callable[[Path, random.Random], None], ...] = (
    flip, flip, flip, flip, drop_byte, add_byte, truncate, delete, add_file, swap_files, drop_line, swap_lines,
    repeat_line, link,
)  # fmt: skip


def mutated(bundle: Path, scratch: Path, seed: int) -> str:
    """Make a damaged copy of a bundle at ``scratch``; return what was done to it."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(bundle, scratch)
    chance = random.Random(seed)
    mutation = chance.choice(MUTATIONS)
    mutation(scratch, chance)
    return f"{mutation.__name__} with seed {seed}"
