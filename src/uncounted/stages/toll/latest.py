"""Which of an origin's reports is its latest."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from uncounted.model.claims import Claim


def latest(claims: list[Claim], published: Mapping[str, str]) -> list[Claim]:
    """The claims of the latest publication: by day (in UTC), and within a day by time where it is known.

    ``published`` maps a document to its date in ISO 8601, which may be a year or a month alone. What was published on
    an unknown day, or at an unknown time of the last day, cannot be called older and stays.
    """
    if not published:
        return claims
    at = {claim.document: published.get(claim.document, "") for claim in claims}
    last_day = max(day_of(when) for when in at.values())
    moments = [moment(when) for when in at.values() if day_of(when) == last_day]
    last = max((moment for moment in moments if moment is not None), default=None)

    def stays(when: str) -> bool:
        day = day_of(when)
        return moment(when) in (None, last) if day == last_day else last_day.startswith(day)

    return [claim for claim in claims if stays(at[claim.document])]


@lru_cache(maxsize=4096)
def day_of(when: str) -> str:
    """The day of an ISO 8601 date or date-time, in UTC where an offset is known; a year, a month or "" as they are.

    Days in this form are in order as text, and what may hold a day (its month, its year, "") is how its text begins.
    """
    seconds = moment(when)
    return when[:10] if seconds is None else datetime.fromtimestamp(seconds, UTC).date().isoformat()


@lru_cache(maxsize=4096)
def moment(when: str) -> float | None:
    """Seconds since 1970 of an ISO 8601 date-time, in UTC where it has no offset; ``None`` where no hour is known."""
    if len(when) <= 10:
        return None
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
