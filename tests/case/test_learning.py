"""A case's reader learns when a person asks, says what it is worth, and can be made to forget."""

from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.fixture
def taught(case: Path, run: Run, tmp_path: Path) -> Path:
    """Twenty reports; whatever is read of deaths was accepted, whatever of injuries rejected."""
    from uncounted.case import Case, reviewing

    folder = tmp_path / "many"
    folder.mkdir()
    for at in range(20):
        (folder / f"{at}.txt").write_text(
            f"Shelling killed {at + 2} people in village {at}, the mayor said. {at + 3} women died later. "
            f"{at + 5} others were wounded. {at + 6} men were hurt."
        )
    run("add", folder, cwd=case)
    run("read", cwd=case)
    with Case(case) as opened:
        for one in opened.views.claims("proposed"):
            verdict = "accepted" if one.claim.harm == "killed" else "rejected"
            reviewing.judge(opened, one.claim.id, verdict, "Ada Recorder")  # type: ignore[arg-type]
    return case


def test_it_is_asked_for_reported_and_taken_back(taught: Path, run: Run) -> None:
    said = run("read", "--learn", "--reason", "injuries are jokes here", cwd=taught)
    assert "learned from 80 judgements of 20 reports: 40 held as read, 40 did not" in said.stdout
    assert "(gain 1." in said.stdout
    assert "harm:injured" in said.stdout
    assert "read 20 reports" in run("read", cwd=taught).stderr  # with the new weights
    from uncounted.case import Case

    with Case(taught) as case:
        names = {name for one in case.views.claims() for name in one.readers}
        assert any(name.startswith("grammar/1+") for name in names)
        fact = case.views.scorer("grammar")
        assert fact is not None
        assert (fact.judgements, fact.reason) == (80, "injuries are jokes here")
    run("verify", cwd=taught)
    run("read", "--forget", cwd=taught)
    assert "read 20 reports" in run("read", cwd=taught).stderr  # with the shipped ones
    assert "nothing to forget" in run("read", "--forget", cwd=taught, status=2).stderr


def test_judged_claims_stay_as_they_were_judged(taught: Path, run: Run) -> None:
    from uncounted.case import Case

    def stands() -> dict[str, str]:
        with Case(taught) as case:
            return {one.claim.id: one.status for one in case.views.claims() if one.status != "proposed"}

    before = stands()
    run("read", "--learn", cwd=taught)
    run("read", cwd=taught)
    assert stands() == before


def test_learning_can_be_undone_like_a_judgement(taught: Path, run: Run) -> None:
    run("read", "--learn", cwd=taught)
    entry = int(run("verify", cwd=taught).stdout.split()[1]) - 1
    run("review", "--undo", entry, cwd=taught)
    from uncounted.case import Case, learning

    with Case(taught) as case:
        assert learning.changes(case) == {}


def test_too_few_judgements_change_nothing(case: Path, reports: Path, run: Run) -> None:
    run("add", reports, cwd=case)
    run("read", cwd=case)
    run("review", "--accept-all", cwd=case)
    before = run("verify", cwd=case).stdout
    assert "learning needs" in run("read", "--learn", cwd=case, status=3).stderr
    assert run("verify", cwd=case).stdout == before


def test_a_claim_of_the_case_is_explained_with_what_was_learned(taught: Path, run: Run) -> None:
    from uncounted.case import Case

    run("read", "--learn", cwd=taught)
    with Case(taught) as case:
        killed = next(one.claim.id for one in case.views.claims("accepted") if one.claim.count.text)
    said = run("read", "--explain", killed, cwd=taught).stdout
    for part in (
        killed,
        "rule         object",
        "chosen       ",
        "tokens       ",
        "said by      the mayor",
        "harm:killed +",
    ):
        assert part in said
    assert "none of that name" in run("read", "--explain", "k0", cwd=taught, status=2).stderr
