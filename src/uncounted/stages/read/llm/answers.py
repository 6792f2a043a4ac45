"""From the bytes of an answer to what a model said, or the fault that keeps it from being one."""

from typing import Any

import msgspec

from uncounted.stages.read.llm.asking import Said

MOST = 400
"""Claims that one answer may hold; a model that lists more has lost its way."""


class Heard(msgspec.Struct, frozen=True):
    """One answer: the claims pointed out, the tokens it cost (0 where the endpoint does not say), and its faults.

    A claim of the wrong form is ``None``, so that the others keep their numbers.
    """

    claims: tuple[Said | None, ...] = ()
    asked: int = 0
    answered: int = 0
    faults: tuple[str, ...] = ()


def heard(body: bytes) -> Heard:
    """What an endpoint's answer holds. A claim of the wrong form is a fault and stops no other; nothing is raised."""
    try:
        whole: Any = msgspec.json.decode(body)
        content = whole["choices"][0]["message"]["content"]
        cut = whole["choices"][0].get("finish_reason") == "length"
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, LookupError, TypeError, AttributeError):
        return Heard(faults=("the endpoint's answer is not a chat completion",))
    usage = whole.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    spent = [_tokens(usage.get(name)) for name in ("prompt_tokens", "completion_tokens")]
    if not isinstance(content, str):
        return Heard(asked=spent[0], answered=spent[1], faults=("the answer holds no text",))
    claims, faults = _claims(content)
    if cut:
        faults.insert(0, "the answer was cut off at its greatest length")
    return Heard(tuple(claims), spent[0], spent[1], tuple(faults))


def _tokens(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**53 else 0


def _claims(content: str) -> tuple[list[Said | None], list[str]]:
    """The claims of a JSON object, which a model may wrap in a fence or precede with its thoughts."""
    opens, closes = content.find('{"claims"'), content.rfind("}")
    opens = opens if opens >= 0 else content.find("{")
    try:
        listed = msgspec.json.decode(content[opens : closes + 1].encode())["claims"]
        if not isinstance(listed, list):
            raise TypeError(listed)
    except (msgspec.DecodeError, UnicodeError, RecursionError, LookupError, TypeError) as fault:
        return [], [f"the answer is not the JSON asked for ({type(fault).__name__})"]
    claims: list[Said | None] = []
    faults: list[str] = []
    for number, one in enumerate(listed[:MOST], 1):
        try:
            claims.append(msgspec.convert(one, Said))
        except (msgspec.ValidationError, RecursionError) as fault:
            claims.append(None)
            faults.append(f"claim {number}: {fault}")
    if len(listed) > MOST:
        faults.append(f"the answer lists {len(listed)} claims; no more than {MOST} are taken")
    return claims, faults
