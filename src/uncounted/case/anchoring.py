"""Anchors: what somebody outside says of the ledger's root, and so of the time of all that it covers.

The program's own clock proves nothing. An entry is older than the first anchor that covers it. It is younger than the
last anchor that stands before it in the ledger: no state that holds the entry could have been there before that anchor.
"""

import msgspec

from uncounted.case.case import Case
from uncounted.case.reviewing import person
from uncounted.ledger import cosign, opentimestamps, rfc3161
from uncounted.ledger.checkpoint import Checkpoint, check_against, checkpoint_text, read_checkpoint
from uncounted.model.errors import BadInput, Broken, NotFound
from uncounted.model.facts import CheckpointAnchored, Entry


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """When an entry was recorded, as outsiders vouch: between ``after`` and ``before`` (RFC 3339; ``None`` is open)."""

    after: str | None = None
    after_by: str | None = None
    before: str | None = None
    before_by: str | None = None


def statement(case: Case, size: int | None = None) -> str:
    """What is anchored, as text: the case, its number of entries, its root (a checkpoint without signature)."""
    size = len(case.ledger) if size is None else size
    origin = f"uncounted/{case.opened.nonce[:16]}"
    return checkpoint_text(Checkpoint(origin=origin, size=size, root=case.ledger.root(size)))


def keep_timestamp(case: Case, by: str, reply: bytes, chain: bytes, authority: str) -> Entry:
    """Keep an RFC 3161 reply over the root of the ledger as it is or once was, after checking it."""
    root = rfc3161.read_reply(reply).root
    size = _size_of(case, root)
    stamp = rfc3161.check_reply(reply, bytes.fromhex(root), chain)
    fact = CheckpointAnchored(
        size=size, root=root, kind="rfc3161", object=case.objects.put(reply), chain=case.objects.put(chain),
        by=authority, at=stamp.at,
    )  # fmt: skip
    return _kept(case, by, fact)


def keep_ots(case: Case, by: str, proof: bytes, headers: dict[int, bytes]) -> Entry:
    """Keep an OpenTimestamps file over a statement of the ledger; ``headers`` are Bitcoin block headers by height."""
    digest, attested = opentimestamps.read_ots(proof)
    import hashlib

    for size in range(len(case.ledger), 0, -1):
        text = statement(case, size)
        if hashlib.sha256(text.encode()).digest() == digest:
            break
    else:
        raise BadInput("OpenTimestamps file", "it is not of any statement of this ledger", "Stamp what 'anchor' wrote")
    at = opentimestamps.check_ots(proof, text.encode(), headers)
    heights = sorted(one.height for one in attested if one.height is not None)
    by_whom = f"Bitcoin block {heights[0]}" if heights else "OpenTimestamps calendars (pending)"
    fact = CheckpointAnchored(
        size=size, root=case.ledger.root(size).hex(), kind="opentimestamps", object=case.objects.put(proof),
        chain=case.objects.put(b"".join(headers[height] for height in heights if height in headers)) if at else None,
        by=by_whom, at=at,
    )  # fmt: skip
    return _kept(case, by, fact)


def keep_cosigned(case: Case, by: str, note: str, vkey: str) -> Entry:
    """Keep a checkpoint of this ledger that a colleague cosigned."""
    checkpoint = read_checkpoint(note.rpartition("\n\n")[0] + "\n")
    check_against(case.ledger, checkpoint)
    found = cosign.check_cosigned(note, vkey)
    fact = CheckpointAnchored(
        size=checkpoint.size, root=checkpoint.root.hex(), kind="cosignature", object=case.objects.put(note.encode()),
        chain=case.objects.put(f"{vkey.strip()}\n".encode()), by=found.name, at=found.at,
    )  # fmt: skip
    return _kept(case, by, fact)


def check(case: Case, fact: CheckpointAnchored) -> str | None:
    """The time that an anchor states, checked anew from what is kept; ``Broken`` when it does not hold.

    It asks nobody and does not look at this machine's clock, so it holds as well in decades.
    """
    if fact.size > len(case.ledger) or case.ledger.root(fact.size).hex() != fact.root:
        raise Broken(f"anchor at size {fact.size}", "its root is not that of the ledger's first entries")
    proof, chain = case.objects.get(fact.object), case.objects.get(fact.chain) if fact.chain else b""
    match fact.kind:
        case "rfc3161":
            return rfc3161.check_reply(proof, bytes.fromhex(fact.root), chain).at
        case "cosignature":
            return cosign.check_cosigned(proof.decode(), chain.decode()).at
        case "opentimestamps":
            heights = sorted(one.height for one in opentimestamps.read_ots(proof)[1] if one.height is not None)
            headers = {height: chain[80 * n : 80 * n + 80] for n, height in enumerate(heights) if chain[80 * n :]}
            return opentimestamps.check_ots(proof, statement(case, fact.size).encode(), headers)


def interval(case: Case, number: int) -> Interval:
    """When an entry was recorded, as far as outsiders vouch for it."""
    found = Interval()
    for entry, anchor in case.views.anchors():
        if anchor.at is None:
            continue
        if entry < number and (found.after is None or anchor.at > found.after):
            found = msgspec.structs.replace(found, after=anchor.at, after_by=anchor.by)
        if anchor.size > number and (found.before is None or anchor.at < found.before):
            found = msgspec.structs.replace(found, before=anchor.at, before_by=anchor.by)
    return found


def _size_of(case: Case, root: str) -> int:
    """How many entries the ledger had when this was its root."""
    for size in range(len(case.ledger), 0, -1):
        if case.ledger.root(size).hex() == root:
            return size
    raise NotFound(f"root {root}", "this ledger never had it", "Stamp the root that 'uncounted anchor' wrote")


def _kept(case: Case, by: str, fact: CheckpointAnchored) -> Entry:
    with case.writing("keep an anchor"):
        return case.record(person(by), fact)[0]
