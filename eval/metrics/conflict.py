"""Conflict recall: where documents disagree, does the answer tell every side?

The share of a case's sides of which a claim, or a side of a conflict that the answer reports, says an answer. After the
recall of all valid answers in Wang et al. 2025, "Retrieval-Augmented Generation with Conflicting Evidence",
https://arxiv.org/abs/2504.13079 (RAMDocs). Whether a side is rightly cited is asked by the citation metrics.
"""

from eval.cases import Case
from eval.match import says
from eval.metrics.metric import Metric, share
from eval.result import Result


def _recall(case: Case, result: Result) -> float | None:
    """The share of sides that are told; unscored where no sides are known."""
    answer = result.answer
    told = [claim.text for claim in answer.claims]
    told += [side.claim for conflict in answer.conflicts for side in conflict.sides]
    text = "\n".join(told)
    return share(sum(says(text, side.answers) for side in case.sides), len(case.sides))


RECALL = Metric("conflict_recall", "sides of a disagreement that the answer tells", _recall)
