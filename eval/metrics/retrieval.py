"""Retrieval: were the passages that prove the answer found, and how far up?

A passage is relevant when it is of a gold document and overlaps the span of a gold quote there. Recall: Manning,
Raghavan and Schütze 2008, *Introduction to Information Retrieval*, chapter 8. Reciprocal rank: Voorhees 1999, "The
TREC-8 Question Answering Track Report".
"""

from eval.cases import Case
from eval.corpus import Gold
from eval.metrics.metric import Metric, share
from eval.result import Result
from rag.domain import Passage


def is_relevant(passage: Passage, gold: Gold) -> bool:
    """Whether a passage holds some of a gold quote."""
    start, end = max(passage.span.start, gold.span.start), min(passage.span.end, gold.span.end)
    return passage.document == gold.document and start < end


def _recall(_case: Case, result: Result) -> float | None:
    """The share of the answer's parts for which a proof was retrieved; unscored where a part has no known proof."""
    if not all(result.gold):
        return None
    passages = [found.passage for found in result.retrieved]
    proved = [any(is_relevant(passage, gold) for passage in passages for gold in part) for part in result.gold]
    return share(sum(proved), len(proved))


def _reciprocal_rank(_case: Case, result: Result) -> float | None:
    """1 over the rank of the first relevant passage, 0 where none is; unscored where no gold quote is known."""
    gold_quotes = [gold for part in result.gold for gold in part]
    if not gold_quotes:
        return None
    for rank, found in enumerate(result.retrieved, start=1):
        if any(is_relevant(found.passage, gold) for gold in gold_quotes):
            return 1 / rank
    return 0.0


RECALL = Metric("retrieval_recall", "parts of the answer whose proof was retrieved", _recall)
MRR = Metric("retrieval_mrr", "1 / rank of the first passage with proof", _reciprocal_rank)
