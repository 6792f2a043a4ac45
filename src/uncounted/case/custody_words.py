"""What each fact means for the custody of a capture, in words."""

from uncounted.model.consent import MEANING
from uncounted.model.facts import (
    AnyFact,
    CaptureDescribed,
    CaptureTaken,
    ClaimAdded,
    ClaimsRead,
    ConsentStated,
    CopyMade,
    FieldErased,
    FieldSealed,
    HandedOver,
    LinksProposed,
    PairJudged,
    ReleaseMade,
)


def told(fact: AnyFact) -> str:  # noqa: PLR0911 - one line a kind of fact
    """One line on a fact, or nothing for one that does not concern custody."""
    match fact:
        case CaptureTaken():
            return "preserved, and its text taken" if fact.capture.text else "preserved"
        case CaptureDescribed():
            said = {name: getattr(fact, name) for name in ("publisher", "author", "published", "language")}
            return "described: " + ", ".join(f"{name} {value}" for name, value in said.items() if value)
        case FieldSealed(sealed=sealed):
            shown = f", shown as {sealed.pseudonym}" if sealed.pseudonym else ""
            return f"its {sealed.field} put under seal (commitment {sealed.commitment[:16]}…{shown})"
        case FieldErased():
            return f"a sealed value erased for good (commitment {fact.commitment[:16]}…): {fact.reason}"
        case ConsentStated():
            given = "given" if fact.given else "withdrawn"
            return f"consent {given}: to {MEANING[fact.purpose]}" + (f": {fact.reason}" if fact.reason else "")
        case CopyMade():
            changes = "; ".join(fact.changes) or "bit for bit"
            purpose = f", for {fact.purpose}" if fact.purpose else ""
            return f"{fact.kind} copy made ({changes}){purpose}, SHA-256 {fact.result}"
        case HandedOver():
            way = "given to" if fact.direction == "given" else "received from"
            what = "the whole case" if fact.subject == "case" else "it"
            more = (f" for {fact.reason}" if fact.reason else "") + (f", SHA-256 {fact.digest}" if fact.digest else "")
            return f"{what} {way} {fact.who} {fact.means}{more}"
        case ClaimsRead():
            return f"read by {fact.reader}, claims proposed: {len(fact.claims)}"
        case ClaimAdded():
            return "a claim added that no program had found"
        case PairJudged() | LinksProposed():
            return "compared with another report"
        case ReleaseMade():
            return f"a release of the case published: {fact.name}, {fact.policy}"
        case _:
            return ""
