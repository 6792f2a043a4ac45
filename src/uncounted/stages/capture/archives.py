"""Archives that others export: web archives, chats, mailboxes, a Twitter archive, a folder of the auto-archiver.

Nothing is unpacked to disk; what an archive declares is checked first (see :mod:`uncounted.text.zipped`).
"""

from collections.abc import Iterator
from pathlib import Path

from uncounted.model.errors import BadInput, NotFound, UncountedError
from uncounted.stages.capture.auto_archiver import read_auto_archiver
from uncounted.stages.capture.files import open_file, shown
from uncounted.stages.capture.found import found, from_bytes
from uncounted.stages.capture.taken import Fault, Options, Taken
from uncounted.stages.capture.twitter import read_twitter
from uncounted.stages.capture.web_archive import read_web_archive
from uncounted.text.zipped import member, members


def archived(path: Path, form: str, options: Options) -> Iterator[Taken | Fault]:
    """The reports of an archive of a form: ``auto-archiver``, ``wacz``, ``mbox``, ``telegram``, ``whatsapp``,
    ``twitter``. Raises :class:`BadInput` when it is not what it is said to be.
    """
    if not path.exists():
        raise NotFound(shown(path), "there is no such file or folder", "Check the path")
    match form:
        case "wacz":
            yield from read_web_archive(path, options)
        case "twitter":
            yield from read_twitter(path, options)
        case "auto-archiver":
            yield from read_auto_archiver(path, options)
        case "whatsapp" | "telegram" if path.suffix.lower() == ".zip":
            yield from _zipped(path, ".txt" if form == "whatsapp" else "result.json", options)
        case _:
            yield from found(path, options)


def _zipped(path: Path, ending: str, options: Options) -> Iterator[Taken | Fault]:
    """The chats in an export that is still packed; pictures and sounds in it are left where they are."""
    with (
        open_file(path) as stream,
        members(path.name, stream, options.inflated, wanted=lambda name: name.endswith(ending)) as archive,
    ):
        names = [name for name in archive.namelist() if name.endswith(ending)]
        if not names:
            raise BadInput(shown(path), f"it holds no {ending}", "Check that it is the right export")
        for name in names:
            place = f"{shown(path)}/{name}"
            try:
                yield from from_bytes(place, name, member(archive, path.name, name, options.limit), options)
            except UncountedError as fault:
                if len(names) == 1:
                    raise
                yield Fault(path=place, error=fault)
