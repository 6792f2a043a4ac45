"""Whether the words about a time expression speak of the past or of the future."""

import re

from uncounted.stages.locate.timewords import TimeWords

_WORD = re.compile(r"[’']?\w+(?:['’]\w+)?")
_STOP = re.compile(r"[.;:!?](?=\s)|\n\s*\n")
_BEFORE, _AFTER = 90, 60


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
    stop = _STOP.search(after)
    after = after[: stop.start()] if stop else after
    backward = [word[0].lower() for word in _WORD.finditer(before)][::-1]
    forward = [word[0].lower() for word in _WORD.finditer(after)][:5]
    future = words.future + words.hopes if hopes else words.future
    # "will be shot": after "be" the form of the verb says nothing of time.
    bare = [w if o not in words.passive else "" for w, o in zip(backward, [*backward[1:], ""], strict=True)]
    told = [(distance, _told(word, words, future)) for distance, word in enumerate(bare)]
    told += [(distance + 3, _told(word, words, words.future)) for distance, word in enumerate(forward)]
    return min((one for one in told if one[1]), default=(0, 0))[1]


def _told(word: str, words: TimeWords, future: tuple[str, ...]) -> int:
    if word in future:
        return 1
    ending = words.past_ending
    if word in words.past or (ending and len(word) > len(ending) + 2 and word.endswith(ending)):
        return -1
    return 0
