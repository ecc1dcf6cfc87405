"""Retrieval: was the evidence found, and how far up?

A passage is relevant when it is of a gold document and overlaps the span of a gold quote there. What is wanted are the
parts of the answer; a passage finds each part of which it holds a proof. Share of the evidence found (recall): Manning,
Raghavan and Schütze 2008, *Introduction to Information Retrieval*, chapter 8. Reciprocal rank: Voorhees 1999, "The
TREC-8 Question Answering Track Report". Normalised discounted cumulative gain: Järvelin and Kekäläinen 2002; each part
counts once, where it is first found.
"""

from eval.cases import Case
from eval.corpus import Gold
from eval.metrics.metric import Metric
from eval.metrics.ranking import Ranking, discounted, recall, reciprocal_rank
from eval.result import Result
from rag.domain import Passage

_ALL = 1000
"""Everything that was retrieved is judged."""


def is_relevant(passage: Passage, gold: Gold) -> bool:
    """Whether a passage holds some of a gold quote."""
    start, end = max(passage.span.start, gold.span.start), min(passage.span.end, gold.span.end)
    return passage.document == gold.document and start < end


def _ranking(result: Result) -> Ranking:
    """The parts of the answer, and at each rank those that are found there for the first time."""
    missing = dict(enumerate(result.gold))
    found: list[frozenset[str]] = []
    for one in result.retrieved:
        here = [part for part, golds in missing.items() if any(is_relevant(one.passage, gold) for gold in golds)]
        for part in here:
            del missing[part]
        found.append(frozenset(map(str, here)))
    return Ranking({str(part): 1.0 for part in range(len(result.gold))}, tuple(found))


def _recall(_case: Case, result: Result) -> float | None:
    """The share of the answer's parts for which a proof was retrieved; unscored where a part has no known proof."""
    return recall(_ALL).measure(_ranking(result)) if result.gold and all(result.gold) else None


def _reciprocal_rank(_case: Case, result: Result) -> float | None:
    """1 over the rank of the first relevant passage, 0 where none is; unscored where no gold quote is known."""
    return reciprocal_rank(_ALL).measure(_ranking(result)) if any(result.gold) else None


def _ndcg(_case: Case, result: Result) -> float | None:
    """How far up the parts of the answer stand, beside the best order; unscored where a part has no known proof.

    In the best order the passages that hold most parts come first, and each part that was not found has one of its own.
    """
    if not result.gold or not all(result.gold):
        return None
    gains = [len(here) for here in _ranking(result).found]
    missing = len(result.gold) - sum(gains)
    return discounted(gains) / discounted(sorted([*gains, *[1] * missing], reverse=True))


RECALL = Metric("retrieval_recall", "parts of the answer whose proof was retrieved", _recall)
MRR = Metric("retrieval_mrr", "1 / rank of the first passage with proof", _reciprocal_rank)
NDCG = Metric("retrieval_ndcg", "how far up the proofs stand", _ndcg)
