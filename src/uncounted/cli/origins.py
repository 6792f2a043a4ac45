"""``uncounted origins``: who told whom."""

from pathlib import Path

import click

from uncounted.cli.common import answer, case_option, json_option, open_case


@click.command()
@click.argument("incident")
@case_option
@json_option
def origins(incident: str, folder: Path, as_json: bool) -> None:
    """Draw the origins of INCIDENT: who told it first, who passed it on, in which reports."""
    from uncounted.case import linking, telling
    from uncounted.stages.assess.tree import lines, origin_tree

    with open_case(folder) as case:
        now = telling.standing(case)
        one = linking.incident(case.views, incident)
        trees = [origin_tree(origin, now.claims, now.captures) for origin in now.origins[one.id]]
    if as_json:
        answer(trees)
        return
    for tree in trees:
        click.echo("\n".join(lines(tree)))
        for reason in tree.reasons:
            click.echo(f"   one origin: {reason}")
