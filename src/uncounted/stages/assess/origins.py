"""Origins: claims that go back to the same first-hand source count once, however many outlets carry them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from uncounted.model.claims import Claim
from uncounted.model.identity import canonical, digest
from uncounted.model.incidents import Origin
from uncounted.model.partition import Partition
from uncounted.model.review import Pair
from uncounted.stages.assess.copies import copies
from uncounted.stages.assess.tellers import Teller, agree, ends_with_carrier, teller_of


def _judged(pairs: Iterable[Pair], groups: Partition) -> Iterator[tuple[str, str, str]]:
    """Apply people's verdicts, the latest first, so that it wins over an earlier one that it contradicts."""
    for pair in sorted(pairs, key=lambda pair: (-pair.entry, pair.left, pair.right)):
        if pair.left not in groups.root or pair.right not in groups.root:
            continue
        if pair.verdict == "different":
            groups.hold_apart(pair.left, pair.right)
        elif pair.verdict == "same" and groups.join(pair.left, pair.right):
            yield (
                pair.left,
                pair.right,
                f"{pair.by} judged them one source" + (f": {pair.reason}" if pair.reason else ""),
            )


def _told_alike(tellers: Mapping[str, Teller]) -> Iterator[tuple[str, str, str]]:
    """Pairs of claims whose tellers agree: each claim with the first of its teller, and tellers with one another."""
    first: dict[Teller, str] = {}
    holders: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(tellers):
        teller = tellers[name]
        holders.setdefault(teller.words, []).append(name)
        first.setdefault(teller, name)
    for held in holders.values():
        for other in held[1:]:
            yield held[0], other, f"both end at {tellers[held[0]].name!r}"
    by_words: dict[tuple[str, ...], list[Teller]] = {}
    for teller in sorted(first, key=lambda one: first[one]):
        by_words.setdefault(teller.words, []).append(teller)
    different = sorted(first, key=lambda one: first[one])
    for at, left in enumerate(different):
        for right in different[at + 1 :]:
            if left.words != right.words and (reason := agree(left, right)):
                yield first[left], first[right], reason


def origins(
    claims: Sequence[Claim],
    texts: Mapping[str, str],
    publishers: Mapping[str, str | None],
    pairs: Iterable[Pair] = (),
) -> tuple[Origin, ...]:
    """Return the origins of the claims of one incident (or of a total), sorted by id.

    ``texts`` and ``publishers`` map a document to its working text and its publisher; ``pairs`` are people's verdicts
    of ``origins``, which win over everything, the latest over an earlier one. Claims are one origin when their chains
    end at one named teller, when an agency or outlet tells both without naming a teller, or when the words are copied
    and at least one of the two names no teller of its own. Every claim is in exactly one origin, and a further claim
    that shares a teller with a known origin never adds one.
    """
    tellers = {claim.id: teller_of(claim, publishers.get(claim.document)) for claim in claims}
    known = {claim.id: claim for claim in claims}
    groups = Partition(sorted(tellers))
    reasons: list[tuple[str, str]] = [(left, why) for left, _, why in _judged(pairs, groups)]
    for left, right, why in _told_alike(tellers):
        _join_any(groups, tellers, left, right)
        reasons.append((right, why))
    for copy in copies(claims, texts):
        one, two = known[copy.left], known[copy.right]
        open_end = ends_with_carrier(one) or ends_with_carrier(two)
        if (open_end or agree(tellers[one.id], tellers[two.id])) and groups.join(one.id, two.id):
            reasons.append((one.id, f"{one.document} and {two.document} share {copy.share:.0%} of their words in runs"))
    members: dict[str, list[str]] = {}
    for name in sorted(tellers):
        members.setdefault(groups.find(name), []).append(name)
    told: dict[str, set[str]] = {root: set() for root in members}
    for name, why in reasons:
        told[groups.find(name)].add(why)
    return _named(members, told, tellers)


def _join_any(groups: Partition, tellers: Mapping[str, Teller], left: str, right: str) -> None:
    """Join two claims of one teller; where a person holds them apart, join any other claim of that teller."""
    if groups.join(left, right):
        return
    for other in sorted(tellers):
        if other != right and tellers[other].words == tellers[right].words and groups.join(other, right):
            return


def _named(
    members: Mapping[str, list[str]], told: Mapping[str, set[str]], tellers: Mapping[str, Teller]
) -> tuple[Origin, ...]:
    """Name each group by the teller most of its claims end at; a second group of one name gets a number."""
    found = []
    taken: dict[str, int] = {}
    for root, names in sorted(members.items()):
        number: dict[Teller, int] = {}
        for name in names:
            number[tellers[name]] = number.get(tellers[name], 0) + 1
        best = min(number, key=lambda teller: (teller.kind in ("publisher", "document"), -number[teller], teller))
        key = "|".join(best.words)
        taken[key] = taken.get(key, 0) + 1
        why = tuple(sorted(told[root])) or (f"one claim, told by {best.name}",)
        made = "o" + digest(canonical([*best.words, taken[key]]))[:10]
        found.append(Origin(id=made, name=best.name, kind=best.kind, claims=tuple(names), reasons=why))
    return tuple(sorted(found, key=lambda origin: origin.id))
