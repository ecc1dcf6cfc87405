"""Amounts, days and times as cells and sentences write them."""

from decimal import Decimal

import pytest

from rag.text.quantities import amount_of, amounts_in, day_of, has_decimal_comma, is_blank, time_of


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("1,204", "1204", ""),
        ("(76.80)", "-76.80", ""),
        ("-76.80", "-76.80", ""),
        ("−3", "-3", ""),
        ("£1,816.20", "1816.20", "GBP"),
        ("-£5", "-5", "GBP"),
        ("12 %", "12", "%"),
        ("48.5 kWh", "48.5", "kWh"),
        ("six months", "6", "months"),
        ("39 800", "39800", ""),
    ],
)
def test_a_cell_is_an_amount_with_its_unit(cell: str, value: str, unit: str) -> None:
    amount = amount_of(cell)
    assert amount is not None
    assert (amount.value, amount.unit) == (Decimal(value), unit)


def test_with_a_decimal_comma_a_point_parts_thousands() -> None:
    amount = amount_of("1.204,50 €", comma=True)
    assert amount is not None
    assert (amount.value, amount.unit) == (Decimal("1204.50"), "EUR")


def test_a_mark_of_credit_is_kept() -> None:
    amount = amount_of("76.80 CR")
    assert amount is not None
    assert amount.mark == "CR"


@pytest.mark.parametrize("cell", ["0117 555 0101", "PO-88213", "3.8.1", "2025-01-01", "B-310", "Room 2", "1 per metre"])
def test_a_code_is_no_amount(cell: str) -> None:
    assert amount_of(cell) is None


@pytest.mark.parametrize("cell", ["", "-", "n/a", "–", "None"])
def test_a_cell_may_say_that_it_holds_nothing(cell: str) -> None:
    assert is_blank(cell)


def test_days_do_not_tell_how_numbers_are_written() -> None:
    assert has_decimal_comma(["03.03.2025", "19.03.2025", "96,40"])


def test_the_amounts_of_a_sentence_are_no_days() -> None:
    told = [amount for _, amount in amounts_in("On 5 May 2025 the plant cost 48 million pounds.")]
    assert [(one.value, one.unit) for one in told] == [(48_000_000, "GBP")]


def test_a_month_ends_later_than_it_begins() -> None:
    month = day_of("May 2025")
    assert month is not None
    assert month.last is not None
    assert month.last > month.value


@pytest.mark.parametrize(("cell", "seconds"), [("7:15", 26100), ("6 pm", 64800), ("1:12:40", 4360)])
def test_a_time_is_read_in_seconds(cell: str, seconds: int) -> None:
    time = time_of(cell)
    assert time is not None
    assert time.value == seconds
