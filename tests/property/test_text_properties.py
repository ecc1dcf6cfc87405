"""Whatever the text: what is found in it lies in it, in order; and a day is the same in every form."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rag.text.moments import moments_of
from rag.text.numbers import numbers_of

_PIECES = "3 17 2025 1999 April may March Q3 - / . , ; of de 04 1.204,50 ' million k m twenty-one 5th am".split()
texts = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80),
    st.lists(st.sampled_from([*_PIECES, " ", "\n", "\u202f"]), max_size=40).map("".join),
    st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join),
)


@given(texts)
def test_moments_stand_in_order_and_apart(text: str) -> None:
    found = moments_of(text)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(one.span.of(text).strip() for one in found)


@given(texts)
def test_every_moment_names_something_that_can_be(text: str) -> None:
    for one in moments_of(text):
        assert one.year or one.month or one.quarter
        assert 1 <= (one.month or 1) <= 12
        assert 1 <= (one.day or 1) <= 31


@given(texts)
def test_numbers_stand_in_order_and_amount_to_something(text: str) -> None:
    found = numbers_of(text)
    assert found == sorted(found, key=lambda number: number.span)
    assert all(number.values and number.span.of(text).strip() for number in found)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_is_the_same_in_every_form(day: date) -> None:
    forms = [f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", day.isoformat(), f"{day.day}.{day.month}.{day.year}"]
    found = [moments_of(f"It was due on {form}.") for form in forms]
    assert [[(one.year, one.month, one.day) for one in each] for each in found] == [
        [(day.year, day.month, day.day)]
    ] * 4


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_an_amount_is_the_same_in_every_form(whole: int, cents: int) -> None:
    english = f"{whole:,}.{cents:02}"
    german = english.translate(str.maketrans(",.", ".,"))
    spaced = english.replace(",", "\u202f")
    found = [[set(number.values) for number in numbers_of(f"EUR {form}")] for form in (english, german, spaced)]
    assert found == [[{float(f"{whole}.{cents:02}")}]] * 3
