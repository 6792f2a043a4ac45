"""``uncounted match``: which entries of lists are one person, which claims of a case one incident."""

from pathlib import Path

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
@case_option
@by_option
@click.option("--lists", is_flag=True, help="In a case: match its victim lists, and list who is on several.")
@click.option("--same", nargs=2, metavar="ENTRY ENTRY", help="In a case: you hold two entries (LIST:ID) to be one.")
@click.option("--different", nargs=2, metavar="ENTRY ENTRY", help="In a case: you hold two entries to be two persons.")
@click.option("--unsure", nargs=2, metavar="ENTRY ENTRY", help="In a case: you looked at two entries and cannot say.")
@click.option("--effects", is_flag=True, help="With a verdict: only show what it would change; record nothing.")
@click.option("--merge", multiple=True, metavar="INCIDENT", help="In a case: hold two incidents to be one (twice).")
@click.option("--split", multiple=True, metavar="CLAIM", help="In a case: these claims speak of another event.")
@click.option("--reason", default="", help="Why you merge or split, kept with the judgement.")
@json_option
def match(
    files: tuple[Path, ...],
    out: Path | None,
    clusters: Path | None,
    threshold_out: float,
    explain: tuple[str, str] | None,
    folder: Path,
    by: str | None,
    lists: bool,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    unsure: tuple[str, str] | None,
    effects: bool,
    merge: tuple[str, ...],
    split: tuple[str, ...],
    reason: str,
    as_json: bool,
) -> None:
    """Match victim lists (FILES): which of their entries are one person, and how probably.

    A list is a CSV file with the columns id and name, and any of sex, age, birth_date, place and more; columns that two
    lists share are compared. Each link is a proposal for a person to judge; its probability is learned from the
    lists themselves, without any labels, and its error is unknown until an audit has measured it.

    Without FILES, in a case: propose which accepted claims speak of one incident, and list the incidents. With
    --lists, or a verdict on two entries, match the case's own victim lists; a verdict is a person's and no machine
    overwrites it; 'uncounted review --undo' takes it back.
    """
    if files:
        from uncounted.cli.persons import match_persons

        match_persons(files, out, clusters, threshold_out, explain)
    elif lists or same or different or unsure or explain:
        from uncounted.cli.entries import judge_entries, match_entries

        verdicts = [
            (pair, said) for said, pair in (("same", same), ("different", different), ("unsure", unsure)) if pair
        ]
        if verdicts:
            judge_entries(folder, by, verdicts, reason, effects_only=effects, as_json=as_json)
        else:
            match_entries(folder, explain, as_json=as_json)
    else:
        from uncounted.cli.incidents import match_claims

        match_claims(folder, by, merge, split, reason, as_json=as_json)
