"""The contract that every ledger backend keeps, as tests. A backend's own test subclasses it and says how to make one.

::

    class TestMine(LedgerContract):
        def make(self, folder: Path) -> Ledger:
            return MyLedger(folder)
"""

import hashlib
import threading
from pathlib import Path

from uncounted.ledger import merkle
from uncounted.ledger.lines import decode, encode
from uncounted.ledger.protocol import Ledger
from uncounted.ledger.rules import JUDGEMENTS
from uncounted.model.errors import BadInput, NotFound, Refused, UncountedError
from uncounted.model.evidence import Sealed
from uncounted.model.facts import Agent, AnyFact, CaseOpened, ClaimJudged, FieldErased, FieldSealed, ReleaseMade

PERSON = Agent("person", "Ada")
MACHINE = Agent("machine", "grammar/1")
AT = "2026-01-02T03:04:05Z"


def facts(count: int) -> list[AnyFact]:
    """Return small facts that differ."""
    return [ClaimJudged(claim=f"k{n}", verdict="accepted", reason="läßt “sich” lesen \n") for n in range(count)]


def _raised(kind: type[UncountedError], act: object, *values: object, **named: object) -> UncountedError:
    assert callable(act)
    try:
        act(*values, **named)
    except kind as fault:
        return fault
    raise AssertionError(f"no {kind.__name__} was raised")


class LedgerContract:
    """What holds for every backend."""

    def make(self, folder: Path) -> Ledger:
        """Make an empty ledger in a folder, or open the one that was made there before."""
        raise NotImplementedError

    def test_a_new_ledger_is_empty(self, tmp_path: Path) -> None:
        """It has no entries and RFC 6962's root of nothing."""
        ledger = self.make(tmp_path)
        assert len(ledger) == 0
        assert list(ledger.entries()) == []
        assert ledger.root() == hashlib.sha256(b"").digest()

    def test_entries_come_back_as_they_were_appended(self, tmp_path: Path) -> None:
        """Numbered from 0, with agent and time, in order."""
        ledger = self.make(tmp_path)
        first = ledger.append(PERSON, facts(2), at=AT)
        second = ledger.append(MACHINE, [CaseOpened(title="t", nonce="n")])
        assert [e.number for e in first + second] == [0, 1, 2]
        assert tuple(ledger.entries()) == first + second
        assert first[0].at == AT
        assert list(ledger.entries(1, 2)) == [first[1]]
        assert list(ledger.entries(2)) == [*second]
        assert list(ledger.entries(5)) == []
        assert ledger.append(PERSON, []) == ()

    def test_lines_are_canonical_and_read_back(self, tmp_path: Path) -> None:
        """Each line decodes to its entry, which encodes to the line."""
        ledger = self.make(tmp_path)
        ledger.append(PERSON, facts(3))
        lines = list(ledger.lines())
        assert [encode(decode(line, n)) for n, line in enumerate(lines)] == lines
        assert list(ledger.lines(1)) == lines[1:]
        assert list(ledger.lines(0, 1)) == lines[:1]

    def test_entries_outlive_closing(self, tmp_path: Path) -> None:
        """What was appended is there when the ledger is opened again, with the same root."""
        ledger = self.make(tmp_path)
        entries = ledger.append(PERSON, facts(5))
        root = ledger.root()
        ledger.close()
        again = self.make(tmp_path)
        assert tuple(again.entries()) == entries
        assert again.root() == root

    def test_roots_of_every_earlier_size_hold(self, tmp_path: Path) -> None:
        """The root of n entries never changes and follows from the lines, however they were appended."""
        ledger, roots, leaves = self.make(tmp_path), [merkle.EMPTY], merkle.Growing()
        for count in (1, 2, 1, 5, 3):
            for entry in ledger.append(PERSON, facts(count)):
                leaves.add(merkle.leaf_hash(encode(entry)))
                roots.append(leaves.root())
        assert [ledger.root(size) for size in range(len(ledger) + 1)] == roots
        assert ledger.root() == roots[-1]
        _raised(NotFound, ledger.root, len(ledger) + 1)

    def test_proofs_hold(self, tmp_path: Path) -> None:
        """Every entry is proved in every tree that has it, and every tree a prefix of every later one."""
        ledger = self.make(tmp_path)
        ledger.append(PERSON, facts(9))
        for size in range(1, 10):
            root = ledger.root(size)
            for number, line in enumerate(ledger.lines(0, size)):
                path = ledger.inclusion(number, size)
                assert merkle.verify_inclusion(merkle.leaf_hash(line), number, size, path, root)
            for old in range(1, size + 1):
                path = ledger.consistency(old, size)
                assert merkle.verify_consistency(old, size, path, ledger.root(old), root)
        _raised(NotFound, ledger.inclusion, 9)
        _raised(NotFound, ledger.consistency, 10)

    def test_an_append_is_all_or_nothing(self, tmp_path: Path) -> None:
        """If one fact cannot be recorded, none is."""
        ledger = self.make(tmp_path)
        ledger.append(PERSON, facts(1))
        for bad in (
            ClaimJudged(claim="\ud800", verdict="accepted"),
            ClaimJudged(claim="k", verdict="perhaps"),  # type: ignore[arg-type]
            ReleaseMade(name="r", policy="p", facts=2**60, manifest="m"),
        ):
            _raised(BadInput, ledger.append, PERSON, [*facts(2), bad])
            assert len(ledger) == 1
        _raised(BadInput, ledger.append, PERSON, facts(1), at="yesterday")
        assert len(list(ledger.entries())) == 1

    def test_facts_by_several_agents_are_recorded_together_or_not_at_all(self, tmp_path: Path) -> None:
        """One transaction, each entry under its own agent's name, and the rules hold for each."""
        ledger = self.make(tmp_path)
        opened, (judged,) = CaseOpened(title="t", nonce="n"), facts(1)
        entries = ledger.append_together([(MACHINE, opened), (PERSON, judged)])
        assert [(entry.by, entry.fact) for entry in entries] == [(MACHINE, opened), (PERSON, judged)]
        _raised(Refused, ledger.append_together, [(PERSON, judged), (MACHINE, judged)])
        assert tuple(ledger.entries()) == entries
        assert ledger.append_together([]) == ()

    def test_only_persons_judge(self, tmp_path: Path) -> None:
        """A machine's judgement is refused."""
        ledger = self.make(tmp_path)
        assert isinstance(facts(1)[0], JUDGEMENTS)
        _raised(Refused, ledger.append, MACHINE, facts(1))
        assert len(ledger) == 0

    def test_a_box_is_kept_with_its_commitment_and_erased_with_a_tombstone(self, tmp_path: Path) -> None:
        """Erasing deletes the ciphertext, leaves every line as it was and records who did it and why."""
        ledger = self.make(tmp_path)
        sealed = FieldSealed(sealed=Sealed(subject="c1", field="contact", commitment="ab"))
        _raised(Refused, ledger.append, PERSON, [sealed])
        _raised(Refused, ledger.append, PERSON, facts(1), boxes={"cd": b"x"})
        ledger.append(PERSON, [sealed], boxes={"ab": b"ciphertext"})
        before = ledger.root()
        assert (ledger.box("ab"), ledger.boxes()) == (b"ciphertext", ("ab",))
        tombstone = ledger.erase(PERSON, "ab", "asked to be forgotten")
        assert tombstone.fact == FieldErased(commitment="ab", reason="asked to be forgotten")
        assert (ledger.box("ab"), ledger.boxes()) == (None, ())
        assert ledger.root(1) == before
        _raised(NotFound, ledger.erase, PERSON, "ab", "again")
        _raised(Refused, ledger.append, PERSON, [FieldErased(commitment="ab", reason="by hand")])
        assert len(ledger) == 2

    def test_who_holds_the_right_to_write_keeps_others_out(self, tmp_path: Path) -> None:
        """A second writer is refused and told who writes; afterwards it may."""
        one, other = self.make(tmp_path), self.make(tmp_path)
        with one.writing("adding reports"):
            one.append(PERSON, facts(1))
            with one.writing("again"):
                one.append(PERSON, facts(1))
            assert "adding reports" in str(_raised(Refused, other.append, PERSON, facts(1)))
            assert len(list(other.entries())) == 2
        other.append(PERSON, facts(1))
        assert len(one) == 3

    def test_threads_take_turns(self, tmp_path: Path) -> None:
        """Many threads appending through one ledger lose and reorder nothing."""
        ledger = self.make(tmp_path)
        threads = [threading.Thread(target=ledger.append, args=(PERSON, facts(3))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [e.number for e in ledger.entries()] == list(range(24))
