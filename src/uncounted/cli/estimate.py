"""``uncounted estimate``: how many there were in all, recorded and not, from how lists overlap."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import click

from uncounted.cli.common import case_option
from uncounted.cli.estimate_words import words
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
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@case_option
@click.option("--model", type=click.Choice(MODELS), help="The engine [default: all of FILE, shrinkage in a case].")
@click.option("--lists", callback=_names, help="Use these lists alone, separated by commas.")
@click.option("--by", callback=_names, help="Estimate each stratum of these and sum them.")
@click.option("--where", multiple=True, callback=_pairs, help="Keep rows with COLUMN=VALUE; may be repeated.")
@click.option("--draws", "draws", help="Column that numbers draws of the links; their estimates are pooled.")
@click.option(
    "--engine",
    type=click.Choice(["local", "cores", "spark"]),
    default="local",
    show_default=True,
    help="Where strata and draws are estimated.",
)
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Folder of estimates to find again.")
@click.option(
    "--pool",
    type=click.Choice(["none", "partial"]),
    default="none",
    show_default=True,
    help="Let strata of --by borrow from each other how lists depend (shrinkage).",
)
@click.option("--links", type=click.IntRange(min=0), default=20, show_default=True, help="Draws of a case's links.")
@click.option("--again", type=int, metavar="ENTRY", help="Make a recorded estimate again and compare, byte for byte.")
@click.option("--made", is_flag=True, help="Show the estimates that the case records.")
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
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Also write a report, HTML or PDF by its ending."
)
@click.option("--json", "as_json", is_flag=True, help="One machine-readable answer on standard output.")
def estimate(
    *,
    file: Path | None,
    folder: Path,
    model: str | None,
    lists: tuple[str, ...],
    by: tuple[str, ...],
    where: dict[str, str],
    draws: str | None,
    pooling: str,
    seed: int,
    level: float,
    engine: str,
    keep: Path | None,
    pool: str,
    links: int,
    again: int | None,
    made: bool,
    report: Path | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Estimate how many there were in all from the overlaps of lists in FILE (CSV), or of a case without FILE.

    FILE holds one row a person, or one row a capture pattern with a column ``count``; a list is a column of 0 and 1
    and other columns are covariates or strata. In a case the lists are its victim lists and who is on several follows
    from its matches; --by takes period, year, sex, age, place or a column of the lists, and the answer is recorded. A
    refusal to give a number leaves with status 3.
    """
    given = {name: value for name, value in options.items() if value is not None}
    if file is None:
        from uncounted.cli import estimate_case

        estimate_case.run(
            folder, model, lists=lists, by=by, seed=seed, level=level, links=links, again=again, made=made,
            report=report, as_json=as_json,
        )  # fmt: skip
        return
    model = model or ("shrinkage" if pool == "partial" else "all")
    runner = _runner(engine, keep)
    try:
        persons = _read(file, lists, by, where, draws)
        if report:
            from uncounted.estimate.report import write

            write(report, persons, title=f"How many in all: {file.stem}", seed=seed, level=level)
            click.echo(f"report written to {report}", err=True)
        if model == "all":
            answer = _all(
                persons, by=by, draws=draws, pooling=pooling, seed=seed, level=level, given=given, runner=runner
            )
        elif pool == "partial":
            answer = _partial(persons, model, by=by, seed=seed, level=level).as_json()
        else:
            _check_options(model, given)
            answer = _one(
                model, persons, by=by, draws=draws, pooling=pooling, seed=seed, level=level, given=given, runner=runner
            ).as_json()
            if not by and not draws:
                answer["warnings"] += _second(model, persons, seed=seed, level=level)
    except NotEnough as refusal:
        if not as_json:
            raise
        click.echo(json.dumps({"refused": str(refusal)}, ensure_ascii=False))
        raise SystemExit(refusal.exit_status) from None
    click.echo(json.dumps(answer, ensure_ascii=False, allow_nan=False) if as_json else words(answer))


def _runner(engine: str, keep: Path | None) -> Any:
    """Where estimates are made and kept; ``None`` for here, one after another, kept nowhere."""
    if engine == "local" and keep is None:
        return None
    from tqdm import tqdm

    from uncounted.cli.keeping import Kept
    from uncounted.estimate import scale

    ways: dict[str, Any] = {"local": scale.sequential, "cores": scale.over_cores, "spark": scale.over_spark}
    bar: Any = tqdm(delay=1, leave=False, unit="estimate")

    def progress(done: int, of: int) -> None:
        bar.total = of
        bar.update(done - bar.n)

    return scale.kept(Kept(keep) if keep else {}, ways[engine], progress)


def _partial(persons: Any, model: str, *, by: tuple[str, ...], seed: int, level: float) -> Any:
    from uncounted.estimate.partial import partial

    if model != "shrinkage" or not by:
        raise BadInput("--pool partial", "is for the engine shrinkage over strata", "Give --by, and --model shrinkage.")
    return partial(persons.strata(by), seed=seed, level=level)


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
    given: dict[str, Any], runner: Any,
) -> Any:  # fmt: skip
    from uncounted.estimate import engines, linkage, scale, strata

    runner = runner or scale.sequential
    if draws:
        parts = {key[0]: part for key, part in persons.strata((draws,)).items()}
        return linkage.over_draws(model, parts, by=by, seed=seed, level=level, pooling=pooling, runner=runner, **given)  # type: ignore[arg-type]
    if by:
        return strata.by_stratum(model, persons.strata(by), seed=seed, level=level, runner=runner, **given)
    return engines.run(model, persons, seed=seed, level=level, **given)


def _second(model: str, persons: Any, *, seed: int, level: float) -> list[str]:
    """What the recommended engine would have warned of, for an engine that takes people to be alike and stays silent.

    Only how far people differ is passed on: the engines that are blind to it cannot say it themselves.
    """
    from uncounted.estimate import engines, foretold

    if model not in engines.BLIND:
        return []
    try:
        other = engines.run(engines.RECOMMENDED, persons, seed=seed, level=level)
    except NotEnough:
        return []
    moved = foretold.undecided(other.diagnostics)
    return [f"{model} takes people to be alike; {moved}"] if moved else []


def _all(
    persons: Any,
    *,
    by: tuple[str, ...],
    draws: str | None,
    pooling: str,
    seed: int,
    level: float,
    given: dict[str, Any],
    runner: Any,
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for model in MODELS[:-1]:
        fitting = {name: value for name, value in given.items() if name in OPTIONS_OF[model]}
        try:
            found[model] = _one(
                model,
                persons,
                by=by,
                draws=draws,
                pooling=pooling,
                seed=seed,
                level=level,
                given=fitting,
                runner=runner,
            ).as_json()
        except NotEnough as refusal:
            found[model] = {"model": model, "refused": str(refusal)}
    if all("refused" in answer for answer in found.values()):
        reasons = dict.fromkeys(answer["refused"] for answer in found.values())
        raise NotEnough("every engine", "; ".join(reasons))
    table = persons.table()
    return {"model": "all", "lists": list(table.lists), "observed": table.observed, "engines": found}
