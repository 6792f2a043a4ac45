import pytest

from uncounted.stages.capture.dates import iso_date


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("2025-03-04", "2025-03-04"),
        ("20250304", "2025-03-04"),
        ("2025-03", "2025-03"),
        ("2025-03-04T10:00:00+02:00", "2025-03-04T08:00:00Z"),
        ("2025-03-04 10:00", "2025-03-04T10:00:00"),
        ("Tue, 04 Mar 2025 10:00:00 +0200", "2025-03-04T08:00:00Z"),
        ("4 March 2025", "2025-03-04"),
        ("Tuesday, March 4th, 2025", "2025-03-04"),
        ("25/03/2025", "2025-03-25"),
        ("03/25/2025", "2025-03-25"),
        ("03/03/2025", "2025-03-03"),
        ("04/03/2025", None),
        ("31 February 2025", None),
        ("0001-01-01T00:00+23:00", None),
        ("Tue, 04 Mar 99999999999 10:00:00 +0200", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_is_put_into_iso_or_stays_unknown(said: str, iso: str | None) -> None:
    assert iso_date(said) == iso
