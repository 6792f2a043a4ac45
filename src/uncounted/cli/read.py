"""``uncounted read``: claims of harm from reports, in their words."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from uncounted.cli.common import acting, by_option, json_option
from uncounted.model.errors import BadInput

KEY = "UNCOUNTED_LLM_KEY"
"""The environment's variable for an endpoint's key; it is never an option, never written down, never shown."""

EACH = "*"
"""What ``--explain`` is without a claim's name."""

Command = Callable[..., Any]


def _model_options(command: Command) -> Command:
    for option in (
        click.option("--patience", type=float, default=180.0, help="Seconds for one answer.", show_default=True),
        click.option("--send-away", "away", is_flag=True, help="Let reports leave this machine for the endpoint."),
        click.option(
            "--endpoint",
            envvar="UNCOUNTED_LLM_ENDPOINT",
            default="http://127.0.0.1:11434/v1",
            show_default=True,
            help="Any OpenAI-compatible address [$UNCOUNTED_LLM_ENDPOINT].",
        ),
        click.option(
            "--model", envvar="UNCOUNTED_LLM_MODEL", default="", help="The endpoint's model [$UNCOUNTED_LLM_MODEL]."
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--jsonl", is_flag=True, help="Documents on standard input, claims on standard output; needs no case.")
@click.option("--parquet", type=click.Path(path_type=Path), help="With --jsonl: documents from a folder of Parquet.")
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="With --parquet: read on this machine, or on Spark (an optional install).",
)
@click.option(
    "--explain",
    "explained",
    is_flag=False,
    flag_value=EACH,
    metavar="[CLAIM]",
    help="Say what made a claim of the case, in words; with --jsonl, each claim.",
)
@click.option("--attributions", is_flag=True, help="With --jsonl: every source, cue and content instead of claims.")
@click.option("--times", is_flag=True, help="With --jsonl: every time expression instead of claims.")
@click.option("--focus", help="With --jsonl: keep only what a record of this name would hold (muc4).")
@click.option("--reader", "name", default="grammar", show_default=True, help="Who reads: grammar, or llm.")
@_model_options
@click.option("--compare", nargs=2, metavar="A B", help="Show where two readers differ; queue that first.")
@click.option("--learn", is_flag=True, help="Let the case's reader learn from what was accepted and rejected.")
@click.option("--forget", is_flag=True, help="Go back to the shipped weights.")
@by_option
@click.option("--reason", default="", help="With --learn or --forget: why, kept with the fact.")
@json_option
@click.option("--case", "folder", type=click.Path(path_type=Path), default=Path(), help="The case to read.")
def read(
    *,
    jsonl: bool,
    parquet: Path | None,
    engine: str,
    explained: str | None,
    attributions: bool,
    times: bool,
    focus: str | None,
    name: str,
    model: str,
    endpoint: str,
    away: bool,
    patience: float,
    compare: tuple[str, str] | None,
    learn: bool,
    forget: bool,
    by: str | None,
    reason: str,
    as_json: bool,
    folder: Path,
) -> None:
    """Read who said how many were harmed, in whose words.

    Without --jsonl, the reports of a case that are not yet read. With --reader llm a language model points at the words
    and the words alone count; by default it runs on this machine, and nothing leaves it unless you say --send-away.
    With --learn the case's reader learns from its reviewers, and says what that is worth; --forget takes it back.
    --compare takes what two readers read: where they differ is reviewed first, where they agree last and quickly.
    """
    from uncounted.cli import comparing, reading, streaming
    from uncounted.stages.read.options import STANDARD, ReaderOptions

    special = [option for option, given in (("--explain", explained is not None), ("--attributions", attributions),
               ("--times", times), ("--focus", focus is not None)) if given]  # fmt: skip
    if name != STANDARD and special:
        raise BadInput(f"--reader {name}", f"{special[0]} is of the grammar alone", "Leave one of them out.")
    spent = reading.Spent()
    options = ReaderOptions(
        endpoint=endpoint, model=model, key=os.environ.get(KEY), away=away, patience=patience, told=spent.told
    )
    if parquet is not None:
        kinds = {"explained": explained is not None, "attributed": attributions, "timed": times}
        asked_for = [kind for kind, given in kinds.items() if given]
        _parquet(parquet, asked_for, engine, name, special=bool(compare or focus or not jsonl))
    if jsonl and compare:
        write: streaming.Write = comparing.compare_lines(
            *(reading.made(one, options, "each report") for one in compare)
        )
    elif jsonl:
        chosen = [(explained is not None, streaming.explained), (attributions, streaming.attributed)]
        chosen += [(times, streaming.timed)]
        alone = streaming.focused(focus) if focus is not None else next((do for given, do in chosen if given), None)
        write = alone or streaming.claims(reading.made(name, options, "each report"))
    else:
        asked = _of_case(folder, explained, compare, learn=learn, forget=forget, as_json=as_json, who=(by, reason))
        if not asked:
            reading.read_case(folder, name, options, spent)
        return
    status = streaming.stream(sys.stdin.buffer, sys.stdout.buffer, write)
    spent.show()
    sys.exit(status)


def _of_case(
    folder: Path,
    explained: str | None,
    compare: tuple[str, str] | None,
    *,
    learn: bool,
    forget: bool,
    as_json: bool,
    who: tuple[str | None, str],
) -> bool:
    """What is asked of a case besides reading it; whether anything was."""
    from uncounted.cli import comparing, reading

    if explained == EACH:
        raise BadInput("--explain", "in a case it needs the name of a claim", "The desk shows names.")
    if explained is not None:
        reading.explain_claim(folder, explained)
    elif compare:
        comparing.compare_case(folder, *compare, as_json=as_json)
    elif learn or forget:
        reading.learn_case(folder, acting(who[0]), who[1], forget=forget)
    else:
        return False
    return True


def _parquet(folder: Path, kinds: list[str], engine: str, name: str, *, special: bool) -> None:
    from functools import partial

    from uncounted.cli.parquet import main
    from uncounted.cli.streaming import writer
    from uncounted.stages.read.options import STANDARD

    if name != STANDARD or special:
        raise BadInput("--parquet", "it is for --jsonl and the grammar alone, without --focus", "Leave the others out.")
    main(folder, partial(writer, *(kinds[:1] or ["claims"])), spark=engine == "spark")
