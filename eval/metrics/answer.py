"""Answer match: does the answer say what is wanted?

The share of cases whose answer contains a gold answer, as ALCE scores short answers inside longer texts (Gao et al.
2023, "Enabling Large Language Models to Generate Text with Citations", https://arxiv.org/abs/2305.14627: its "exact
match recall"). A long answer has it easier; what a long answer costs shows in citation precision. An abstention says
nothing, so it scores 0 where an answer was wanted.
"""

from eval.cases import Case
from eval.match import says
from eval.metrics.metric import Metric
from eval.result import Result


def _match(case: Case, result: Result) -> float | None:
    """1 where the claims say one answer of every group, else 0; unscored where no answer is known."""
    if not case.answers:
        return None
    # The claims, not the printed text: its markers `[2]` are no words of the answer.
    text = "\n".join(claim.text for claim in result.answer.claims)
    return float(all(says(text, group) for group in case.answers))


MATCH = Metric("answer_match", "answers that say what is wanted", _match)
