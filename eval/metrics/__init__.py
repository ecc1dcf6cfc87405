"""The metrics: each a value, defined in the file of its family."""

from eval.metrics import abstention, answer, citation, quotes, retrieval
from eval.metrics.metric import Metric

METRICS: tuple[Metric, ...] = (
    retrieval.RECALL,
    retrieval.MRR,
    answer.MATCH,
    citation.PRECISION,
    citation.RECALL,
    quotes.EXACTNESS,
    abstention.PRECISION,
    abstention.RECALL,
    abstention.ACCURACY,
)
