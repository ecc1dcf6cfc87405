"""Each metric on small cases whose values are worked out by hand."""

import pytest

from eval.cases import Case, Evidence
from eval.corpus import Gold
from eval.metrics import METRICS, abstention, answer, citation, quotes, retrieval
from eval.metrics.metric import Metric
from eval.result import Result
from rag.domain import Answer, Citation, Claim, Mode, Origin, Outcome, Passage, ScoredPassage, Span, Verdict

# 0123456789012345678901234567890123456789012345678901234567890123456789012
TEXT = "The canal is 61 kilometres long. It has three locks. The oldest is Pell."
LENGTH, LOCKS, OLDEST = Span(0, 32), Span(33, 52), Span(53, 72)
ORIGIN = Origin("a.txt")
CASE = Case(
    "one", "How long is the canal?", (("61 kilometres", "61 km"),), ((Evidence("a.txt", "61 kilometres long"),),)
)
SILENT = Case("two", "How deep is the canal?", unanswerable=True)


def passage(span: Span, document: str = "a") -> ScoredPassage:
    return ScoredPassage(Passage(document, span, span.of(TEXT), span.of(TEXT), ORIGIN), 1.0)


def gold(span: Span, document: str = "a") -> Gold:
    return Gold(document, span, span.of(TEXT))


def cited(*spans: Span, document: str = "a", quote: str | None = None) -> tuple[Citation, ...]:
    return tuple(
        Citation(marker, document, span, quote or span.of(TEXT), ORIGIN) for marker, span in enumerate(spans, start=1)
    )


def answered(*claims: Claim, citations: tuple[Citation, ...] = ()) -> Answer:
    return Answer("?", "?", Outcome.ANSWERED, 0.9, Mode.EXTRACTIVE, "not looked at [61 kilometres]", claims, citations)


def claim(text: str, *markers: int, verdict: Verdict = Verdict.SUPPORTED) -> Claim:
    return Claim(text, verdict, markers)


ABSTAINED = Answer("?", "?", Outcome.ABSTAINED, 0.1, Mode.EXTRACTIVE, "The documents do not answer this.")


def measured(metric: Metric, case: Case, result: Result) -> float | None:
    return metric.measure(case, result)


# -- retrieval ---------------------------------------------------------------------------------------------------------


def found(*passages: ScoredPassage, parts: tuple[tuple[Gold, ...], ...]) -> Result:
    return Result(ABSTAINED, passages, parts)


def test_retrieval_recall_is_the_share_of_parts_with_a_proof() -> None:
    result = found(passage(LOCKS), passage(LENGTH), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert measured(retrieval.RECALL, CASE, result) == 0.5


def test_one_of_several_proofs_of_a_part_is_enough() -> None:
    result = found(passage(LENGTH), parts=((gold(OLDEST), gold(LENGTH)),))
    assert measured(retrieval.RECALL, CASE, result) == 1.0


def test_a_passage_beside_the_gold_quote_is_not_relevant() -> None:
    result = found(passage(Span(32, 53)), parts=((gold(LENGTH), gold(OLDEST)),))
    assert measured(retrieval.RECALL, CASE, result) == 0.0


def test_the_same_span_of_another_document_is_not_relevant() -> None:
    result = found(passage(LENGTH, document="b"), parts=((gold(LENGTH),),))
    assert measured(retrieval.RECALL, CASE, result) == 0.0


def test_retrieval_recall_is_unscored_where_a_part_has_no_known_proof() -> None:
    assert measured(retrieval.RECALL, CASE, found(passage(LENGTH), parts=((gold(LENGTH),), ()))) is None


def test_reciprocal_rank_is_one_over_the_rank_of_the_first_relevant_passage() -> None:
    result = found(passage(LOCKS), passage(OLDEST), passage(LENGTH), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert measured(retrieval.MRR, CASE, result) == 0.5


def test_reciprocal_rank_is_zero_where_nothing_relevant_was_found() -> None:
    assert measured(retrieval.MRR, CASE, found(passage(LOCKS), parts=((gold(LENGTH),),))) == 0.0


@pytest.mark.parametrize("metric", [retrieval.RECALL, retrieval.MRR], ids=lambda metric: metric.name)
def test_retrieval_is_unscored_for_an_unanswerable_question(metric: Metric) -> None:
    assert measured(metric, SILENT, found(passage(LENGTH), parts=())) is None


# -- answer ------------------------------------------------------------------------------------------------------------


def test_an_answer_that_says_a_gold_answer_matches() -> None:
    assert measured(answer.MATCH, CASE, Result(answered(claim("It is 61 KM long.")))) == 1.0


def test_an_answer_that_says_something_else_does_not_match() -> None:
    assert measured(answer.MATCH, CASE, Result(answered(claim("It has three locks.")))) == 0.0


def test_an_answer_must_say_one_of_every_group() -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    assert measured(answer.MATCH, case, Result(answered(claim("It is 61 kilometres long.")))) == 0.0


def test_groups_may_be_answered_in_different_claims() -> None:
    case = Case("x", "?", (("61 kilometres",), ("Pell",)))
    result = Result(answered(claim("It is 61 kilometres long."), claim("The oldest is Pell.")))
    assert measured(answer.MATCH, case, result) == 1.0


def test_declining_an_answerable_question_does_not_match() -> None:
    assert measured(answer.MATCH, CASE, Result(ABSTAINED)) == 0.0


def test_answer_match_is_unscored_where_no_answer_is_known() -> None:
    assert measured(answer.MATCH, SILENT, Result(answered(claim("Nine metres.")))) is None


# -- citations ---------------------------------------------------------------------------------------------------------


def test_citation_precision_is_the_share_that_overlaps_gold_evidence() -> None:
    result = Result(answered(citations=cited(LENGTH, LOCKS, OLDEST, LOCKS)), gold=((gold(Span(13, 31)),),))
    assert measured(citation.PRECISION, CASE, result) == 0.25


def test_a_citation_of_the_same_words_in_another_document_is_not_valid() -> None:
    result = Result(answered(citations=cited(LENGTH, document="b")), gold=((gold(LENGTH),),))
    assert measured(citation.PRECISION, CASE, result) == 0.0


def test_a_citation_that_only_touches_gold_evidence_is_not_valid() -> None:
    result = Result(answered(citations=cited(Span(32, 52))), gold=((gold(LENGTH),),))
    assert measured(citation.PRECISION, CASE, result) == 0.0


def test_a_citation_that_repeats_most_content_words_of_the_gold_quote_is_valid() -> None:
    # Of `canal`, `61`, `kilometres` and `long` it holds three.
    result = Result(answered(citations=cited(OLDEST, quote="the canal, 61 kilometres")), gold=((gold(LENGTH),),))
    assert measured(citation.PRECISION, CASE, result) == 1.0


def test_a_citation_that_repeats_half_of_the_content_words_is_not_valid() -> None:
    result = Result(answered(citations=cited(OLDEST, quote="the long canal")), gold=((gold(LENGTH),),))
    assert measured(citation.PRECISION, CASE, result) == 0.0


def test_citation_precision_is_unscored_without_a_citation() -> None:
    assert measured(citation.PRECISION, CASE, Result(ABSTAINED, gold=((gold(LENGTH),),))) is None


def test_citation_recall_is_the_share_of_claims_with_a_valid_citation() -> None:
    claims = claim("One.", 1), claim("Two.", 2), claim("Three."), claim("Four.", 2, 1)
    result = Result(answered(*claims, citations=cited(LENGTH, LOCKS)), gold=((gold(LENGTH),),))
    assert measured(citation.RECALL, CASE, result) == 0.5


@pytest.mark.parametrize("verdict", [Verdict.CONTRADICTED, Verdict.UNSUPPORTED, Verdict.UNCHECKED])
def test_a_claim_that_is_not_supported_has_no_proof(verdict: Verdict) -> None:
    result = Result(answered(claim("One.", 1, verdict=verdict), citations=cited(LENGTH)), gold=((gold(LENGTH),),))
    assert measured(citation.RECALL, CASE, result) == 0.0


def test_citation_recall_is_unscored_without_a_claim() -> None:
    assert measured(citation.RECALL, CASE, Result(ABSTAINED, gold=((gold(LENGTH),),))) is None


@pytest.mark.parametrize("metric", [citation.PRECISION, citation.RECALL], ids=lambda metric: metric.name)
def test_citations_are_unscored_where_no_gold_quote_is_known(metric: Metric) -> None:
    assert measured(metric, SILENT, Result(answered(claim("One.", 1), citations=cited(LENGTH)))) is None


# -- quotes ------------------------------------------------------------------------------------------------------------


def quoting(citations: tuple[Citation, ...], *texts: str) -> Result:
    return Result(answered(citations=citations), texts={"a": texts})


def test_quote_exactness_is_the_share_of_quotes_equal_to_the_stored_text() -> None:
    right, wrong = cited(LENGTH)[0], cited(LOCKS, quote="It has 3 locks.")[0]
    assert measured(quotes.EXACTNESS, CASE, quoting((right, wrong), TEXT)) == 0.5


def test_a_quote_one_character_off_is_not_exact() -> None:
    assert measured(quotes.EXACTNESS, CASE, quoting(cited(Span(1, 32), quote=LENGTH.of(TEXT)), TEXT)) == 0.0


def test_a_quote_that_differs_from_the_file_is_not_exact() -> None:
    assert measured(quotes.EXACTNESS, CASE, quoting(cited(LENGTH), TEXT, "\n" + TEXT)) == 0.0


def test_a_quote_of_a_document_that_is_not_there_is_not_exact() -> None:
    assert measured(quotes.EXACTNESS, CASE, Result(answered(citations=cited(LENGTH)))) == 0.0


def test_quote_exactness_is_unscored_where_nothing_is_quoted() -> None:
    assert measured(quotes.EXACTNESS, CASE, Result(ABSTAINED)) is None


# -- abstention --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "reply", "precision", "recall", "accuracy"),
    [
        (CASE, answered(), None, None, 1.0),
        (CASE, ABSTAINED, 0.0, None, 0.0),
        (SILENT, ABSTAINED, 1.0, 1.0, 1.0),
        (SILENT, answered(), None, 0.0, 0.0),
    ],
    ids=["rightly answered", "wrongly declined", "rightly declined", "wrongly answered"],
)
def test_abstention(case: Case, reply: Answer, precision: float | None, recall: float | None, accuracy: float) -> None:
    metrics = abstention.PRECISION, abstention.RECALL, abstention.ACCURACY
    assert [measured(metric, case, Result(reply)) for metric in metrics] == [precision, recall, accuracy]


# -- all ---------------------------------------------------------------------------------------------------------------


def test_metric_names_are_unique() -> None:
    assert len({metric.name for metric in METRICS}) == len(METRICS)
