"""The field's closed word lists, as types.

The words follow casualty-recording practice (Every Casualty Counts, *Standards for Casualty Recording*, 2016) and the
public contract of this project; a word that is not here does not occur in a case.
"""

from typing import Literal

Harm = Literal[
    "killed", "injured", "casualties", "missing", "detained", "displaced", "trapped", "orphaned", "abused", "attacked",
    "destroyed",
]  # fmt: skip
"""What was done. ``casualties`` is killed or injured, and is never counted as killed."""

Group = Literal[
    "people", "civilians", "children", "women", "men", "combatants", "journalists", "health_workers", "aid_workers"
]
"""Who was harmed. ``people`` is everybody."""

Quantifier = Literal[
    "exact", "at_least", "more_than", "at_most", "less_than", "about", "range", "vague", "unquantified"
]
Unit = Literal["person", "household", "family", "body"]
Scope = Literal["incident", "period", "cumulative"]
Modality = Literal["asserted", "estimated", "presumed", "possible", "ordered", "threatened", "denied", "no_estimate"]

DatePrecision = Literal["day", "week", "month", "year", "period"]
PlacePrecision = Literal[
    "exact", "street", "neighbourhood", "village", "town", "city", "district", "province", "country"
]

SourceKind = Literal[
    "publisher", "press", "monitor", "official", "belligerent", "medical", "witness", "relative", "agency", "social",
    "document", "anonymous", "unknown",
]  # fmt: skip
"""What a node of an attribution chain is. ``document`` ends a chain whose first teller the text does not name."""

Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]
RelationKind = Literal["same_as", "subset_of", "update_of", "sum_of"]

HELD_MODALITIES: frozenset[str] = frozenset({"asserted", "estimated", "presumed"})
"""The modalities by which a claim says that the harm happened; the others never enter a toll."""
