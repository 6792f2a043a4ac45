"""Figures of so few people that somebody could be meant: merged or held back, alone and by difference."""

from collections.abc import Iterable, Mapping

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.incidents import Incident, Origin, OriginNode, TollCell
from uncounted.model.release import Dossier
from uncounted.stages.publish.safety.holding import PARTITIONS, Figure, History, Holder, named
from uncounted.stages.publish.safety.redaction import Redaction


def few_held(dossier: Dossier, least: int, earlier: History, told: list[Redaction]) -> tuple[Dossier, History]:
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
    documents = {claim.document for claim in claims.values()}
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
            captures={n: c for n, c in dossier.captures.items() if n in documents},
            texts={n: t for n, t in dossier.texts.items() if n in documents},
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
