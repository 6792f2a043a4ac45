"""The desk in Arabic: every word of it, the layout turned round, and a catalogue that ships as it was edited."""

import gettext
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from starlette.testclient import TestClient

from tests.web.invented_case import BY, accept_all
from uncounted.case.desk import CaseDesk
from uncounted.model.facts import Agent, IncidentNamed
from uncounted.web.tongue import COOKIE, LOCALES, words_of

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted(LOCALES.glob("*/LC_MESSAGES"))


def test_every_word_of_the_desk_has_a_translation() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "translate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_the_compiled_catalogue_is_the_edited_one(folder: Path) -> None:
    edited = read_po(io.BytesIO((folder / "desk.po").read_bytes()))
    with (folder / "desk.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in edited:
        if message.id:
            assert compiled.gettext(str(message.id)) == message.string


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_a_translation_says_the_same_parts(folder: Path) -> None:
    for message in read_po(io.BytesIO((folder / "desk.po").read_bytes())):
        parts = [sorted(re.findall(r"%\(\w+\)s", str(said))) for said in (message.id, message.string)]
        assert not message.id or parts[0] == parts[1], message.id


def test_a_person_chooses_the_language_and_keeps_it(client: TestClient, desk: CaseDesk) -> None:
    accept_all(desk)
    assert '<html lang="en" dir="ltr">' in client.get("/toll").text
    answer = client.post("/language", data={"language": "ar", "next": "/toll"})
    assert answer.headers["location"] == "/toll"
    page = client.get("/toll").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "الحصيلة" in page
    assert "14 أو أكثر" in client.get("/claims").text
    client.post("/language", data={"language": "xx", "next": "//evil.example"})
    assert client.cookies[COOKIE] == "ar"


def test_without_a_choice_the_browsers_own_language_is_spoken(client: TestClient) -> None:
    assert 'dir="rtl"' in client.get("/", headers={"Accept-Language": "ar-SY,ar;q=0.9,en;q=0.5"}).text
    assert 'dir="ltr"' in client.get("/", headers={"Accept-Language": "fr, *"}).text


def test_the_working_titles_of_pairs_are_in_the_persons_language_and_a_persons_title_stays(
    client: TestClient, desk: CaseDesk
) -> None:
    accept_all(desk)
    market, hamlet = (row.incident for row in desk.incidents().rows)
    title = words_of("ar").title
    assert title(market) != market.title
    client.cookies.set(COOKIE, "ar")
    pair = client.get(f"/pairs/incidents/{market.id}/{hamlet.id}").text
    assert title(market) in pair
    assert market.title not in pair
    found = client.get("/pairs").text
    for one in (market, hamlet):
        assert (title(one) in found) == (one.title in client.get("/pairs.csv").text)
        assert one.title not in found
    desk.case.record(Agent("person", BY), IncidentNamed(anchor=market.anchor, title="The market, as people call it"))
    assert "The market, as people call it" in client.get(f"/pairs/incidents/{market.id}/{hamlet.id}").text


def test_what_a_screen_reader_says_of_a_chosen_facet_is_in_the_persons_language(client: TestClient) -> None:
    client.cookies.set(COOKIE, "ar")
    page = client.get("/search?q=villagers&kind=claim&status=proposed").text
    labels = re.findall(r'aria-label="([^"]*)"', page)
    assert [label for label in labels if re.search("[a-z]", label)] == []
