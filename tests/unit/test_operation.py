"""What a question wants computed, by its words."""

import pytest

from rag.question.operation import operation_of


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("How many orders are open?", "count"),
        ("What is the total of the open orders?", "sum"),
        ("How much did we spend from March to May?", "sum"),
        ("What do the dishes cost on average?", "average"),
        ("Which dish is the cheapest?", "lowest"),
        ("Who is the youngest?", "highest"),
        ("Which train leaves first?", "lowest"),
        ("How many days are there between the issue and the due date?", "days between"),
    ],
)
def test_the_words_tell_what_is_computed(question: str, name: str) -> None:
    operation = operation_of(question)
    assert operation is not None
    assert operation.name == name


def test_a_question_for_one_thing_wants_nothing_computed() -> None:
    assert operation_of("Who manages the Hull branch?") is None


def test_what_is_chosen_from_is_told_apart() -> None:
    operation = operation_of("Who was born first, Ann Lee or Bo Day?")
    assert operation is not None
    assert operation.alternatives == ("Ann Lee", "Bo Day")


def test_a_limit_is_a_bound_with_its_unit() -> None:
    operation = operation_of("How many orders are over 500 euros?")
    assert operation is not None
    (limit,) = operation.limits
    assert (limit.holds(limit.low.value), limit.low.unit) == (False, "EUR") if limit.low else False


def test_a_time_from_one_month_to_another_is_one() -> None:
    operation = operation_of("How many orders came from March to May 2025?")
    assert operation is not None
    (times,) = operation.times
    assert (times.first.month, times.first.year, times.last.month) == (3, 2025, 5)


def test_listed_months_share_the_year_of_the_last() -> None:
    operation = operation_of("What do the bills for March, April and May 2025 come to together?")
    assert operation is not None
    assert [(one.first.year, one.first.month) for one in operation.times] == [(2025, 3), (2025, 4), (2025, 5)]


def test_times_that_are_not_listed_together_all_hold() -> None:
    operation = operation_of("How many orders of March 2025 were paid in April 2025?")
    assert operation is not None
    assert len({one.listed for one in operation.times}) == 2
