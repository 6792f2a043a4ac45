"""``uncounted read --jsonl --parquet FOLDER``: documents from Parquet, here or on Spark, by one function."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
import msgspec

from uncounted.cli.streaming import Write
from uncounted.model.claims import Document
from uncounted.model.errors import BadInput, UncountedError

if TYPE_CHECKING:
    import pyarrow as pa

Make = Callable[[], Write]
"""Makes what writes a document's lines; called once where the documents are read."""
NEEDED = ("id", "text")


def lines_of(batches: "Iterable[pa.RecordBatch]", make: Make) -> "Iterator[pa.RecordBatch]":
    """Yield what documents make, as rows of ``line`` or, where one could not be read, ``fault``: on every engine."""
    import pyarrow as pa

    write = make()
    fields = {field.name for field in msgspec.structs.fields(Document)}
    for batch in batches:
        lines: list[str | None] = []
        faults: list[str | None] = []
        for row in batch.to_pylist():
            try:
                known = {name: _plain(value) for name, value in row.items() if name in fields and value is not None}
                made = [line.decode() for line in write(msgspec.convert(known, Document))]
            except (msgspec.ValidationError, UncountedError) as fault:
                lines.append(None)
                faults.append(f"document {row.get('id')}: {fault}")
            else:
                lines += made
                faults += [None] * len(made)
        yield pa.RecordBatch.from_arrays(
            [pa.array(lines, pa.string()), pa.array(faults, pa.string())], ["line", "fault"]
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def read_parquet(folder: Path, make: Make, out: IO[bytes], *, spark: bool) -> int:
    """Read every document of a folder of Parquet files; write lines, say faults; 1 when there was a fault, else 0."""
    if not folder.is_dir() or not any(folder.rglob("*.parquet")):
        raise BadInput(str(folder), "no folder of Parquet files", "Name a folder that holds *.parquet.")
    faults = 0
    for batch in _on_spark(folder, make) if spark else _here(folder, make):
        for line, fault in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
            if fault is not None:
                faults += 1
                click.echo(f"uncounted: {fault}", err=True)
            else:
                out.write(line.encode() + b"\n")
    out.flush()
    return 1 if faults else 0


def _here(folder: Path, make: Make) -> "Iterator[pa.RecordBatch]":
    import pyarrow.dataset as ds

    data = ds.dataset(folder, format="parquet")
    _check(folder, data.schema.names)
    yield from lines_of(data.to_batches(batch_size=500), make)


def _on_spark(folder: Path, make: Make) -> "Iterator[pa.RecordBatch]":
    from uncounted.cli.spark import spark_session

    with spark_session("uncounted read") as session:
        session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
        frame = session.read.parquet(str(folder))
        _check(folder, frame.columns)
        read = frame.mapInArrow(lambda batches: lines_of(batches, make), "line string, fault string")
        yield from read.toArrow().to_batches()


def _check(folder: Path, columns: list[str]) -> None:
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadInput(f"{folder}", f"there is no column {missing[0]!r}", f"There are {', '.join(columns)}.")


def main(folder: Path, make: Make, *, spark: bool) -> None:
    """Write the lines of a folder to standard output and leave with the status of :func:`read_parquet`."""
    sys.exit(read_parquet(folder, make, sys.stdout.buffer, spark=spark))
