"""Build the demonstration's case: every step of the road, as a person would take it."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from uncounted.case import Case, consent, intake, linking, reading, releasing, sealing
from uncounted.case.reviewing import describe
from uncounted.demo import CONSENTED, DESCRIBED, reports_folder
from uncounted.demo.reviewer import Judged, review
from uncounted.model.errors import Refused
from uncounted.model.facts import Agent
from uncounted.model.incidents import Incident
from uncounted.stages.capture import found
from uncounted.stages.locate.attach import LOCATOR, locate
from uncounted.stages.locate.gazetteer import open_gazetteer
from uncounted.stages.read.standard import standard_reader

TITLE = "The week in the north (invented for demonstration)"
REVIEWER = "Demonstration reviewer"
SITE = "site"
PLACES = Path(__file__).with_name("gazetteer.csv")

Say = Callable[[str], None]


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """What was built: reports taken, claims read, how the judgements fell, and the incidents."""

    reports: int
    claims: int
    judged: Judged
    incidents: tuple[Incident, ...]


def build(folder: Path, say: Say = lambda _: None) -> Built:
    """Make the case in ``folder``, publish it under ``folder/site``; the key lies beside the folder, never in it."""
    key = folder.with_name(folder.name + ".key")
    if key.exists():
        raise Refused(f"key {key}", "it is of another case and is not written over", "Move it, or name another folder.")
    Case.create(folder, TITLE, Agent("person", REVIEWER), invented=True).close()
    with Case(folder) as case:
        sealing.make_key(case, key, REVIEWER, role="lead")
        say(f"a key for what is sealed lies in {key}")
        taken = list(intake.add(case, found(reports_folder()), Agent("person", REVIEWER)))
        say(f"preserved {len(taken)} reports")
        for capture in case.views.captures():
            if capture.name in DESCRIBED:
                describe(case, capture.id, REVIEWER, reason="stated by the file's sender", **DESCRIBED[capture.name])
            if capture.name in CONSENTED:
                consent.state(case, REVIEWER, capture.id, ["publish"], True, reason=CONSENTED[capture.name])
        # A recorder's own list of places: it also tells the locator which part of the world the case is about.
        own = case.folder / "gazetteer.csv"
        own.write_text(PLACES.read_text())
        gazetteer, reader = open_gazetteer(own), standard_reader()
        read = reading.read(case, reader, LOCATOR, lambda document, claims: locate(document, claims, gazetteer))
        claims = sum(one.claims for one in read)
        say(f"read {claims} claims")
        judged = review(case, REVIEWER)
        say(
            f"reviewed: {judged.accepted} accepted as read, {judged.corrected} corrected, {judged.added} added, "
            f"{judged.rejected} rejected"
        )
        incidents = linking.match(case)
        say(f"linked into {len(incidents)} incidents")
        made = releasing.publish(case, folder / SITE, REVIEWER)
        say(f"published {len(made.files)} files in {folder / SITE}")
    return Built(reports=len(taken), claims=claims, judged=judged, incidents=incidents)
