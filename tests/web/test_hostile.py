"""Whatever a report, a name or a rule says, on the desk too it stays words."""

from pathlib import Path

import pytest

from tests.stages.publish.hostile import PAYLOADS, hostile
from tests.stages.publish.test_hostile import OUR_TAGS
from tests.stages.publish.test_release import Page
from tests.web.conftest import seated
from tests.web.invented_case import accept_all, built
from uncounted.case.desk import CaseDesk
from uncounted.model.facts import Agent, LinksProposed, ListRead
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry

PATHS = ("/", "/claims", "/captures", "/incidents", "/incidents/khostile", "/review/khostile", "/review/kkilled?edit=1",
         "/captures/chostile", "/captures/chostile/add", "/claims/khostile", "/claims/knone", "/toll", "/toll?by=place",
         "/explore", "/explore?view=time", "/explore?view=table", "/search?q=market", "/pairs", "/pairs?of=captures",
         "/pairs?of=entries",
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


def told(desk: CaseDesk, payload: str) -> None:
    """Let the names, places and columns of two lists say it too, and why two of their entries may be one person."""
    one, two = (
        ListEntry(
            list=name, id=payload, name=payload, death_date="2031-05-06", place="Qasr Lamin", more={payload: payload}
        )
        for name in ("clinic", "ministry")
    )  # fmt: skip
    link = Link(left=f"clinic:{payload}", right=f"ministry:{payload}", probability=0.9, reasons=(payload,))
    desk.case.record(
        Agent("person", "Rana"),
        ListRead(list="clinic", capture="chostile", entries=(one,)),
        ListRead(list="ministry", capture="chostile", entries=(two,)),
        LinksProposed(of="entries", matcher="persons/1", links=(link,)),
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup_or_an_address(payload: str, tmp_path: Path) -> None:
    desk = built(tmp_path / "case", hostile(payload))
    desk.judge("khostile", "accepted", payload.strip() or "x", payload)
    accept_all(desk)
    told(desk, payload)
    client = seated(desk)
    client.get(f"/search?q={payload}")
    for path in PATHS:
        page = Page(client.get(path).text)
        assert set(page.tags) <= OUR_TAGS | FORM_TAGS, path
        assert page.tags.count("script") == 1, path
        assert not any(name.startswith("on") for name, _ in page.attributes), path
        assert not any(":" in to or to.startswith("//") for to in page.resources), path
