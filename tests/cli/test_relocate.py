"""``uncounted read --locate``: places that a case's list gained after reading."""

from pathlib import Path

from tests.conftest import Run
from uncounted.case import Case


def places(folder: Path) -> dict[str, tuple[str, str | None]]:
    with Case(folder) as case:
        return {
            one.claim.id: (one.status, one.claim.place.gazetteer if one.claim.place else None)
            for one in case.views.claims()
        }


def test_a_list_that_grew_places_what_waits_and_leaves_what_was_judged(case: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Three people were killed in the village of Tell Zahra. Two men were hurt there.")
    run("add", tmp_path / "a.txt", cwd=case)
    run("read", cwd=case)
    before = places(case)
    judged, waiting = list(before)
    run("review", "--accept", judged, cwd=case)
    (case / "gazetteer.csv").write_text("name,lat,lon,precision\nTell Zahra,10.5,20.5,village\n")
    assert "1 claims have another place" in run("read", "--locate", cwd=case).stderr
    after = places(case)
    assert after[waiting] == ("proposed", "case:1")
    assert after[judged] == ("accepted", before[judged][1])
    assert "0 claims have another place" in run("read", "--locate", cwd=case).stderr
