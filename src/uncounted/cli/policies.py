"""``uncounted policy``: the rules that the case counts by."""

from pathlib import Path

import click

from uncounted.cli.common import acting, answer, by_option, case_option, json_option, open_case


@click.group()
def policy() -> None:
    """Say by which rules the case counts, and change them on record."""


@policy.command("show")
@click.argument("name", required=False)
@case_option
@json_option
def show(name: str | None, folder: Path, as_json: bool) -> None:
    """Print the rules of policy NAME [default: those in force]."""
    import msgspec

    from uncounted.case import policies

    with open_case(folder) as case:
        rules = policies.rules_of(case, name)
    if as_json:
        answer(policies.Adopted(policy=rules.policy, scheme=rules.scheme))
        return
    click.echo(f"{rules.policy.name}: {rules.policy.title}\n{rules.policy.description.strip()}")
    for key, value in msgspec.to_builtins(rules.policy.rules).items():
        click.echo(f"  {key}: {value}")
    click.echo(f"grades by {rules.scheme.name}: {rules.scheme.title}")


@policy.command("adopt")
@click.argument("name")
@case_option
@by_option
@click.option("--reason", required=True, help="Why the case counts by it from now on.")
def adopt(name: str, folder: Path, by: str | None, reason: str) -> None:
    """Count by policy NAME from now on: a shipped one, or the case's own in policies/NAME.toml.

    The rules are kept as they are now; a file that is changed later changes nothing until it is adopted again.
    """
    from uncounted.case import policies

    with open_case(folder) as case:
        before = policies.in_force(case)
        entry = policies.adopt(case, name, acting(by), reason)
        for line in policies.differences(before, policies.in_force(case)):
            click.echo(line)
    click.echo(f"recorded as entry {entry.number}", err=True)
