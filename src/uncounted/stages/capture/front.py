"""Front matter: a block of ``key: value`` lines between ``---`` lines at the head of a text, and what it seals."""

import base64
import re

import msgspec

from uncounted.model.errors import Refused
from uncounted.stages.capture.taken import Secret

BLOCK = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"^([A-Za-z][A-Za-z0-9 _-]{0,40}):[ \t]*(.*?)[ \t]*$")
KNOWN = ("title", "publisher", "author", "published", "url", "language")
PROTECTION = "source-protection"
OPEN_KEYS = frozenset({PROTECTION, "source-pseudonym"})
SEALED = "(sealed)"


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


def part_front(name: str, whole: str, original: bytes) -> Front:
    """Part a file into front matter and working text.

    With ``Source-protection: sealed`` every key that begins with ``Source-`` (``Source-pseudonym`` excepted) is taken
    out of the file, and the file as it came is sealed as ``original`` (base64): the hash of a text that differs from a
    known one only in a telephone number gives the number away. Raises :class:`Refused` when a value to be sealed also
    stands in the text.
    """
    block = BLOCK.match(whole)
    lines = [line for line in block[1].splitlines() if line.strip()] if block else []
    pairs = [LINE.match(line) for line in lines]
    if block is None or not all(pairs):
        return Front(whole, {}, {})
    keys = {pair[1].strip().lower(): pair[2] for pair in pairs if pair}
    text = whole[block.end() :].lstrip("\r\n")
    fields = {key: value for key, value in keys.items() if key in KNOWN and value}
    secret = _secret(keys)
    more = {key: value for key, value in keys.items() if key not in KNOWN and key not in secret}
    if not secret:
        return Front(text, fields, more)
    for key, value in secret.items():
        elsewhere = "\n".join([text, *fields.values(), *more.values()])
        if value.casefold() in elsewhere.casefold():
            raise Refused(
                name, f"the value of {key} is to be sealed, but it stands elsewhere in the report too",
                "Replace it there by a pseudonym, or leave out Source-protection",
            )  # fmt: skip
    head = "".join(_redact(line, secret) for line in whole[: block.end()].splitlines(keepends=True))
    sealed = [Secret(field=key.replace("-", "_"), value=value) for key, value in secret.items()]
    sealed.append(Secret(field="original", value=base64.b64encode(original).decode()))
    return Front(text, fields, more, tuple(sealed), head + whole[block.end() :])


def _secret(keys: dict[str, str]) -> dict[str, str]:
    if keys.get(PROTECTION, "").lower() not in {"sealed", "yes"}:
        return {}
    return {key: value for key, value in keys.items() if key.startswith("source-") and key not in OPEN_KEYS and value}


def _redact(line: str, secret: dict[str, str]) -> str:
    match = LINE.match(line.rstrip("\r\n"))
    if match is None or match[1].strip().lower() not in secret:
        return line
    return f"{match[1]}: {SEALED}{line[len(line.rstrip(chr(13) + chr(10))) :]}"
