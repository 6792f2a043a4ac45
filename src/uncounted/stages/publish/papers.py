"""The papers of a release: how to cite it, what may be done with it, what changed, the ledger's checkpoint."""

import base64
from collections.abc import Iterator

import msgspec

from uncounted.model.identity import canonical
from uncounted.model.release import Dossier, FigureChange
from uncounted.stages.publish.tables import pretty
from uncounted.stages.publish.words import spoken

NO_LICENCE = """\
The recorder has stated no licence for this release. Ask them before you copy more than the law of your country lets
you quote. A licence is stated by a file LICENSE in the case's folder.
"""
GEONAMES = """
Coordinates of places whose entry begins with "geonames:" are from GeoNames (geonames.org), CC BY 4.0.
"""


def papers(dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    """Yield each paper's path and bytes."""
    yield "CITATION.cff", citation(dossier)
    yield "LICENSE", ((dossier.licence or NO_LICENCE) + GEONAMES).encode()
    yield "CHANGELOG.md", changelog(dossier)
    yield "changes.json", pretty({"since": dossier.since, "changes": dossier.changes})
    yield "corrections.json", pretty([_public(one) for one in dossier.corrections if one.verdict])
    yield "checkpoint.txt", checkpoint(dossier)
    yield "rules.json", pretty(dossier.rules)
    yield "origins.json", pretty(dossier.trees)
    yield "beside.json", pretty({"beside": dossier.beside, "tables": dossier.tables, "totals": dossier.totals})


def _public(one: object) -> object:
    """A decided request without the words of whoever asked and without the name of who decided."""
    held = msgspec.to_builtins(one)
    del held["said"], held["by"]
    return held


def citation(dossier: Dossier) -> bytes:
    """``CITATION.cff`` (Citation File Format 1.2.0); values are JSON, which every YAML reader takes."""
    day = (dossier.as_of or "")[:10]
    fields: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite the release with its policy and moment.",
        "type": "dataset",
        "title": dossier.title,
        "version": f"{dossier.policy} {day}".strip(),
        "identifiers": [{"type": "other", "value": f"ledger root {dossier.root}, {dossier.facts} facts"}],
        "authors": [{"name": dossier.title}],
    }
    if day:
        fields["date-released"] = day
    lines = [f"{key}: {canonical(value).decode()}" for key, value in fields.items()]
    return ("\n".join(lines) + "\n").encode()


def checkpoint(dossier: Dossier) -> bytes:
    """The ledger's size and root as the body of a C2SP checkpoint, which a signed one must agree with."""
    root = base64.b64encode(bytes.fromhex(dossier.root)).decode() if len(dossier.root) == 64 else dossier.root
    return f"uncounted/release\n{dossier.facts}\n{root}\n".encode()


def changelog(dossier: Dossier) -> bytes:
    """What changed since the release before, cause by cause, in words."""
    lines = [f"# What changed: {dossier.title}", ""]
    day = f", as of {dossier.as_of[:10]}" if dossier.as_of else ""
    lines += [f"Policy {dossier.policy}{day}; {dossier.facts} facts.", ""]
    if dossier.since is None:
        lines.append("This is the first release of this policy.")
    elif not dossier.changes:
        lines.append(f"No figure differs from the release {dossier.since}.")
    else:
        lines += [f"Since the release {dossier.since}:", ""]
        by_cause: dict[tuple[str, str], list[FigureChange]] = {}
        for change in dossier.changes:
            by_cause.setdefault((change.cause, change.words), []).append(change)
        for (cause, words), held in by_cause.items():
            lines.append(f"- {cause}: {words}" if words else f"- {cause}")
            lines += [f"  - {_figure(change)}" for change in held]
    return ("\n".join(lines) + "\n").encode()


def _figure(change: FigureChange) -> str:
    words = spoken("en")
    labels = [value for key, value in change.cell.items() if key not in ("harm", "group")]
    name = " · ".join([f"{change.cell.get('group', '')} {change.cell.get('harm', '')}".strip(), *labels])
    before, after = (
        "not there" if figure is None else words.bounds(*figure) for figure in (change.before, change.after)
    )
    return f"{name}: {before} → {after}"
