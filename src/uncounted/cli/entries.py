"""The half of ``uncounted match`` that is about a case's own victim lists: persons, verdicts, explanations."""

from collections.abc import Sequence
from pathlib import Path

import click

from uncounted.cli.common import acting, answer, open_case
from uncounted.model.facts import PairJudged
from uncounted.model.persons import Effects, Person


def match_entries(folder: Path, explain: tuple[str, str] | None, *, as_json: bool) -> None:
    """Match the lists of a case and say who is on several, or explain one pair."""
    from tqdm import tqdm

    from uncounted.case import persons

    with open_case(folder) as case:
        if explain:
            from uncounted.stages.match.persons.explain import in_words

            found = persons.explain(case, *explain)
            if as_json:
                answer(found)
            else:
                click.echo("\n".join(in_words(found)))
            return
        with tqdm(delay=1, leave=False, disable=None, unit="step") as bar:

            def progress(step: str) -> None:
                bar.set_description(step)
                bar.update()

            everybody = persons.match(case, progress)
    several = [person for person in everybody if len(person.entries) > 1]
    if as_json:
        answer(everybody)
        return
    for person in several:
        click.echo(_line(person))
    click.echo(f"{len(everybody)} persons, {len(several)} of them known by several entries", err=True)


def judge_entries(
    folder: Path,
    by: str | None,
    verdicts: Sequence[tuple[tuple[str, str], str]],
    reason: str,
    *,
    effects_only: bool,
    as_json: bool,
) -> None:
    """Record verdicts on pairs of entries, or show what they would change."""
    from uncounted.case import persons

    told: list[Effects] = []
    with open_case(folder) as case:
        for (left, right), said in verdicts:
            pair = PairJudged(of="entries", left=left, right=right, verdict=said, reason=reason)  # type: ignore[arg-type]
            told.append(persons.effects(case, pair))
            if not effects_only:
                entry = persons.judge(case, pair, acting(by))
                click.echo(
                    f"recorded as entry {entry.number}; take it back with: uncounted review --undo {entry.number}",
                    err=True,
                )
    if as_json:
        answer(told)
        return
    for effects in told:
        _tell(effects, would="would " if effects_only else "")


def _tell(effects: Effects, would: str) -> None:
    if not effects.before:
        click.echo(f"it {would}change{'' if would else 's'} no person")
    for person in effects.before:
        click.echo(f"was   {_line(person)}")
    for person in effects.after:
        click.echo(f"{would or 'now '}  {_line(person)}")
    for link in effects.against:
        click.echo(f"against a machine's link of probability {link.probability:.2f}: {link.left} with {link.right}")
    for pair in effects.verdicts:
        click.echo(f"against {pair.by}'s verdict of entry {pair.entry}: {pair.left}, {pair.right} {pair.verdict}")


def _line(person: Person) -> str:
    return f"{person.id}  {person.name}  ({', '.join(person.entries)})"
