"""What a report says, whatever it is printed on: gathered once, from every engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from uncounted.estimate import engines
from uncounted.estimate.checks import picture
from uncounted.estimate.covariates import Persons
from uncounted.estimate.report import sensitivity
from uncounted.estimate.report.sensitivity import Point
from uncounted.estimate.result import Estimate
from uncounted.estimate.tables import Table
from uncounted.model.errors import NotEnough

ASSUMES = {
    "shrinkage": "Some pairs of lists may depend on each other and people may differ in how easily lists find them; "
    "how the lists depend all at once is taken to be no stronger than what their pairs show.",
    "loglinear": "The chosen pattern of dependence between lists is the right one, and everybody within reach of the "
    "lists is alike in it.",
    "dga": "Lists depend on each other as in one of the decomposable graphs, not all on all, and people are alike.",
    "lcmcr": "People fall into a few classes; within a class the lists are independent.",
    "nhoi": "There is no interaction of all lists at once (ξ = 1). No data can test this.",
    "chao": "None beyond people differing: it is a lower bound, not an estimate of the whole.",
    "chapman": "The two lists are independent and find everybody with equal ease.",
    "dr": "The two lists are independent among people with equal covariates.",
}
"""What each engine takes for granted, in plain words."""


@dataclass(frozen=True)
class Curve:
    """A condition that was varied: a short name, its picture's label, what to see in it, and the answers."""

    name: str
    label: str
    said: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Content:
    """All that a report shows, in the order of its parts."""

    title: str
    table: Table
    shown: dict[str, Any]
    identified: tuple[str, ...]
    found: tuple[Estimate, ...]
    refused: dict[str, str]
    curves: tuple[Curve, ...]
    facts: tuple[tuple[str, str], ...]
    level: float
    seed: int
    linkages: int = 0
    predictive: tuple[dict[str, Any], ...] = field(default=())

    @property
    def apart(self) -> str:
        """That engines which model several lists disagree, or nothing."""
        told = [e for e in self.found if e.model in {"shrinkage", "loglinear", "dga", "lcmcr"}]
        if len(told) < 2:
            return ""
        low, high = min(told, key=lambda e: e.median), max(told, key=lambda e: e.median)
        if high.median < 1.25 * low.median:
            return ""
        return (
            f"The engines disagree: {low.model} says {low.median:,.0f} and {high.model} {high.median:,.0f}. The lists "
            "do not decide between what they take for granted."
        )

    @property
    def recommended(self) -> Estimate | None:
        """The answer of the recommended engine, if it gave one."""
        return next((estimate for estimate in self.found if estimate.model == engines.RECOMMENDED), None)


def gather(
    persons: Persons, *, title: str, seed: int = 1, level: float = 0.95, linkages: Sequence[Persons] = ()
) -> Content:
    """Run every engine. One that refuses stands there with its reason.

    Raises :class:`NotEnough` only when all of them refuse.
    """
    table = persons.table()
    found: list[Estimate] = []
    refused: dict[str, str] = {}
    for name in engines.NAMES:
        try:
            found.append(engines.run(name, persons, seed=seed, level=level))
        except NotEnough as fault:
            refused[name] = str(fault)
    if not found:
        raise NotEnough("every engine", "; ".join(dict.fromkeys(refused.values())))
    by_name = {estimate.model: estimate for estimate in found}
    leading = by_name.get(engines.RECOMMENDED, found[0])
    return Content(
        title, table, picture(table), tuple(_identified(table)), tuple(found), refused,
        tuple(_curves(table, by_name, leading.model, list(linkages), seed=seed, level=level)), tuple(_facts(by_name)),
        level, seed, len(linkages), tuple(leading.diagnostics.get("predictive", ())),
    )  # fmt: skip


def _identified(table: Table) -> list[str]:
    """What the lists can and cannot tell, before any number."""
    lists = len(table.lists)
    shown = picture(table)
    said = [
        f"{lists} lists show {2**lists - 1} kinds of people: those on exactly these lists and no others. The number "
        "wanted is of the one kind that no list shows. It follows from the others only with an assumption of how all "
        f"{lists} lists hang together, which no data can test."
    ]
    if lists == 2:
        said.append("Two lists test nothing: whether they are independent must be known from how they were made.")
    elif lists == 3:
        said.append(
            "Three lists leave nothing over to test a model by: every model here fits the seen overlaps as well."
        )
    if shown["empty_patterns"]:
        said.append(
            f"{shown['empty_patterns']} of the {shown['patterns']} kinds have nobody in them; of those the lists say "
            "only that they are rare."
        )
    if shown["on_one_list_only"] > 0.85:
        said.append(
            f"{shown['on_one_list_only']:.0%} of the people are on one list only. The answer leans on the few who are "
            "on several, and on each of their links being right."
        )
    said.append("A group that none of these lists could reach is not in any number below.")
    return said


def _curves(
    table: Table, by_name: dict[str, Estimate], leading: str, linkages: list[Persons], *, seed: int, level: float
) -> list[Curve]:
    curves = []
    if engines.RECOMMENDED in by_name:
        curves.append(
            Curve(
                "shift", "how much people are thought to differ",
                "shrinkage weighs several stories: people alike, ever more different, or of two classes. Where these "
                "answers lie far apart and none has nearly all the weight, the lists do not decide between them.",
                tuple(sensitivity.shift_curve(by_name[engines.RECOMMENDED])),
            )
        )  # fmt: skip
    if "nhoi" in by_name:
        curves.append(
            Curve(
                "xi", "assumed highest-order odds ratio ξ (untestable)",
                "Every set of lists leaves one number open: how the chance of being on all lists at once departs from "
                "what smaller overlaps say. The curve shows the answer for other values than the usual 1.",
                tuple(sensitivity.odds_ratio_curve(by_name["nhoi"])),
            )
        )  # fmt: skip
    if len(table.lists) > 3:
        points = sensitivity.without_each_list(table, leading, seed=seed, level=level)
        curves.append(
            Curve(
                "lists", f"one list left out ({leading})",
                "An answer that moves much when one list is left out rests on that list.", tuple(points),
            )
        )  # fmt: skip
    if len(linkages) > 1:
        points = sensitivity.over_linkages(linkages[:12], leading, seed=seed, level=level)
        curves.append(
            Curve(
                "links", f"draws of who is who ({leading})",
                "Each point takes the doubtful links another way, as often as they are thought to be right.",
                tuple(points),
            )
        )  # fmt: skip
    caps = sensitivity.cap_curve([by_name[name] for name in ("dga", "lcmcr") if name in by_name])
    if len(caps) > 1:
        curves.append(
            Curve(
                "cap", "largest number thought possible",
                "An answer that grows with the largest number thought possible is made by that limit, not the lists.",
                tuple(caps),
            )
        )  # fmt: skip
    return [curve for curve in curves if len(curve.points) > 1]


def _facts(by_name: dict[str, Estimate]) -> list[tuple[str, str]]:
    """What the engines' own checks say, one line each."""
    said: list[tuple[str, str]] = []

    def best(name: str, most: int = 4) -> str:
        return "; ".join(f"{m['model']} {m['weight']:.2f}" for m in by_name[name].diagnostics["top_models"][:most])

    if "shrinkage" in by_name:
        said.append(("Shrinkage: stories with most weight", best("shrinkage")))
    if "loglinear" in by_name:
        known = by_name["loglinear"].diagnostics
        top = "; ".join(f"{m['model']} {m['n']:,.0f} (weight {m['weight']:.2f})" for m in known["top_models"][:4])
        said.append(("Log-linear models that fit best", top))
        said.append(("Existence of the chosen model's estimate", known["existence"]))
    if "dga" in by_name:
        known = by_name["dga"].diagnostics
        said.append(("Graphs with most weight", best("dga")))
        said.append(("Probability near the end of the grid", f"{known['mass_near_cap']:.2g}"))
        said.append(("Weight of the graph that knows nothing", f"{known['saturated_weight']:.2g} (left out)"))
    if "lcmcr" in by_name:
        known = by_name["lcmcr"].diagnostics
        said.append(("Latent classes: R-hat and effective draws", f"{known['r_hat']:.3f}, {known['ess']:,.0f}"))
        modes = "; ".join(f"{mode['n']:,.0f} ({mode['mass']:.0%})" for mode in known["modes"])
        said.append(("Latent classes: peaks of the answer", modes))
    return said
