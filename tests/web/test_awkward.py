"""What no page of ours sends, or two people send at once, is answered in words and harms nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import httpx
import pytest
from starlette.testclient import TestClient

from tests.web.conftest import OWN
from tests.web.invented_case import BY, accept_all, add_lists
from tests.web.test_inbox import SAID, inbox, settled
from uncounted.case import intake, pairing, releasing
from uncounted.case.desk import CaseDesk
from uncounted.model.facts import Agent, LinksProposed, ListRead
from uncounted.model.incidents import Link
from uncounted.model.persons import ListEntry
from uncounted.web.app import create_app
from uncounted.web.door import COOKIE, Door
from uncounted.web.pages import pair_address

__all__ = ["inbox"]


def asked(desk: CaseDesk, ask: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    """Ask the desk as a server does, which takes the escapes of an address away once."""
    door = Door(desk.people, BY)
    app = create_app(desk, door)

    async def run() -> None:
        transport = httpx.ASGITransport(app)
        cookies = {COOKIE: door.open(BY)}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=OWN, cookies=cookies
        ) as client:
            await ask(client)

    asyncio.run(run())


@pytest.mark.parametrize("name", ["2031/7", "a/../b", "100%", "50%2F1", "a b?c#d", "محمود/٧"])
def test_entries_of_any_id_are_looked_at_and_judged(desk: CaseDesk, name: str) -> None:
    add_lists(desk)
    one, other = (ListEntry(list=of, id=name, name="A Name", death_date="2031-05-06") for of in ("clinic", "ministry"))
    desk.case.record(
        Agent("person", BY),
        ListRead(list="clinic", capture="carabic", entries=(one,)),
        ListRead(list="ministry", capture="ctotal", entries=(other,)),
        LinksProposed(
            of="entries", matcher="persons/1",
            links=(Link(left=f"clinic:{name}", right=f"ministry:{name}", probability=0.9),),
        ),
    )  # fmt: skip
    address = pair_address("entries", f"clinic:{name}", f"ministry:{name}")

    async def judged(client: httpx.AsyncClient) -> None:
        assert f'href="{address}"' in (await client.get("/pairs?of=entries")).text
        page = await client.get(address)
        assert page.status_code == 200
        assert f'action="{address}/same"' in page.text
        assert (await client.post(f"{address}/same", data={"reason": "x"})).status_code == 303

    asked(desk, judged)
    last = pairing.last(desk, BY)
    assert last is not None
    assert (last.fact.left, last.fact.right) == (f"clinic:{name}", f"ministry:{name}")  # type: ignore[union-attr]


def test_an_axis_that_is_none_is_told(client: TestClient, accepted: CaseDesk) -> None:
    incident = accepted.incidents().rows[0].incident.id
    answer = client.post(f"/incidents/{incident}/assess", data={"axis": "moon", "value": "x", "reason": "r"})
    assert answer.status_code == 404
    assert "an incident is assessed on four axes" in answer.text


def test_two_releases_are_written_one_after_the_other(desk: CaseDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    accept_all(desk)
    at_work, most = [0], [0]
    write = releasing.publish

    def slowly(*given: object) -> object:
        at_work[0] += 1
        most[0] = max(most[0], at_work[0])
        time.sleep(0.1)
        made = write(*given)  # type: ignore[arg-type]
        at_work[0] -= 1
        return made

    monkeypatch.setattr(releasing, "publish", slowly)

    async def both(client: httpx.AsyncClient) -> None:
        answers = await asyncio.gather(*(client.post("/publish") for _ in range(2)))
        assert [answer.status_code for answer in answers] == [200, 200]

    asked(desk, both)
    assert most == [1]


def test_a_job_that_breaks_off_is_not_shown_as_going_on(inbox: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> object:
        raise RuntimeError("nobody foresaw it")

    monkeypatch.setattr(intake, "add", breaks)
    inbox.post("/inbox", files={"file": ("report.txt", SAID)})
    (job,) = settled(inbox)
    assert (job["state"], job["said"]) == (
        "fault", "it broke off; the terminal in which the desk was started says why"
    )  # fmt: skip


@pytest.mark.parametrize(
    "told", [{"published": "soon"}, {"published": "2031-02-30"}, {"language": "klingon"}, {"language": "AR"}]
)
def test_a_day_or_a_language_that_is_none_is_not_kept(client: TestClient, desk: CaseDesk, told: dict[str, str]) -> None:
    before = len(desk.case.ledger)
    assert client.post("/inbox", data={"text": SAID.decode(), **told}).status_code == 422
    assert len(desk.case.ledger) == before
