"""Bytes into text without a silent replacement: byte-order mark, declared charset, UTF-8, then a careful guess."""

import codecs

from uncounted.model.errors import BadInput

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NOT_CHARSETS = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs"})
CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 27), *range(28, 32), *range(127, 133), *range(134, 160)])
REMEDY = "Save it as UTF-8, or check that it is a text at all"


def decode(name: str, data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and notes on how it was read. Raises :class:`BadInput` when no charset fits.

    ``declared`` is the charset that the file or its sender states; a single-byte one gives way to bytes that are valid
    UTF-8 with letters beyond ASCII, since those hardly ever come about by chance.
    """
    for mark, codec in MARKS:
        if data.startswith(mark):
            return _checked(name, _strict(name, data, codec)), ()
    as_utf8 = _try(data, "utf-8")
    codec_name = _charset(declared)
    if codec_name and codec_name not in {"utf-8", "ascii"}:
        text = _try(data, codec_name)
        if as_utf8 is not None and not data.isascii() and not codec_name.startswith(("utf", "gb")):
            return _checked(name, as_utf8), (f"declared as {declared}, read as utf-8",)
        if text is not None:
            return _checked(name, text), ()
    if as_utf8 is not None:
        return _checked(name, as_utf8), ()
    return _guess(name, data, declared)


def _guess(name: str, data: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise BadInput(name, "its bytes are no text in any known charset", REMEDY)
    text = _checked(name, _strict(name, data, best.encoding))
    said = f"declared as {declared} but " if declared else ""
    return text, (f"{said}read as {best.encoding}, which is a guess from its bytes",)


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
