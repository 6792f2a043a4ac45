"""Bringing reports: kept, read, and told apart from what is there already."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.web.conftest import visitor
from tests.web.invented_case import BY
from uncounted.case import consent
from uncounted.case.desk import CaseDesk
from uncounted.web.door import Door

SAID = b"At least 14 people were killed in Qasr Lamin on 3 May 2031, the hospital said.\n"


@pytest.fixture
def inbox(desk: CaseDesk) -> Iterator[TestClient]:
    """A client in one event loop, so that jobs go on between requests."""
    (desk.case.folder / "gazetteer.csv").write_text("name,lat,lon,precision\nQasr Lamin,35.4,38.9,town\n")
    door = Door(desk.people, BY)
    with visitor(desk, door) as client:
        client.get(f"/enter/{door.ticket}")
        yield client


def settled(client: TestClient) -> list[dict[str, Any]]:
    """The jobs once none of them goes on."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        jobs: list[dict[str, Any]] = client.get("/inbox.json").json()
        if all(job["state"] not in ("waiting", "preserving", "reading") for job in jobs):
            return jobs
        time.sleep(0.05)
    raise AssertionError("the jobs never ended")


def test_a_file_is_kept_and_read_and_the_same_file_again_is_named(inbox: TestClient, desk: CaseDesk) -> None:
    inbox.post("/inbox", files={"file": ("report.txt", SAID)}, data={"publisher": "Valley Wire"})
    (job,) = settled(inbox)
    assert (job["state"], job["name"]) == ("done", "report.txt")
    (report,) = job["reports"]
    assert report["claims"] >= 1
    assert desk.capture(report["capture"]).publisher == "Valley Wire"
    inbox.post("/inbox", files={"file": ("again.txt", SAID)})
    again = settled(inbox)[0]
    assert again["state"] == "known"
    assert "is already here" in inbox.get("/inbox").text


def test_a_pasted_text_with_the_words_of_another_report_is_told(inbox: TestClient, desk: CaseDesk) -> None:
    inbox.post("/inbox", files={"file": ("report.txt", SAID)})
    inbox.post("/inbox", data={"text": SAID.decode() + "\n\n"})
    jobs = settled(inbox)
    assert len(jobs) == 2
    assert jobs[0]["state"] in ("done", "known")


def test_a_report_that_must_not_be_analysed_is_left_unread_and_the_page_says_why(
    inbox: TestClient, desk: CaseDesk
) -> None:
    inbox.post("/inbox", files={"file": ("report.txt", SAID)})
    (report,) = settled(inbox)[0]["reports"]
    consent.state(desk.case, BY, report["capture"], ["analyse"], False, reason="asked to be left out")
    inbox.post("/inbox", files={"file": ("again.txt", SAID)})
    (again,) = settled(inbox)[0]["reports"]
    assert "does not allow that it is analysed" in " ".join(again["notes"])
    assert "does not allow that it is analysed" in inbox.get("/inbox").text


def test_what_cannot_be_taken_is_told_and_the_rest_goes_in(inbox: TestClient) -> None:
    files = [("file", ("report.txt", SAID)), ("file", ("picture.exe", b"MZ")), ("file", ("empty.txt", b" "))]
    inbox.post("/inbox", files=files)
    states = {str(job["name"]): job["state"] for job in settled(inbox)}
    assert states == {"report.txt": "done", "picture.exe": "fault", "empty.txt": "fault"}
    assert inbox.post("/inbox", data={"address": "file:///etc/passwd"}).status_code == 422
    assert inbox.post("/inbox", data={}).status_code == 422


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>.txt", "../../evil.txt", '"><svg onload=alert(1)>.md'])
def test_a_files_name_is_words_and_no_path(inbox: TestClient, desk: CaseDesk, name: str) -> None:
    inbox.post("/inbox", files={"file": (name, SAID + name.encode())})
    (job,) = settled(inbox)
    page = inbox.get("/inbox").text
    assert "<img" not in page
    assert "<svg" not in page
    for report in job["reports"]:
        assert "/" not in desk.capture(report["capture"]).name
    assert not (desk.case.folder.parent / "evil.txt").exists()
