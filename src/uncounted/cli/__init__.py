"""Layer 4: the command line. Each command lives in a file of its own and is imported when it is called."""

import importlib
import sys
from collections.abc import Sequence

import click

from uncounted import __version__
from uncounted.model.errors import UncountedError

COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("uncounted.cli.read:read", "Read claims of harm from reports."),
}
"""name → (``module:function``, the line that ``uncounted --help`` shows); in the order of a report's way."""


class LazyGroup(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a report's way."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or ``None`` when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="uncounted")
def uncounted() -> None:
    """Go from scattered reports of harm to a toll in which every number leads back to its words."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an expected error is one line on standard error and its own exit status."""
    try:
        uncounted.main(arguments, prog_name="uncounted", standalone_mode=True)
    except UncountedError as fault:
        click.echo(f"uncounted: {fault}", err=True)
        sys.exit(fault.exit_status)
