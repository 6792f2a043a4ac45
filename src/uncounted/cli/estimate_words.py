"""The answer of an estimate as people read it in a terminal."""

from typing import Any


def words(answer: dict[str, Any]) -> str:
    """The answer as a table that is read by people."""
    engines = answer.get("engines") or {answer["model"]: answer}
    lines = [f"{answer['observed']:,} people recorded by {', '.join(answer['lists'])}", ""]
    lines.append(f"{'engine':<10} {'median':>12} {'low':>12} {'high':>12}")
    notes: list[str] = []
    for name, found in engines.items():
        if "refused" in found:
            lines.append(f"{name:<10} no number")
            notes.append(f"{name}: no number. {found['refused']}")
            continue
        number = found["estimate"]
        lines.append(f"{name:<10} {number['median']:>12,.0f} {number['low']:>12,.0f} {number['high']:>12,.0f}")
        notes.extend(f"{name}: {warning}" for warning in found["warnings"])
    level = next((f["estimate"]["level"] for f in engines.values() if "estimate" in f), 0.95)
    lines.append(f"\nTotals are recorded plus unrecorded people; low to high is the {level:.0%} interval.")
    if notes:
        lines += ["", "What to know before using a number:", *(f"  {note}" for note in notes)]
    return "\n".join(lines)
