"""Dates to the precision stated, and never a guess."""

import pytest

from ingest.dates import iso_date


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("May 30, 2025 12:02 PM", "2025-05-30"),
        ("Friday, 30 May 2025", "2025-05-30"),
        ("3rd of May 2024", "2024-05-03"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("2025-05-30T05:30:00+01:00", "2025-05-30"),
        ("2024/03/05", "2024-03-05"),
        ("Sat, 01 Jun 2024 10:00:00 GMT", "2024-06-01"),
        ("D:20250821090000+02'00'", "2025-08-21"),
        ("13/04/2025", "2025-04-13"),
        ("May 2025", "2025-05"),
        ("11/2025", "2025-11"),
        ("2025", "2025"),
        (2023, "2023"),
        ("20250304", "2025-03-04"),
        ("4. März 2025", "2025-03-04"),
        ("1er août 2025", "2025-08-01"),
        ("4 de março de 2025", "2025-03-04"),
        ("4 марта 2025", "2025-03-04"),
        ("mai 2025", "2025-05"),
        ("2025年3月4日", "2025-03-04"),
        ("2025년 3월", "2025-03"),
    ],
)
def test_a_date_keeps_the_precision_stated(written: object, expected: str) -> None:
    assert iso_date(written) == expected


@pytest.mark.parametrize("written", ["03/04/2025", "05.03.2024"])
def test_a_date_that_can_be_read_two_ways_is_unknown(written: str) -> None:
    assert iso_date(written) is None


@pytest.mark.parametrize("written", ["May 30", "12:30", "10", "Friday", "", None])
def test_what_states_no_year_is_never_filled_from_today(written: str | None) -> None:
    assert iso_date(written) is None


@pytest.mark.parametrize(
    "written", ["2025-02-30", "2025-13-01", "1700000000", "1704120600000", "30 May 2025 | 3 min read", "x" * 5000]
)
def test_what_is_no_date_is_unknown(written: str) -> None:
    assert iso_date(written) is None
