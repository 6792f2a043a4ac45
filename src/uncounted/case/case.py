"""A case's folder: ledger, objects and views, opened together."""

import secrets
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from pathlib import Path

from uncounted.ledger.devices import signed
from uncounted.ledger.notes import Signer
from uncounted.ledger.objects import Objects
from uncounted.ledger.protocol import Act
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.views import Views
from uncounted.model.errors import NotFound, Refused
from uncounted.model.facts import Agent, AnyFact, CaseOpened, EntriesSigned, Entry

LEDGER, VIEWS = "ledger.sqlite", "views.sqlite"


class Case:
    """One case. Thin: it opens things and appends facts; what they mean is folded elsewhere."""

    def __init__(self, folder: Path) -> None:
        """Open the case in ``folder``; :class:`NotFound` when there is none."""
        if not (folder / LEDGER).is_file():
            raise NotFound(
                f"{folder}", "there is no case here", "Make one with 'uncounted init', or name one with --case DIR."
            )
        self.folder = folder
        self.ledger = SqliteLedger.open(folder / LEDGER)
        self.objects = Objects(folder / "objects")
        self.views = Views(folder / VIEWS, self.ledger)
        self.device: Signer | None = None
        """Who signs what people record on this machine; ``None`` where nobody set it."""

    @classmethod
    def create(cls, folder: Path, title: str, by: Agent, *, invented: bool = False) -> "Case":
        """Make a case in an empty or new folder; a folder that holds anything is refused.

        A new folder is its owner's alone: reports lie in it in full.
        """
        if folder.exists() and any(folder.iterdir()):
            raise Refused(f"{folder}", "a case is made in an empty folder", "Name a new folder.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        ledger = SqliteLedger.create(folder / LEDGER)
        try:
            ledger.append(by, [CaseOpened(title=title, nonce=secrets.token_hex(16), invented=invented)])
        except BaseException:
            for path in folder.iterdir():  # what has no first entry is no case, and would be in the way of one
                path.unlink()
            raise
        finally:
            ledger.close()
        return cls(folder)

    @property
    def opened(self) -> CaseOpened:
        """The case's first fact: its title, and whether it is invented."""
        fact = next(self.ledger.entries(0, 1)).fact
        assert isinstance(fact, CaseOpened)
        return fact

    def writing(self, purpose: str) -> AbstractContextManager[None]:
        """Hold the right to write; :class:`Refused` names who holds it when somebody else does."""
        return self.ledger.writing(purpose)

    def record(self, by: Agent, *facts: AnyFact) -> tuple[Entry, ...]:
        """Append facts in one durable step and let the views follow."""
        return self.record_together([(by, fact) for fact in facts])

    def record_together(self, acts: Sequence[Act], boxes: Mapping[str, bytes] | None = None) -> tuple[Entry, ...]:
        """Append facts by several agents, and what some of them seal, in one durable step; let the views follow."""
        entries = self.ledger.append_together(acts, boxes=boxes)
        for by, own in groupby(entries, key=lambda entry: entry.by):
            self.sign(by, list(own))
        self.views.catch_up()
        return entries

    def sign(self, by: Agent, entries: Sequence[Entry]) -> None:
        """Sign what a person just recorded with this device's key, if there is one; the signature is a fact itself."""
        if self.device and by.kind == "person" and entries:
            note = signed(self.ledger, self.opened.nonce, entries[0].number, entries[-1].number, self.device)
            key = str(self.device.public)
            fact = EntriesSigned(first=entries[0].number, last=entries[-1].number, key=key, note=note)
            self.ledger.append(by, [fact])

    def text(self, capture: str) -> str:
        """The working text that passages of a capture point into; empty when it has none."""
        digest = self.views.capture(capture).text
        return self.objects.get(digest).decode() if digest else ""

    def close(self) -> None:
        """Close ledger and views."""
        self.views.close()
        self.ledger.close()

    def __enter__(self) -> "Case":
        """Use as a context manager that closes the case."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the case."""
        self.close()
