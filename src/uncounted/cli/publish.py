"""``uncounted publish``: write a release."""

from pathlib import Path

import click

from uncounted.cli.common import acting, answer, bar, by_option, case_option, json_option, open_case
from uncounted.cli.toll import as_of_option, policy_option


@click.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@case_option
@by_option
@policy_option
@as_of_option
@json_option
def publish(target: Path, folder: Path, by: str | None, policy: str | None, as_of: str | None, as_json: bool) -> None:
    """Write the release into TARGET: a static site and its data, each number linked to its words.

    The same case, policy and cutoff give the same bytes.
    """
    from uncounted.case import releasing

    with open_case(folder) as case, bar() as told:
        made = releasing.publish(case, target, acting(by), policy, as_of, progress=told)
    if as_json:
        answer(made)
    else:
        click.echo(f"published {len(made.files)} files in {target}; open {target / 'index.html'}")
