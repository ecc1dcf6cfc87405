"""Numbers by what they amount to."""

import pytest

from rag.text.numbers import is_number_word, numbers_of


def amounts(text: str) -> list[set[float]]:
    return [set(number.values) for number in numbers_of(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,204.50", 1204.5), ("1.204,50", 1204.5), ("1'204.50", 1204.5), ("39 800 EUR", 39800), ("12,5", 12.5),
        ("39\u202f800", 39800), ("12 345 678", 12345678), (".5", 0.5), ("10%", 10), ("£76.80", 76.8), ("nine", 9),
        ("Twenty-one", 21), ("2 million", 2e6), ("2.5 million", 2.5e6), ("three thousand", 3000), ("4k", 4000),
        ("3bn", 3e9), ("5 Mio", 5e6),
    ],
)  # fmt: skip
def test_a_number_is_what_it_amounts_to(text: str, value: float) -> None:
    assert amounts(f"It is {text} here") == [{value}]


@pytest.mark.parametrize(
    ("text", "values"), [("1,204", {1204, 1.204}), ("39.800", {39800, 39.8}), ("5m long", {5, 5_000_000})]
)
def test_what_may_be_read_in_two_ways_is_either(text: str, values: set[float]) -> None:
    assert amounts(text) == [values]


@pytest.mark.parametrize("text", ["version 1.2.3", "form A4", "the ship Arn99", "v2"])
def test_versions_and_codes_are_no_numbers(text: str) -> None:
    assert amounts(text) == []


def test_a_number_tells_where_it_stands() -> None:
    text = "From 1,204.50 crowns to two million."
    assert [number.span.of(text) for number in numbers_of(text)] == ["1,204.50", "two million"]


@pytest.mark.parametrize(("word", "is_one"), [("Ninety-nine", True), ("million", True), ("dozen", False)])
def test_words_for_numbers_are_known(word: str, is_one: bool) -> None:
    assert is_number_word(word) is is_one
