"""An entry as one line of RFC 8785 canonical JSON, and back."""

import json
import re

import msgspec
import rfc8785

from uncounted.model.errors import BadInput, Broken
from uncounted.model.facts import Entry
from uncounted.model.identity import canonical

VERSION = 1
"""The newest version of an entry's line that this release reads."""

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Entry)

# Where RFC 8785 and a plain sorted encoder could differ: floats that are whole or have an exponent, negative zero,
# integers near or beyond 2**53, and characters beyond the basic plane (RFC 8785 sorts keys by UTF-16 code units).
# Two patterns, because one that begins with a set of characters is searched several times faster.
_NUMBERS = re.compile(rb"[:,\[](?:-0|-?(?:[0-9]+\.0[,}\]]|[0-9.]+[eE]|[0-9]{16}))")
_BEYOND = re.compile(rb"[\xf0-\xf4]")


def _subtle(line: bytes) -> bool:
    return bool(_NUMBERS.search(line) or _BEYOND.search(line))


def encode(entry: Entry) -> bytes:
    """Return the entry's line, without a line end.

    ``BadInput`` if a value has no canonical form (a lone surrogate, NaN, an integer beyond 2**53) or if the line could
    not be read back as the same entry.
    """
    thing = f"a fact of kind {type(entry.fact).__name__}"
    try:
        line = _encoder.encode(entry)
        if _subtle(line):
            line = canonical(entry)
        # The plain encoder writes NaN as null; what does not come back equal must at least be written alike.
        if _decoder.decode(line) != entry and canonical(entry) != line:
            raise BadInput(thing, "it would not be read back as it is")
    except msgspec.ValidationError as fault:
        raise BadInput(thing, f"it could not be read back: {fault}") from fault
    except (ValueError, OverflowError) as fault:
        raise BadInput(thing, f"it cannot be written as a line: {fault}") from fault
    return line


def decode(line: bytes, number: int) -> Entry:
    """Return the entry that a line holds; ``number`` is where it stands.

    ``Broken`` if the line is not canonical JSON (a repeated key included), is not an entry, or bears another number;
    ``BadInput`` if a later release wrote it.
    """
    thing = f"entry {number}"
    check_canonical(line, thing)
    try:
        entry = _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
        raise _misread(line, thing, str(fault)) from fault
    if entry.version > VERSION:
        raise BadInput(thing, f"a later release wrote it (line version {entry.version})", "Update uncounted")
    if entry.number != number:
        raise Broken(thing, f"its line says that it is number {entry.number}")
    return entry


def check_canonical(line: bytes, thing: str) -> None:
    """Raise ``Broken`` unless the line is the RFC 8785 form of the JSON value it holds.

    The check is on the JSON value, not on this release's structs: a line must stay whole when a later release adds a
    field to a fact.
    """
    try:
        if not _subtle(line) and _encoder.encode(msgspec.json.decode(line)) == line:
            return
        value = json.loads(line.decode(), object_pairs_hook=_without_repeats, parse_int=_number)
        if rfc8785.dumps(value) == line:
            return
    except (ValueError, RecursionError) as fault:  # includes malformed JSON, bad UTF-8, no canonical form
        raise Broken(thing, f"its line is not canonical JSON: {fault}") from fault
    raise Broken(thing, "its line is not in canonical form (RFC 8785)")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)!r} occurs twice")
    return value


def _number(digits: str) -> int | float:
    """Read a number as RFC 8785 does: all are doubles, so one beyond 2**53 is not an exact integer."""
    return int(digits) if len(digits) < 16 else float(digits)


def _misread(line: bytes, thing: str, fault: str) -> Broken | BadInput:
    """Tell a fact of a later release from a damaged line."""
    value = msgspec.json.decode(line)
    fact = value.get("fact") if isinstance(value, dict) else None
    tag = fact.get("fact") if isinstance(fact, dict) else None
    if isinstance(tag, str) and tag not in KINDS:
        return BadInput(thing, f"this release knows no fact of kind {tag!r}", "Update uncounted, then verify the case")
    return Broken(thing, f"its line is not an entry: {fault}")


def _kinds() -> frozenset[str]:
    info = msgspec.inspect.type_info(Entry)
    assert isinstance(info, msgspec.inspect.StructType)
    union = next(field.type for field in info.fields if field.name == "fact")
    assert isinstance(union, msgspec.inspect.UnionType)
    return frozenset(str(t.tag) for t in union.types if isinstance(t, msgspec.inspect.StructType))


KINDS: frozenset[str] = _kinds()
"""The tags of all facts that this release knows (``claims_read``, …)."""
