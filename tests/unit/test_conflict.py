"""What is told as a disagreement, and what as a change."""

from collections.abc import Sequence

import pytest

from rag.answer.disagreement import Position, Relation, disagreement, find_disagreements
from rag.domain import Document, Origin, Passage, Span
from rag.evidence.statement import Statement
from rag.ports import Entailment, Reading, Said
from rag.search.rerank import ReadPassage


class Denying:
    """A verifier to which every text denies every claim."""

    name = "denying"

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        return []

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        return [Entailment(supported=0.0, contradicted=1.0, unsupported=0.0) for _ in texts]


def proof(text: str, day: str | None = None) -> Statement:
    document = Document(id=text, text=text, origin=Origin(path=text[:9], published=day))
    return Statement(Passage.cut(document, Span(0, len(text))), Span(0, len(text)))


def relation(ours: Sequence[Statement], theirs: Sequence[Statement]) -> Relation:
    return disagreement(Position(list(ours)), Position(list(theirs)), {}).relation


HIGH = proof("The duty on glass is 35 per cent.", "2024-04-25")
LOW = proof("The duty on glass dropped to 15 per cent.", "2024-12-03")
LOW_TOO = proof("The duty on glass is 15 per cent.", "2024-12-09")
BACK = proof("The duty of 35 per cent on glass would return in April.", "2025-03-12")


def test_what_changes_and_changes_back_is_a_succession() -> None:
    assert relation([HIGH, BACK], [LOW]) is Relation.SUCCESSION


def test_one_report_that_tells_of_the_change_is_enough() -> None:
    assert relation([HIGH], [LOW, LOW_TOO]) is Relation.SUCCESSION


@pytest.mark.parametrize(
    "other", [LOW_TOO, proof("The duty dropped to 15 per cent.", "2024-04-25"), proof("The duty dropped to 15.", None)]
)
def test_without_a_change_or_on_one_day_or_undated_it_is_a_conflict(other: Statement) -> None:
    assert relation([HIGH], [other]) is Relation.CONFLICT


def _between(claim: Statement, other: Statement) -> int:
    read = [ReadPassage(one.passage, 0.0) for one in (claim, other)]
    return len(find_disagreements("Who is she?", [claim], read, verifier=Denying(), stories={}))


def test_two_sentences_that_share_only_names_tell_of_two_things() -> None:
    first = proof("Petra Lindow of the Maid of Oxholm was third in the line that turned round.")
    assert _between(first, proof("Petra Lindow of the Maid of Oxholm was the first through Dunmar.")) == 0
    assert _between(first, proof("Petra Lindow of the Maid of Oxholm was first in the line that turned round.")) == 1


def _answers(question: str, *, newest: bool = False, relevance: float = 6.0) -> int:
    read = [
        ReadPassage(one.passage, 0.0, Reading(relevance, (Span(at, at + 2),), 0.2))
        for one in (HIGH, LOW)
        if (at := one.text.index("per cent") - 3) > 0
    ]
    return len(find_disagreements(question, [], read, verifier=Denying(), stories={}, newest=newest))


def test_short_answers_that_exclude_each_other_are_told() -> None:
    assert _answers("How high is the duty on glass?") == 1


def test_what_is_older_is_no_rival_of_the_newest() -> None:
    assert _answers("How high is the duty on glass now?", newest=True) == 0


def test_several_reasons_are_no_rivals() -> None:
    assert _answers("Why is the duty on glass so high?") == 0


def test_passages_on_another_matter_hold_no_rivals() -> None:
    assert _answers("How high is the duty on glass?", relevance=1.0) == 0
