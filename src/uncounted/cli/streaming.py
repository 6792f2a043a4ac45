"""The stateless half of ``uncounted read``: documents on standard input, JSON lines on standard output."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import IO, TYPE_CHECKING

import click
import msgspec

from uncounted.model.claims import Claim, Dated, Document
from uncounted.model.errors import UncountedError
from uncounted.stages.read.protocol import Reader
from uncounted.stages.read.standard import standard_reader

if TYPE_CHECKING:
    from uncounted.stages.locate.gazetteer import Gazetteer

Write = Callable[[Document], Iterable[bytes]]
"""The lines that one document makes."""

encode = msgspec.json.Encoder().encode


def stream(lines: IO[bytes], out: IO[bytes], write: Write) -> int:
    """Reads document after document and writes each one's lines at once; 1 when a line was malformed, else 0.

    A document that a reader could not read is told like a malformed line, and the rest are read.
    """
    faults: list[str] = []
    for document in documents(lines, faults):
        try:
            for line in write(document):
                out.write(line + b"\n")
        except UncountedError as fault:
            faults.append(f"document {document.id}: {fault}")
            click.echo(f"uncounted: {faults[-1]}", err=True)
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


def claims(reader: Reader) -> Write:
    """Writes the claims of a document, with place and time, so that one command gives the whole form."""

    def write(document: Document) -> Iterator[bytes]:
        yield from map(encode, located(document, reader.read(document)))

    return write


def writer(what: str) -> Write:
    """What writes ``claims`` of the standard reader, or what is ``explained``, ``attributed`` or ``timed``."""
    if what == "claims":
        return claims(standard_reader())
    return {"explained": explained, "attributed": attributed, "timed": timed}[what]


def located(document: Document, found: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of a document with place and time."""
    if not found:
        return
    from uncounted.stages.locate.attach import locate

    for claim, where in zip(found, locate(document, found, _gazetteer()), strict=True):
        yield msgspec.structs.replace(claim, place=where.place, time=where.time)


@cache
def _gazetteer() -> "Gazetteer":
    from uncounted.stages.locate.gazetteer import open_gazetteer

    told = set[int]()

    def tell(what: str, share: float) -> None:
        if (tenth := int(share * 10)) not in told:
            told.add(tenth)
            click.echo(f"uncounted: {what}, {tenth * 10} %", err=True)

    return open_gazetteer(progress=tell)


def focused(name: str) -> Write:
    """Writes only the claims that a record of this name would hold."""
    from uncounted.stages.read import focus

    chosen, reader = focus.focus(name), standard_reader()

    def write(document: Document) -> Iterator[bytes]:
        kept = [reading.claim for reading in reader.readings(document) if chosen.keeps(reading)]
        yield from map(encode, located(document, kept))

    return write


def explained(document: Document) -> Iterator[bytes]:
    """What made each claim, in words."""
    from uncounted.stages.read.explain import explain

    for reading in standard_reader().readings(document):
        yield explain(reading).encode()


def attributed(document: Document) -> Iterator[bytes]:
    """Every source, cue and content."""
    from uncounted.stages.read.attribution import attributions

    yield from map(encode, attributions(document))


def timed(document: Document) -> Iterator[bytes]:
    """Every time expression."""
    from uncounted.stages.locate.times import find_times

    for time in find_times(document):
        yield encode(Dated(document=document.id, time=time))
