"""Parquet, typed: numbers are numbers, and what is not known is null."""

import io

from uncounted.model.errors import NotFound
from uncounted.stages.publish import tables
from uncounted.stages.publish.schemas import SCHEMAS
from uncounted.stages.publish.site.index import Site


def files(site: Site) -> dict[str, bytes]:
    """``incidents.parquet`` and ``claims.parquet``; :class:`NotFound` where the library is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as fault:
        rule = "the library that writes it is not installed"
        raise NotFound("format parquet", rule, "Install it with: pip install 'uncounted[exchange]'") from fault
    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    rows = {
        "incidents": list(tables.incident_rows(site.dossier, site.figures)),
        "claims": list(tables.claim_rows(site.dossier, site.homes)),
    }
    made = {}
    for name, columns in SCHEMAS.items():
        schema = pa.schema([pa.field(c.name, types[c.type], metadata={"description": c.description}) for c in columns])
        table = pa.table({c.name: [row.get(c.name) for row in rows[name]] for c in columns}, schema=schema)
        out = io.BytesIO()
        parquet.write_table(table, out, compression="zstd")
        made[f"{name}.parquet"] = out.getvalue()
    return made
