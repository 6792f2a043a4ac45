"""What made a claim, in words: tokens with their classes, the rule, the features, and who else stood for the victim."""

from collections.abc import Mapping

from uncounted.model.claims import Source
from uncounted.stages.read.candidates import Candidate
from uncounted.stages.read.grammar import Reading
from uncounted.stages.read.phrase import Clause
from uncounted.stages.read.scorer import features


def explain(reading: Reading, changes: Mapping[str, float] | None = None) -> str:
    """Several lines of text on one claim; a score is the sum of weight times value over its features.

    ``changes`` are what the case's reader has learned; those that moved this claim's confidence are named.
    """
    claim, draft = reading.claim, reading.draft
    made, count = draft.made, claim.count
    bounds = f"{'open' if count.low is None else count.low}..{'open' if count.high is None else count.high}"
    lines = [
        f"{claim.id}  {claim.harm} {bounds} ({count.quantifier}) {claim.group}, {claim.modality}, {claim.scope}",
        f"  words        {claim.passage.text!r} [{claim.passage.start}:{claim.passage.end}]",
        f"  victim       {claim.victim.text!r}" if claim.victim else "  victim       not said",
        f"  count        {count.text!r}" if count.text else "  count        inferred: a single one, or not said",
        f"  word of harm {made.words(draft.trigger.first, draft.trigger.last)!r}"
        f" as {', '.join(sorted(draft.trigger.entry.parts))}",
        f"  rule         {draft.rule}",
        f"  tokens       {_tokens(made, draft.trigger.first)}",
    ]
    lines += [f"  said by      {node.name} ({node.kind}){_where(node)}" for node in claim.attribution]
    if claim.subset_of:
        lines.append(f"  part of      {claim.subset_of}")
    lines += [f"  {one.kind.replace('_', ' '):12} {one.claim}" for one in claim.relations if one.kind != "subset_of"]
    lines += [f"  flag         {flag}" for flag in claim.flags]
    lines.append(f"  confidence   {claim.confidence:.2f}{_learned(reading, changes or {})}")
    if draft.attachment is not None:
        lines.append(f"  chosen       {_candidate(made, draft.attachment.chosen)}")
        lines += [f"  runner-up    {_candidate(made, one)}" for one in draft.attachment.runners_up]
    return "\n".join(lines)


def _where(node: Source) -> str:
    return "" if node.start is None else f" [{node.start}:{node.end}]"


def _learned(reading: Reading, changes: Mapping[str, float]) -> str:
    """What was learned and speaks for or against a claim, in log-odds."""
    attached = reading.draft.attachment.chosen.features if reading.draft.attachment else None
    seen = features(reading.claim, reading.draft.rule, attached)
    moved = [f"{name} {changes[name] * value:+.2f}" for name, value in seen.items() if name in changes]
    return f", learned: {', '.join(moved)}" if moved else ""


def _tokens(made: Clause, around: int) -> str:
    first, last = max(0, around - 12), around + 12
    marked = zip(made.tokens[first:last], made.classes[first:last], strict=True)
    return " ".join(f"{token.word}/{letter}" for token, letter in marked)


def _candidate(made: Clause, candidate: Candidate) -> str:
    table = made.table
    features = ", ".join(
        f"{name} {value:g} × {table[name]:g}" for name, value in candidate.features.items() if table[name]
    )
    words = made.words(candidate.phrase.first, candidate.phrase.last)
    return f"{words!r} as {candidate.place}: {candidate.score:.2f} = {features}"
