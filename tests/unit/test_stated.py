"""Questions and answers as statements."""

import pytest

from rag.question.as_claim import as_claim, stated


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


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Did Ardent ban grain from Belmar?", "Ardent ban grain from Belmar."),
        ("Is the canal open to lorries?", "The canal open to lorries."),
        ("Isn't the canal open?", "The canal open."),
        ("is it true that the mill burned down?", "The mill burned down."),
        ("Was more or less grain sold?", "More or less grain sold."),
        ("May barges pass at night?", "Barges pass at night."),
    ],
)
def test_a_question_that_asks_yes_or_no_gives_the_claim_it_asks_after(question: str, claim: str) -> None:
    assert as_claim(question) == claim


@pytest.mark.parametrize(
    "question",
    [
        "Who banned grain?",
        "Did Ardent or Belmar ban grain?",
        "What is the canal?",
        "Didcot has how many mills?",
        "May 2024 saw what?",
        "Was steht in § 3?",
        "Was kostet die Wäsche?",
        "Is?",
    ],
)
def test_other_questions_give_none(question: str) -> None:
    assert as_claim(question) is None
