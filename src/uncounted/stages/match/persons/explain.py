"""Why two entries are held to be one person, or not: the evidence, level by level, for a person to read."""

import math

import numpy as np

from uncounted.stages.match.persons import evidence
from uncounted.stages.match.persons.features import GAP_EVIDENCE, Evidence, learn_evidence
from uncounted.stages.match.persons.link import Linked
from uncounted.stages.match.persons.lists import VictimList
from uncounted.stages.match.persons.pairs import Pairs, compared

RIVALS = 3


def explained(linked: Linked, left: VictimList, right: VictimList, i: int, j: int) -> list[str]:
    """Return lines that explain the pair of row ``i`` of ``left`` and row ``j`` of ``right``."""
    candidate = bool(((linked.i == i) & (linked.j == j)).any())
    probability = linked.probability_of(i, j)
    lines = [
        f"{left.name}:{left.ids[i]} and {right.name}:{right.ids[j]}",
        f"probability that they are one person: {probability:.3f}",
    ]
    if not candidate:
        lines.append("they share too little to be compared closely; what follows is their evidence all the same")
    lines += ["", "evidence from the records (how much likelier in true pairs than by chance):", *_levels(linked, i, j)]
    return [*lines, "", *_rivals(linked, left, right, i, j)]


def _levels(linked: Linked, i: int, j: int) -> list[str]:
    known = learn_evidence(linked.lists, linked.pairs, linked.held)
    one, other = (j, i) if linked.swapped else (i, j)
    pair = compared(linked.lists, np.array([one]), np.array([other]))
    own = np.array([linked.probability_of(i, j)])
    side_left, side_right, letters = linked.lists.left, linked.lists.right, linked.lists.lexicon.letters
    words = known.words.of(pair, own)[0]
    lines, used, total = [], set(), 0.0
    for at in range(int(side_left.length[one])):
        word, partner = letters[side_left.words[one, at]], int(pair.partner[0, at])
        if partner < 0:
            total += GAP_EVIDENCE
            lines.append(_line(f"{word!r} has no partner", GAP_EVIDENCE))
            continue
        used.add(partner)
        total += float(words[at])
        lines.append(_line(f"{word!r} with {letters[side_right.words[other, partner]]!r}", float(words[at])))
    for at in range(int(side_right.length[other])):
        if at not in used:
            total += GAP_EVIDENCE
            lines.append(_line(f"{letters[side_right.words[other, at]]!r} has no partner", GAP_EVIDENCE))
    for said, worth in _more(linked, known, pair):
        total += worth
        lines.append(_line(said, worth))
    return [*lines, _line("in all, were these independent", total)]


def _more(linked: Linked, known: Evidence, pair: Pairs) -> list[tuple[str, float]]:
    lists = linked.lists
    gap = float(evidence.age_gap(lists, pair)[0])
    ages = (
        "an age is unknown" if math.isnan(gap) else f"ages differ by {gap * (-1 if linked.swapped else 1):+.0f} years"
    )
    left, right = lists.left.sex[pair.i[0]], lists.right.sex[pair.j[0]]
    sex = "a sex is unknown" if 0 in (left, right) else "sex is equal" if left == right else "sex differs"
    found = [
        (ages, float(evidence.of_ages(known.ages, lists, pair)[0])),
        (sex, float(evidence.of_sexes(known.sexes, lists, pair)[0])),
    ]
    for column, table in enumerate(known.columns):
        near = evidence.column_likeness(lists, pair, column)
        alike = "missing" if math.isnan(near[0]) else "equal" if near[0] == 1 else f"alike by {near[0]:.2f}"
        worth = float(evidence.of_column(table, lists, pair, column, near)[0])
        found.append((f"{lists.columns[column]} is {alike}", worth))
    return found


def _line(said: str, worth: float) -> str:
    times = math.exp(min(abs(worth), 50))
    size = f"{times:,.1f} times" if times < 100 else f"{times:,.0f} times"
    return f"  {worth:+6.1f}  {said}: {size} {'as likely' if worth >= 0 else 'less likely'}"


def _rivals(linked: Linked, left: VictimList, right: VictimList, i: int, j: int) -> list[str]:
    lines = []
    sides = ((linked.i == i) & (linked.j != j), left, i, right, linked.j), (
        (linked.j == j) & (linked.i != i), right, j, left, linked.i,
    )  # fmt: skip
    for rivals, holder, row, other, rows in sides:
        best = sorted(np.flatnonzero(rivals), key=lambda at: -linked.probability[at])[:RIVALS]
        if best:
            lines.append(f"rivals for {holder.name}:{holder.ids[row]}:")
            lines += [f"  {linked.probability[at]:.3f}  {other.name}:{other.ids[int(rows[at])]}" for at in best]
    return lines or ["neither has a rival"]
