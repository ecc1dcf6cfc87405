"""What several papers say, compared by what a close reader finds in each."""

from collections.abc import Sequence
from decimal import Decimal

from rag.domain import Passage, Span
from rag.evidence.tables.documents import over_documents
from rag.evidence.tables.result import Result
from rag.ports import CloseReading, Entailment, Said
from rag.question.operation import operation_of
from rag.text.quantities import Quantity, amounts_in, lasting
from tests.tables import passage_of

OFFERS = {
    "offer_swift.md": "# Your bath\n\nI am free for two weeks in May.\n\nI stand by my work for two years.\n",
    "offer_haddow.md": "# Bathroom\n\nThe offer holds for 60 days.\n\nOn all labour: eighteen months of guarantee.\n",
}


class GuaranteeReader:
    """Finds what is told of a guarantee, in whatever words."""

    name = "guarantee"

    def read(self, question: str, statements: Sequence[Said]) -> list[CloseReading]:
        told = [any(word in one.text for word in ("stand by", "guarantee")) for one in statements]
        return [CloseReading(3.0 if one else -3.0, Span(0, 1)) for one in told]

    def verify(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        raise NotImplementedError


def compared(question: str, reader: GuaranteeReader | None) -> Result | None:
    operation = operation_of(question)
    assert operation is not None
    papers: list[list[Passage]] = [[passage_of(text, path)] for path, text in OFFERS.items()]
    return over_documents(operation, papers, question, reader)


def test_the_longest_of_several_papers_is_found_by_reading_each() -> None:
    result = compared("Which of the two has the longest guarantee?", GuaranteeReader())
    assert result is not None
    assert (result.operands[0].name, result.operands[0].cell.text) == ("Your bath", "two years")


def test_without_a_reader_nothing_is_compared_that_the_words_do_not_tell() -> None:
    assert compared("Which of the two has the longest guarantee?", None) is None


def test_as_many_papers_must_say_it_as_there_are_to_choose_from() -> None:
    assert compared("Which of the three has the longest guarantee?", GuaranteeReader()) is None


def test_times_in_words_are_amounts_and_last_so_many_days() -> None:
    ((_, found),) = amounts_in("It lasts two weeks.")
    assert lasting(found) == Quantity(Decimal(14), "days")
    assert lasting(Quantity(Decimal(2), "kg")) is None
