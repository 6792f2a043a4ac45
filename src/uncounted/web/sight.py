"""What a person sees of a case: the same structs, with the fields that are not for their eyes taken out.

Pages and data are made from what comes through here, so a field is withheld in one place for all of them.
"""

from collections.abc import Callable, Iterable
from functools import cached_property

import msgspec

from uncounted.case.victims import Victim
from uncounted.model.asking import Found
from uncounted.model.evidence import Capture
from uncounted.model.facts import (
    Agent,
    AnyFact,
    CaptureDescribed,
    CaptureTaken,
    Entry,
    FieldSealed,
    ListRead,
)
from uncounted.model.incidents import Origin
from uncounted.model.persons import ListEntry
from uncounted.model.review import Pair, ReviewedClaim
from uncounted.model.roles import Role
from uncounted.stages.assess.grades import Graded
from uncounted.web.rights import sees

SOMEBODY = "a member of the case"
WITHHELD = "withheld"
NAMES = ("person", "holder", "who", "by")
WORDS = ("reason", "means", "note")
"""Fields of facts that name a member of the case, or somebody they dealt with, and those that hold their words."""
JUDGED = " judged them one source"


class Sight:
    """The eyes of somebody with these roles."""

    def __init__(self, roles: frozenset[Role], refused: Callable[[], frozenset[str]] = frozenset) -> None:
        """``refused`` tells which entries of lists (``LIST:ID``) refused to be shown by name."""
        self.roles, self._refused = roles, refused

    def may(self, field: str) -> bool:
        """Whether they see a field."""
        return sees(self.roles, field)

    def capture(self, capture: Capture) -> Capture:
        """A report."""
        hidden: dict[str, str | None] = {}
        if not self.may("capture.name"):
            hidden["name"] = WITHHELD
        if not self.may("capture.author"):
            hidden["author"] = None
        if not self.may("capture.record"):
            hidden["record"] = None
        return msgspec.structs.replace(capture, **hidden)

    def reviewed(self, reviewed: ReviewedClaim) -> ReviewedClaim:
        """A claim as it stands."""
        hidden: dict[str, str] = {}
        if reviewed.by and not self.may("judgement.by"):
            hidden["by"] = SOMEBODY
        if not self.may("judgement.reason"):
            hidden["reason"] = ""
        return msgspec.structs.replace(reviewed, **hidden)

    def pair(self, pair: Pair) -> Pair:
        """A verdict on a pair."""
        by = pair.by if self.may("judgement.by") else SOMEBODY
        return msgspec.structs.replace(pair, by=by, reason=pair.reason if self.may("judgement.reason") else "")

    def listed(self, entry: ListEntry) -> ListEntry:
        """An entry of a victim list."""
        seen = entry if self.may("entry.more") else msgspec.structs.replace(entry, more={})
        if f"{entry.list}:{entry.id}" not in self.hidden:
            return seen
        return ListEntry(list=entry.list, id=entry.id, name=WITHHELD)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The entries of lists whose names are not for these eyes."""
        return frozenset() if self.may("entry.refused") else self._refused()

    def named(self, title: str, entries: Iterable[str]) -> str:
        """What somebody on lists is called, where none of their entries is hidden."""
        return WITHHELD if self.hidden.intersection(entries) else title

    def victim(self, victim: Victim) -> Victim:
        """A victim of an incident; a name that claims give stands in reports that everybody reads."""
        entries = tuple(self.listed(entry) for entry in victim.entries)
        name = victim.name if victim.claims else self.named(victim.name, [f"{e.list}:{e.id}" for e in victim.entries])
        return msgspec.structs.replace(victim, name=name, entries=entries)

    def hits(self, found: Found) -> Found:
        """What a search found, without people whose names are hidden: that somebody was found tells of them."""
        kept = tuple(hit for hit in found.rows if hit.kind != "person" or hit.ref not in self.hidden)
        return msgspec.structs.replace(found, rows=kept, total=found.total - len(found.rows) + len(kept))

    def origin(self, origin: Origin) -> Origin:
        """An origin; people's judgements are among the reasons why its claims are one."""
        if self.may("judgement.by"):
            return origin
        kept = tuple(f"{SOMEBODY} judged them one source" if JUDGED in said else said for said in origin.reasons)
        return msgspec.structs.replace(origin, reasons=kept)

    def graded(self, graded: Graded) -> Graded:
        """A grade with its answers; who judged an axis, and in which words, is a person's judgement."""
        if self.may("judgement.by"):
            return graded
        kept = tuple(
            msgspec.structs.replace(answer, people=tuple(SOMEBODY for _ in answer.people), why="")
            if answer.people
            else answer
            for answer in graded.answers
        )
        return msgspec.structs.replace(graded, answers=kept)

    def entry(self, entry: Entry) -> Entry:
        """An entry of the ledger."""
        fact = entry.fact
        match fact:
            case CaptureTaken():
                fact = msgspec.structs.replace(fact, capture=self.capture(fact.capture))
            case CaptureDescribed() if not self.may("capture.author"):
                fact = msgspec.structs.replace(fact, author=None)
            case FieldSealed() if not self.may("sealed.pseudonym"):
                fact = msgspec.structs.replace(fact, sealed=msgspec.structs.replace(fact.sealed, pseudonym=None))
            case ListRead():
                fact = msgspec.structs.replace(fact, entries=tuple(self.listed(one) for one in fact.entries))
            case _:
                pass
        fact = self._nameless(fact)
        by = entry.by
        if by.kind == "person" and not self.may("judgement.by"):
            by = Agent("person", SOMEBODY)
        return msgspec.structs.replace(entry, fact=fact, by=by)

    def _nameless(self, fact: AnyFact) -> AnyFact:
        """A fact without the names and words of the case's people, in whichever of its fields they stand."""
        hidden: dict[str, str] = {}
        for fields, right, said in ((NAMES, "judgement.by", SOMEBODY), (WORDS, "judgement.reason", "")):
            if not self.may(right):
                hidden |= {name: said for name in fields if isinstance(getattr(fact, name, None), str)}
        return msgspec.structs.replace(fact, **hidden) if hidden else fact
