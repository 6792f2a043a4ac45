"""``uncounted estimate``: how many there were in all, recorded and not, from how lists overlap."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import click

from uncounted.model.errors import BadInput, NotEnough

MODELS = ("shrinkage", "loglinear", "dga", "lcmcr", "nhoi", "chao", "chapman", "dr", "all")
OPTIONS_OF = {
    "shrinkage": ("samples",),
    "loglinear": ("criterion", "average", "order", "replicates"),
    "dga": ("delta", "saturated", "cap", "grid", "samples"),
    "lcmcr": ("classes", "cap", "effort"),
    "nhoi": ("xi", "samples"),
    "chao": ("samples",),
    "chapman": ("samples",),
    "dr": ("folds", "learner", "samples"),
}


def _names(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip()) if value else ()


def _pairs(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    for item in value:
        if "=" not in item:
            raise click.BadParameter(f"{item!r} is not of the form COLUMN=VALUE")
    return dict((part.strip() for part in item.split("=", 1)) for item in value)  # type: ignore[misc]


@click.command("estimate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--model", type=click.Choice(MODELS), default="all", show_default=True, help="The engine.")
@click.option("--lists", callback=_names, help="Use these lists alone (columns of 0 and 1), separated by commas.")
@click.option("--by", callback=_names, help="Estimate each stratum of these columns and sum them.")
@click.option("--where", multiple=True, callback=_pairs, help="Keep rows with COLUMN=VALUE; may be repeated.")
@click.option("--draws", "draws", help="Column that numbers draws of the links; their estimates are pooled.")
@click.option("--pooling", type=click.Choice(["mixture", "rubin"]), default="mixture", show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--level", type=click.FloatRange(0.5, 0.999), default=0.95, show_default=True, help="Of the interval.")
@click.option("--samples", type=click.IntRange(min=100), help="Draws (dga, nhoi, chao, chapman, dr).")
@click.option("--replicates", type=click.IntRange(min=100), help="Bootstrap samples (loglinear).")
@click.option("--criterion", type=click.Choice(["bic", "aic"]), help="What chooses the log-linear model.")
@click.option("--average", is_flag=True, default=None, help="Average log-linear models by weight; choose none.")
@click.option("--order", type=click.IntRange(min=1), help="Highest order of interaction (loglinear).")
@click.option("--classes", type=click.IntRange(min=1), help="Most latent classes (lcmcr).")
@click.option("--effort", type=click.IntRange(1, 3), help="Fix the size of the run (lcmcr).")
@click.option("--cap", type=click.FloatRange(min=1), help="Largest number unseen thought possible (dga, lcmcr).")
@click.option("--delta", type=float, help="Prior mass of a cell (dga).")
@click.option("--saturated", is_flag=True, default=None, help="Let the saturated graph take part (dga).")
@click.option("--grid", type=click.Choice(["log", "integer"]), help="Grid of the unseen (dga).")
@click.option("--xi", type=float, help="Highest-order odds ratio that is assumed (nhoi).")
@click.option("--folds", type=click.IntRange(min=2), help="Cross-fitting folds (dr).")
@click.option("--learner", type=click.Choice(["logistic", "boosting"]), help="Learner of chances (dr).")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Also write all engines to one HTML page."
)
@click.option("--json", "as_json", is_flag=True, help="One machine-readable answer on standard output.")
def estimate(
    *,
    file: Path,
    model: str,
    lists: tuple[str, ...],
    by: tuple[str, ...],
    where: dict[str, str],
    draws: str | None,
    pooling: str,
    seed: int,
    level: float,
    report: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Estimate how many there were in all from the overlaps of lists in FILE (CSV).

    FILE holds one row a person, or one row a capture pattern with a column ``count``; a list is a column of 0 and 1
    and other columns are covariates or strata. A refusal to give a number leaves with status 3.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        persons = _read(file, lists, by, where, draws)
        if report:
            from uncounted.estimate.report.page import page

            report.write_text(page(persons, title=f"How many in all: {file.stem}", seed=seed, level=level), "utf-8")
            click.echo(f"report written to {report}", err=True)
        if model == "all":
            answer = _all(persons, by=by, draws=draws, pooling=pooling, seed=seed, level=level, given=given)
        else:
            _check_options(model, given)
            answer = _one(
                model, persons, by=by, draws=draws, pooling=pooling, seed=seed, level=level, given=given
            ).as_json()
    except NotEnough as refusal:
        if not as_json:
            raise
        click.echo(json.dumps({"refused": str(refusal)}, ensure_ascii=False))
        raise SystemExit(refusal.exit_status) from None
    click.echo(json.dumps(answer, ensure_ascii=False, allow_nan=False) if as_json else words(answer))


def _check_options(model: str, given: dict[str, Any]) -> None:
    for name in given:
        if name not in OPTIONS_OF[model]:
            users = ", ".join(engine for engine, known in OPTIONS_OF.items() if name in known)
            raise BadInput(f"--{name}", f"has no meaning for {model}", f"It is for {users}.")


def _read(file: Path, lists: tuple[str, ...], by: tuple[str, ...], where: dict[str, str], draws: str | None) -> Any:
    from uncounted.estimate.rows import read_columns

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(str(file), "is not UTF-8 text", "Save it as CSV in UTF-8.") from None
    head = text.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(cell.strip() for cell in row)]
    if len(rows) < 2:
        raise BadInput(str(file), "holds no rows below its header")
    header = [name.strip() for name in rows[0]]
    if len(set(header)) != len(header):
        raise BadInput(str(file), "has two columns of the same name", "Give each column a name of its own.")
    for number, row in enumerate(rows[1:], 1):
        if len(row) != len(header):
            raise BadInput(f"row {number} of {file}", f"has {len(row)} cells where the header has {len(header)}")
    columns = {name: [row[i] for row in rows[1:]] for i, name in enumerate(header)}
    return read_columns(columns, lists or None, (*by, *((draws,) if draws else ())), where)


def _one(
    model: str, persons: Any, *, by: tuple[str, ...], draws: str | None, pooling: str, seed: int, level: float,
    given: dict[str, Any],
) -> Any:  # fmt: skip
    from uncounted.estimate import engines, linkage, strata

    if draws:
        parts = {key[0]: part for key, part in persons.strata((draws,)).items()}
        return linkage.over_draws(model, parts, seed=seed, level=level, pooling=pooling, **given)  # type: ignore[arg-type]
    if by:
        return strata.by_stratum(model, persons.strata(by), seed=seed, level=level, **given)
    return engines.run(model, persons, seed=seed, level=level, **given)


def _all(
    persons: Any,
    *,
    by: tuple[str, ...],
    draws: str | None,
    pooling: str,
    seed: int,
    level: float,
    given: dict[str, Any],
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for model in MODELS[:-1]:
        fitting = {name: value for name, value in given.items() if name in OPTIONS_OF[model]}
        try:
            found[model] = _one(
                model, persons, by=by, draws=draws, pooling=pooling, seed=seed, level=level, given=fitting
            ).as_json()
        except NotEnough as refusal:
            found[model] = {"model": model, "refused": str(refusal)}
    if all("refused" in answer for answer in found.values()):
        reasons = dict.fromkeys(answer["refused"] for answer in found.values())
        raise NotEnough("every engine", "; ".join(reasons))
    table = persons.table()
    return {"model": "all", "lists": list(table.lists), "observed": table.observed, "engines": found}


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
