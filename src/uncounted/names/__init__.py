"""Layer 1: personal names: scripts, transliteration, comparison. The raw string is always kept.

:func:`~uncounted.names.fold.fold` → :func:`~uncounted.names.parse.parse` →
:func:`~uncounted.names.sound.skeleton`; pairs by the hundred thousand are compared and aligned by
:mod:`uncounted.names.compare`.
"""

from uncounted.names.fold import FOLD_VERSION, fold, script_of
from uncounted.names.parse import PersonalName, parse
from uncounted.names.sound import skeleton, sound

__all__ = ["FOLD_VERSION", "PersonalName", "fold", "parse", "script_of", "skeleton", "sound"]
