"""What every reader is."""

from typing import Protocol

from uncounted.model.claims import Claim, Document


class Reader(Protocol):
    """Reads one report. The same document always gives the same claims; every span is the document's own slice."""

    @property
    def name(self) -> str:
        """Name and version, as in ``grammar/1``."""
        ...

    def read(self, document: Document) -> tuple[Claim, ...]:
        """The claims of a document in reading order, ids ``{document}#{n}`` from 1; none where it tells of no harm."""
        ...
