"""A release: a folder with a site that needs no server, the data behind it, and a manifest of every file."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from uncounted.model.claims import Claim
from uncounted.model.errors import BadInput, Refused
from uncounted.model.identity import digest
from uncounted.model.quoting import misquoted
from uncounted.model.release import Dossier
from uncounted.stages.publish import tables
from uncounted.stages.publish.data import data_files
from uncounted.stages.publish.site import Leaf, Site, leaves, press_of
from uncounted.stages.publish.words import LANGUAGES
from uncounted.stages.publish.writing import JOURNAL, finish, half_written, write

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
"""Every file of the release but the manifest, in the form that ``sha256sum -c`` reads."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a release holds: the SHA-256 (hex) of each file by its path, and the state of the case that it shows."""

    title: str
    invented: bool
    policy: str
    facts: int
    root: str
    as_of: str | None
    files: dict[str, str]
    profile: str = ""
    held_back: bool = False
    """Whether the profile holds figures back, so that they may differ from what the facts give."""

    def encoded(self) -> bytes:
        """The bytes of ``manifest.json``; their SHA-256 names the release."""
        return tables.pretty(self)


def publish(
    dossier: Dossier,
    folder: Path,
    *,
    memory: Path | None = None,
    languages: tuple[str, ...] = LANGUAGES,
    address: str | None = None,
    held_back: bool = False,
    check: Callable[[str, bytes], None] = lambda path, data: None,
    told: Callable[[int], None] = lambda _: None,
) -> Manifest:
    """Write the release of a dossier into a folder, which is made, and return its manifest.

    The same dossier gives the same bytes in every file: no clock, no chance, no machine's name enters. Files that an
    earlier release left in the folder and that this one does not have are removed. :class:`BadInput` is raised before
    anything is written when a claim's words are not its capture's, for such a claim cannot be shown to anybody;
    :class:`Refused` when the folder holds files that no release wrote.

    With a ``memory`` (a file outside of the folder) pages whose inputs have not changed since are left as they are;
    what comes out is the same to the byte. ``languages`` are those of the pages, the first at the top; ``address`` is
    where the site will be published. ``check`` is shown every file that is made and may refuse it, before it is
    written; ``held_back`` says that figures were held back for safety. ``told`` hears how many files are done.
    """
    grounded(dossier)
    _named_safely(dossier)
    old = _earlier(folder)
    made = write(files(dossier, languages, address), folder, memory, told, check)
    sums = "".join(f"{made[path]}  {path}\n" for path in sorted(made)).encode()
    (folder / SUMS).write_bytes(sums)
    made[SUMS] = digest(sums)
    manifest = Manifest(
        title=dossier.title,
        invented=dossier.invented,
        policy=dossier.policy,
        facts=dossier.facts,
        root=dossier.root,
        as_of=dossier.as_of,
        files={path: made[path] for path in sorted(made)},
        profile=dossier.profile,
        held_back=held_back,
    )
    (folder / MANIFEST).write_bytes(manifest.encoded())
    for path in old - made.keys():
        # A manifest from elsewhere could name a path that leads out of the folder.
        if (folder / path).resolve().is_relative_to(folder.resolve()):
            (folder / path).unlink(missing_ok=True)
    finish(folder)
    return manifest


def files(dossier: Dossier, languages: tuple[str, ...] = LANGUAGES, address: str | None = None) -> Iterator[Leaf]:
    """Every file of a release but its manifest."""
    site, press = Site(dossier), press_of(dossier, languages, address)
    yield from leaves(site, press)
    yield from data_files(site, press)


def grounded(dossier: Dossier) -> None:
    """Raise :class:`BadInput` unless every quoted part of every claim is its capture's own slice."""
    for claim in dossier.claims.values():
        text = dossier.texts.get(claim.document)
        if text is None:
            raise BadInput(f"claim {claim.id}", f"the text of its report {claim.document} is not at hand")
        if _verbatim(claim, text):
            continue
        for _, _, start, end in misquoted(claim, text):
            raise BadInput(
                f"claim {claim.id}",
                f"its words are not what report {claim.document} says at {start}–{end}",
                "Run 'uncounted verify', then read the report again.",
            )


def _verbatim(claim: Claim, text: str) -> bool:
    """Say quickly that every quoted part is the text's own slice; where in doubt, say no and let the rule decide."""
    parts = (claim.passage, claim.victim, claim.count, claim.place, claim.time, claim.actor, claim.means)
    for part in (*parts, *claim.attribution):
        if part is None or (part.text is None and part.start is None and part.end is None):
            continue
        start = part.start
        if not part.text or start is None or start < 0 or text[start : part.end] != part.text:
            return False
    return True


def _named_safely(dossier: Dossier) -> None:
    """Ids become file names: one that could lead out of the folder is refused."""
    names = [*dossier.captures, *dossier.texts, *(incident.id for incident in dossier.incidents)]
    for name in names:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,80}", name) or name == "index":
            raise BadInput(f"id {name!r}", "it cannot be the name of a file of a release")


def _earlier(folder: Path) -> set[str]:
    """The files of the release that a folder holds; a folder with anything else in it is not ours to write into."""
    if not folder.exists():
        return set()
    if not folder.is_dir():
        raise Refused(str(folder), "a release is a folder, and this is a file", "Name another folder.")
    if not any(folder.iterdir()):
        return set()
    begun = half_written(folder)
    try:
        found = set(msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest).files) | begun
    except (OSError, msgspec.DecodeError):
        if not (folder / JOURNAL).is_file():
            raise Refused(
                str(folder), "it holds files that are no release of Uncounted", "Name an empty or a new folder."
            ) from None
        found = begun
    return found
