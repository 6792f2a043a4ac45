"""Victims by name on an incident's page: who the words name, who of the lists may be among them, and for whose eyes."""

from collections.abc import Callable

import msgspec
import pytest
from starlette.testclient import TestClient

from tests.web.invented_case import accept_all, add_lists, add_report
from uncounted.case import consent
from uncounted.case.desk import CaseDesk
from uncounted.model.claims import Count, Passage
from uncounted.model.facts import Agent, ClaimEdited
from uncounted.model.identity import incident_id
from uncounted.model.roles import ROLES, Role
from uncounted.web.rights import sees

MARKET = incident_id("kkilled")
RANA = Agent("person", "Rana")


@pytest.fixture
def named(desk: CaseDesk) -> CaseDesk:
    """The case with a claim that names somebody, and its lists."""
    text = "Mahmud al-Mukhtara died in Qasr Lamin on Tuesday, his brother said."
    add_report(desk, "brother", text, "Mahmud al-Mukhtara died")
    claim = desk.claim("kbrother").claim
    where = desk.claim("kkilled").claim
    edited = {"victim": Passage("Mahmud al-Mukhtara", 0, 18), "count": Count(low=1, high=1, quantifier="exact"),
              "place": where.place, "time": where.time}  # fmt: skip
    fact = ClaimEdited(claim="kbrother", edited=msgspec.structs.replace(claim, **edited), reason="")
    desk.case.record(RANA, fact)
    accept_all(desk)
    if desk.index().homes(["kbrother"])["kbrother"] != MARKET:
        desk.merge(MARKET, incident_id("kbrother"), "Rana")
    add_lists(desk)
    return desk


def test_a_name_leads_to_its_words_and_to_its_lists_in_any_script(named: CaseDesk, client: TestClient) -> None:
    page = client.get(f"/incidents/{MARKET}").text.split('id="victims"')[1].split("</section>")[0]
    row = page.split("<tr>")[2]
    assert '<a href="#kbrother"><bdi>Mahmud al-Mukhtara</bdi></a>' in row
    assert 'href="/captures/carabic"' in row
    assert "محمود المخترع" in row, "the other list's spelling, joined by matching"
    assert "Canary Refuser" in page
    assert "listed with this place and day" in page
    assert "Somebody Elsewhere" not in page


def test_who_refused_to_be_counted_is_not_told_and_not_found(named: CaseDesk, client: TestClient) -> None:
    assert "Canary Refuser" in client.get("/search?q=Refuser").text
    consent.state(named.case, "Rana", "ministry:2", ["analyse"], False)
    assert "Canary Refuser" not in client.get(f"/incidents/{MARKET}").text
    assert client.get("/search.json?q=Refuser").json()["total"] == 0


def test_a_list_that_is_read_later_is_told_and_found(desk: CaseDesk, client: TestClient) -> None:
    accept_all(desk)
    assert "No claim names a victim" in client.get(f"/incidents/{MARKET}").text
    add_lists(desk)
    assert "Canary Refuser" in client.get(f"/incidents/{MARKET}").text
    assert client.get("/search.json?q=Refuser").json()["total"] == 1


@pytest.mark.parametrize("role", ROLES)
def test_further_columns_and_the_names_of_who_refused_are_for_who_may_see_them(
    named: CaseDesk, as_one: Callable[..., TestClient], role: Role
) -> None:
    client, mine = as_one(role, name=f"A {role}"), frozenset([role])
    paths = [f"/incidents/{MARKET}", "/search?q=Refuser", "/pairs?of=entries", "/pairs/entries/clinic:1/ministry:2",
             *(f"/ledger/{n}" for n in range(len(named.case.ledger)))]  # fmt: skip
    paths += [path + ".json" for path in paths if "?" not in path and "/pairs" not in path]
    paths += ["/search.json?q=Refuser", "/pairs.json?of=entries", "/pairs.csv?of=entries"]
    told = "".join(client.get(path).text for path in paths)
    assert ("Canary Refuser" in told) is sees(mine, "entry.refused")
    assert ("canary-more" in told) is sees(mine, "entry.more")
