"""Whatever a report, a name or a rule says, on the desk too it stays words."""

from pathlib import Path

import pytest

from tests.stages.publish.hostile import PAYLOADS, hostile
from tests.stages.publish.test_hostile import OUR_TAGS
from tests.stages.publish.test_release import Page
from tests.web.conftest import seated
from tests.web.invented_case import accept_all, built

PATHS = ("/", "/claims", "/captures", "/incidents", "/incidents/khostile", "/review/khostile", "/review/kkilled?edit=1",
         "/captures/chostile", "/captures/chostile/add", "/claims/khostile", "/claims/knone", "/toll", "/toll?by=place",
         "/explore", "/explore?view=time", "/explore?view=table", "/search?q=market", "/pairs", "/pairs?of=captures",
         "/ledger", "/ledger/2", "/inbox", "/people", "/sealed", "/publish", "/agreement",
         "/pairs/captures/chostile/cwire", "/pairs/incidents/khostile/kseven")  # fmt: skip
FORM_TAGS = frozenset(
    [
        "textarea",
        "noscript",
        "meta",
        "del",
        "ins",
        "img",
        "figure",
        "image",
        "ol",
        "form",
        "input",
        "select",
        "option",
        "button",
        "label",
        "fieldset",
        "legend",
        "output",
        "kbd",
        "script",
    ]
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup_or_an_address(payload: str, tmp_path: Path) -> None:
    desk = built(tmp_path / "case", hostile(payload))
    desk.judge("khostile", "accepted", payload.strip() or "x", payload)
    accept_all(desk)
    client = seated(desk)
    client.get(f"/search?q={payload}")
    for path in PATHS:
        page = Page(client.get(path).text)
        assert set(page.tags) <= OUR_TAGS | FORM_TAGS, path
        assert page.tags.count("script") == 1, path
        assert not any(name.startswith("on") for name, _ in page.attributes), path
        assert not any(":" in to or to.startswith("//") for to in page.resources), path
