"""What every ledger backend offers. One contract test (:mod:`uncounted.ledger.contract`) holds for all of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from uncounted.model.facts import Agent, AnyFact, Entry

Act = tuple[Agent, AnyFact]
"""A fact, and who records it."""


class Ledger(Protocol):
    """An append-only sequence of entries, hashed into an RFC 6962 tree, with sealed boxes beside it.

    Entries are numbered from 0 without gaps. A box is the encrypted salt and value of a sealed field, kept under its
    commitment; it is the only thing here that can be deleted.
    """

    def append(
        self,
        by: Agent,
        facts: Sequence[AnyFact],
        *,
        at: str | None = None,
        boxes: Mapping[str, bytes] | None = None,
    ) -> tuple[Entry, ...]:
        """Record facts in one transaction; all or none. Returns only after they are safe on disk.

        ``at`` is an RFC 3339 time in UTC, the clock's if not given; ``boxes`` maps commitments to ciphertexts that
        are kept in the same transaction. Raises ``BadInput`` for a fact that has no canonical form or could not be
        read back, ``Refused`` while somebody else is writing.
        """
        ...

    def append_together(
        self, acts: Sequence[Act], *, at: str | None = None, boxes: Mapping[str, bytes] | None = None
    ) -> tuple[Entry, ...]:
        """Record facts by several agents in one transaction, as :meth:`append` does those of one.

        For what is of no use by halves: a reading that nobody located would never be located.
        """
        ...

    def entries(self, since: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Yield the entries numbered ``since <= number < until``; ``Broken`` names one that cannot be read."""
        ...

    def lines(self, since: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Yield the same entries as their RFC 8785 lines, without a line end."""
        ...

    def __len__(self) -> int:
        """Return the number of entries."""
        ...

    def root(self, size: int | None = None) -> bytes:
        """Return the 32-byte RFC 6962 root of the first ``size`` entries (all of them if not given)."""
        ...

    def inclusion(self, number: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the RFC 6962 audit path of an entry in the tree of the first ``size`` entries."""
        ...

    def consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """Return the RFC 6962 proof that the first ``old`` entries are a prefix of the first ``new``."""
        ...

    def box(self, commitment: str) -> bytes | None:
        """Return the ciphertext kept under a commitment, ``None`` if there is none or it was erased."""
        ...

    def boxes(self) -> tuple[str, ...]:
        """Return the commitments that have a box, sorted."""
        ...

    def erase(self, by: Agent, commitment: str, reason: str, *, at: str | None = None) -> Entry:
        """Delete a box for good and record ``FieldErased``, in one transaction. ``NotFound`` if there is no box."""
        ...

    def writing(self, purpose: str) -> AbstractContextManager[None]:
        """Hold the right to write for a long act; ``Refused`` names who holds it already."""
        ...

    def close(self) -> None:
        """Let go of files and locks."""
        ...
