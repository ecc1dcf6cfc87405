"""Damaged answers are what they should be, and metrics that miss them are named."""

from random import Random

import pytest

from eval import damage
from eval.cases import Case, Evidence, Side
from eval.corpus import Corpus
from eval.damage import Damage, Source
from eval.mutate import KINDS, mutate
from eval.references import reference
from eval.result import Result
from rag.domain import Block, BlockKind, Document, Mode, Origin, Outcome, Span
from rag.errors import InputError

TEXT = (
    "Corravia closed the canal to Halvern on 18 March 1974. The canal is 61 kilometres long. "
    "Later Corravia opened it, and Halvern sent timber. Nobody at Dunmar heard the horn."
)
OTHER = "Officials in Corravia say that Halvern owes nine florins. The grain of Halvern was sold by Corravia."
DOCUMENTS = {id_: Document(id_, text, Origin(id_)) for id_, text in (("a.txt", TEXT), ("b.txt", OTHER))}
CORPUS = Corpus({id_: id_ for id_ in DOCUMENTS}, DOCUMENTS, {})
NAMES = ("Corravia", "Dunmar", "Halvern")
CLOSED = Case(
    "closed",
    "When was it?",
    (("18 March",),),
    ((Evidence("a.txt", "Corravia closed the canal to Halvern on 18 March 1974."),),),
)
SILENT = Case("silent", "Who dug it?", unanswerable=True)
SIDES = Case(
    "sides",
    "Who owes what?",
    (("nine florins",),),
    ((Evidence("b.txt", "owes nine florins"),), (Evidence("a.txt", "sent timber"),)),
    sides=(Side(("nine florins",), ()), Side(("timber",), ())),
)


def right(case: Case) -> Result:
    result = reference(case, CORPUS, mode=Mode.EXTRACTIVE)
    assert result is not None
    return result


def damaged(how: Damage, case: Case = CLOSED, *, seed: int = 1) -> Result:
    result = how(Source(case, right(case), CORPUS, NAMES, Random(seed)))
    assert result is not None
    return result


def text_of(result: Result) -> str:
    return " ".join(claim.text for claim in result.answer.claims)


# -- right answers -----------------------------------------------------------------------------------------------------


def test_a_right_answer_is_the_sentence_that_holds_the_proof() -> None:
    assert text_of(right(CLOSED)) == "Corravia closed the canal to Halvern on 18 March 1974."


def test_a_right_answer_is_the_whole_row_that_holds_the_proof() -> None:
    text = "Town: Dunmar; Toll: 9\nTown: Ovesk; Toll: 4\n"
    rows = (Span(0, 21), Span(22, 42))
    document = Document("c.txt", text, Origin("c.txt"), blocks=tuple(Block(BlockKind.ROW, row) for row in rows))
    case = Case("toll", "What is the toll at Ovesk?", (("4",),), ((Evidence("c.txt", "Toll: 4"),),))
    result = reference(case, Corpus({"c.txt": "c.txt"}, {"c.txt": document}, {}), mode=Mode.EXTRACTIVE)
    assert result is not None
    assert text_of(result) == "Town: Ovesk; Toll: 4"


def test_a_right_answer_quotes_its_document_word_for_word() -> None:
    citation = right(CLOSED).answer.citations[0]
    assert citation.span.of(TEXT) == citation.quote


def test_the_right_answer_to_an_unanswerable_question_is_an_abstention() -> None:
    assert right(SILENT).answer.outcome is Outcome.ABSTAINED


def test_a_right_answer_tells_every_side() -> None:
    assert len(right(SIDES).answer.conflicts[0].sides) == 2


def test_there_is_no_right_answer_without_a_proof() -> None:
    case = Case("x", "?", (("x",),), ((Evidence("a.txt", "not there"),),))
    assert reference(case, CORPUS, mode=Mode.EXTRACTIVE) is None


# -- damage ------------------------------------------------------------------------------------------------------------


def test_a_swapped_citation_points_at_other_words() -> None:
    citation = damaged(damage.swap_citation).answer.citations[0]
    assert citation.quote in TEXT
    assert "18 March" not in citation.quote


def test_a_dropped_citation_leaves_a_claim_without_a_marker() -> None:
    assert damaged(damage.drop_citation).answer.claims[0].markers == ()


def test_a_negated_claim_says_the_opposite() -> None:
    assert (
        text_of(damaged(damage.negate)) == "It is not true that corravia closed the canal to Halvern on 18 March 1974."
    )


def test_a_changed_number_is_another_number() -> None:
    words = text_of(damaged(damage.change_number)).split()
    assert [word for word in words if word.isdigit() or word == "1974."] not in (["18", "1974."], [])


def test_a_changed_date_is_another_date() -> None:
    changed = text_of(damaged(damage.change_date))
    assert ("March" not in changed) != ("1974" not in changed)


def test_a_changed_name_is_another_name_of_the_documents() -> None:
    assert "Dunmar" in text_of(damaged(damage.change_name, seed=1)) + text_of(damaged(damage.change_name, seed=2))


def test_swapped_actors_do_what_the_other_did() -> None:
    assert text_of(damaged(damage.swap_actors)) == "Halvern closed the canal to Corravia on 18 March 1974."


@pytest.mark.parametrize("said", ["The locks are Dunmar, Corravia and Halvern.", "It was Dunmar Halvern who rowed."])
def test_a_list_in_another_order_and_parts_of_one_name_are_no_damage(said: str) -> None:
    document = Document("c.txt", said, Origin("c.txt"))
    case = Case("list", "?", ((said,),), ((Evidence("c.txt", said),),))
    corpus = Corpus({"c.txt": "c.txt"}, {"c.txt": document}, {})
    result = reference(case, corpus, mode=Mode.EXTRACTIVE)
    assert result is not None
    assert damage.swap_actors(Source(case, result, corpus, NAMES, Random(1))) is None


def test_a_name_is_not_changed_for_a_form_of_itself() -> None:
    names = ("Corravia", "Halvern", "Halvernian")
    texts = {text_of(damage.change_name(Source(CLOSED, right(CLOSED), CORPUS, names, Random(n)))) for n in range(20)}
    assert not any("Halvernian" in text and "Corravia" in text for text in texts)


def test_an_invented_sentence_is_in_no_document() -> None:
    invented = damaged(damage.invent_sentence).answer.claims[-1]
    assert invented.markers == (1,)
    assert invented.text not in TEXT + OTHER


def test_a_false_quote_stands_in_no_document() -> None:
    assert damaged(damage.false_quote).answer.citations[0].quote not in TEXT


def test_an_unanswerable_question_is_answered_from_the_documents() -> None:
    assert damaged(damage.answer_unanswerable, SILENT).answer.outcome is Outcome.ANSWERED


def test_an_answer_beside_the_question_is_rightly_cited() -> None:
    answer = damaged(damage.answer_beside).answer
    assert answer.claims[0].text == answer.citations[0].quote
    assert "18 March" not in answer.claims[0].text


def test_a_declined_answer_cites_nothing() -> None:
    assert damaged(damage.decline).answer.citations == ()


def test_a_hidden_side_leaves_one() -> None:
    assert len(damaged(damage.hide_side, SIDES).answer.claims) == 1


@pytest.mark.parametrize("how", KINDS, ids=lambda how: how.__name__)
def test_damage_leaves_the_verdicts_as_they_were(how: Damage) -> None:
    results = [how(Source(case, right(case), CORPUS, NAMES, Random(1))) for case in (CLOSED, SILENT, SIDES)]
    assert {claim.verdict for result in results if result for claim in result.answer.claims} <= {"supported"}


# -- what the metrics notice -------------------------------------------------------------------------------------------


def test_every_kind_is_noticed_on_a_small_suite() -> None:
    mutation = mutate("small", [(case, CORPUS) for case in (CLOSED, SILENT, SIDES)])
    assert {kind.name: kind.unnoticed for kind in mutation.kinds if kind.unnoticed} == {}


def test_the_same_seed_makes_the_same_mutants() -> None:
    cases = [(case, CORPUS) for case in (CLOSED, SILENT, SIDES)]
    assert mutate("small", cases) == mutate("small", cases)


def test_a_metric_that_misses_is_named() -> None:
    # The names of `b.txt` are exchanged in words that exact checks cannot decide, and there is no verifier.
    mutation = mutate("small", [(CLOSED, CORPUS)], mode=Mode.GENERATIVE)
    swapped = next(kind for kind in mutation.kinds if kind.name == "swap_actors")
    assert (swapped.noticed, swapped.unnoticed) == (0, ("closed",))


def test_a_suite_without_gold_cannot_be_damaged() -> None:
    with pytest.raises(InputError, match="no gold"):
        mutate("small", [(Case("x", "?", (("x",),)), CORPUS)])
