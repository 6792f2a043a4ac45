"""Make the golden case of the present release: ``python -m tests.ledger.golden.make FOLDER``.

A case that is released once is never made again: every later release must open it as it is. A release that changes the
schema or adds facts makes a new one beside the old ones. Everything in it is invented.
"""

import json
import shutil
import sys
from pathlib import Path

from tests.ledger.samples import ADA, READER, claim, place, read, taken
from uncounted.ledger.devices import signed
from uncounted.ledger.notes import Signer
from uncounted.ledger.objects import Objects
from uncounted.ledger.sealed import Vault, new_key
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.ledger.views import Views
from uncounted.model.claims import Count
from uncounted.model.facts import (
    Agreement,
    AnyFact,
    AuditDrawn,
    AxisJudged,
    CaptureDescribed,
    CaseOpened,
    CheckpointAnchored,
    ClaimAdded,
    ClaimEdited,
    ClaimJudged,
    ClaimReread,
    ClaimsLocated,
    ColumnsMapped,
    ConsentStated,
    CopyMade,
    CorrectionAsked,
    CorrectionDecided,
    DeviceEnrolled,
    DeviceRetired,
    DrawnRecord,
    DrillHeld,
    EntriesSigned,
    EstimateMade,
    FieldSealed,
    HandedOver,
    IncidentNamed,
    JudgementUndone,
    LinksProposed,
    ListRead,
    OverlapStated,
    PairJudged,
    PolicyAdopted,
    ReadingsCompared,
    RecipientAdmitted,
    RecipientLeft,
    RecordAudited,
    ReleaseMade,
    RoleGranted,
    RoleRevoked,
    ScorerLearned,
    SealsRenewed,
    TableImported,
    Whereabouts,
)
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry

DEVICE = Signer(name="uncounted-device/golden", seed=b"d" * 32)


def facts(objects: Objects) -> list[AnyFact]:
    """Return one fact of each kind, and those that undo."""
    rules = objects.put(b'{"name":"literal"}')
    hurt = claim("k2", "2 were hurt", attribution=(), harm="injured", count=Count(low=2, high=2, quantifier="exact"))
    return [
        CaseOpened(title="Golden, مُختَلَق", nonce="9f86d081884c7d65", invented=True),
        taken(objects),
        CaptureDescribed(capture="c1", publisher="Evening Wire", published="2026-01-01", language="en"),
        read(claim(place=place(), confidence=1.0), hurt),
        ClaimsLocated(capture="c1", locator="gazetteer/1", found=(Whereabouts(claim="k1", place=place(33.0)),)),
        ClaimJudged(claim="k1", verdict="accepted"),
        ClaimEdited(claim="k2", edited=claim("k2", "2 were hurt", count=Count(low=2, quantifier="at_least"))),
        ClaimAdded(claim=claim("k3", confidence=1.0), reason="overlooked"),
        JudgementUndone(entry=7, reason="said twice"),
        ReadingsCompared(
            capture="c1", left="grammar/1", right="llm:m/1", agreed=(Agreement(left="k1", right="k1"),), apart=("k2",)
        ),
        ScorerLearned(reader="grammar", object=rules, judgements=40, before=0.6, after=0.5),
        LinksProposed(of="claims", matcher="words/1", links=(Link(left="k1", right="k2", probability=0.000001),)),
        PairJudged(of="claims", left="k1", right="k2", verdict="same"),
        AuditDrawn(
            audit="a1",
            left="clinic",
            right="survey",
            sizes={"none": 1},
            records=(DrawnRecord("clinic:1", "none"),),
            seed=1,
            links="0" * 64,
        ),
        RecordAudited(audit="a1", entry="clinic:1", mate=None, reason="nobody of that name"),
        IncidentNamed(anchor="k1", title="The clinic"),
        AxisJudged(anchor="k1", axis="happened", value="fair", reason="one medical source"),
        ListRead(list="clinic", capture="c1", entries=(ListEntry(list="clinic", id="1", name="Nobody", age=40),)),
        ConsentStated(subject="c1", purpose="publish", given=False, reason="asked to wait"),
        RecipientAdmitted(key="age1invented", holder="Ada", role="lead"),
        RecipientLeft(key="age1invented", reason="left"),
        SealsRenewed(recipients=("age1invented",), boxes=0),
        DrillHeld(key="age1invented", entries=20, root="0" * 64, opened=1),
        DeviceEnrolled(person="Ada", key=str(DEVICE.public)),
        CopyMade(capture="c1", kind="working", source="0" * 64, result="0" * 64, tool="uncounted/1", purpose="reading"),
        HandedOver(subject="c1", direction="given", who="Invented court", means="by hand"),
        DeviceRetired(key=str(DEVICE.public), reason="lost"),
        PolicyAdopted(name="literal", object=rules),
        OverlapStated(total="k2", incidents=("k1",), low=1, high=1, reason="named in both"),
        CorrectionAsked(correction="q1", capture="c1", about="k1", subject="k1", reason="typo", said="Nobody"),
        CorrectionDecided(correction="q1", verdict="declined", note="Invented."),
        ColumnsMapped(table="ours", form="table", columns={"killed": "Dead"}),
        TableImported(
            table="ours",
            form="table",
            file="t.csv",
            object=rules,
            index=rules,
            first=4,
            added=1,
            changed=0,
            gone=0,
            same=0,
        ),
        EstimateMade(
            model="dga",
            lists={"clinic": "c1"},
            matches="0" * 64,
            tables="0" * 64,
            seed=1,
            level=0.95,
            object=rules,
            facts=9,
            refused="one list alone",
        ),
        ReleaseMade(name="first", policy="literal", facts=15, manifest="0" * 64),
        ClaimReread(claim="k1", verdict="accepted", low=4, high=4, reason="read apart"),
        RoleGranted(person="Ada", role="lead"),
        RoleRevoked(person="Ada", role="lead"),
    ]


def main(folder: Path) -> None:
    """Make the case and write down what it must always yield."""
    folder.mkdir()
    ledger, objects = SqliteLedger.create(folder / "ledger.sqlite"), Objects(folder / "objects")
    for number, fact in enumerate(facts(objects)):
        machine = (
            isinstance(fact, LinksProposed | ClaimsLocated | ListRead | ReadingsCompared)
            or type(fact).__name__ == "ClaimsRead"
        )
        ledger.append(READER if machine else ADA, [fact], at=f"2026-01-02T03:04:{number:02}.5Z")
    note = signed(ledger, "9f86d081884c7d65", 0, 3, DEVICE)
    ledger.append(ADA, [EntriesSigned(first=0, last=3, key=str(DEVICE.public), note=note)])
    anchor = CheckpointAnchored(
        size=4, root=ledger.root(4).hex(), kind="cosignature", object=objects.put(b"invented"), by="nobody"
    )
    ledger.append(ADA, [anchor])
    vault = Vault(ledger, [new_key(folder / "key")])
    vault.seal(ADA, "c1", "contact", "invented, +00 000 0001", pseudonym="S-1")
    entry = vault.seal(ADA, "c1", "identity", "invented")
    assert isinstance(entry.fact, FieldSealed)
    vault.erase(ADA, entry.fact.sealed.commitment, "asked to be forgotten")
    views = Views(None, ledger)
    expected = {
        "entries": len(ledger),
        "roots": [ledger.root(size).hex() for size in range(len(ledger) + 1)],
        "claims": {c.claim.id: [c.status, c.claim.count.low, c.claim.count.high] for c in views.claims()},
    }
    ledger.close()
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    (folder / "case.lock").unlink()
    shutil.rmtree(folder / "objects" / "tmp")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
