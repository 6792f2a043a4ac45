"""``uncounted members``, ``rekey``, ``vault``, ``backup`` and ``drill``: who can open what is sealed, now and later."""

import select
import sys
from pathlib import Path

import click

from uncounted.cli.common import acting, answer, bar, by_option, case_option, json_option, open_case
from uncounted.cli.seal import key_option, passphrase_of
from uncounted.model.errors import UncountedError


@click.command()
@case_option
@json_option
def members(folder: Path, as_json: bool) -> None:
    """List who can open what is sealed, by their keys."""
    with open_case(folder) as case:
        held = sorted(case.views.recipients().values(), key=lambda one: (one.role, one.holder))
    if as_json:
        answer(held)
        return
    for one in held:
        click.echo(f"{one.holder:<24}{one.role:<20}{one.key}")
    if not any(one.role == "recovery" for one in held):
        click.echo("no recovery key: make one with 'uncounted key FILE --role recovery' and keep it offline", err=True)


@click.command()
@click.option("--without", metavar="WHO", help="Who left: a holder's name, or an age key.")
@click.option("--reason", default="", help="Why, kept in the record.")
@key_option
@case_option
@by_option
def rekey(without: str | None, reason: str, key: Path, folder: Path, by: str | None) -> None:
    """Encrypt every sealed value anew, to the present members alone; needs a key that opens them.

    Do it when somebody leaves, and after a new key was admitted. Whoever left keeps what they read or copied before:
    what they could have read, think of as known to them.
    """
    from uncounted.case import members as deeds

    with open_case(folder) as case:
        done = deeds.rekey(case, acting(by), key, passphrase=passphrase_of(key), without=without, reason=reason)
    click.echo(f"{done.boxes} sealed values now open for: {', '.join(done.holders)}", err=True)


@click.command()
@key_option
@click.option("--idle", type=float, default=5, show_default=True, metavar="MINUTES", help="Lock after so long.")
@case_option
def vault(key: Path, idle: float, folder: Path) -> None:
    """Read sealed values one after the other; the key is forgotten and the screen cleared when nobody does for a while.

    Type a number to read that value, 'lock' to lock, 'quit' to leave.
    """
    from uncounted.case import sealing
    from uncounted.case.keyring import Keyring

    ring = Keyring(key, idle=idle * 60)
    with open_case(folder) as case:
        fields = [field for field in case.views.sealed() if field.erased is None]
        while True:
            if ring.locked:
                click.clear()
                click.echo("locked")
                ring.unlock(passphrase_of(key))
                for number, field in enumerate(fields, 1):
                    shown = field.sealed.pseudonym or field.sealed.subject
                    click.echo(f"{number:>4}  {field.sealed.field:<10} {shown}")
            said = _typed(ring.left)
            if said is None:
                ring.lock()
                if not sys.stdin.isatty():
                    click.clear()
                    click.echo("locked")
                    return
            elif said in {"quit", "q", ""}:
                return
            elif said == "lock":
                ring.lock()
            elif said.isascii() and said.isdigit() and 1 <= int(said) <= len(fields):
                try:
                    click.echo(sealing.vault(case).unseal(fields[int(said) - 1].sealed.commitment, ring.keys()))
                except UncountedError as fault:
                    click.echo(str(fault), err=True)


def _typed(seconds: float) -> str | None:
    """A line from standard input; ``None`` when none came in time, an empty one at its end."""
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return sys.stdin.readline().strip() if ready else None


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@case_option
def backup(target: Path, folder: Path) -> None:
    """Copy the case, whole and consistent, to the new folder TARGET; sealed values stay sealed in it.

    To restore it, use the copy: it is a case like any other. 'uncounted drill' shows that it would work.
    """
    from uncounted.case.drill import backup as copied

    with open_case(folder) as case:
        copied(case, target)
    click.echo(f"backed up to {target}; keep it apart from the keys", err=True)


@click.command()
@key_option
@click.option("--in", "place", type=click.Path(path_type=Path, exists=True), help="Where the copy may lie meanwhile.")
@case_option
@by_option
def drill(key: Path, place: Path | None, folder: Path, by: str | None) -> None:
    """Rehearse the day when all is lost: restore a backup, verify it, open everything with the recovery key alone.

    The copy is deleted at the end, and that the drill was held is recorded. Exit status 1 says what did not hold.
    """
    from uncounted.case.drill import drill as held

    with open_case(folder) as case, bar() as told:
        done = held(
            case, acting(by), key, passphrase=passphrase_of(key), place=place,
            progress=lambda now, whole: told("drill", now / max(whole, 1)),
        )  # fmt: skip
    click.echo(
        f"restored and verified {done.entries} entries and {done.objects} objects; "
        f"{key.name} opened all {done.opened} sealed values"
    )
