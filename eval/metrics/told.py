"""Trust: how much of what is told as supported is wrong?

What is marked as doubtful warns its reader; what is told as supported is believed. `wrong_supported` is the share of
the claims told as supported that say nothing of what is wanted, in an answer that is wrong; all of them where no
document answers.
"""

from eval.cases import Case
from eval.match import says
from eval.metrics.answer import MATCH
from eval.metrics.metric import Metric, share
from eval.result import Result
from rag.domain import Verdict


def _wrong(case: Case, result: Result) -> float | None:
    """Unscored where nothing is told as supported, or it is not known what is right."""
    told = [claim.text for claim in result.answer.claims if claim.verdict is Verdict.SUPPORTED]
    if not told or not (case.answers or case.unanswerable):
        return None
    if case.answers and MATCH.measure(case, result) == 1:
        return 0.0
    wrong = [one for one in told if not any(says(one, group) for group in case.answers)]
    return share(len(wrong), len(told))


WRONG_SUPPORTED = Metric("wrong_supported", "claims told as supported that are wrong", _wrong, larger_is_better=False)
