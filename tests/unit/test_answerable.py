"""What makes it likelier that the documents answer a question."""

from rag.answer.answerable import answerable
from rag.answer.rank import Ranked
from rag.domain import Document, Origin, Passage, Span
from rag.evidence.statement import statements_of
from rag.ports import Reading
from rag.search.rerank import ReadPassage

TEXT = "The ferry to Lund stopped in May because of ice."
PASSAGE = Passage.cut(Document(id="ferry", text=TEXT, origin=Origin("ferry.txt")), Span(0, len(TEXT)))
SURE, UNSURE = Reading(6.0, (Span(29, 32),), 0.1), Reading(6.0, (Span(29, 32),), 0.9)
SHORT = "Why did the ferry stop?"


def chance(question: str, *, reading: Reading | None = SURE, similarity: float = 0.5) -> float:
    said = Ranked(statements_of(PASSAGE)[0], 1.0, {"similarity": similarity})
    return answerable(question, [said], [ReadPassage(PASSAGE, 1.0, reading)])


def test_nothing_answers_where_nothing_was_found() -> None:
    assert answerable(SHORT, [], []) == 0.0


def test_a_question_that_names_nothing_is_not_answered() -> None:
    assert chance("?") == chance("What is it?") == 0.0


def test_what_the_reader_finds_counts() -> None:
    assert chance(SHORT, reading=SURE) > chance(SHORT, reading=UNSURE)


def test_a_sentence_near_the_question_counts() -> None:
    assert chance(SHORT, similarity=0.8) > chance(SHORT, similarity=0.2)


def test_a_long_question_need_not_be_as_near() -> None:
    long = "Why did the ferry stop which carried the mail, the milk and the teachers over the frozen bay every morning?"
    assert chance(long, similarity=0.4) > chance(SHORT, similarity=0.5)


def test_a_name_that_no_passage_holds_counts_against_it() -> None:
    assert chance("Why did the ferry to Lund stop?") > chance("Why did the ferry to Malmo stop?")


def test_who_asks_for_himself_names_nothing() -> None:
    assert chance("Why may I not sail?") == chance("Why may they not sail?")


def test_a_question_for_one_name_or_day_is_harder_to_answer() -> None:
    assert chance("Why did it stop?") > chance("When did it stop?")
    assert chance("Why did it stop?") > chance("Who did it stop?")


def test_without_a_reader_the_rest_decides() -> None:
    assert chance(SHORT, reading=None, similarity=0.8) > chance(SHORT, reading=None, similarity=0.2)
