"""Queries: was a question that leans on earlier ones completed as a person would?

F1 of the stems of content words between what was searched and a person's rewriting of the question by itself. The task
is that of Elgohary, Peskov and Boyd-Graber 2019, "Can You Unpack That?", https://aclanthology.org/D19-1605; the measure
is ours: order and small words do not matter to a search.
"""

from eval.cases import Case
from eval.metrics.metric import Metric
from eval.result import Result
from rag.text.words import content_stems


def overlap(query: str, rewrite: str) -> float:
    """F1 of the stems of two questions' content words, from 0 to 1; 1 where neither has any."""
    ours, wanted = set(content_stems(query)), set(content_stems(rewrite))
    return 2 * len(ours & wanted) / (len(ours) + len(wanted)) if ours or wanted else 1.0


def _f1(case: Case, result: Result) -> float | None:
    """The overlap of what was searched with a person's rewriting; unscored where there is none."""
    return overlap(result.answer.query, case.rewrite) if case.rewrite else None


F1 = Metric("query_f1", "words shared by what was searched and a person's rewriting", _f1)
