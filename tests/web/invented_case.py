"""The invented case of the release's tests as a real case on disk, with nothing judged yet."""

from collections import defaultdict
from pathlib import Path

import msgspec

from tests.stages.publish.invented import dossier
from uncounted.case import Case, consent, linking
from uncounted.case.desk import CaseDesk
from uncounted.model.claims import Claim, Passage
from uncounted.model.evidence import Capture
from uncounted.model.facts import Agent, CaptureTaken, ClaimsRead, Entry, LinksProposed, ListRead
from uncounted.model.identity import digest
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry
from uncounted.model.release import Dossier

BY = "Rana"


def built(folder: Path, made: Dossier | None = None) -> CaseDesk:
    """Make the case of a dossier in a folder: its reports and, as a reader proposed them, its claims."""
    made = made or dossier()
    case = Case.create(folder, made.title, Agent("person", BY), invented=made.invented)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in made.claims.values():
        claims[claim.document].append(claim)
    for name, capture in made.captures.items():
        text = made.texts[name].encode()
        taken = msgspec.structs.replace(
            capture, object=case.objects.put(b"original of " + name.encode()), text=case.objects.put(text)
        )
        case.record(Agent("person", BY), CaptureTaken(capture=taken))
        read = ClaimsRead(capture=name, text=digest(text), reader="grammar/1", claims=tuple(claims[name]))
        case.record(Agent("machine", "grammar/1"), read)
    return CaseDesk(case)


def accept_all(desk: CaseDesk, by: str = BY) -> None:
    """Accept every claim and propose what belongs together, so that there are incidents."""
    for claim in [reviewed.claim.id for reviewed in desk.claims(size=1000).rows]:
        if desk.claim(claim).status == "proposed":
            desk.judge(claim, "accepted", by)
    linking.match(desk.case)


def judgements(desk: CaseDesk) -> list[Entry]:
    """What people recorded after the case was built."""
    start = 1 + 2 * desk.case.views.capture_count()
    return [entry for entry in desk.case.ledger.entries(start) if entry.by.kind == "person"]


def add_report(desk: CaseDesk, name: str, text: str, words: str, **more: object) -> None:
    """Add a report with one claim, ``k`` and its name, whose passage are these words."""
    case, body = desk.case, text.encode()
    capture = Capture(
        id=f"c{name}", object=case.objects.put(b"original of " + name.encode()), form="text", size=len(body),
        name=f"{name}.txt", taken="2031-06-01T08:00:00Z", text=case.objects.put(body), characters=len(text),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip
    start = text.index(words)
    claim = Claim(document=capture.id, id=f"k{name}", harm="killed", passage=Passage(words, start, start + len(words)))
    case.record(Agent("person", BY), CaptureTaken(capture=capture))
    read = ClaimsRead(capture=capture.id, text=digest(body), reader="grammar/1", claims=(claim,))
    case.record(Agent("machine", "grammar/1"), read)


def add_lists(desk: CaseDesk) -> None:
    """Two invented lists: one person on both, one of the same place and day, one who died elsewhere."""
    named = ListEntry(
        list="clinic", id="1", name="محمود المخترع", death_date="2031-05-06", more={"note": "canary-more"}
    )
    same = ListEntry(list="ministry", id="1", name="Mahmud al-Mukhtara", death_date="2031-05-06", place="Qasr Lamin")
    there = ListEntry(list="ministry", id="2", name="Canary Refuser", death_date="2031-05-06", place="Qasr Lamin")
    apart = ListEntry(list="ministry", id="3", name="Somebody Elsewhere", death_date="2031-05-06", place="Skarvik")
    link = Link(left="clinic:1", right="ministry:1", probability=0.9)
    refused = Link(left="clinic:1", right="ministry:2", probability=0.3)
    desk.case.record(
        Agent("person", BY),
        ListRead(list="clinic", capture="carabic", entries=(named,)),
        ListRead(list="ministry", capture="ctotal", entries=(same, there, apart)),
        LinksProposed(of="entries", matcher="persons/1", links=(link, refused)),
    )
    consent.state(desk.case, BY, "ministry:2", ["publish"], False)
