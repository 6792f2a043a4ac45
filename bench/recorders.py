"""A recorder's published assessments, read, counted and graded by machine alone, beside the recorder's own figures.

``python -m bench recorders`` asks for a folder in ``UNCOUNTED_DEV_DATA`` that holds ``reading/airwars/docs.jsonl`` (id,
text, language, publisher) and ``gold.jsonl`` (id, killed and injured as [low, high], grading). Each document is one
incident; no person reviews a claim.
"""

import json
import os
from collections import Counter, defaultdict
from pathlib import Path

from uncounted.model.claims import Claim, Document
from uncounted.model.incidents import Incident
from uncounted.stages.assess.axes import answers
from uncounted.stages.assess.grades import grade, load_scheme
from uncounted.stages.assess.origins import origins
from uncounted.stages.toll import incident_toll, load_policy

POLICY, SCHEME = load_policy("airwars"), load_scheme("airwars")


def main() -> None:
    folder = Path(os.environ.get("UNCOUNTED_DEV_DATA", "")) / "reading" / "airwars"
    if not (folder / "docs.jsonl").is_file():
        print("   skipped: UNCOUNTED_DEV_DATA names no folder with reading/airwars/docs.jsonl")
        return
    from uncounted.stages.read.chains import chains
    from uncounted.stages.read.grammar import GrammarReader

    gold = {one["id"]: one for one in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines())}
    reader, known = GrammarReader(chains=chains), ("id", "text", "language", "publisher")
    found: dict[bool, dict[str, Counter[str]]] = {way: defaultdict(Counter) for way in (True, False)}
    grades: Counter[tuple[str, str]] = Counter()
    causes: Counter[str] = Counter()
    for line in (folder / "docs.jsonl").read_text("utf-8").splitlines():
        raw = json.loads(line)
        document = Document(**{key: raw.get(key) for key in known})
        truth, claims = gold[document.id], reader.read(document)
        for by_chain in (True, False):
            _count(found[by_chain], document, truth, claims, by_chain)
        if cause := _cause(document, truth, claims):
            causes[cause] += 1
        grades[truth["grading"], _grade(document, claims) or "none"] += 1
    for by_chain, tables in found.items():
        print(f"\ntellers within a document are {'origins of their own' if by_chain else 'all one origin'}")
        print("         both  exact   low  high  missed  extra             sum          theirs")
        for harm, table in tables.items():
            both = table["both"] or 1
            print(
                f"{harm:8} {table['both']:>5} {table['exact'] / both:>6.0%} {table['low'] / both:>5.0%} "
                f"{table['high'] / both:>5.0%} {table['missed']:>7} {table['extra']:>6} "
                f"{table['sum low']:>7}–{table['sum high']:<7} {table['gold low']:>7}–{table['gold high']:<7}"
            )
    print("\nwhy killed differ (tellers as origins of their own), from what the claims say:")
    for cause, number in causes.most_common():
        print(f"  {number:>4}  {cause}")
    right = sum(number for (theirs, ours), number in grades.items() if theirs.casefold() == ours)
    print(f"\ngrades that agree: {right} of {sum(grades.values())}")
    for (theirs, ours), number in sorted(grades.items()):
        print(f"  theirs {theirs}, ours {ours}: {number}")


def _cause(document: Document, truth: dict, claims: tuple[Claim, ...]) -> str | None:  # type: ignore[type-arg]
    """What of the claims may have made a range of killed another than the recorder's: a guess by rule, first fit."""
    theirs = truth["killed"]
    tolls = incident_toll(_incident(document, claims), {c.id: c for c in claims}, _origins(document, claims), POLICY)
    ours = tolls.get(("killed", POLICY.headline))
    if theirs is None or ours is None or [ours.low, ours.high] == theirs:
        return None
    used = [claim for claim in claims if claim.id in ours.claims]
    numbers = {bound for claim in used for bound in (claim.count.low, claim.count.high)}
    singles = [claim for claim in used if claim.count.text is None]
    if ours.contradictions:
        return "parts or names contradict a count of everybody, and the range was widened"
    if len(singles) == len(used):
        return "only single victims and names were read, joined or lost in a list"
    if theirs[0] not in numbers or theirs[1] not in numbers:
        return "a bound of the recorder's was read in no counted claim"
    if (ours.low or 0) < theirs[0]:
        return "a smaller count by another teller or of a part stands as a rival"
    if (ours.high or 0) > theirs[1]:
        return "a larger count that the assessment does not follow (a dismissed figure, a total of several strikes)"
    return "the recorder's range is wider than the counts that were used"


def _incident(document: Document, claims: tuple[Claim, ...]) -> Incident:
    names = tuple(claim.id for claim in claims)
    return Incident(id=document.id, anchor=names[0] if names else "", claims=names, title=document.id)


def _origins(document: Document, claims: tuple[Claim, ...]) -> tuple:  # type: ignore[type-arg]
    return origins(claims, {document.id: document.text}, {document.id: document.publisher})


def _count(
    tables: dict[str, Counter[str]], document: Document, truth: dict, claims: tuple[Claim, ...], by_chain: bool
) -> None:  # type: ignore[type-arg]
    by = _origins(document, claims) if by_chain else ()
    tolls = incident_toll(_incident(document, claims), {claim.id: claim for claim in claims}, by, POLICY)
    for harm in ("killed", "injured"):
        table, ours, theirs = tables[harm], tolls.get((harm, "civilians")), truth[harm]
        if theirs is None or ours is None:
            table["missed"] += theirs is not None
            table["extra"] += ours is not None
            continue
        table["both"] += 1
        table["exact"] += [ours.low, ours.high] == theirs
        table["low"] += ours.low == theirs[0]
        table["high"] += ours.high == theirs[1]
        table["sum low"] += ours.low or 0
        table["sum high"] += ours.high or 0
        table["gold low"] += theirs[0]
        table["gold high"] += theirs[1]


def _grade(document: Document, claims: tuple[Claim, ...]) -> str | None:
    by_id = {claim.id: claim for claim in claims}
    incident, by = _incident(document, claims), _origins(document, claims)
    figure = incident_toll(incident, by_id, by, POLICY).get(("killed", "civilians"))
    bounds = (figure.low, figure.high) if figure else None
    return grade(answers(incident, by_id, by, figure=bounds), SCHEME).grade


if __name__ == "__main__":
    main()
