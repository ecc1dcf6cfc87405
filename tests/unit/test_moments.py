"""Days, months, quarters and years, however they are written."""

import pytest

from rag.text.moments import moments_of

Parts = tuple[int | None, int | None, int | None, int | None]


def told(text: str) -> list[Parts]:
    """Year, month, day and quarter of each moment."""
    return [(one.year, one.month, one.day, one.quarter) for one in moments_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "17 April 2025", "17th of April 2025", "April 17, 2025", "2025-04-17", "17.4.2025", "17.04.2025", "17/04/2025",
        "04/17/2025", "17. April 2025", "17 avril 2025", "17 de abril de 2025", "Thu 17 Apr 2025", "17 Apr. 2025",
    ],
)  # fmt: skip
def test_a_day_is_known_in_any_usual_form(text: str) -> None:
    assert told(f"It was due on {text}.") == [(2025, 4, 17, None)]


@pytest.mark.parametrize("text", ["April 2025", "Apr. 2025", "April, 2025", "2025-04", "04/2025", "4/2025", "04.2025"])
def test_a_month_of_a_year_is_known_in_any_usual_form(text: str) -> None:
    assert told(f"The bill of {text}.") == [(2025, 4, None, None)]


@pytest.mark.parametrize("text", ["Q3 2024", "q3/2024", "third quarter of 2024", "Q3-2024"])
def test_a_quarter_is_known_in_any_usual_form(text: str) -> None:
    assert told(text) == [(2024, None, None, 3)]


def test_a_year_is_a_moment() -> None:
    assert told("from 2019 to 2024") == [(2019, None, None, None), (2024, None, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "May I smoke?", "They march on.", "It may rain.", "Jan Vask", "€2025", "2,025 kg",
        "Version 1.2025", "v2025.1", "Invoice 2025-0417", "Augustine", "5 sec",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_moment_is_none(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("text", ["in May", "May", "1.1 March", "(May)", "for March and"])
def test_months_that_are_other_words_count_where_a_month_can_stand(text: str) -> None:
    assert len(told(text)) == 1


def test_a_moment_tells_where_it_stands() -> None:
    text = "Due on 3 May 2025, paid on 4 June 2025."
    assert [one.span.of(text) for one in moments_of(text)] == ["3 May 2025", "4 June 2025"]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("March", "March 2025", True),
        ("2025", "March 2025", True),
        ("Q1 2025", "17 March 2025", True),
        ("April 2025", "March 2025", False),
        ("March 2024", "March 2025", False),
        ("17 March", "18 March 2025", False),
        ("2025", "March", False),
    ],
)
def test_moments_agree_where_nothing_that_both_name_differs(one: str, other: str, agree: bool) -> None:
    (first,), (second,) = moments_of(one), moments_of(other)
    assert first.agrees(second) is second.agrees(first) is agree


@pytest.mark.parametrize(
    ("one", "other", "named"),
    [
        ("April", "17 April 2025", True),
        ("2025", "17 April 2025", True),
        ("Q2 2025", "17 April 2025", True),
        ("17 April 2025", "April 2025", False),
        ("April 2025", "April", False),
    ],
)
def test_a_moment_is_named_by_one_that_is_more_precise(one: str, other: str, named: bool) -> None:
    (first,), (second,) = moments_of(one), moments_of(other)
    assert first.is_named_by(second) is named
