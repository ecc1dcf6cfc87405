"""Whether a text says an answer."""

import pytest

from eval.match import plain, says


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("It was CORRAVIA that closed it.", "Corravia that closed"),
        ("a single-hulled barge", "single hulled"),
        ("in 12\n barges a day", "12 barges"),
        ("under the Article 9", "article 9"),
        ("the head of a committee", "head of committee"),
        ("higher canal tolls", "higher canal toll"),
        ("the other’s embassy", "other's embassy"),
        ("gave 35% of it", "35%"),
    ],
    ids=["case", "hyphen", "white space", "article before", "article inside", "inflected", "apostrophe", "sign"],
)
def test_an_answer_is_found_however_it_is_spelled(text: str, answer: str) -> None:
    assert says(text, [answer])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("some 120 barges", "12"),
        ("in 1318", "318"),
        ("a spell at sea", "Pell"),
        ("the canal closed Corravia", "Corravia closed"),
    ],
    ids=["longer number", "end of a number", "end of a word", "other order"],
)
def test_part_of_another_word_or_number_is_no_answer(text: str, answer: str) -> None:
    assert not says(text, [answer])


def test_one_of_several_spellings_is_enough() -> None:
    assert says("12 barges a day", ["twelve", "12 barges"])


def test_no_answers_are_never_said() -> None:
    assert not says("anything", [])


def test_an_answer_of_punctuation_alone_is_never_said() -> None:
    assert not says("anything.", ["..."])


def test_a_plain_text_keeps_words_and_numbers_only() -> None:
    assert plain("The “Maid of Oxholm”, 1,150 tonnes!") == "maid of oxholm 1 150 tonnes"
