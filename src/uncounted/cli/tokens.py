"""``uncounted token``: tokens with which a team's programs read the case through the desk."""

import datetime as dt
from pathlib import Path

import click

from uncounted.cli.common import acting, answer, by_option, case_option, json_option, open_case
from uncounted.model.roles import ROLES, Role


@click.group()
def token() -> None:
    """Make, list and revoke tokens with which programs read the case, as JSON, through the desk."""


@token.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reader", show_default=True, help="Whose rights it has.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it is good (UTC).")
@case_option
@by_option
def make(name: str, role: Role, until: dt.datetime | None, folder: Path, by: str | None) -> None:
    """Make a token NAME and write its secret, this once."""
    from uncounted.case.tokens import Tokens

    with open_case(folder) as case:
        click.echo(Tokens(case).make(name, role, acting(by), until.date() if until else None))


@token.command("list")
@case_option
@json_option
def listed(folder: Path, as_json: bool) -> None:
    """List the tokens there are; their secrets are kept nowhere."""
    from uncounted.case.tokens import Tokens

    with open_case(folder) as case:
        found = Tokens(case).all()
    if as_json:
        answer([{"name": one.name, "role": one.role, "by": one.by, "until": one.until} for one in found])
        return
    for one in found:
        click.echo(f"{one.name}  {one.role}  by {one.by}  until {one.until or 'revoked'}")


@token.command()
@click.argument("name")
@case_option
@by_option
def revoke(name: str, folder: Path, by: str | None) -> None:
    """Revoke the token NAME; it is good for nothing from now on."""
    from uncounted.case.tokens import Tokens

    with open_case(folder) as case:
        Tokens(case).revoke(name, acting(by))
