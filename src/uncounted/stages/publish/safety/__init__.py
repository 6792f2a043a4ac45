"""Safe publication: what a release shows is made from a dossier in which nobody is put in danger.

One function stands between the case and everything that is written, so that no page, table, feed or file can show what
a profile takes out. A preview says what was taken out, and why.
"""

from uncounted.stages.publish.safety.holding import History
from uncounted.stages.publish.safety.profile import Profile, load_profile, parse_profile, profile_names
from uncounted.stages.publish.safety.redaction import Protected, Redaction
from uncounted.stages.publish.safety.safe import Safe, made_safe

__all__ = [
    "History", "Profile", "Protected", "Redaction", "Safe", "load_profile", "made_safe", "parse_profile",
    "profile_names",
]  # fmt: skip
