"""The corrections desk: requests from outside by a form file, decided by a named person, with a public note."""

import secrets
import tomllib
from pathlib import Path
from typing import get_args

import msgspec

from uncounted.case import linking
from uncounted.case.case import Case
from uncounted.case.reviewing import TAKEN_BACK, person, record
from uncounted.case.sealing import closed, recipients
from uncounted.model.corrections import MEANING, Correction, CorrectionReason, Verdict
from uncounted.model.errors import BadInput, NotFound, Refused
from uncounted.model.evidence import Capture
from uncounted.model.facts import (
    CaptureTaken,
    ClaimJudged,
    CorrectionAsked,
    CorrectionDecided,
    Entry,
    OverlapStated,
)
from uncounted.model.identity import canonical, capture_id, digest
from uncounted.stages.capture.taken import utc_now

LIMIT = 1_000_000
"""Bytes of a form; nobody types more."""
SEALED = ("from", "contact")


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"sender": "from"}):
    """A request as it is filled in. ``from`` and ``contact`` may be left out; they are kept under seal alone.

    ``private`` puts the words themselves under seal too.
    """

    about: str
    reason: CorrectionReason
    said: str
    sender: str = ""
    contact: str = ""
    private: bool = False


def blank() -> str:
    """The form to be filled in, with what each line means."""
    reasons = "\n".join(f"#   {name}: {MEANING[name]}" for name in get_args(CorrectionReason))
    return (
        "# Request for a correction. Fill it in with any text editor and send it to whoever published the release.\n"
        "\n# What is wrong: the id of an incident, claim or report as the release shows it, or LIST:ID of an entry.\n"
        'about = ""\n'
        f"\n# Why, one of:\n{reasons}\n"
        'reason = ""\n'
        "\n# In your words, and how you know. They are read by those who decide, kept with the case and never\n"
        "# published. Name nobody who is not named already; or say private = true, and only keyholders read them.\n"
        'said = """\n"""\nprivate = false\n'
        "\n# If you want an answer. Kept under seal, never published. You may leave them empty.\n"
        'from = ""\ncontact = ""\n'
    )


def ask(case: Case, file: Path, by: str) -> Correction:
    """Take a filled form into the case; the same form again is the same request and adds nothing.

    Who asks and how to reach them go under seal and leave the preserved form; :class:`Refused` when the case has no key
    to seal with. The words of a ``private`` form go there too, and the same private form again is a new request: what
    would tell them apart would be a hash of the words. :class:`BadInput` says what is wrong with a form.
    """
    form = _read(file)
    subject = _subject(case, form.about)
    said = "" if form.private else form.said
    words = {"about": form.about, "reason": form.reason, "said": said}
    public = canonical(words | ({"private": secrets.token_hex(8)} if form.private else {}))
    capture = capture_id(digest(public), None)
    name = "q" + capture[1:]
    secret = {field: value for field, value in (("from", form.sender), ("contact", form.contact)) if value.strip()}
    for field, value in secret.items():
        if value.strip().casefold() in said.casefold():
            raise Refused(
                f"{file}, {field}", "what is to be sealed also stands in the words of the request", "Take it out there"
            )
    if form.private:
        secret["said"] = form.said
    if secret and not recipients(case):
        raise Refused(
            f"{file}",
            "it holds what is to be sealed, and the case has no key to seal that with",
            "Make one with 'uncounted key'",
        )
    taken = Capture(
        id=capture, object=digest(public), form="request", size=len(public), name="request", taken=utc_now(),
        extractor="correction/1",
    )  # fmt: skip
    with case.writing("take in a request"):
        case.views.catch_up()
        if not any(one.id == name for one in case.views.corrections()):
            case.objects.put(public)
            asked = CorrectionAsked(
                correction=name, capture=capture, about=form.about, subject=subject, reason=form.reason, said=said
            )
            seals, boxes = closed(case, capture, secret.items())
            facts = [*seals, CaptureTaken(capture=taken), asked]
            case.record_together([(person(by), fact) for fact in facts], boxes)
    return next(one for one in case.views.corrections() if one.id == name)


def decide(
    case: Case,
    name: str,
    verdict: Verdict,
    by: str,
    note: str,
    *,
    reject: tuple[str, ...] = (),
    entries: tuple[int, ...] = (),
) -> Entry:
    """Decide a request. ``note`` is published with the figures that change because of it.

    ``reject`` names claims that are taken out of the count by this decision; ``entries`` number further judgements that
    carry it out (a split, an edit, an assessment), each a person's. Nothing is deleted.
    """
    if not note.strip():
        raise BadInput(f"request {name}", "a decision has a note that the public can read", "Give --note")
    if name not in {one.id for one in case.views.corrections()}:
        raise NotFound(f"request {name}", "no request of that name was taken in", "'uncounted correction list'")
    for number in entries:
        if not 0 <= number < len(case.ledger) or not isinstance(
            next(case.ledger.entries(number, number + 1)).fact, TAKEN_BACK
        ):
            raise BadInput(f"entry {number}", "it is no person's judgement", "Name the entry that the deed told")
    for claim in reject:
        case.views.claim(claim)
    facts = [ClaimJudged(claim=claim, verdict="rejected", reason=f"correction {name}") for claim in reject]
    with case.writing("decide a request"):  # the numbers of what carries it out are known while nobody else writes
        begun = len(case.ledger)
        made = (*entries, *range(begun, begun + len(facts)))
        decided = CorrectionDecided(correction=name, verdict=verdict, note=note.strip(), entries=made)
        return record(case, by, *facts, decided)[-1]


def overlap(
    case: Case, total: str, incidents: tuple[str, ...], persons: tuple[int, int], *, by: str, reason: str
) -> Entry:
    """State how many of a stated total's dead are in known incidents already; see :class:`OverlapStated`."""
    claim, (low, high) = case.views.claim(total).claim, persons
    if claim.scope == "incident":
        raise BadInput(f"claim {total}", "it is of one incident, not a total of a period", "Name the total's claim")
    if not 0 <= low <= high:
        raise BadInput(f"overlap {low}–{high}", "it runs from a smaller to a larger number, never below 0")
    if claim.count.high is not None and high > claim.count.high:
        raise BadInput(f"overlap {low}–{high}", f"the total is of {claim.count.high} at most")
    if not reason.strip():
        raise BadInput(f"overlap with claim {total}", "a statement has a reason", "Give --reason")
    anchors = tuple(sorted({linking.incident(case.views, name).anchor for name in incidents}))
    if not anchors:
        raise BadInput(f"overlap with claim {total}", "it names the incidents that hold the dead", "Give --incident")
    fact = OverlapStated(total=total, incidents=anchors, low=low, high=high, reason=reason)
    return record(case, by, fact)[0]


def _read(file: Path) -> Form:
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise BadInput(f"{file}", f"cannot be read ({fault.strerror})", "Check the path") from fault
    if len(data) > LIMIT:
        raise BadInput(f"{file}", f"it is larger than a form ({LIMIT} bytes)")
    try:
        form = msgspec.convert(tomllib.loads(data.decode()), Form)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as fault:
        raise BadInput(f"{file}", f"it is no filled form: {fault}", "'uncounted correction form' prints one") from fault
    if not form.about.strip() or not form.said.strip():
        raise BadInput(f"{file}", "it does not say what is wrong, or why", "Fill in 'about' and 'said'")
    return msgspec.structs.replace(form, about=form.about.strip(), said=form.said.strip())


def _subject(case: Case, about: str) -> str:
    """What a request leads to: an incident's anchor, a claim, a report or a list's entry."""
    name, colon, entry = about.partition(":")
    if colon:
        if any(one.list == name and one.id == entry for one in case.views.list_entries(name)):
            return about
    elif about.startswith("i"):
        return linking.incident(case.views, about).anchor
    elif about in {capture.id for capture in case.views.captures()}:
        return about
    else:
        return case.views.claim(about).claim.id
    raise NotFound(f"list entry {about}", "no list of this case holds it", "Name an entry as LIST:ID")
