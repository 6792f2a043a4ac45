"""Signatures of the acting person: what somebody recorded, signed on their own device.

A case's folder may be written to by whoever holds it. A device's key, which lies apart from the case, shows which
entries came from its owner's machine.
"""

import base64

from uncounted.ledger import merkle
from uncounted.ledger.notes import Signer, open_note, read_vkey, sign
from uncounted.ledger.protocol import Ledger
from uncounted.model.errors import Broken
from uncounted.model.facts import EntriesSigned

HEADER = "uncounted/entries@v1"


def signed(ledger: Ledger, nonce: str, first: int, last: int, signer: Signer) -> str:
    """The signed note over the entries ``first`` to ``last`` of the case with that nonce."""
    return sign(_text(ledger, nonce, first, last), [signer])


def check_signed(ledger: Ledger, nonce: str, fact: EntriesSigned, number: int) -> None:
    """Raise ``Broken`` unless the signature in entry ``number`` holds for the entries that it names."""
    thing = f"entry {number} (entries_signed)"
    if not 0 <= fact.first <= fact.last < number:
        raise Broken(thing, "it signs entries that do not come before it")
    note = open_note(fact.note, [read_vkey(fact.key)])
    if note.text != _text(ledger, nonce, fact.first, fact.last):
        raise Broken(thing, f"what it signs is not what entries {fact.first} to {fact.last} are")


def _text(ledger: Ledger, nonce: str, first: int, last: int) -> str:
    tree = merkle.Growing()
    for line in ledger.lines(first, last + 1):
        tree.add(merkle.leaf_hash(line))
    return f"{HEADER}\n{nonce}\n{first} {last}\n{base64.b64encode(tree.root()).decode()}\n"
