"""Follow-ups made self-contained."""

import pytest

from rag.domain import Turn
from rag.question.follow_up import self_contained

WANG = Turn("Where did Wang Yi speak in June?", "In Paris.")


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("And who met him there?", "Where did Wang Yi speak in June – And who met him there?"),
        ("Where can I go?", "Where did Wang Yi speak in June – Where can I go?"),
        ("Why?", "Where did Wang Yi speak in June – Why?"),
        ("Ok, thanks. What did he say?", "Where did Wang Yi speak in June – What did he say?"),
    ],
)
def test_a_question_that_leans_on_the_talk_is_completed(question: str, query: str) -> None:
    assert self_contained(question, [WANG]) == query


@pytest.mark.parametrize(
    "question",
    [
        "Who is Petra Lindow?",
        "Is there a toll for barges of grain?",
        "When the mill burned down, did its owner rebuild it?",
        "How many barges may pass under the Sellisburg accord?",
        "Why did Corravia close the canal?",
    ],
)
def test_a_question_that_stands_for_itself_stays_as_it_is(question: str) -> None:
    assert self_contained(question, [WANG]) == question


@pytest.mark.parametrize("question", ["And who met him there?", "Why?", "Ok, and then?", ""])
def test_a_first_question_stays_as_it_is(question: str) -> None:
    assert self_contained(question, []) == question


def test_the_talk_goes_on_over_questions_that_lean_on_it() -> None:
    assert "Wang Yi" in self_contained("And when was that?", [WANG, Turn("What did he say?", "Nothing new.")])


def test_a_new_matter_takes_the_place_of_the_old() -> None:
    query = self_contained("How long is it?", [WANG, Turn("Where does the Ketteral Canal begin?", "In Lisk.")])
    assert query == "Where does the Ketteral Canal begin – How long is it?"


def test_only_the_last_two_questions_are_asked_with_it() -> None:
    turns = [WANG, Turn("What did he say?", ""), Turn("And why?", "")]
    assert self_contained("When was that?", turns) == "What did he say – And why – When was that?"
