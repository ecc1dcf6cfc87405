"""Words that can be compared, sentences that can be cited."""

import pytest

from rag.words import content_stems, sentences, stem, words


@pytest.mark.parametrize(
    ("word", "other"), [("banned", "bans"), ("Japan's", "Japan"), ("Japan’s", "japan"), ("cities", "city")]
)
def test_inflected_words_have_one_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


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


def test_negations_carry_matter() -> None:
    assert "not" in content_stems("It did not rain")


def spoken(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert spoken("Dr. Holt met the U.S. envoy. They spoke.") == ["Dr. Holt met the U.S. envoy.", "They spoke."]


def test_a_headline_is_a_sentence_of_its_own() -> None:
    assert spoken("Mill burns down\nThe mill burned on Monday. Nobody was hurt.")[0] == "Mill burns down"


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    lines = [
        "The mill on the river burned down on Monday after a lamp fell",
        "over in the storeroom, and two horses died.",
    ]
    text = "\n".join(lines)
    assert spoken(text) == [text]


def test_blank_lines_end_a_sentence_with_windows_line_ends_too() -> None:
    assert spoken("First part\r\n\r\nsecond part") == ["First part", "second part"]


def test_nothing_has_no_sentences() -> None:
    assert sentences(" \n\t\n ") == []
