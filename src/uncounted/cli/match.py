"""``uncounted match``: which entries of lists are one person, which claims of a case one incident."""

from pathlib import Path
from typing import Any

import click

from uncounted.cli.common import by_option, case_option, json_option


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Write the links to this CSV file.")
@click.option("--clusters", type=click.Path(path_type=Path), help="Write persons known by several entries here.")
@click.option(
    "--threshold-out",
    type=click.FloatRange(0, 1),
    default=0.01,
    show_default=True,
    help="Leave out links less probable than this.",
)
@click.option("--explain", nargs=2, metavar="ID ID", help="Say why two entries (LIST:ID or ID) are or aren't one.")
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="Where long lists are scored: on this machine, or by Spark (an optional install).",
)
@click.option("--work", type=click.Path(path_type=Path, file_okay=False), help="Keep finished parts here, to go on.")
@case_option
@by_option
@click.option("--lists", is_flag=True, help="In a case: match its victim lists, and list who is on several.")
@click.option("--same", nargs=2, metavar="ENTRY ENTRY", help="In a case: you hold two entries (LIST:ID) to be one.")
@click.option("--different", nargs=2, metavar="ENTRY ENTRY", help="In a case: you hold two entries to be two persons.")
@click.option("--unsure", nargs=2, metavar="ENTRY ENTRY", help="In a case: you looked at two entries and cannot say.")
@click.option("--effects", is_flag=True, help="With a verdict: only show what it would change; record nothing.")
@click.option("--audit", "audit", type=click.IntRange(min=1), help="Draw so many records for people to look up.")
@click.option("--sheet", type=click.Path(path_type=Path), help="Write the drawn records to this CSV file to fill in.")
@click.option(
    "--answers", multiple=True, type=click.Path(path_type=Path), help="Filled sheets, one a person; may be repeated."
)
@click.option("--rates", is_flag=True, help="In a case: how many links are false or missed, as audits show.")
@click.option("--draws", type=click.IntRange(min=1), help="Write so many linkages whose spread follows the audits.")
@click.option("--tables", type=click.Path(path_type=Path), help="With --draws: write capture patterns for 'estimate'.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="For audits and draws.")
@click.option("--merge", multiple=True, metavar="INCIDENT", help="In a case: hold two incidents to be one (twice).")
@click.option("--split", multiple=True, metavar="CLAIM", help="In a case: these claims speak of another event.")
@click.option("--report", is_flag=True, help="In a case, with --json: how far the linking of claims can be trusted.")
@click.option("--reason", default="", help="Why you merge or split, kept with the judgement.")
@json_option
def match(files: tuple[Path, ...], **wish: Any) -> None:
    """Match victim lists (FILES): which of their entries are one person, and how probably.

    A list is a CSV file with the columns id and name, and any of sex, age, birth_date, place and more; columns that two
    lists share are compared. Each link is a proposal for a person to judge; its probability is learned from the
    lists themselves, without any labels, and its error is unknown until an audit has measured it: --audit draws
    records, two people look each up, and --draws then gives linkages that differ as far as links may be wrong.

    Without FILES, in a case: propose which accepted claims speak of one incident, and list the incidents. With
    --lists, or a verdict on two entries, match the case's own victim lists; a verdict is a person's and no machine
    overwrites it; 'uncounted review --undo' takes it back. Linking claims always says how many matches chance would
    have made, by how many days reports of one place differ, and how many matches had a rival.
    """
    if files:
        from uncounted.cli.persons import match_persons

        match_persons(files, wish)
    elif any(wish[name] for name in ("audit", "sheet", "answers", "rates", "draws")):
        _audit(wish)
    elif any(wish[name] for name in ("lists", "same", "different", "unsure", "explain")):
        from uncounted.cli.entries import judge_entries, match_entries

        verdicts = [(wish[said], said) for said in ("same", "different", "unsure") if wish[said]]
        if verdicts:
            judge_entries(
                wish["folder"], wish["by"], verdicts, wish["reason"], effects_only=wish["effects"],
                as_json=wish["as_json"],
            )  # fmt: skip
        else:
            match_entries(wish["folder"], wish["explain"], as_json=wish["as_json"])
    else:
        from uncounted.cli.incidents import match_claims

        match_claims(
            wish["folder"], wish["by"], wish["merge"], wish["split"], wish["reason"], report=wish["report"],
            as_json=wish["as_json"],
        )  # fmt: skip


def _audit(wish: dict[str, Any]) -> None:
    from uncounted.cli import auditing

    folder, seed = wish["folder"], wish["seed"]
    if wish["answers"]:
        auditing.answers_case(folder, wish["by"], wish["answers"])
    elif wish["draws"]:
        auditing.draws_case(folder, wish["draws"], wish["out"], wish["tables"], seed=seed)
    elif wish["rates"]:
        auditing.rates_case(folder, as_json=wish["as_json"])
    else:
        auditing.audit_case(folder, wish["by"], wish["audit"], wish["sheet"], seed=seed)
