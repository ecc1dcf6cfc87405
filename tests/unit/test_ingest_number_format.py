"""Numbers as a spreadsheet shows them."""

import datetime

import pytest

from ingest.readers.number_format import shown


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (0.19, "0%", "19%"),
        (0.1953, "0.0%", "19.5%"),
        (1204.5, "#,##0.00", "1,204.50"),
        (1204.5, "#,##0.00\\ [$€-407]", "1,204.50 €"),
        (3, '#,##0 "km"', "3 km"),
        (7, "00000", "00007"),
        (2.5, "0", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (12.0, "General", "12"),
        (2.0, "0.##", "2"),
        (0.5, "# ?/?", "0.5"),
        (1_234_567, '0.0,,"M"', "1.2M"),
        (1, '"yes";"yes";"no"', "yes"),
        (0, '"yes";"yes";"no"', "no"),
        (5, ";;;", ""),
        (True, "General", "TRUE"),
    ],
)
def test_a_number_is_read_as_it_is_shown(value: float, number_format: str, words: str) -> None:
    assert shown(value, number_format) == words


@pytest.mark.parametrize(
    "number_format",
    ['"$"#,##0.00_);[Red]("$"#,##0.00)', '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)'],
)
def test_a_number_below_zero_has_a_minus(number_format: str) -> None:
    assert shown(-5, number_format) == "-$5.00"


def test_the_dash_of_accounts_is_a_zero() -> None:
    assert shown(0, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)') == "0"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (datetime.datetime(2026, 9, 30), "2026-09-30"),
        (datetime.datetime(2026, 9, 30, 7, 30), "2026-09-30 07:30"),
        (datetime.time(7, 30), "07:30"),
        (datetime.timedelta(hours=30, minutes=5), "30:05"),
    ],
)
def test_days_and_times_are_iso(value: object, words: str) -> None:
    assert shown(value, "d mmm yy") == words


@pytest.mark.parametrize(
    ("number_format", "words"), [("mmm yy", "2026-09"), ("yyyy", "2026"), ('"day "d', "2026-09-01")]
)
def test_a_month_or_a_year_is_no_day(number_format: str, words: str) -> None:
    assert shown(datetime.datetime(2026, 9, 1), number_format) == words


@pytest.mark.parametrize("value", [1e300, -1e20, float("inf"), float("nan")])
def test_a_giant_number_is_shown_in_few_digits(value: float) -> None:
    assert len(shown(value, "#,##0.00")) < 30
