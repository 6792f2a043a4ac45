"""Whatever a report, a name or a rule says, on the desk too it stays words."""

import pytest
from starlette.testclient import TestClient

from tests.stages.publish.hostile import PAYLOADS, hostile
from tests.stages.publish.test_hostile import OUR_TAGS
from tests.stages.publish.test_release import Page
from tests.web.conftest import OWN
from tests.web.fakedesk import FakeDesk
from uncounted.web.app import create_app

PATHS = ("/", "/claims", "/captures", "/incidents", "/incidents/imarket", "/review/khostile", "/review/kkilled?edit=1",
         "/captures/chostile", "/captures/chostile/add", "/claims/khostile", "/claims/knone", "/toll")  # fmt: skip
FORM_TAGS = frozenset(
    ["form", "input", "select", "option", "button", "label", "fieldset", "legend", "output", "kbd", "script"]
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup_or_an_address(payload: str) -> None:
    desk = FakeDesk(hostile(payload))
    desk.judge("khostile", "accepted", payload, payload)
    client = TestClient(create_app(desk, payload), base_url="http://127.0.0.1", headers=OWN)
    for path in PATHS:
        page = Page(client.get(path).text)
        assert set(page.tags) <= OUR_TAGS | FORM_TAGS, path
        assert page.tags.count("script") == 1, path
        assert not any(name.startswith("on") for name, _ in page.attributes), path
        assert not any(":" in to or to.startswith("//") for to in page.resources), path
