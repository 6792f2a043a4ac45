"""Whether the words about a time expression speak of the past or of the future."""

import re

from uncounted.stages.locate.timewords import TimeWords

_WORD = re.compile(r"[’']?\w+(?:['’]\w+)?")
_STOP = re.compile(r"(?<!\.\w)[.;:!?](?=\s)|\n\s*\n")  # not the stop of "a.m."
_CLOSE = re.compile(r"[)\]\"”»]|''")
_BEFORE, _AFTER = 120, 60


def direction(text: str, start: int, end: int, words: TimeWords, *, hopes: bool = False) -> int:
    """Return -1 for the past, 1 for the future, 0 where nothing says so.

    The nearest telling word of the same clause decides: auxiliaries, verb forms and words such as "until" or "due"
    from the language's lists, with ``hopes`` its weaker words too. Words before the expression count as nearer than
    the few after it.
    """
    before = text[max(0, start - _BEFORE) : start]
    stops = [stop.end() for stop in _STOP.finditer(before)]
    # A full stop may be an abbreviation's; the clause then reads too short, and nothing is decided by it.
    before = before[stops[-1] :] if stops else before
    after = text[end : end + _AFTER]
    after = after[: min((stop.start() for stop in (_STOP.search(after), _CLOSE.search(after)) if stop), default=_AFTER)]
    backward = [_lower(word[0]) for word in _WORD.finditer(before)][::-1]
    forward = [_lower(word[0]) for word in _WORD.finditer(after)][:5]
    future = words.future + words.hopes if hopes else words.future
    # "will be shot": after "be" the form of the verb says nothing of time.
    bare = ["" if backward[at + 1 : at + 2] and backward[at + 1] in words.passive else backward[at]
            for at in range(len(backward))]  # fmt: skip
    if words.intent and _intended(backward, words):
        return 1
    told = [(distance, _told(word, words, future)) for distance, word in enumerate(bare)]
    told += [(distance + 3, _told(word, words, words.future)) for distance, word in enumerate(forward)]
    return min((one for one in told if one[1]), default=(0, 0))[1]


def _lower(word: str) -> str:
    """Lower case, but a name within a sentence stays as it is: "the United States" says nothing of the past."""
    return word if word[:1].isupper() and not word.isupper() else word.lower()


def _intended(backward: list[str], words: TimeWords) -> bool:
    """Whether the last verb before is one of intent: "planned to leave on", "is to open on"."""
    for at, word in enumerate(backward[:7]):
        if word in words.to:
            return backward[at + 1 : at + 2] != [] and backward[at + 1] in words.intent
        if _told(word, words, words.future) and at:
            return False
    return False


def _told(word: str, words: TimeWords, future: tuple[str, ...]) -> int:
    if word in future:
        return 1
    ending = words.past_ending
    if word in words.past or (ending and word.islower() and len(word) > len(ending) + 2 and word.endswith(ending)):
        return -1
    return 0
