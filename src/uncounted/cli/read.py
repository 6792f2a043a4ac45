"""``uncounted read``: claims of harm from reports, in their words."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
import msgspec

from uncounted.model.claims import Claim, Dated, Document
from uncounted.stages.read.standard import standard_reader

if TYPE_CHECKING:
    from uncounted.stages.locate.gazetteer import Gazetteer


@click.command()
@click.option("--jsonl", is_flag=True, help="Documents on standard input, claims on standard output; needs no case.")
@click.option("--explain", "explained", is_flag=True, help="With --jsonl: say what made each claim, in words.")
@click.option("--attributions", is_flag=True, help="With --jsonl: every source, cue and content instead of claims.")
@click.option("--times", is_flag=True, help="With --jsonl: every time expression instead of claims.")
@click.option("--focus", help="With --jsonl: keep only what a record of this name would hold (muc4).")
@click.option("--case", "folder", type=click.Path(path_type=Path), default=Path(), help="The case to read.")
def read(*, jsonl: bool, explained: bool, attributions: bool, times: bool, focus: str | None, folder: Path) -> None:
    """Read who said how many were harmed, in whose words.

    Without --jsonl, the reports of a case that are not yet read.
    """
    if not jsonl:
        from uncounted.cli.reading import read_case

        read_case(folder)
        return
    write: Callable[[Document], Iterator[bytes]] = _explained if explained else _claims
    if focus is not None:
        write = _focused(focus)
    if attributions:
        write = _attributions
    elif times:
        write = _times
    sys.exit(stream(sys.stdin.buffer, sys.stdout.buffer, write))


def stream(lines: IO[bytes], out: IO[bytes], write: Callable[[Document], Iterable[bytes]]) -> int:
    """Reads document after document and writes each one's lines at once; 1 when a line was malformed, else 0."""
    faults: list[str] = []
    for document in documents(lines, faults):
        for line in write(document):
            out.write(line + b"\n")
        out.flush()
    return 1 if faults else 0


def documents(lines: Iterable[bytes], faults: list[str]) -> Iterator[Document]:
    """The documents of JSON Lines; a malformed line is told on standard error, noted in ``faults``, and passed over."""
    decoder = msgspec.json.Decoder(Document)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            faults.append(f"line {number}: {fault}")
            click.echo(f"uncounted: {faults[-1]}", err=True)


_READER = standard_reader()
_ENCODER = msgspec.json.Encoder()


def _claims(document: Document) -> Iterator[bytes]:
    for claim in _located(document, _READER.read(document)):
        yield _ENCODER.encode(claim)


def _located(document: Document, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims with place and time, so that one command gives the whole form."""
    if not claims:
        return
    from uncounted.stages.locate.attach import locate

    for claim, found in zip(claims, locate(document, claims, _gazetteer()), strict=True):
        yield msgspec.structs.replace(claim, place=found.place, time=found.time)


@cache
def _gazetteer() -> "Gazetteer":
    from uncounted.stages.locate.gazetteer import open_gazetteer

    told = set[int]()

    def tell(what: str, share: float) -> None:
        if (tenth := int(share * 10)) not in told:
            told.add(tenth)
            click.echo(f"uncounted: {what}, {tenth * 10} %", err=True)

    return open_gazetteer(progress=tell)


def _focused(name: str) -> Callable[[Document], Iterator[bytes]]:
    from uncounted.stages.read import focus

    chosen = focus.focus(name)

    def write(document: Document) -> Iterator[bytes]:
        kept = [reading.claim for reading in _READER.readings(document) if chosen.keeps(reading)]
        yield from map(_ENCODER.encode, _located(document, kept))

    return write


def _explained(document: Document) -> Iterator[bytes]:
    from uncounted.stages.read.explain import explain

    for reading in _READER.readings(document):
        yield explain(reading).encode()


def _attributions(document: Document) -> Iterator[bytes]:
    from uncounted.stages.read.attribution import attributions

    for found in attributions(document):
        yield _ENCODER.encode(found)


def _times(document: Document) -> Iterator[bytes]:
    from uncounted.stages.locate.times import find_times

    for time in find_times(document):
        yield _ENCODER.encode(Dated(document=document.id, time=time))
