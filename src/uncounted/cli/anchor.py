"""``uncounted anchor``, ``cosign``, ``device``: who outside vouches for the ledger, and who signs on which machine."""

from pathlib import Path
from typing import TextIO

import click

from uncounted.cli.common import acting, by_option, case_option, open_case
from uncounted.cli.ledger import signing_option
from uncounted.model.errors import BadInput

RISK = (
    "A timestamp request tells {0}, and whoever runs the network, that somebody at this address keeps a record and "
    "stamps it now. It tells nothing of what is in it."
)


@click.command()
@case_option
@by_option
@click.option(
    "--write", type=click.Path(path_type=Path), help="Write the statement to be stamped, for 'ots stamp FILE'."
)
@click.option(
    "--query", type=click.Path(path_type=Path), help="Write an RFC 3161 query for the root, to carry by hand."
)
@click.option(
    "--tsa", metavar="URL", help="Ask this timestamp authority over the network, after saying what that tells."
)
@click.option("--reply", type=click.Path(path_type=Path, exists=True), help="Keep an authority's reply.")
@click.option(
    "--chain", type=click.Path(path_type=Path, exists=True), help="The authority's certificates and CRLs (PEM)."
)
@click.option(
    "--authority", default="", help="What the authority is called [default: the address, or the file's name]."
)
@click.option("--ots", type=click.Path(path_type=Path, exists=True), help="Keep an OpenTimestamps file.")
@click.option(
    "--block", "blocks", multiple=True, metavar="HEIGHT=HEX", help="A Bitcoin block's header, from your node."
)
@click.option("--cosigned", type=click.Path(path_type=Path, exists=True), help="Keep a checkpoint that was cosigned.")
@click.option("--cosigner", metavar="VKEY", help="The cosigner's key, as they gave it to you.")
@click.option("--yes", is_flag=True, help="Ask the authority without a question first.")
def anchor(
    folder: Path,
    by: str | None,
    write: Path | None,
    query: Path | None,
    tsa: str | None,
    reply: Path | None,
    chain: Path | None,
    authority: str,
    ots: Path | None,
    blocks: tuple[str, ...],
    cosigned: Path | None,
    cosigner: str | None,
    yes: bool,
) -> None:
    """Have somebody outside vouch for the time of the record; without options list who did, each checked anew.

    Your own clock proves nothing. Three ways, none of them taken unasked:

    \b
    a timestamp authority   --tsa URL --chain ca.pem, or by hand: --query, then --reply --chain
    OpenTimestamps          --write statement.txt, 'ots stamp' it anywhere, then --ots statement.txt.ots
    a colleague             'uncounted checkpoint --since N', they 'uncounted cosign' it, then --cosigned --cosigner

    Whoever is asked over a network learns that somebody here is active now, though not what they record. What goes by
    file tells nobody.
    """
    from uncounted.case import anchoring
    from uncounted.ledger import rfc3161

    with open_case(folder) as case:
        if write:
            write.write_text(anchoring.statement(case))
            click.echo(f"wrote {write}; stamp it, then keep the proof with --ots {write}.ots", err=True)
        elif query:
            query.write_bytes(rfc3161.query(case.ledger.root()))
            click.echo(f"wrote {query}; keep the reply with --reply FILE --chain CA.pem", err=True)
        elif tsa or reply:
            if chain is None:
                raise click.UsageError(
                    "name the authority's certificates with --chain: they must outlive the authority"
                )
            given = reply.read_bytes() if reply else _asked(str(tsa), rfc3161.query(case.ledger.root()), yes=yes)
            named = authority or tsa or str(reply)
            entry = anchoring.keep_timestamp(case, acting(by), given, chain.read_bytes(), named)
            click.echo(f"kept as entry {entry.number}", err=True)
        elif ots:
            entry = anchoring.keep_ots(case, acting(by), ots.read_bytes(), dict(_block(one) for one in blocks))
            click.echo(f"kept as entry {entry.number}", err=True)
        elif cosigned:
            if not cosigner:
                raise click.UsageError("name the colleague's key with --cosigner")
            entry = anchoring.keep_cosigned(case, acting(by), cosigned.read_text(), cosigner)
            click.echo(f"kept as entry {entry.number}", err=True)
        else:
            for number, fact in case.views.anchors():
                at = anchoring.check(case, fact) or "no time shown yet"
                click.echo(f"entry {number}: {fact.kind} by {fact.by}, {at}: the first {fact.size} entries")


def _asked(url: str, query: bytes, *, yes: bool) -> bytes:
    from uncounted.ledger.rfc3161 import KIND
    from uncounted.stages.capture import Options
    from uncounted.stages.capture.stamp import ask_authority

    click.echo(RISK.format(url), err=True)
    if not yes:
        click.confirm("Ask it?", abort=True, err=True)
    return ask_authority(url, query, KIND, Options())


def _block(said: str) -> tuple[int, bytes]:
    height, _, header = said.partition("=")
    try:
        return int(height), bytes.fromhex(header)
    except ValueError:
        raise BadInput(f"--block {said[:40]}", "a header is given as HEIGHT=HEX, 160 digits") from None


@click.command()
@click.argument("request", type=click.File(), required=False)
@signing_option
@click.option("--memory", type=click.Path(path_type=Path), help="Your file of what you cosigned [default: KEY.seen].")
def cosign(request: TextIO | None, signing_key: Path, memory: Path | None) -> None:
    """Cosign a colleague's checkpoint (REQUEST, as 'uncounted checkpoint --since N' prints it); print the note.

    You say: I saw this state of that ledger at this time, and it continues the last one that I cosigned. You see its
    size and root, nothing of what is in it. Without REQUEST your cosigner's key is printed, to be given to them.
    """
    from uncounted.ledger import cosign as witnessing
    from uncounted.ledger.notes import new_signing_key, read_signing_key

    if not signing_key.exists():
        new_signing_key(signing_key, "uncounted-cosigner")
    signer = read_signing_key(signing_key)
    if request is None:
        click.echo(witnessing.cosigner_key(signer))
        return
    seen = memory or signing_key.with_name(signing_key.name + ".seen")
    click.echo(witnessing.cosign(request.read(), signer, seen), nl=False)


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@case_option
@by_option
@click.option("--retire", metavar="VKEY", help="Say that this key signs no more.")
@click.option("--reason", default="", help="Why it is retired.")
def device(path: Path | None, folder: Path, by: str | None, retire: str | None, reason: str) -> None:
    """Enrol the device key at PATH, made when it is not there: what you record here is then signed with it.

    Keep it on this device, outside the case, and set UNCOUNTED_DEVICE_KEY to its path. Without PATH list the devices.
    The key also stands in collection records as who collected, in place of a name.
    """
    from uncounted.case import devices

    with open_case(folder) as case:
        if retire:
            devices.retire(case, acting(by), retire, reason)
        elif path:
            key = devices.enrol(case, acting(by), path)
            click.echo(f"enrolled {key}\nnow: export UNCOUNTED_DEVICE_KEY={path.resolve()}", err=True)
        else:
            for key, fact in sorted(case.views.devices().items()):
                click.echo(f"{fact.person}: {key}")
