"""The report's pictures: overlaps, engines side by side, posteriors and sensitivity."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Table

if TYPE_CHECKING:
    from uncounted.estimate.report.content import Content

INK, PALE, MARK = "#22313f", "#c9d3dc", "#a83232"
DOTS = 200
"""Dots an inch of pictures on paper."""


def _figure(width: float, height: float, rows: int = 1, **options: Any) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure: Any = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, 1, **options)


def svg(figure: Any) -> str:
    """A figure as SVG text, the same for the same figure."""
    import matplotlib as mpl

    settings: Any = {"svg.hashsalt": "uncounted", "svg.fonttype": "path", "font.size": 9}
    out = io.StringIO()
    with mpl.rc_context(settings):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return text[text.index("<svg") :]


def _plain(axes: Any) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def png(figure: Any) -> bytes:
    """A figure as PNG, for paper."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DOTS, metadata={"Software": None})
    return out.getvalue()


def all_of(content: "Content") -> dict[str, Any]:
    """Every picture of a report by name."""
    drawn = [e for e in content.found if e.model in {"shrinkage", "loglinear", "dga", "lcmcr"}]
    return {
        "overlaps": overlaps(content.table),
        "engines": engines([e for e in content.found if e.high < 1e3 * e.median]),
        "densities": densities(drawn or content.found),
        **{found.name: curve(found.points, found.label) for found in content.curves},
    }


def overlaps(table: Table, most: int = 25) -> Any:
    """An UpSet plot (Lex and others 2014): people by capture pattern, largest first, with the lists of each."""
    order = np.argsort(-table.counts, kind="stable")[:most]
    figure, (bars, dots) = _figure(
        max(4.0, 0.32 * len(order) + 2), 2.2 + 0.25 * len(table.lists), 2,
        sharex=True, height_ratios=[2.2, 0.28 * len(table.lists)],
    )  # fmt: skip
    places = np.arange(len(order))
    bars.bar(places, table.counts[order], color=INK)
    for place, count in zip(places, table.counts[order], strict=True):
        bars.text(place, count, f"{count:,}", ha="center", va="bottom", fontsize=6)
    bars.set_ylabel("people")
    _plain(bars)
    for j, name in enumerate(table.lists):
        on = table.patterns[order, j] == 1
        dots.scatter(places, np.full(len(order), -j), color=PALE, s=18)
        dots.scatter(places[on], np.full(int(on.sum()), -j), color=INK, s=18)
        dots.text(-1.0, -j, f"{name} ({table.sizes[j]:,})", ha="right", va="center", fontsize=8)
    dots.set_axis_off()
    return figure


def engines(found: Sequence[Estimate]) -> Any:
    """Median and interval of each engine on one scale (logarithmic), with the recorded number as a line."""
    figure, axes = _figure(6.5, 0.45 * len(found) + 1)
    for place, estimate in enumerate(found):
        axes.plot([estimate.low, estimate.high], [-place, -place], color=INK, linewidth=2)
        axes.plot([estimate.median], [-place], "o", color=MARK, markersize=5)
    axes.axvline(max(estimate.observed for estimate in found), color=PALE)
    axes.set_xscale("log")
    axes.set_yticks([-i for i in range(len(found))], [estimate.model for estimate in found])
    axes.set_xlabel("people in all, recorded and not; the pale line is the recorded number")
    _plain(axes)
    return figure


def densities(found: Sequence[Estimate]) -> Any:
    """Histograms of the draws of N of each engine that has draws."""
    drawn = [estimate for estimate in found if len(estimate.draws)]
    figure, grid = _figure(6.5, 1.1 * len(drawn) + 0.4, len(drawn), squeeze=False)
    for axes, estimate in zip(np.ravel(grid), drawn, strict=True):
        low, high = np.quantile(estimate.draws, [0.002, 0.998])
        axes.hist(estimate.draws, bins=np.linspace(low, max(high, low + 1), 60), color=PALE)
        axes.axvline(estimate.median, color=MARK)
        axes.set_yticks([])
        axes.set_title(estimate.model, loc="left", fontsize=8)
        _plain(axes)
    return figure


def curve(points: Sequence[tuple[str, float, float, float]], label: str) -> Any:
    """Medians and intervals over a condition that was varied: (name, median, low, high)."""
    figure, axes = _figure(6.5, 2.6)
    places = range(len(points))
    for place, (_, _, low, high) in zip(places, points, strict=True):
        axes.plot([place, place], [low, high], color=INK)
    axes.plot(places, [median for _, median, _, _ in points], "o", color=MARK, markersize=4)
    axes.set_yscale("log")
    axes.set_xticks(list(places), [name for name, *_ in points], rotation=30, ha="right", fontsize=7)
    axes.set_xlabel(label)
    axes.set_ylabel("people in all")
    _plain(axes)
    return figure
