"""Following a feed from the terminal: what it tells others is said first, and no address inside is asked."""

from pathlib import Path

from tests.conftest import Run


def test_watching_says_who_can_see_it_and_asks_nothing_inside(case: Path, run: Run) -> None:
    done = run("add", "--watch", "http://127.0.0.1:9/feed", "--once", cwd=case, status=2)
    assert "can see it" in done.stderr
    assert "open internet" in done.stderr


def test_reports_or_a_feed_are_named_and_not_both(case: Path, run: Run, reports: Path) -> None:
    for words in ([], [reports, "--watch", "http://paper.example/feed"]):
        assert "name reports to add, or a feed" in run("add", *words, cwd=case, status=2).stderr
