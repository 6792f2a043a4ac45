"""Reports of which only the figure may be shown: no words, no source, no hash of words that could be guessed."""

from collections.abc import Iterable, Mapping

import msgspec

from uncounted.model.claims import Claim, Count, Passage, Place, Source, Time
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Origin, OriginNode
from uncounted.model.release import Dossier
from uncounted.stages.publish.safety.redaction import FIGURE_ONLY, KEPT_BACK, Redaction


def silenced(dossier: Dossier, silent: frozenset[str], told: list[Redaction]) -> Dossier:
    """Reports of which only the figure may be shown: no words, no source, no hash of words that could be guessed."""
    here = {name: dossier.captures[name] for name in sorted(silent & dossier.captures.keys())}
    for name in here:
        told.append(Redaction(where=f"report {name}", instead="the figure only", why="no consent to publish"))
    captures = {
        name: Capture(
            id=name, object=KEPT_BACK, form=capture.form, size=0, name=name, taken=capture.taken[:10],
            characters=len(FIGURE_ONLY), partial=("words and source are withheld",),
        )
        for name, capture in here.items()
    }  # fmt: skip
    claims = {name: _figure_only(claim) for name, claim in dossier.claims.items() if claim.document in here}
    return msgspec.structs.replace(
        dossier,
        captures=dossier.captures | captures,
        texts=dossier.texts | dict.fromkeys(here, FIGURE_ONLY),
        claims=dossier.claims | claims,
        origins={name: tuple(_unnamed(one, claims) for one in held) for name, held in dossier.origins.items()},
        trees={name: tuple(_unnamed_tree(one, here, claims) for one in held) for name, held in dossier.trees.items()},
    )


def _figure_only(claim: Claim) -> Claim:
    """A claim without its words: harm, group, number, time and place to the district stay."""
    count = Count(low=claim.count.low, high=claim.count.high, quantifier=claim.count.quantifier, unit=claim.count.unit)
    return Claim(
        document=claim.document, id=claim.id, harm=claim.harm, group=claim.group,
        passage=Passage(FIGURE_ONLY, 0, len(FIGURE_ONLY)), count=count, scope=claim.scope, modality=claim.modality,
        attribution=tuple(Source(name="a protected source", kind=one.kind) for one in claim.attribution[-1:]),
        place=_pointless(claim.place), time=_unquoted(claim.time), reader=claim.reader, confidence=claim.confidence,
    )  # fmt: skip


def _unquoted(time: Time | None) -> Time | None:
    return None if time is None else msgspec.structs.replace(time, text=None, start=None, end=None)


def _pointless(place: Place | None) -> Place | None:
    return None if place is None else Place(name=place.name, precision=place.precision, within=place.within)


def _unnamed(origin: Origin, silenced: Mapping[str, Claim]) -> Origin:
    """An origin that any protected report belongs to bears no name."""
    if not silenced.keys() & set(origin.claims):
        return origin
    return Origin(id=origin.id, name="a protected source", kind=origin.kind, claims=origin.claims)


def _unnamed_tree(node: OriginNode, silent: Mapping[str, object], claims: Mapping[str, Claim]) -> OriginNode:
    if not _holds(node, silent):
        return node
    leaves = tuple(_leaves(node, claims))
    return OriginNode(
        kind="origin", name="a protected source", id=node.id, source_kind=node.source_kind, children=leaves
    )


def _holds(node: OriginNode, silent: Mapping[str, object]) -> bool:
    return node.id in silent or any(_holds(child, silent) for child in node.children)


def _leaves(node: OriginNode, claims: Mapping[str, Claim]) -> Iterable[OriginNode]:
    if node.kind == "claim" and node.id:
        yield OriginNode(kind="claim", name=FIGURE_ONLY if node.id in claims else node.name, id=node.id)
    for child in node.children:
        yield from _leaves(child, claims)
