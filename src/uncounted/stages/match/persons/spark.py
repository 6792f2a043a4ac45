"""Parts scored on Spark: the same function as on one machine, called for each part by ``mapInArrow``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from uncounted.stages.match.persons.parts import Scored, Scorer, scored_part

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = "i long, j long, odds double"


@dataclass(frozen=True)
class OnSpark:
    """The engine of a Spark session; one part a task. What scoring needs is broadcast once."""

    session: Any

    def scored(self, scorer: Scorer, parts: list[tuple[int, int]]) -> Iterator[Scored]:
        """Score all parts; the answer comes as one."""
        shared = self.session.sparkContext.broadcast(scorer)

        def score(batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
            import pyarrow as pa

            for batch in batches:
                for part in batch.to_pylist():
                    found = scored_part(shared.value, part["first"], part["last"])
                    yield pa.RecordBatch.from_pydict({"i": found.i, "j": found.j, "odds": found.odds})

        frame = self.session.createDataFrame(parts, "first long, last long").repartition(len(parts), "first")
        table = frame.mapInArrow(score, COLUMNS).toArrow()
        try:
            yield Scored(*(np.asarray(table.column(name)) for name in ("i", "j", "odds")))
        finally:
            shared.destroy()
