"""Is the case what was recorded? Checks everything that follows from the ledger and names the first broken thing.

What is checked: the database file; that every line is canonical, an entry and in its place; the leaf hashes, every
tree node and every tree head against the lines; that every object that facts name is there and is what its name says;
that every passage equals the slice of its text; and, with keys, that sealed values are what was committed to.

What cannot be found from the case alone: that somebody rewrote facts, hashes and heads together, or cut off the newest
transactions whole. A signed checkpoint that was kept elsewhere shows both (``checkpoint``).
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from uncounted.ledger import merkle
from uncounted.ledger.checkpoint import Checkpoints
from uncounted.ledger.devices import check_signed
from uncounted.ledger.lines import decode
from uncounted.ledger.notes import PublicKey
from uncounted.ledger.objects import Objects
from uncounted.ledger.sealed import Key, Vault
from uncounted.ledger.sqlite import SqliteLedger
from uncounted.model.claims import Claim
from uncounted.model.errors import Broken, NotFound
from uncounted.model.facts import (
    CaptureTaken,
    CaseOpened,
    CheckpointAnchored,
    ClaimAdded,
    ClaimEdited,
    ClaimsLocated,
    ClaimsRead,
    EntriesSigned,
    Entry,
    FieldErased,
    FieldSealed,
)
from uncounted.model.quoting import Span, is_slice, quotes, spans

NAMING = ("object", "record", "diff", "chain", "index")
"""Fields of facts and captures that name an object by its SHA-256."""

Progress = Callable[[int, int], None]
"""Called now and then with (entries checked, entries in all)."""


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What was found unbroken: number of entries, root (hex), objects, passages, sealed values opened."""

    entries: int
    root: str
    objects: int
    passages: int
    opened: int = 0


def verify_case(
    ledger: SqliteLedger, objects: Objects, *, keys: Sequence[Key] = (), progress: Progress | None = None
) -> Verified:
    """Check a whole case. ``Broken`` names the first broken thing: an entry by number and kind, a tree node, an object.

    ``BadInput`` if a later release wrote part of it. What others append meanwhile is left for the next time.
    """
    with ledger.unchanging():
        return _verified(ledger, objects, keys, progress)


def _verified(ledger: SqliteLedger, objects: Objects, keys: Sequence[Key], progress: Progress | None) -> Verified:
    ledger.integrity()
    heads = dict(ledger.heads())
    size = max(heads, default=0)
    if len(ledger) > size:
        raise Broken(f"entry {size}", "it is in no tree head: the ledger did not record it itself")
    tree, passages, texts = merkle.Growing(), Passages(objects), set[str]()
    nodes, sealed, erased, nonce = 0, dict[str, int](), set[str](), ""
    for number, line in enumerate(ledger.lines(0, size)):
        nodes += _check_hashes(ledger, tree, line, number)
        entry = decode(line, number)
        if (recorded := heads.get(number + 1)) and recorded != tree.root():
            raise Broken(f"tree head of size {number + 1}", "it does not follow from the entries")
        passages.check(entry)
        texts.update(_checked_objects(entry, objects, texts))
        if isinstance(entry.fact, CaseOpened):
            nonce = entry.fact.nonce
        _check_vouched(ledger, entry, nonce)
        if isinstance(entry.fact, FieldSealed):
            sealed[entry.fact.sealed.commitment] = number
        if isinstance(entry.fact, FieldErased):
            erased.add(entry.fact.commitment)
        if progress and number % 256 == 0:
            progress(number, size)
    if tree.size < size:
        raise Broken(f"entry {tree.size}", f"it is missing: the last tree head counts {size} entries")
    if ledger.nodes() != nodes:
        raise Broken("the tree's nodes", "there are more of them than the entries make")
    opened = _check_sealed(ledger, sealed, erased, keys)
    if progress:
        progress(size, size)
    return Verified(entries=size, root=tree.root().hex(), objects=len(texts), passages=passages.checked, opened=opened)


def _check_vouched(ledger: SqliteLedger, entry: Entry, nonce: str) -> None:
    """Check a device's signature, or that an anchor is of this ledger; the anchor's own proof is checked elsewhere."""
    match entry.fact:
        case EntriesSigned():
            check_signed(ledger, nonce, entry.fact, entry.number)
        case CheckpointAnchored(size=size, root=root):
            if size > entry.number or ledger.root(size).hex() != root:
                raise Broken(_of(entry), "it vouches for another root than the ledger's")
        case _:
            pass


def _check_hashes(ledger: SqliteLedger, tree: merkle.Growing, line: bytes, number: int) -> int:
    """Compare the stored tree nodes that this line completes; return how many they are."""
    nodes = tree.add(merkle.leaf_hash(line))
    for level, position, value in nodes:
        if ledger.node(level, position) != value:
            if level == 0:
                raise Broken(f"entry {number}{_kind(line)}", "its words are not those that were recorded")
            raise Broken(f"tree node {level}/{position}", "it does not follow from the entries below it")
    return len(nodes)


def _kind(line: bytes) -> str:
    """Return the kind of a damaged entry as far as it can be told, for the message."""
    try:
        return f" ({msgspec.json.decode(line)['fact']['fact']})"
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError):
        return ""


def _check_sealed(ledger: SqliteLedger, sealed: dict[str, int], erased: set[str], keys: Sequence[Key]) -> int:
    kept = set(ledger.boxes())
    for name, number in sealed.items():
        if name not in kept and name not in erased:
            raise Broken(f"sealed value {name}", f"entry {number} sealed it and none erased it, but it is gone")
        if name in kept and name in erased:
            raise Broken(f"sealed value {name}", "it was recorded as erased but is still kept")
    if stray := kept - set(sealed):
        raise Broken(f"sealed value {min(stray)}", "no entry sealed it")
    if keys:
        vault = Vault(ledger)
        for name in sorted(kept):
            vault.unseal(name, keys)
    return len(kept) if keys else 0


def objects_of(entry: Entry) -> Iterator[str]:
    """Yield the SHA-256 of every object that an entry names; a release's manifest is published, not kept.

    The rule is one for all facts, so that the verifiers inside bundles need not know each kind: what a fact, or the
    capture in it, calls by one of the names in :data:`NAMING` is an object, and so is the text of a capture and of a
    reading.
    """
    about = entry.fact.capture if isinstance(entry.fact, CaptureTaken) else entry.fact
    fields = (*NAMING, "text") if isinstance(entry.fact, CaptureTaken | ClaimsRead) else NAMING
    yield from (name for field in fields if (name := getattr(about, field, None)))


def _checked_objects(entry: Entry, objects: Objects, seen: set[str]) -> set[str]:
    fresh = set(objects_of(entry)) - seen
    for name in sorted(fresh):
        try:
            objects.check(name)
        except NotFound as fault:
            raise Broken(fault.thing, f"{_of(entry)} names it, but {fault.rule}", fault.remedy) from fault
    return fresh


def _of(entry: Entry) -> str:
    return f"entry {entry.number} ({type(entry.fact).__struct_config__.tag})"


class Passages:
    """Checks that the words of claims are where the claims say, entry by entry in order."""

    def __init__(self, objects: Objects) -> None:
        self.checked = 0
        self._texts: dict[str, str] = {}
        self._text = functools.lru_cache(maxsize=16)(lambda name: objects.get(name).decode())

    def check(self, entry: Entry) -> None:
        """``Broken`` names the entry, the claim and the part whose text is not the slice it names."""
        match entry.fact:
            case CaptureTaken(capture=capture):
                if capture.text:
                    self._texts.setdefault(capture.id, capture.text)
            case ClaimsRead(claims=claims, text=name):
                for claim in claims:
                    self._check_claim(entry, claim, name)
            case ClaimsLocated(capture=capture, found=found):
                for where in found:
                    said = [(part, getattr(where, part)) for part in ("place", "time")]
                    parts = [(part, q.text, q.start, q.end) for part, q in said if q is not None]
                    self._check_spans(entry, where.claim, capture, self._texts.get(capture), parts)
            case ClaimAdded(claim=claim) | ClaimEdited(edited=claim):
                self._check_claim(entry, claim, self._texts.get(claim.document))
            case _:
                pass

    def _check_claim(self, entry: Entry, claim: Claim, name: str | None) -> None:
        self._check_spans(entry, claim.id, claim.document, name, spans(claim))

    def _check_spans(self, entry: Entry, claim: str, capture: str, name: str | None, parts: Iterable[Span]) -> None:
        thing = f"{_of(entry)}, claim {claim}"
        if name is None:
            raise Broken(thing, f"its document {capture} is no capture with a text")
        try:
            text = self._text(name)
        except NotFound as fault:
            raise Broken(fault.thing, f"{_of(entry)} names it, but {fault.rule}", fault.remedy) from fault
        except UnicodeDecodeError as fault:
            raise Broken(f"object {name}", f"{_of(entry)} names it as a text, but it is not UTF-8") from fault
        for span in filter(quotes, parts):
            self.checked += 1
            if not is_slice(span, text):
                part, _, start, end = span
                raise Broken(thing, f"its {part} is not what the text says at {start}–{end}")


def verify_folder(
    folder: Path,
    *,
    keys: Sequence[Key] = (),
    signers: Sequence[PublicKey] = (),
    progress: Progress | None = None,
) -> Verified:
    """Check the case in a folder that holds ``ledger.sqlite``, ``objects/`` and perhaps ``checkpoints/``.

    ``keys`` open sealed values; ``signers`` are who may have signed the checkpoints, whose signatures are not checked
    without them. A kept checkpoint shows what the database cannot: that its end was cut off or all of it rewritten.
    """
    ledger = SqliteLedger.open(folder / "ledger.sqlite")
    try:
        Checkpoints(folder / "checkpoints").check(ledger, signers)
        return verify_case(ledger, Objects(folder / "objects"), keys=keys, progress=progress)
    finally:
        ledger.close()
