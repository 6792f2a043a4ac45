"""``uncounted publish``: write a release."""

import re
from pathlib import Path

import click

from uncounted.cli.common import acting, answer, bar, by_option, case_option, json_option, open_case
from uncounted.cli.toll import as_of_option, policy_option
from uncounted.model.errors import BadInput


@click.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@case_option
@by_option
@policy_option
@as_of_option
@click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="A language of the pages; repeatable [en, ar]."
)
@click.option("--profile", metavar="NAME", help="What may be shown: open, careful or the case's own [open].")
@click.option("--preview", "only_preview", is_flag=True, help="Say what would be taken out, and write nothing.")
@click.option("--address", metavar="URL", help="Where the site will be published; for links from elsewhere.")
@json_option
def publish(
    target: Path,
    folder: Path,
    by: str | None,
    policy: str | None,
    as_of: str | None,
    languages: tuple[str, ...],
    profile: str | None,
    only_preview: bool,
    address: str | None,
    as_json: bool,
) -> None:
    """Write the release into TARGET: a static site and its data, each number linked to its words.

    The same case, policy and cutoff give the same bytes. Publishing again into the same folder makes only what changed.
    """
    from uncounted.case import releasing
    from uncounted.stages.publish import LANGUAGES

    if address and not re.fullmatch(r"https?://[^\s\"'<>]+", address):
        raise BadInput(f"--address {address}", "an address begins with https:// and holds no space or quote")
    for language in languages:
        if language not in LANGUAGES:
            raise BadInput(f"--language {language}", "the pages do not speak it", f"They speak {', '.join(LANGUAGES)}")

    if only_preview:
        _preview(folder, policy, as_of, profile, as_json=as_json)
        return
    with open_case(folder) as case, bar() as told:
        made = releasing.publish(
            case,
            target,
            acting(by),
            policy,
            as_of,
            profile=profile,
            languages=languages or LANGUAGES,
            address=address,
            progress=told,
        )
    if as_json:
        answer(made)
    else:
        click.echo(f"published {len(made.files)} files in {target}; open {target / 'index.html'}")


def _preview(folder: Path, policy: str | None, as_of: str | None, profile: str | None, *, as_json: bool) -> None:
    """Print what a release by this profile takes out of what the case holds, a line a thing."""
    from uncounted.case import releasing, safety

    with open_case(folder) as case:
        rules = safety.profile_of(case, profile)
        found = releasing.prepared(case, policy, as_of, rules)
    if as_json:
        answer(found.redactions)
        return
    click.echo(f"profile {rules.name}: {rules.title}")
    for one in found.redactions:
        click.echo(f"- {one.where}\n+ {one.instead or '(left out)'}   {one.why}")
    click.echo(f"{len(found.redactions)} things would be taken out")
