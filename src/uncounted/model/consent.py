"""Consent: what may be done with what somebody told, or with somebody's name, one purpose at a time.

Consent is asked for, given and withdrawn per purpose (Every Casualty Counts, *Standards for Casualty Recording*, 2016,
p. 44). Silence is no consent: a purpose that nobody spoke of is neither given nor withdrawn.
"""

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
