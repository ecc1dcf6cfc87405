"""Abstention: does the assistant decline when the documents do not answer, and only then?

Precision and recall of abstaining; the unanswerable question as a class to be found is that of SQuAD 2.0 (Rajpurkar,
Jia and Liang 2018, "Know What You Don't Know", https://arxiv.org/abs/1806.03822). Each is a mean over the cases it is
about: precision over the questions that were declined, recall over those that should be, accuracy over all; the other
cases are unscored.
"""

from eval.cases import Case
from eval.metrics.metric import Metric
from eval.result import Result
from rag.domain import Outcome


def _abstained(result: Result) -> bool:
    return result.answer.outcome is Outcome.ABSTAINED


def _precision(case: Case, result: Result) -> float | None:
    return float(case.unanswerable) if _abstained(result) else None


def _recall(case: Case, result: Result) -> float | None:
    return float(_abstained(result)) if case.unanswerable else None


def _accuracy(case: Case, result: Result) -> float | None:
    return float(_abstained(result) == case.unanswerable)


PRECISION = Metric("abstention_precision", "declined questions that are unanswerable", _precision)
RECALL = Metric("abstention_recall", "unanswerable questions that were declined", _recall)
ACCURACY = Metric("abstention_accuracy", "questions rightly answered or rightly declined", _accuracy)
