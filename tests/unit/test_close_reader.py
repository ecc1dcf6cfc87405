"""Single statements read closely, on the real weights: the one about what is asked, or none."""

from collections.abc import Sequence
from typing import Any

import pytest

from rag.answer.rank import rank_statements
from rag.models.close_reader import OnnxCloseReader
from rag.ports import CloseReading, Entailment, Said
from rag.search.rerank import ReadPassage
from tests.answers import read_passage
from tests.fakes import HashEmbedder, ShelfLibrary

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


class Fond:
    """A close reader that takes one label for the answer."""

    name = "fond"

    def __init__(self, label: str) -> None:
        self._label = label

    def read(self, question: str, statements: Sequence[Said]) -> list[CloseReading]:
        return [CloseReading(8.0 if one.text.startswith(self._label) else 1.0, None) for one in statements]

    def verify(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        raise AssertionError("nothing is claimed")


def test_what_only_says_the_asked_month_again_is_no_answer_however_it_is_read() -> None:
    bill = "Gas bill\n\nPeriod: 1 November 2026 to 30 November 2026\nPayable by: 18 December 2026\nGas used: 139 m3\n"
    read = [ReadPassage(read_passage(bill), 0.0)]
    question = "When do I have to pay the gas bill for November 2026?"
    parts: dict[str, Any] = {"library": ShelfLibrary(), "embedder": HashEmbedder(), "close_reader": Fond("Period")}
    assert rank_statements(question, read, **parts)[0].statement.text == "Payable by: 18 December 2026"
