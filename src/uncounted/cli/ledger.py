"""``verify``, ``rebuild``, ``checkpoint``, ``export-bundle`` and ``prove``: the record, held to its word."""

from pathlib import Path

import click

from uncounted.cli.common import bar, case_option, open_case

signing_option = click.option(
    "--signing-key",
    type=click.Path(path_type=Path),
    required=True,
    help="The signing key file; it is made when it is not there. Keep it apart from the case.",
)


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path())
@click.option("--key", type=click.Path(path_type=Path), help="Also check that sealed values open to their commitments.")
@click.option("--signer", help="The public key (vkey) that must have signed the bundle or the case's checkpoints.")
def verify(path: Path, key: Path | None, signer: str | None) -> None:
    """Check a case, an exported bundle or a release, byte by byte; exit 1 names the first thing that is broken."""
    from uncounted.cli.seal import passphrase_of
    from uncounted.ledger.bundle import MANIFEST, verify_bundle
    from uncounted.ledger.notes import read_vkey
    from uncounted.ledger.sealed import read_keys
    from uncounted.ledger.verify import verify_folder
    from uncounted.model.errors import NotFound
    from uncounted.stages.publish import verify as verify_release
    from uncounted.stages.publish.release import MANIFEST as RELEASE

    known = read_vkey(signer) if signer else None
    with bar() as told:

        def progress(done: int, whole: int) -> None:
            told("verify", done / max(whole, 1))

        if (path / "ledger.sqlite").is_file():
            signers = [known] if known else []
            found = verify_folder(
                path, keys=read_keys(key, passphrase_of(key)) if key else (), signers=signers, progress=progress
            )
            click.echo(_anchored(path), nl=False, err=True)
        elif (path / MANIFEST).is_file():
            found = verify_bundle(path, known, progress=progress)
        elif (path / RELEASE).is_file():
            made = verify_release(path)
            click.echo(
                f"unbroken: a release of {len(made.files)} files, resting on {made.facts} facts; root {made.root}"
            )
            return
        else:
            raise NotFound(f"{path}", "it is no case, no exported bundle and no release", "Name the folder of one")
    click.echo(
        f"unbroken: {found.entries} entries, {found.objects} objects, {found.passages} passages; root {found.root}"
    )


def _anchored(path: Path) -> str:
    """Check what outsiders vouch for, and say how many do."""
    from uncounted.case import anchoring

    with open_case(path) as case:
        times = [anchoring.check(case, fact) for _, fact in case.views.anchors()]
    return (
        f"{len(times)} anchors hold, the last of {max(filter(None, times), default='no time yet')}\n" if times else ""
    )


@click.command()
@case_option
def rebuild(folder: Path) -> None:
    """Drop the views and fold them again from facts alone."""
    with open_case(folder) as case, bar() as told:
        before = case.views.digest()
        case.views.rebuild(lambda done, whole: told("fold", done / max(whole, 1)))
        same = before == case.views.digest()
    click.echo(f"views rebuilt from {'the same facts, unchanged' if same else 'facts; they differed and are mended'}")


@click.command()
@case_option
@signing_option
@click.option("--since", type=int, metavar="SIZE", help="Also prove that it continues the one of this size, to cosign.")
def checkpoint(folder: Path, signing_key: Path, since: int | None) -> None:
    """Sign the ledger's size and root; a copy kept elsewhere shows any later rewriting or cutting off.

    With --since it is printed as what a colleague cosigns: 'uncounted cosign'. The first time SIZE is 0.
    """
    from uncounted.case.exhibits import request_cosignature, sign_checkpoint

    with open_case(folder) as case:
        note = sign_checkpoint(case, signing_key) if since is None else request_cosignature(case, signing_key, since)
        click.echo(note, nl=False)


@click.command("export-bundle")
@click.argument("target", type=click.Path(path_type=Path))
@case_option
@signing_option
def export_bundle(target: Path, folder: Path, signing_key: Path) -> None:
    """Write the case into TARGET as flat files that anyone can check with the verify.py inside.

    A bundle holds every report in full and every judgement with its name; sealed values are never in it.
    """
    from uncounted.case.exhibits import bundle

    with open_case(folder) as case, bar() as told:
        found = bundle(case, target, signing_key, lambda done, whole: told("export", done / max(whole, 1)))
    click.echo(f"exported {found.entries} entries and {found.objects} objects to {target}; see {target / 'VERIFY.md'}")


@click.command()
@click.argument("entry", type=int)
@case_option
@signing_option
def prove(entry: int, folder: Path, signing_key: Path) -> None:
    """Print the proof that ENTRY is in the ledger (C2SP tlog-proof), checkable without the rest of the case."""
    from uncounted.case.exhibits import proof

    with open_case(folder) as case:
        click.echo(proof(case, entry, signing_key), nl=False)
