"""The annotated reports load as they stand, and the reader keeps the level that it reached on them."""

import pytest

from tests.annotated.form import LANGUAGES, Report, reports
from tests.annotated.scoring import Score, score
from uncounted.model.quoting import misquoted
from uncounted.stages.read.standard import standard_reader

ALL = [report for language in LANGUAGES for report in reports(language)]


@pytest.fixture(scope="module")
def reached() -> Score:
    return score(ALL, standard_reader())


def test_there_are_twenty_five_in_english_and_fifteen_in_arabic() -> None:
    assert [len(reports(language)) for language in ("en", "ar")] == [25, 15]


@pytest.mark.parametrize("report", ALL, ids=lambda report: report.document.id)
def test_every_annotation_is_the_reports_own_words(report: Report) -> None:
    for claim in report.claims:
        assert not list(misquoted(claim, report.document.text))
        assert len(claim.attribution) >= 2
    names = {claim.id for claim in report.claims}
    assert {claim.subset_of for claim in report.claims} - {None} <= names


def test_they_hold_what_a_reader_must_not_take_for_harm() -> None:
    """Reports without any claim, and claims of every modality."""
    assert sum(not report.claims for report in ALL) >= 3
    said = {claim.modality for report in ALL for claim in report.claims}
    assert said >= {"denied", "ordered", "threatened", "possible", "presumed", "estimated", "no_estimate"}


def test_claims_are_found_and_true(reached: Score) -> None:
    assert reached.f1 >= 0.85, reached.classes()


def test_chains_are_exactly_right(reached: Score) -> None:
    assert reached.chain >= 0.90, reached.classes()


def test_the_scorer_counts_what_is_missed_and_what_is_made_up() -> None:
    """A reader that says nothing finds nothing; one that repeats the truth is right throughout."""

    class Silent:
        name = "silent/1"

        def read(self, document: object) -> tuple[()]:
            return ()

    class Knowing:
        name = "knowing/1"

        def read(self, document: object) -> tuple[object, ...]:
            return next(report.claims for report in ALL if report.document is document)

    assert score(ALL, Silent()).f1 == 0
    knowing = score(ALL, Knowing())  # type: ignore[arg-type]
    assert (knowing.f1, knowing.chain, knowing.misses) == (1.0, 1.0, ())
