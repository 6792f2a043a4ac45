"""Front matter: a block of ``key: value`` lines between ``---`` lines at the head of a text, and what it seals."""

import base64
import re
import unicodedata

import msgspec

from uncounted.model.errors import Refused
from uncounted.stages.capture.taken import Secret

BLOCK = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"^([A-Za-z][A-Za-z0-9 _-]{0,40}):[ \t]*(.*?)[ \t]*$")
KNOWN = ("title", "publisher", "author", "published", "url", "language")
PROTECTION = "source-protection"
OPEN_KEYS = frozenset({PROTECTION, "source-pseudonym"})
SEALING, OPEN = frozenset({"sealed", "yes"}), frozenset({"", "no", "none", "open"})
SEALED = "(sealed)"
HEAD = 50
"""Lines at the head of a text in which a word on protection is looked for where there is no front matter."""


class Front(msgspec.Struct, frozen=True):
    """A text parted from its front matter.

    ``fields`` are the known keys, ``more`` all others; ``sealed`` the values to be kept under seal; ``redacted`` is
    the whole file without them (``None`` when nothing is sealed).
    """

    text: str
    fields: dict[str, str]
    more: dict[str, str]
    sealed: tuple[Secret, ...] = ()
    redacted: str | None = None


def part_front(path: str, name: str, whole: str, original: bytes) -> Front:
    """Part a file into front matter and working text; ``name`` is what its capture is called.

    With ``Source-protection: sealed`` every key that begins with ``Source-`` (``Source-pseudonym`` excepted) is taken
    out of the file, and the file as it came is sealed as ``original`` (base64): the hash of a text that differs from a
    known one only in a telephone number gives the number away. Raises :class:`Refused` when a value to be sealed also
    stands in the text, another field or the name, and when protection is asked for in a way that is not understood:
    what may be a secret is not taken in the open.
    """
    block = BLOCK.match(whole)
    lines = [line for line in block[1].splitlines() if line.strip()] if block else []
    pairs = [(_key(found[1]), found[2]) for line in lines if (found := LINE.match(line))]
    if block is None or len(pairs) < len(lines):
        _check_unprotected(path, whole)
        return Front(whole, {}, {})
    text = whole[block.end() :].lstrip("\r\n")
    fields = {key: value for key, value in pairs if key in KNOWN and value}
    secret = _secret(path, pairs)
    more = {key: value for key, value in pairs if key not in KNOWN and (key, value) not in secret}
    if not secret:
        return Front(text, fields, more)
    elsewhere = "\n".join([text, *fields.values(), *more.values(), name])
    for key, value in secret:
        if _stands_in(value, elsewhere):
            raise Refused(
                path, f"the value of {key} is to be sealed, but it stands elsewhere in the report too, or in its name",
                "Replace it there by a pseudonym, or leave out Source-protection",
            )  # fmt: skip
    hidden = {key for key, _ in secret}
    head = "".join(_redact(line, hidden) for line in whole[: block.end()].splitlines(keepends=True))
    sealed = [Secret(field=key.replace("-", "_"), value=value) for key, value in secret]
    sealed.append(Secret(field="original", value=base64.b64encode(original).decode()))
    return Front(text, fields, more, tuple(sealed), head + whole[block.end() :])


def _key(said: str) -> str:
    """A key in one form: ``Source_name`` and ``source name`` are ``source-name``."""
    return re.sub(r"[ _-]+", "-", said.strip().lower())


def _secret(path: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    said = {value.lower() for key, value in pairs if key == PROTECTION}
    if strange := said - SEALING - OPEN:
        raise Refused(path, f"{PROTECTION} is {min(strange)!r}, which is not understood", "Write sealed, or none")
    if not said & SEALING:
        return []
    return [(key, value) for key, value in pairs if key.startswith("source-") and key not in OPEN_KEYS and value]


def _check_unprotected(path: str, whole: str) -> None:
    """Raise :class:`Refused` where protection is asked for, but not in front matter that can be read."""
    for number, line in enumerate(whole.splitlines()[:HEAD], 1):
        found = LINE.match(line.strip())
        if found and _key(found[1]) == PROTECTION and found[2].lower() not in OPEN:
            raise Refused(
                path, f"line {number} asks for the source's protection, but it is in no front matter that can be read",
                "Begin the file with ---, write one 'Key: value' a line, and end with ---",
            )  # fmt: skip


def _stands_in(value: str, elsewhere: str) -> bool:
    """Whether a value stands in words, however it is spaced or composed; a number also with other marks between."""
    if _plain(value) in _plain(elsewhere):
        return True
    digits = re.sub(r"\D", "", value)
    return len(digits) >= 6 and re.search(r"[\s().\-/]{0,3}".join(digits), elsewhere) is not None


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _redact(line: str, hidden: set[str]) -> str:
    match = LINE.match(line.rstrip("\r\n"))
    if match is None or _key(match[1]) not in hidden:
        return line
    return f"{match[1]}: {SEALED}{line[len(line.rstrip(chr(13) + chr(10))) :]}"
