"""An invented case in which every free text tries to break out of its page."""

from typing import Any

import msgspec

from tests.stages.publish.invented import dossier
from uncounted.model.claims import Claim, Passage
from uncounted.model.identity import digest
from uncounted.model.release import Dossier

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title><script src=//evil.example/x.js></script>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "]]><!--<style>@import 'http://evil.example/x.css'</style>",
    "\u202egnp.\u2066<iframe src=//evil.example>",
)
NAMED = {"name", "title", "publisher", "author", "url", "within", "part"}


def hostile(payload: str) -> Dossier:
    """The invented case with a payload in its names, titles, addresses, reasons and rules, and in a report's words."""
    made = dossier(title=payload, policy=payload, rules={payload: payload, "title": payload, "description": payload})
    text = f"{payload} Seven people died. {payload}"
    start = text.index("Seven")
    claim = Claim(document="chostile", id="khostile", harm="killed", passage=Passage("Seven people", start, start + 12))
    built = _filled(msgspec.to_builtins(made), payload)
    built["texts"]["chostile"] = text
    built["claims"]["khostile"] = msgspec.to_builtins(claim)
    built["captures"]["chostile"] = built["captures"]["cwire"] | {"id": "chostile", "text": digest(text.encode())}
    return msgspec.convert(built, Dossier)


def _filled(value: Any, payload: str, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, payload, key) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_filled(item, payload, name) for item in value]
    return payload if isinstance(value, str) and name in NAMED | {"why", "reasons", "actors", "partial"} else value
