"""``uncounted key``, ``seal``, ``unseal`` and ``erase``: what could give a source away."""

from pathlib import Path
from typing import TextIO

import click

from uncounted.cli.common import acting, by_option, case_option, open_case
from uncounted.model.custody import RecipientRole
from uncounted.model.facts import Agent

key_option = click.option(
    "--key", type=click.Path(path_type=Path), required=True, help="The key file; keep it apart from the case."
)


def passphrase_of(key: Path) -> str | None:
    """Ask for a key file's passphrase, if it has one; ``$UNCOUNTED_PASSPHRASE`` answers where nobody can be asked."""
    import os

    from uncounted.ledger.sealed import needs_passphrase

    if not needs_passphrase(key):
        return None
    return os.environ.get("UNCOUNTED_PASSPHRASE") or str(click.prompt("passphrase", hide_input=True, err=True))


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--holder", default="", help="Whose key it is [default: who acts].")
@click.option(
    "--role",
    type=click.Choice(["lead", "protection_officer", "recovery", "member"]),
    default="member",
    show_default=True,
    help="recovery: a key that is kept offline, for the day when the others are lost.",
)
@click.option("--passphrase", is_flag=True, help="Encrypt the key file with a passphrase, which is asked for.")
@click.option("--admit", metavar="AGE1…", help="Admit a key that its holder made; PATH is then not used, give '-'.")
@case_option
@by_option
def key(
    path: Path, holder: str, role: RecipientRole, passphrase: bool, admit: str | None, folder: Path, by: str | None
) -> None:
    """Make a key file at PATH and let the case seal to it. Who loses every key loses what was sealed.

    Make three: the lead's, the protection officer's, and one for recovery that is copied to two places offline and then
    deleted here. What was sealed before a key was admitted opens with it after 'uncounted rekey'.
    """
    import os

    from uncounted.case import sealing

    with open_case(folder) as case:
        if admit:
            sealing.admit(case, acting(by), admit, holder or acting(by), role)
            click.echo(f"the case now seals to {admit}", err=True)
            return
        asked = None
        if passphrase:
            asked = os.environ.get("UNCOUNTED_PASSPHRASE") or click.prompt(
                "passphrase", hide_input=True, confirmation_prompt=True, err=True
            )
        public = sealing.make_key(case, path, acting(by), holder=holder, role=role, passphrase=asked)
    click.echo(f"the case now seals to {public}; keep {path} apart from the case, and a copy offline", err=True)


@click.command()
@click.argument("capture")
@click.argument("field", type=click.Choice(["identity", "contact", "location", "note"]))
@case_option
@by_option
@click.option("--pseudonym", help="What every page shows instead.")
@click.option("--value-file", type=click.File(), help="Read the value from a file ('-' is standard input).")
def seal(
    capture: str,
    field: str,
    folder: Path,
    by: str | None,
    pseudonym: str | None,
    value_file: TextIO | None,
) -> None:
    """Put a sensitive FIELD of CAPTURE under seal; the value is asked for and never shown."""
    from uncounted.case import sealing

    value = value_file.read().rstrip("\n") if value_file else click.prompt(field, hide_input=True)
    with open_case(folder) as case:
        entry = sealing.seal(case, Agent("person", acting(by)), capture, field, value, pseudonym=pseudonym)
    click.echo(f"sealed, as entry {entry.number}", err=True)


@click.command()
@click.argument("capture")
@click.argument("field")
@case_option
@key_option
def unseal(capture: str, field: str, folder: Path, key: Path) -> None:
    """Print a sealed FIELD of CAPTURE; needs the key file."""
    from uncounted.case import sealing

    with open_case(folder) as case:
        click.echo(sealing.unseal(case, capture, field, key, passphrase_of(key)))


@click.command()
@click.argument("capture")
@click.argument("field")
@case_option
@by_option
@click.option("--reason", required=True, help="Why, kept in the record.")
def erase(capture: str, field: str, folder: Path, by: str | None, reason: str) -> None:
    """Erase a sealed FIELD of CAPTURE for good; a tombstone stays, and every proof still holds."""
    from uncounted.case import sealing

    with open_case(folder) as case:
        entry = sealing.erase(case, Agent("person", acting(by)), capture, field, reason)
    click.echo(f"erased; entry {entry.number} says so", err=True)
