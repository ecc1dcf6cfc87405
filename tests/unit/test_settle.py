"""Which answer a person gets: the model's, the documents' own, or one completed by the other."""

import pytest

from rag.domain import Answer, Citation, Claim, Document, Mode, Origin, Outcome, Passage, Span, Verdict
from rag.evidence.cite import Footnotes
from rag.generate.gate import Gated
from rag.generate.settle import is_plain, is_written, missing, taken_over, told
from tests.answers import answered

QUESTION = "When did the mill burn down, and who owns it?"
TEXT = "The mill burned down on 3 May 2024. It belongs to Anna Krol."


def supported(text: str) -> Claim:
    return Claim(text, Verdict.SUPPORTED, (1,))


def written(*texts: str) -> Gated:
    return Gated(tuple(map(supported, texts)), ())


def declined(answerable: float) -> Answer:
    return Answer("?", "?", Outcome.ABSTAINED, answerable, Mode.EXTRACTIVE, "")


@pytest.mark.parametrize(
    ("text", "answerable", "is_answer"),
    [
        ("The mill burned down on 3 May.", 0.2, True),
        ("The lock opens at nine.", 0.2, False),
        ("The mill burned down on 3 May.", 0.01, False),
    ],
    ids=["on the matter", "on something else", "hardly answerable"],
)
def test_a_proved_sentence_answers_where_the_documents_decline(text: str, answerable: float, is_answer: bool) -> None:
    assert is_written(QUESTION, written(text), declined(answerable)) is is_answer


def test_a_proved_sentence_answers_where_the_documents_do_too() -> None:
    assert is_written(QUESTION, written("Anna Krol."), answered(supported("It belongs to Anna Krol.")))


@pytest.mark.parametrize(
    ("abstained", "answerable", "is_answer"), [(True, 0.9, True), (True, 0.35, False), (False, 0.35, True)]
)
def test_a_model_that_abstains_is_heard_unless_the_documents_answer_plainly(
    abstained: bool, answerable: float, is_answer: bool
) -> None:
    plain = answered(supported("It burned down."), answerable=answerable)
    assert is_plain(Gated((), (), abstained=abstained), plain) is is_answer


@pytest.mark.parametrize(
    ("question", "shown"),
    [("When did the mill burn?", 3), ("Which mills have burned?", 5), ("How do I mend a mill?", 5)],
)
def test_only_lists_and_steps_have_many_sentences(question: str, shown: int) -> None:
    assert len(told(question, written(*(f"Mill {number} burned." for number in range(5))))) == shown


def test_a_part_that_the_model_left_out_is_taken_from_the_documents() -> None:
    plain = answered(supported("The mill burned down on 3 May 2024."), supported("It belongs to Anna Krol."))
    left_out = missing(QUESTION, written("The mill belongs to Anna Krol."), plain)
    assert [claim.text for claim in left_out] == ["The mill burned down on 3 May 2024."]


def test_nothing_is_added_to_what_answers_every_part() -> None:
    plain = answered(supported("The mill burned down on 3 May 2024."))
    assert missing(QUESTION, written("It burned down on 3 May 2024.", "The mill belongs to Anna Krol."), plain) == []


def test_a_claim_that_is_taken_over_has_a_footnote_of_its_own() -> None:
    document = Document("d", TEXT, Origin("d.txt"))
    passage = Passage.cut(document, Span(0, len(TEXT)))
    notes = Footnotes({"d": document}.__getitem__)
    notes.add(passage, Span(36, len(TEXT)))
    cited = Citation(1, "d", Span(0, 35), TEXT[:35], document.origin)
    plain = answered(supported(TEXT[:35]), citations=(cited,))
    assert taken_over(plain.claims[0], plain, notes, [passage]).markers == (2,)
