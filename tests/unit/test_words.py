"""Words that can be compared."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.text.words import content_stems, name_stems, stem, words


@pytest.mark.parametrize(
    ("word", "other"), [("banned", "bans"), ("Japan's", "Japan"), ("Japan’s", "japan"), ("cities", "city")]
)
def test_inflected_words_have_one_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_several_threads_get_the_same_stems_as_one() -> None:
    endings = ("ational", "fulness", "ization", "ably", "ings", "edly", "ements", "iveness")
    listed = [f"{first}{last}ak{ending}" for first in "bcdfg" for last in "aeiou" for ending in endings]
    alone = [stem.__wrapped__(word) for word in listed]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            together = list(threads.map(lambda _: [stem.__wrapped__(word) for word in listed], range(24)))
    finally:
        sys.setswitchinterval(usual)
    assert all(stems == alone for stems in together)


def test_numbers_and_dates_stay_whole() -> None:
    assert words("On 2025-05-30 they paid 1,200.50 for 3 cows.") == [
        "On",
        "2025-05-30",
        "they",
        "paid",
        "1,200.50",
        "for",
        "3",
        "cows",
    ]


@pytest.mark.parametrize(
    "question", ["May I keep a dog?", "How do I reset it if I’m away?", "Who knows what I've paid?"]
)
def test_the_pronoun_i_is_no_name(question: str) -> None:
    assert name_stems(question) == []


def test_negations_carry_matter() -> None:
    assert "not" in content_stems("It did not rain")
