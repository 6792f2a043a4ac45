"""The report as one HTML page that needs nothing from elsewhere: no script, no font, no request."""

from typing import Any

from uncounted.estimate import engines
from uncounted.estimate.checks import picture
from uncounted.estimate.covariates import Persons
from uncounted.estimate.report import plots, sensitivity
from uncounted.estimate.report.template import TEMPLATE
from uncounted.estimate.result import Estimate
from uncounted.model.errors import NotEnough

ASSUMES = {
    "loglinear": "The chosen pattern of dependence between lists is the right one, and everybody within reach of the "
    "lists is alike in it.",
    "dga": "Lists depend on each other as in one of the decomposable graphs; not all lists depend on all others.",
    "lcmcr": "People fall into a few classes; within a class the lists are independent.",
    "nhoi": "There is no interaction of all lists at once (ξ = 1). No data can test this.",
    "chao": "None beyond people differing: it is a lower bound, not an estimate of the whole.",
    "chapman": "The two lists are independent and find everybody with equal ease.",
    "dr": "The two lists are independent among people with equal covariates.",
}
"""What each engine takes for granted, in plain words."""


def page(persons: Persons, *, title: str, seed: int = 1, level: float = 0.95) -> str:
    """Run every engine and write the page.

    Engines that refuse stand there with their reason. Raises :class:`NotEnough` only when all of them refuse.
    """
    import jinja2

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
    pictures: dict[str, str] = {
        "overlaps": plots.overlaps(table),
        "engines": plots.engines([e for e in found if e.high < 1e3 * e.median]),
        "densities": plots.densities([e for e in found if e.model in {"loglinear", "dga", "lcmcr"}] or found),
    }
    if "nhoi" in by_name:
        pictures["xi"] = plots.curve(
            sensitivity.odds_ratio_curve(by_name["nhoi"]), "assumed highest-order odds ratio (untestable)"
        )
    if len(table.lists) > 3:
        left = sensitivity.without_each_list(table, "dga" if "dga" in by_name else "loglinear", seed=seed, level=level)
        pictures["lists"] = plots.curve(left, "one list left out")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    environment.filters["people"] = lambda number: f"{number:,.0f}"
    return environment.from_string(TEMPLATE).render(
        title=title, table=table, shown=picture(table), found=found, refused=refused, pictures=pictures,
        assumes=ASSUMES, level=level, seed=seed, facts=_facts(by_name),
    )  # fmt: skip


def _facts(by_name: dict[str, Estimate]) -> list[tuple[str, str]]:
    """What the engines' own checks say, one line each."""
    said: list[tuple[str, str]] = []

    def about(name: str) -> dict[str, Any]:
        return dict(by_name[name].diagnostics)

    if "loglinear" in by_name:
        top = about("loglinear")["top_models"]
        shown = "; ".join(f"{m['model']} {m['n']:,.0f} (weight {m['weight']:.2f})" for m in top[:4])
        said.append(("Log-linear models that fit best", shown))
        said.append(("Existence of the chosen model's estimate", about("loglinear")["existence"]))
    if "dga" in by_name:
        shown = "; ".join(f"{m['model']} {m['weight']:.2f}" for m in about("dga")["top_models"][:4])
        said.append(("Graphs with most weight", shown))
        said.append(("Probability near the end of the grid", f"{about('dga')['mass_near_cap']:.2g}"))
    if "lcmcr" in by_name:
        known = about("lcmcr")
        said.append(("Latent classes: R-hat and effective draws", f"{known['r_hat']:.3f}, {known['ess']:,.0f}"))
        caps = ", ".join(f"{key} × cap: {value:,.0f}" for key, value in known["median_by_cap"].items() if key != "none")
        said.append(("Latent classes: median by largest number thought possible", caps))
        modes = "; ".join(f"{mode['n']:,.0f} ({mode['mass']:.0%})" for mode in known["modes"])
        said.append(("Latent classes: peaks of the answer", modes))
    return said
