"""Metrics of retrieval, on small cases whose values are worked out by hand."""

import pytest

from eval.corpus import Gold
from eval.metrics import retrieval
from eval.metrics.metric import Metric
from eval.result import Result
from rag.domain import ScoredPassage, Span
from tests.answers import ABSTAINED
from tests.canal import CASE, LENGTH, LOCKS, OLDEST, SILENT, gold, passage


def found(*passages: ScoredPassage, parts: tuple[tuple[Gold, ...], ...]) -> Result:
    return Result(ABSTAINED, passages, parts)


def test_retrieval_recall_is_the_share_of_parts_with_a_proof() -> None:
    result = found(passage(LOCKS), passage(LENGTH), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert retrieval.RECALL.measure(CASE, result) == 0.5


def test_one_of_several_proofs_of_a_part_is_enough() -> None:
    result = found(passage(LENGTH), parts=((gold(OLDEST), gold(LENGTH)),))
    assert retrieval.RECALL.measure(CASE, result) == 1.0


def test_a_passage_beside_the_gold_quote_is_not_relevant() -> None:
    result = found(passage(Span(32, 53)), parts=((gold(LENGTH), gold(OLDEST)),))
    assert retrieval.RECALL.measure(CASE, result) == 0.0


def test_the_same_span_of_another_document_is_not_relevant() -> None:
    result = found(passage(LENGTH, document="b"), parts=((gold(LENGTH),),))
    assert retrieval.RECALL.measure(CASE, result) == 0.0


def test_retrieval_recall_is_unscored_where_a_part_has_no_known_proof() -> None:
    assert retrieval.RECALL.measure(CASE, found(passage(LENGTH), parts=((gold(LENGTH),), ()))) is None


def test_reciprocal_rank_is_one_over_the_rank_of_the_first_relevant_passage() -> None:
    result = found(passage(LOCKS), passage(OLDEST), passage(LENGTH), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert retrieval.MRR.measure(CASE, result) == 0.5


def test_reciprocal_rank_is_zero_where_nothing_relevant_was_found() -> None:
    assert retrieval.MRR.measure(CASE, found(passage(LOCKS), parts=((gold(LENGTH),),))) == 0.0


def test_ndcg_counts_each_part_where_it_is_first_found() -> None:
    # The first part stands at rank 2, the second at rank 3: (1 / log2 3 + 1 / log2 4) / (1 / log2 2 + 1 / log2 3).
    result = found(passage(LOCKS), passage(LENGTH), passage(OLDEST), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert retrieval.NDCG.measure(CASE, result) == pytest.approx((0.6309298 + 0.5) / (1 + 0.6309298))


def test_parts_that_stand_in_one_passage_are_no_better_than_best() -> None:
    result = found(passage(Span(LENGTH.start, OLDEST.end)), parts=((gold(LENGTH),), (gold(OLDEST),)))
    assert retrieval.NDCG.measure(CASE, result) == 1.0


@pytest.mark.parametrize("metric", [retrieval.RECALL, retrieval.MRR, retrieval.NDCG], ids=lambda metric: metric.name)
def test_retrieval_is_unscored_for_an_unanswerable_question(metric: Metric) -> None:
    assert metric.measure(SILENT, found(passage(LENGTH), parts=())) is None
