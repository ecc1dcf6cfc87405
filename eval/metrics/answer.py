"""Answers: do they say what is wanted, and how much else?

- `answer_match` (contains): 1 when the answer says one gold answer of every part, as ALCE scores short answers inside
  longer texts (Gao et al. 2023, https://arxiv.org/abs/2305.14627: its "exact match recall"). A long answer has it
  easier; what that costs shows in token F1 and evidence precision.
- `exact_match` and `token_f1`: 1 when the answer is a gold answer; the harmonic mean of the shares of the answer's and
  of the gold answer's words that both have. Rajpurkar et al. 2016 (SQuAD), https://arxiv.org/abs/1606.05250. The best
  of the spellings counts. They are for short answers; an answer in sentences stays far below 1, the same in every run.

An abstention says nothing, so it scores 0 where an answer was wanted. The claims are compared, not the printed text:
its markers `[2]` are no words of the answer.
"""

from collections import Counter

from eval.cases import Case
from eval.match import plain, says
from eval.metrics.metric import Metric
from eval.result import Result


def said(result: Result) -> str:
    """What an answer claims, one claim a line, after what they come to (`Yes.`)."""
    answer = result.answer
    return "\n".join(filter(None, [answer.lead, *(claim.text for claim in answer.claims)]))


def _match(case: Case, result: Result) -> float | None:
    """1 where the claims say one answer of every group, else 0; unscored where no answer is known."""
    if not case.answers:
        return None
    return float(all(says(said(result), group) for group in case.answers))


def _exact(case: Case, result: Result) -> float | None:
    """1 where the claims are one of the answers; unscored where none is known or there are several parts."""
    if len(case.answers) != 1:
        return None
    return float(plain(said(result)) in {plain(answer) for answer in case.answers[0]})


def _f1(case: Case, result: Result) -> float | None:
    """The overlap in words with the nearest of the answers; unscored as the exact match is."""
    if len(case.answers) != 1:
        return None
    words = Counter(plain(said(result)).split())
    return max(_overlap(words, Counter(plain(answer).split())) for answer in case.answers[0])


def _overlap(one: Counter[str], other: Counter[str]) -> float:
    """Twice the words that both have, over the words of both; two empty texts are the same."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


MATCH = Metric("answer_match", "answers that say what is wanted", _match)
EXACT = Metric("exact_match", "answers that are a gold answer and nothing else", _exact)
F1 = Metric("token_f1", "words shared by answer and gold answer", _f1)
