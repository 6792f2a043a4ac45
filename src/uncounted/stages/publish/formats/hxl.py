"""CSV with HXL tags (Humanitarian Exchange Language 1.1): one row of tags between the headings and the data."""

import csv
import io

from uncounted.stages.publish import tables
from uncounted.stages.publish.schemas import SCHEMAS
from uncounted.stages.publish.site.index import Site
from uncounted.text.cells import formula_safe


def files(site: Site) -> dict[str, bytes]:
    """``incidents.hxl.csv``."""
    columns = SCHEMAS["incidents"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerow([column.hxl for column in columns])
    for row in tables.incident_rows(site.dossier, site.figures):
        writer.writerow([formula_safe(row.get(column.name)) for column in columns])
    return {"incidents.hxl.csv": out.getvalue().encode()}
