"""``uncounted read``: claims of harm from reports, in their words."""

import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

import click
import msgspec

from uncounted.model.claims import Claim, Document
from uncounted.stages.read.grammar import GrammarReader


@click.command()
@click.option("--jsonl", is_flag=True, help="Documents on standard input, claims on standard output, one a line.")
def read(jsonl: bool) -> None:
    """Read who said how many were harmed, in whose words."""
    reader = GrammarReader()
    sys.exit(stream(sys.stdin.buffer, sys.stdout.buffer, reader.read))


def documents(lines: BinaryIO, faults: list[str]) -> Iterator[Document]:
    """The documents of a JSON Lines stream; a malformed line is told on standard error and noted in ``faults``."""
    decoder = msgspec.json.Decoder(Document)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:
            faults.append(f"line {number}: {fault}")
            click.echo(faults[-1], err=True)


def stream(lines: BinaryIO, out: BinaryIO, read_one: Callable[[Document], tuple[Claim, ...]]) -> int:
    """Reads document after document and writes each one's claims at once; 1 when a line was malformed, else 0."""
    faults: list[str] = []
    encoder = msgspec.json.Encoder()
    for document in documents(lines, faults):
        for claim in read_one(document):
            out.write(encoder.encode(claim) + b"\n")
        out.flush()
    return 1 if faults else 0
