"""Layer 4: the command line. Each command lives in a file of its own and is imported when it is called."""

import importlib
import sys
from collections.abc import Sequence

import click

from uncounted import __version__
from uncounted.model.errors import UncountedError

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("uncounted.cli.demo:demo", "Build a case from invented reports and show it."),
    "init": ("uncounted.cli.init:init", "Make an empty case."),
    "add": ("uncounted.cli.add:add", "Preserve reports: files, folders, exports, addresses."),
    "import": ("uncounted.cli.importing:command", "Take in tables and archives of others, and update them."),
    "describe": ("uncounted.cli.describe:describe", "State who published a report, and when."),
    "read": ("uncounted.cli.read:read", "Read who said how many were harmed, where and when."),
    "review": ("uncounted.cli.review:review", "Judge claims, one at a time or by name."),
    "serve": ("uncounted.cli.serve:serve", "Open the review desk in the browser, on this machine."),
    "token": ("uncounted.cli.tokens:token", "Let programs of a team read the case through the desk."),
    "match": ("uncounted.cli.match:match", "Link claims to incidents, or entries of lists to persons."),
    "assess": ("uncounted.cli.describe:assess", "Judge an incident: did it happen, who did it, who were they."),
    "list": ("uncounted.cli.lists:lists", "Keep victim lists, each version whole, and compare them."),
    "policy": ("uncounted.cli.policies:policy", "Say by which rules the case counts, and change them on record."),
    "overlap": ("uncounted.cli.corrections:overlap", "State how much of a total known incidents hold already."),
    "correction": ("uncounted.cli.corrections:correction", "Take in requests for correction, and decide them."),
    "toll": ("uncounted.cli.toll:toll", "Add up accepted claims: a range under a named policy."),
    "why": ("uncounted.cli.toll:why", "From a figure down to the words it came from."),
    "origins": ("uncounted.cli.origins:origins", "Draw who told whom, down to the reports."),
    "diff": ("uncounted.cli.diff:diff", "Say why figures changed between two releases or moments."),
    "estimate": ("uncounted.cli.estimate:estimate", "Estimate how many no list holds, or say no."),
    "coverage": ("uncounted.cli.coverage:coverage", "Say who reported what, and what rests on how little."),
    "publish": ("uncounted.cli.publish:publish", "Write a release: site, data, methods."),
    "export": ("uncounted.cli.export:export", "Write the data in the forms that others read."),
    "verify": ("uncounted.cli.ledger:verify", "Check that nothing was altered."),
    "rebuild": ("uncounted.cli.ledger:rebuild", "Fold the views again from facts alone."),
    "checkpoint": ("uncounted.cli.ledger:checkpoint", "Sign the ledger's size and root."),
    "export-bundle": ("uncounted.cli.ledger:export_bundle", "Export the case as files that anyone can check."),
    "prove": ("uncounted.cli.ledger:prove", "Prove that one entry is in the ledger."),
    "custody": ("uncounted.cli.custody:custody", "Tell the life of an exhibit as a court would read it."),
    "copy": ("uncounted.cli.custody:copy", "Copy an exhibit out of the case, and record it."),
    "handover": ("uncounted.cli.custody:handover", "Record that an exhibit passed from hand to hand."),
    "anchor": ("uncounted.cli.anchor:anchor", "Have somebody outside vouch for the time of the record."),
    "cosign": ("uncounted.cli.anchor:cosign", "Vouch for a colleague's record, by file."),
    "device": ("uncounted.cli.anchor:device", "Sign what you record with a key of this device."),
    "key": ("uncounted.cli.seal:key", "Make a key for what must be sealed."),
    "seal": ("uncounted.cli.seal:seal", "Put a sensitive field under seal."),
    "unseal": ("uncounted.cli.seal:unseal", "Read a sealed field, with the key."),
    "erase": ("uncounted.cli.seal:erase", "Erase a sealed field for good."),
    "members": ("uncounted.cli.members:members", "List who can open what is sealed."),
    "rekey": ("uncounted.cli.members:rekey", "Encrypt all that is sealed anew, as when a member leaves."),
    "vault": ("uncounted.cli.members:vault", "Read sealed values, with a lock when nobody does."),
    "backup": ("uncounted.cli.members:backup", "Copy the case, whole and consistent."),
    "drill": ("uncounted.cli.members:drill", "Rehearse recovery from a backup with the offline key."),
    "consent": ("uncounted.cli.consent:consent", "State what people allowed, purpose by purpose."),
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
