"""Single statements read closely, on the real weights: the one about what is asked, or none."""

import pytest

from rag.models.close_reader import OnnxCloseReader
from rag.ports import Said

MARCH = Said("water march › Water bill for March 2025", "Amount due: 61.20 GBP")
APRIL = Said("water april › Water bill for April 2025", "Amount due: 49.90 GBP")
PAYABLE = Said("water april › Water bill for April 2025", "Payable by: 3 May 2025")


@pytest.fixture(scope="module")
def reader() -> OnnxCloseReader:
    return OnnxCloseReader()


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("What do I have to pay for March?", MARCH),
        ("What do I have to pay for April?", APRIL),
        ("When must the April bill be paid?", PAYABLE),
    ],
)
def test_the_statement_about_what_is_asked_answers_best(reader: OnnxCloseReader, question: str, best: Said) -> None:
    statements = [MARCH, APRIL, PAYABLE]
    scores = [one.score for one in reader.read(question, statements)]
    assert statements[scores.index(max(scores))] == best


def test_the_words_of_the_answer_are_pointed_at(reader: OnnxCloseReader) -> None:
    (reading,) = reader.read("When must the April bill be paid?", [PAYABLE])
    assert reading.answer is not None
    assert reading.answer.of(PAYABLE.text) == "3 May 2025"


def test_a_value_of_another_month_supports_no_claim(reader: OnnxCloseReader) -> None:
    right, wrong = reader.verify("The April bill is 49.90 pounds.", [APRIL, MARCH])
    assert right.supported > 0.5 > wrong.supported


def test_a_statement_reads_the_same_alone_and_among_others(reader: OnnxCloseReader) -> None:
    (alone,) = reader.read("What do I have to pay for April?", [APRIL])
    assert reader.read("What do I have to pay for April?", [MARCH, APRIL])[1] == alone


def test_no_statement_is_no_reading(reader: OnnxCloseReader) -> None:
    assert reader.read("What do I have to pay for April?", []) == []


def test_an_empty_statement_has_no_answer(reader: OnnxCloseReader) -> None:
    (reading,) = reader.read("What do I have to pay for April?", [Said("", "")])
    assert reading.answer is None
