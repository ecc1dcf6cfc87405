"""What an extractive answer is made of, with a verifier that finds two reports to deny each other."""

from collections.abc import Sequence

import pytest

from rag.answer.disagreement import CHANGED
from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.answer.prose import plan_prose
from rag.answer.rank import Ranked
from rag.domain import Document, Origin, Passage, Span
from rag.evidence.statement import statements_of
from rag.ports import Entailment, Said
from rag.search.rerank import ReadPassage
from tests.fakes import ShelfLibrary

CLOSED = ("The ferry to Lund was closed because of ice.", "2024-05-02")
OPEN = ("The ferry to Lund is open again.", "2024-06-09")


class Denying:
    """A verifier to which every text denies every claim."""

    name = "denying"

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return []

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        return [Entailment(supported=0.0, contradicted=1.0, unsupported=0.0) for _ in texts]


def _passage(text: str, day: str) -> Passage:
    return Passage.cut(Document(id=day, text=text, origin=Origin(path=day, published=day)), Span(0, len(text)))


def _planned(question: str, ranked: Sequence[Ranked], passages: Sequence[Passage], *, newest: bool = False) -> Plan:
    read = [ReadPassage(one, 0.0) for one in passages]
    return plan_prose(Matter(question, ranked, read, {}, ShelfLibrary(), Denying(), newest=newest))


@pytest.mark.parametrize(
    ("question", "lead"),
    [("Which way does the ferry to Lund go?", CHANGED), ("Why was the ferry to Lund closed?", "")],
)
def test_what_changed_answers_no_question_for_a_reason(question: str, lead: str) -> None:
    passages = [_passage(*CLOSED), _passage(*OPEN)]
    first = Ranked(statements_of(passages[0])[0], 1.0, {"coverage": 1.0})
    assert _planned(question, [first], passages).lead == lead


def test_where_the_newest_is_asked_for_it_leads() -> None:
    passages = [_passage(*CLOSED), _passage(*OPEN)]
    ranked = [Ranked(statements_of(one)[0], 1.0, {"coverage": 1.0}) for one in passages]
    for question, newest in (("Which way does the ferry go?", False), ("What is the latest on the ferry?", True)):
        planned = _planned(question, ranked, passages, newest=newest)
        assert [proof.day for proof in planned.proofs] == sorted([CLOSED[1], OPEN[1]], reverse=newest)


def test_the_newest_of_sentences_that_agree_leads_and_undated_ones_keep_their_places() -> None:
    texts = [("The mill burned down.", "2024-01-01"), ("The barges left.", ""), ("Grain was sold.", "2024-03-01")]
    passages = [_passage(*one) for one in texts]
    ranked = [Ranked(statements_of(one)[0], 1.0, {"coverage": 0.0}) for one in passages]
    planned = _planned("What is the latest?", ranked, [], newest=True)
    assert [proof.day or "" for proof in planned.proofs] == ["2024-03-01", "", "2024-01-01"]
