"""A dossier made safe to publish, with an account of what was taken out."""

from collections.abc import Iterable, Mapping

import msgspec

from uncounted.model.claims import Claim, Count, Passage, Place, Source, Time
from uncounted.model.evidence import Capture
from uncounted.model.incidents import Incident, Origin, OriginNode, TollCell
from uncounted.model.release import Dossier
from uncounted.stages.publish.safety.holding import PARTITIONS, Figure, History, Holder, named
from uncounted.stages.publish.safety.profile import Profile
from uncounted.stages.publish.safety.words import Cut, Names, Redacted, beyond, without_names

FIGURE_ONLY = "[withheld: the figure only]"
KEPT_BACK = "withheld"


class Protected(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a case protects.

    ``silent`` are reports of which only the figure may be shown; ``names`` may not be shown without consent;
    ``spans`` maps a report to the places of its text where a victim is named.
    """

    silent: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    spans: dict[str, tuple[tuple[int, int], ...]] = {}


class Redaction(msgspec.Struct, frozen=True, kw_only=True):
    """One thing taken out: ``where`` it was, what is shown ``instead``, and ``why``. What it was is not repeated."""

    where: str
    instead: str
    why: str


class Safe(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier to publish, what was taken out of the one given, and all figures shown so far."""

    dossier: Dossier
    redactions: tuple[Redaction, ...]
    figures: History


def made_safe(dossier: Dossier, profile: Profile, protected: Protected, earlier: History | None = None) -> Safe:
    """Return the dossier as the profile lets it be shown. ``earlier`` is all that former releases showed of figures."""
    told: list[Redaction] = []
    dossier = _silenced(dossier, protected.silent, told)
    dossier = _reworded(dossier, profile, protected, told)
    dossier = _stripped(dossier, profile, told)
    dossier = _coarsened(dossier, profile, told)
    figures: History = {}
    if profile.least:
        dossier, figures = _held(dossier, profile.least, earlier or {}, told)
    if profile.names == "consent" and protected.names:
        names = Names(protected.names)
        dossier = msgspec.structs.replace(without_names(dossier, names), memorial=dossier.memorial)
    return Safe(dossier=dossier, redactions=tuple(told), figures=figures)


def _silenced(dossier: Dossier, silent: frozenset[str], told: list[Redaction]) -> Dossier:
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


def _reworded(dossier: Dossier, profile: Profile, protected: Protected, told: list[Redaction]) -> Dossier:
    """Names that may not be shown taken out of the reports' words, and words that no claim rests on left out."""
    if profile.names == "reported" and profile.texts == "whole":
        return dossier
    names = Names(protected.names if profile.names == "consent" else ())
    held: dict[str, list[Claim]] = {}
    for claim in dossier.claims.values():
        held.setdefault(claim.document, []).append(claim)
    texts, claims, captures = dict(dossier.texts), dict(dossier.claims), dict(dossier.captures)
    for document in sorted(dossier.texts.keys() - protected.silent):
        text = dossier.texts[document]
        cuts = []
        if profile.names == "consent":
            cuts = names.cuts(text) + [Cut(*span, "[name withheld]") for span in protected.spans.get(document, ())]
            told += [Redaction(where=f"captures/{document}.txt, {cut.start}–{cut.end}", instead=cut.instead,
                               why="no consent to be named") for cut in cuts]  # fmt: skip
        if profile.texts == "passages":
            cuts += beyond(text, held.get(document, ()))
            told.append(
                Redaction(where=f"captures/{document}.txt", instead="the passages alone", why=f"profile {profile.name}")
            )
        if not cuts:
            continue
        redacted = Redacted(text, cuts)
        texts[document] = redacted.text
        claims |= {claim.id: redacted.claim(claim) for claim in held.get(document, ())}
        # The hash of the words as they were would let anybody try names until it fits.
        captures[document] = msgspec.structs.replace(captures[document], text=None, object=KEPT_BACK)
    trees = {name: tuple(_requoted(one, claims) for one in found) for name, found in dossier.trees.items()}
    return msgspec.structs.replace(dossier, texts=texts, claims=claims, captures=captures, trees=trees)


def _requoted(node: OriginNode, claims: Mapping[str, Claim]) -> OriginNode:
    claim = claims.get(node.id) if node.kind == "claim" and node.id else None
    said = " ".join(claim.passage.text.split()) if claim else node.name
    children = tuple(_requoted(child, claims) for child in node.children)
    return msgspec.structs.replace(node, name=said, children=children)


def _stripped(dossier: Dossier, profile: Profile, told: list[Redaction]) -> Dossier:
    """Files' names and moments of preservation never leave; authors and addresses as the profile says."""
    captures = {}
    for name, capture in dossier.captures.items():
        fields: dict[str, object] = {"name": name, "taken": capture.taken[:10], "record": None}
        for field, shown in (("author", profile.authors), ("url", profile.addresses)):
            if not shown and getattr(capture, field):
                fields[field] = None
                told.append(Redaction(where=f"report {name}, {field}", instead="", why=f"profile {profile.name}"))
        captures[name] = msgspec.structs.replace(capture, **fields)
    corrections = tuple(msgspec.structs.replace(one, said="") for one in dossier.corrections)
    return msgspec.structs.replace(dossier, captures=captures, corrections=corrections)


def _coarsened(dossier: Dossier, profile: Profile, told: list[Redaction]) -> Dossier:
    """Points with as many decimals as their precision is given."""
    moved = 0

    def coarse(place: Place | None) -> Place | None:
        nonlocal moved
        if place is None or place.lat is None or place.lon is None:
            return place
        digits = profile.coordinates.get(place.precision or "city", 1)
        lat, lon = round(place.lat, digits), round(place.lon, digits)
        moved += (lat, lon) != (place.lat, place.lon)
        others = tuple(
            msgspec.structs.replace(one, lat=round(one.lat, digits), lon=round(one.lon, digits))
            for one in place.alternatives
        )
        return msgspec.structs.replace(place, lat=lat, lon=lon, alternatives=others)

    claims = {
        name: msgspec.structs.replace(claim, place=coarse(claim.place)) if claim.place else claim
        for name, claim in dossier.claims.items()
    }
    incidents = tuple(msgspec.structs.replace(one, place=coarse(one.place)) for one in dossier.incidents)
    if moved:
        told.append(
            Redaction(where=f"{moved} points", instead="rounded by their precision", why=f"profile {profile.name}")
        )
    return msgspec.structs.replace(dossier, claims=claims, incidents=incidents)


def _held(dossier: Dossier, least: int, earlier: History, told: list[Redaction]) -> tuple[Dossier, History]:
    """Figures of fewer than ``least`` people, alone or by difference, merged or held back."""
    holder = Holder(earlier, least)
    whole = [found for cell in dossier.toll.get("", ()) if (found := holder.whole("", cell))]
    totals: dict[tuple[str, str], Figure] = {_of(cell): (cell.low, cell.high) for cell in whole}
    toll: dict[str, tuple[TollCell, ...]] = {"": tuple(whole)}
    for by in PARTITIONS:
        toll[by] = tuple(
            cell
            for key, cells in _by_kind(dossier.toll.get(by, ())).items()
            if key in totals
            for cell in holder.split(by, totals[key], cells)
        )
    toll["group"] = _groups(holder, dossier.toll.get("group", ()), totals)
    toll["incident"] = tuple(
        cell
        for key, cells in _by_kind(dossier.toll.get("incident", ())).items()
        if key in totals
        for cell in holder.split("incident", totals[key], cells, again=False)
    )
    told_of = {(cell.cell["incident"], cell.cell["harm"]) for cell in toll["incident"]}
    shown = {name for name, _ in told_of}
    incidents = [one for one in dossier.incidents if one.id in shown]
    claims = {
        name: claim
        for one in incidents
        for name in one.claims
        if (claim := dossier.claims.get(name)) is not None
        and (one.id, claim.harm) in told_of
        and not _small(claim, least)
    }
    hidden = len(dossier.incidents) - len(incidents)
    if hidden:
        told.append(Redaction(where=f"{hidden} incidents", instead="in the totals alone", why=f"fewer than {least}"))
    for by, cells in dossier.toll.items():
        kept = {named(by, cell): (cell.low, cell.high) for cell in toll.get(by, ())}
        for cell in cells if by != "incident" else ():
            name = named(by, cell)
            if kept.get(name) != (cell.low, cell.high):
                labels = ", ".join(cell.cell.values())
                told.append(
                    Redaction(where=f"figure {labels}", instead=f"{kept[name]}" if name in kept else "merged",
                              why=f"fewer than {least} could be told apart")
                )  # fmt: skip
    tables = {
        name: tuple(safe_cells)
        for name, cells in dossier.tables.items()
        if len(safe_cells := [one for cell in cells if (one := holder.whole(f"table {name}", cell))]) == len(cells)
    }
    return (
        msgspec.structs.replace(
            dossier,
            toll={by: tuple(_known(cell, shown, claims) for cell in cells) for by, cells in toll.items()},
            incidents=tuple(_only(one, claims) for one in incidents),
            claims=claims,
            origins={name: _origins(found, claims) for name, found in dossier.origins.items() if name in shown},
            trees={
                name: tuple(tree for one in held if (tree := _pruned(one, claims)))
                for name, held in dossier.trees.items()
                if name in shown
            },
            captures={n: c for n, c in dossier.captures.items() if n in {one.document for one in claims.values()}},
            texts={n: t for n, t in dossier.texts.items() if n in {one.document for one in claims.values()}},
            totals=(),
            beside=(),
            tables=tables,
        ),
        holder.shown,
    )


def _of(cell: TollCell) -> tuple[str, str]:
    return cell.cell["harm"], cell.cell["group"]


def _by_kind(cells: Iterable[TollCell]) -> dict[tuple[str, str], list[TollCell]]:
    found: dict[tuple[str, str], list[TollCell]] = {}
    for cell in cells:
        found.setdefault(_of(cell), []).append(cell)
    return found


_TOGETHER: tuple[tuple[str, ...], ...] = (("children", "women", "men"), ("civilians", "combatants"))
"""Groups that share a whole between them: what they leave of it together is a figure too."""


def _groups(
    holder: Holder, cells: Iterable[TollCell], totals: Mapping[tuple[str, str], Figure]
) -> tuple[TollCell, ...]:
    """Groups are shown when they and the rest of everybody are safe; the headline group as in the whole toll."""
    found: list[TollCell] = []
    sets: dict[tuple[str, tuple[str, ...]], list[TollCell]] = {}
    for cell in cells:
        harm, group = _of(cell)
        if (harm, group) in totals:
            found += [one for one in (holder.whole("", cell),) if one]
        else:
            together = next((one for one in _TOGETHER if group in one), (group,))
            sets.setdefault((harm, together), []).append(cell)
    for (harm, together), held in sets.items():
        for head in [figure for (other, _), figure in totals.items() if other == harm]:
            found += holder.split(f"group {' '.join(together)}", head, held)
    return tuple(found)


def _small(claim: Claim, least: int) -> bool:
    """Whether a claim tells of fewer than ``least`` people, or of no number, by which somebody could be meant."""
    bound = claim.count.high if claim.count.high is not None else claim.count.low
    return bound is None or 0 < bound < least


def _known(cell: TollCell, incidents: set[str], claims: Mapping[str, Claim]) -> TollCell:
    return msgspec.structs.replace(
        cell,
        incidents=tuple(name for name in cell.incidents if name in incidents),
        claims=tuple(name for name in cell.claims if name in claims),
    )


def _only(incident: Incident, claims: Mapping[str, Claim]) -> Incident:
    return msgspec.structs.replace(incident, claims=tuple(name for name in incident.claims if name in claims))


def _origins(found: Iterable[Origin], claims: Mapping[str, Claim]) -> tuple[Origin, ...]:
    kept = (
        msgspec.structs.replace(one, claims=tuple(name for name in one.claims if name in claims), reasons=())
        for one in found
    )
    return tuple(one for one in kept if one.claims)


def _pruned(node: OriginNode, claims: Mapping[str, Claim]) -> OriginNode | None:
    if node.kind == "claim":
        return node if node.id in claims else None
    children = tuple(one for child in node.children if (one := _pruned(child, claims)))
    return msgspec.structs.replace(node, children=children, reasons=()) if children else None
