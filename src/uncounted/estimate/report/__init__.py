"""One page that a court or an editor can read: the overlaps first, then what each engine says, then what moves it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uncounted.estimate.covariates import Persons


def write(
    file: Path,
    persons: "Persons",
    *,
    title: str,
    seed: int = 1,
    level: float = 0.95,
    linkages: Sequence["Persons"] = (),
) -> None:
    """Write the report on ``persons`` to ``file``: PDF when its name ends in .pdf, else one HTML page.

    ``linkages`` are draws of the links, where there are any: the report then shows what they move. Raises
    :class:`~uncounted.model.errors.NotEnough` only where every engine refuses.
    """
    from uncounted.estimate.report.content import gather

    found = gather(persons, title=title, seed=seed, level=level, linkages=linkages)
    if file.suffix.lower() == ".pdf":
        from uncounted.estimate.report.pdf import pdf

        file.write_bytes(pdf(found))
        return
    from uncounted.estimate.report.page import page

    file.write_text(page(found), "utf-8")
