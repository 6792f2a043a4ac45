"""A case told again, moment after moment: what rests on the same as before is not worked out anew."""

from collections.abc import Iterable, Mapping, Sequence

from uncounted.ledger.objects import Objects
from uncounted.model.claims import Claim
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Origin
from uncounted.model.review import Pair
from uncounted.stages.assess.origins import origins


class Again:
    """Texts, and the origins of claims, held by all that they follow from: so they are never another moment's."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._texts: dict[str, str] = {}
        self._origins: dict[object, tuple[Origin, ...]] = {}

    def text(self, name: str) -> str:
        """The text that an object holds, by its SHA-256."""
        if name not in self._texts:
            self._texts[name] = self._objects.get(name).decode()
        return self._texts[name]

    def origins(
        self, claims: Sequence[Claim], captures: Mapping[str, Capture], pairs: Iterable[Pair]
    ) -> tuple[Origin, ...]:
        """The origins of the claims of one incident; ``pairs`` are people's verdicts on those claims."""
        of = {claim.document: captures.get(claim.document) for claim in claims}
        rest_on = tuple((name, one.text, one.publisher) if one else (name,) for name, one in of.items())
        judged = tuple(pairs)
        key = (tuple(claims), rest_on, judged)
        if key not in self._origins:
            texts = {name: self.text(one.text) for name, one in of.items() if one and one.text}
            publishers = {name: one.publisher for name, one in of.items() if one}
            self._origins[key] = origins(claims, texts, publishers, judged)
        return self._origins[key]


def by_claim(pairs: Iterable[Pair]) -> Mapping[str, list[Pair]]:
    """A claim's id → people's verdicts on pairs of which it is one, in their order."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        for name in {pair.left, pair.right}:
            found.setdefault(name, []).append(pair)
    return found


def touching(judged: Mapping[str, list[Pair]], claims: Iterable[Claim]) -> list[Pair]:
    """The verdicts on any of these claims, the earliest first."""
    found = {(pair.entry, pair.left, pair.right): pair for claim in claims for pair in judged.get(claim.id, ())}
    return [found[name] for name in sorted(found)]
