"""What commands share: the case they stand in, the person who acts, JSON answers, progress."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from uncounted.model.errors import BadInput

if TYPE_CHECKING:
    from uncounted.case import Case

T = TypeVar("T")
Command = Callable[..., Any]

case_option: Callable[[Command], Command] = click.option(
    "--case",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The case's folder [default: this folder].",
)
by_option: Callable[[Command], Command] = click.option(
    "--by", metavar="NAME", help="Who acts [default: $UNCOUNTED_NAME]."
)


def publication_options(command: Command) -> Command:
    """Add the options by which a person states who published a report, and when."""
    for option in (
        click.option("--language", help="ISO 639-1, like en or ar."),
        click.option("--published", metavar="DATE", help="When it was published, ISO 8601."),
        click.option("--author", help="Who wrote it."),
        click.option("--publisher", help="Who published it."),
    ):
        command = option(command)
    return command


json_option: Callable[[Command], Command] = click.option(
    "--json", "as_json", is_flag=True, help="One machine-readable answer on standard output."
)


def open_case(folder: Path) -> "Case":
    """Open the case in a folder; what people record is signed with ``$UNCOUNTED_DEVICE_KEY`` if that is set."""
    from uncounted.case import Case

    case = Case(folder)
    if path := os.environ.get("UNCOUNTED_DEVICE_KEY"):
        from uncounted.case.devices import use

        use(case, Path(path))
    return case


def device_key() -> str | None:
    """The public half of the device key named by ``$UNCOUNTED_DEVICE_KEY``, ``None`` when none is named."""
    path = os.environ.get("UNCOUNTED_DEVICE_KEY")
    if not path:
        return None
    from uncounted.ledger.notes import read_signing_key

    return str(read_signing_key(Path(path)).public)


def acting(by: str | None) -> str:
    """The name of the person who acts; :class:`BadInput` when none is given."""
    name = (by or os.environ.get("UNCOUNTED_NAME", "")).strip()
    if not name:
        raise BadInput(
            "who acts", "each judgement is somebody's, by name", "Give --by NAME or set UNCOUNTED_NAME in your shell."
        )
    return name


def shown_safely(said: str, kept: str = "") -> str:
    """Words of others for a terminal: every sign that could move the words or the cursor is written out.

    ``kept`` are signs that stay as they are all the same, such as line ends.
    """
    return "".join(one if one.isprintable() or one in kept else f"\\u{ord(one):04x}" for one in said)


def answer(value: object) -> None:
    """Write one JSON answer to standard output."""
    click.echo(msgspec.json.encode(value).decode())


def progress(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Pass items on; on a terminal a bar on standard error shows how far it is after half a second."""
    from tqdm import tqdm

    yield from tqdm(items, desc=what, total=total, delay=0.5, disable=None, leave=False)


@contextmanager
def bar() -> Iterator[Callable[[str, float], None]]:
    """Lend a callback for (what is being done, how much of it in 0..1); on a terminal it moves a bar."""
    from tqdm import tqdm

    form = "{desc}: {percentage:3.0f}%|{bar}|"
    with tqdm(total=1.0, delay=0.5, disable=None, leave=False, bar_format=form) as shown:

        def told(what: str, share: float) -> None:
            shown.set_description(what, refresh=False)
            shown.update(share - shown.n)

        yield told
