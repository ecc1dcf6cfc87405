"""Names in questions that are typed without capitals, or in nothing else."""

import pytest

from rag.domain import Document, Origin, Passage, Span
from rag.question.capitals import with_capitals


def passage(text: str) -> Passage:
    return Passage.cut(Document(id=text, text=text, origin=Origin(path="a.txt")), Span(0, len(text)))


PASSAGES = [
    passage("In March, Ardent's council barred the boats of Belmar. Grain was short, the OGA said."),
    passage("Mayor Holt of Ardent met the mayor of Belmar at the Grain Hall. All of it was grain."),
]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("did ardent bar the boats of belmar?", "Did Ardent bar the boats of Belmar?"),
        ("DID ARDENT BAR THE BOATS OF BELMAR?", "Did Ardent bar the boats of Belmar?"),
        ("Did ardent's mayor meet belmar's?", "Did Ardent's mayor meet Belmar's?"),
        ("what did the oga say of grain", "What did the OGA say of grain"),
        ("belmar", "Belmar"),
        ("when I've met ardent", "When I've met Ardent"),
    ],
)
def test_names_are_written_as_the_passages_write_them(question: str, meant: str) -> None:
    assert with_capitals(question, PASSAGES) == meant


def test_a_word_that_the_passages_also_write_small_is_no_name() -> None:
    assert with_capitals("who is the mayor", PASSAGES) == "Who is the mayor"


@pytest.mark.parametrize("question", ["Did Ardent bar the boats of belmar?", "Who said that I met ARDENT?"])
def test_a_question_with_capitals_of_its_own_stays_as_it_is(question: str) -> None:
    assert with_capitals(question, PASSAGES) == question


def test_a_question_in_a_script_without_capitals_stays_as_it_is() -> None:
    assert with_capitals("为什么？", PASSAGES) == "为什么？"
