"""Bytes into text without a silent replacement: byte-order mark, declared charset, UTF-8, then a careful guess."""

import codecs
from typing import NamedTuple

from uncounted.model.errors import BadInput

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
IN_USE = (
    "cp1252", "cp1251", "cp1256", "cp1250", "cp1254", "cp1255", "cp1253", "cp1257", "cp1258", "koi8_r", "koi8_u",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp874", "utf_16_le", "utf_16_be",
)  # fmt: skip
"""Charsets that a guess may come to, the commonest first (those of the web; WHATWG Encoding Standard)."""
NOT_CHARSETS = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs"})
CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 27), *range(28, 32), *range(127, 133), *range(134, 160)])
REMEDY = "Save it as UTF-8, name its charset with --encoding, or check that it is a text at all"


class Decoded(NamedTuple):
    """A text, ``notes`` on how it was read, and ``doubts``: why some letters of it may be wrong."""

    text: str
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def decode(name: str, data: bytes, declared: str | None = None, given: str | None = None) -> Decoded:
    """The text of ``data``. Raises :class:`BadInput` when no charset fits.

    ``given`` is a person's word and is followed or refused. ``declared`` is the charset that the file or its sender
    states; it gives way to bytes that are valid UTF-8 with letters beyond ASCII, since those hardly ever come about by
    chance.
    """
    if given is not None:
        return Decoded(_checked(name, _strict(name, data, _charset(given) or _unknown(given))))
    for mark, codec in MARKS:
        if data.startswith(mark):
            return Decoded(_checked(name, _strict(name, data, codec)))
    as_utf8 = _try(data, "utf-8")
    codec_name = _charset(declared)
    if codec_name and codec_name not in {"utf-8", "ascii"}:
        text = _try(data, codec_name)
        if as_utf8 is not None and not data.isascii() and not codec_name.startswith(("utf", "gb")):
            return Decoded(_checked(name, as_utf8), (f"declared as {declared}, read as utf-8",))
        if text is not None:
            return Decoded(_checked(name, text))
    if as_utf8 is not None:
        return Decoded(_checked(name, as_utf8))
    return _guess(name, data)


def _guess(name: str, data: bytes) -> Decoded:
    """The likeliest text by charset-normalizer among charsets in use; what would fit as well is told in a doubt."""
    from charset_normalizer import from_bytes

    found = list(from_bytes(data, cp_isolation=list(IN_USE)))
    if not found:
        raise BadInput(name, "its bytes are no text in any charset in use", REMEDY)
    least, most = min(match.chaos for match in found), max(match.coherence for match in found)
    close = [match for match in found if match.chaos <= least + 0.05 and match.coherence >= most - 0.1] or found[:1]
    best = min((charset for match in close for charset in match.could_be_from_charset), key=_rank)
    text = _checked(name, _strict(name, data, best))
    others = sorted({match.encoding for match in close if str(match) != text}, key=_rank)
    also = f"; {', '.join(others)} would fit as well" if others else ""
    return Decoded(text, doubts=(f"its charset is not declared and {best} is a guess, so letters may be wrong{also}",))


def _rank(charset: str) -> int:
    return IN_USE.index(charset) if charset in IN_USE else len(IN_USE)


def _unknown(given: str) -> str:
    raise BadInput(f"encoding {given!r}", "it is no charset that is known", "Name one like utf-8 or windows-1256")


def _charset(declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        found = codecs.lookup(declared.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if found.name in NOT_CHARSETS or not getattr(found, "_is_text_encoding", False):
        return None
    return "cp1252" if found.name == "iso8859-1" else found.name


def _try(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _strict(name: str, data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError) as fault:
        raise BadInput(name, f"its bytes are not the {codec} text they claim to be", REMEDY) from fault


def _checked(name: str, text: str) -> str:
    controls = len(text) - len(text.translate(CONTROLS))
    if controls and ("\0" in text or controls > len(text) * 0.01 + 1):
        raise BadInput(name, "it holds control characters as binary files do", REMEDY)
    return text
