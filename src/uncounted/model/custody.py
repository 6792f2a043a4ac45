"""Custody: who holds keys, and who outside vouches for the ledger."""

from typing import Literal

RecipientRole = Literal["lead", "protection_officer", "recovery", "member"]
"""Whose key opens what is sealed: who leads the case, who protects sources, the key kept offline, another member."""

AnchorKind = Literal["rfc3161", "opentimestamps", "cosignature"]
"""A timestamp authority's reply (RFC 3161), an OpenTimestamps file, a colleague's signature under a checkpoint."""
