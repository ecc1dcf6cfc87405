"""The metrics: each a value, defined in the file of its family."""

from eval.metrics import (
    abstention,
    answer,
    citation,
    conflict,
    evidence,
    groundedness,
    query,
    quotes,
    retrieval,
    told,
    unwanted,
)
from eval.metrics.metric import Metric

METRICS: tuple[Metric, ...] = (
    query.F1,
    retrieval.RECALL,
    retrieval.MRR,
    retrieval.NDCG,
    answer.MATCH,
    answer.PROVED,
    answer.EXACT,
    answer.F1,
    evidence.PRECISION,
    evidence.RECALL,
    citation.PRECISION,
    citation.RECALL,
    quotes.EXACTNESS,
    groundedness.GROUNDEDNESS,
    groundedness.CONTRADICTION,
    groundedness.JUDGED,
    told.WRONG_SUPPORTED,
    conflict.RECALL,
    conflict.SHOWN,
    conflict.LONELY,
    unwanted.SAID,
    unwanted.MISLED,
    abstention.PRECISION,
    abstention.RECALL,
    abstention.ACCURACY,
)
