"""Questions and answers as statements."""

import pytest

from rag.stated import stated


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("Who built the mill?", "Ann", "Who built the mill? Ann"),
        ("Who opened the mill in 1900?", "Ann", "Ann opened the mill in 1900."),
        ("Which town banned lorries?", "Oster", "Oster banned lorries."),
        ("What is the capital of Ardent?", "Oster", "The capital of Ardent is Oster."),
        ("How many ships sank in the storm?", "three ships", "Three ships sank in the storm."),
        ("When was the bridge opened?", "1900", "1900 is when the bridge opened."),
        ("Why did prices rise?", "a drought", "Why did prices rise? a drought"),
    ],
)
def test_a_question_and_its_answer_make_a_statement(question: str, answer: str, statement: str) -> None:
    assert stated(question, answer) == statement
