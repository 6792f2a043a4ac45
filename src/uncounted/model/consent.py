"""Consent: what may be done with what somebody told, or with somebody's name, one purpose at a time.

Consent is asked for, given and withdrawn per purpose (Every Casualty Counts, *Standards for Casualty Recording*, 2016,
p. 44). Silence is no consent: a purpose that nobody spoke of is neither given nor withdrawn.
"""

from collections.abc import Mapping
from typing import Literal

Purpose = Literal["store", "analyse", "publish", "advocate", "court"]
"""What something may be used for: be kept, be counted, be shown by name, be named in advocacy, go before a court."""

PURPOSES: tuple[Purpose, ...] = ("store", "analyse", "publish", "advocate", "court")

MEANING: dict[Purpose, str] = {
    "store": "be kept in the case",
    "analyse": "be counted and compared",
    "publish": "be shown by name in a release",
    "advocate": "be named to governments, the press and campaigns",
    "court": "be handed to a court or an investigator",
}
"""Each purpose in words, for those who are asked."""


def bars(said: Mapping[Purpose, bool], purpose: Purpose) -> bool:
    """Whether what somebody said forbids a purpose: that purpose was refused, or being kept at all was.

    ``said`` is what was last said for each purpose. Silence bars nothing, and allows nothing either.
    """
    return said.get(purpose) is False or said.get("store") is False


def allows(said: Mapping[Purpose, bool], purpose: Purpose) -> bool:
    """Whether a purpose was agreed to and nothing bars it."""
    return said.get(purpose) is True and not bars(said, purpose)
