"""Answers: do they say what is wanted, on whose word, and how much else?

- `answer_match` (contains): 1 when the answer says one gold answer of every part, as ALCE scores short answers inside
  longer texts (Gao et al. 2023, https://arxiv.org/abs/2305.14627: its "exact match recall"). A long answer has it
  easier; what that costs shows in token F1 and evidence precision.
- `answer_proved`: the same where each part is said by a claim that cites a document which the case names as its proof:
  a right answer from the right report.
- `exact_match` and `token_f1`: 1 when the answer is a gold answer; the harmonic mean of the shares of the answer's and
  of the gold answer's words that both have. Rajpurkar et al. 2016 (SQuAD), https://arxiv.org/abs/1606.05250. The best
  of the spellings counts. They are for short answers; an answer in sentences stays far below 1, the same in every run.

An abstention says nothing, so it scores 0 where an answer was wanted. The claims are compared, not the printed text:
its markers `[2]` are no words of the answer. Only `Yes`, `No` and `The documents disagree` are looked for where the
printed text begins, set off from what follows: anywhere else these words decide nothing.
"""

import re
from collections import Counter
from collections.abc import Sequence

from eval.cases import Case
from eval.match import plain, says
from eval.metrics.metric import Metric
from eval.result import Result
from rag.domain import AnswerKind, Claim, Side

_DECISIONS = frozenset({"yes", "no", "documents disagree"})
_DECIDED = re.compile(r"\W*(?:(yes|no)\s*[^\w\s]|the (documents disagree)\b)", re.IGNORECASE)


def said(result: Result) -> str:
    """What an answer claims, one claim a line, after what they come to (`Yes.`); of talk its text."""
    answer = result.answer
    if answer.kind is AnswerKind.TALK:
        return answer.text
    return "\n".join(filter(None, [answer.lead, *(claim.text for claim in answer.claims)]))


def _match(case: Case, result: Result) -> float | None:
    """1 where the claims say one answer of every group, else 0; unscored where no answer is known."""
    if not case.answers:
        return None
    return float(all(_says(result, said(result), group) for group in case.answers))


def _says(result: Result, claimed: str, group: Sequence[str]) -> bool:
    """Whether claims say one of a group of answers, or the answer begins with the decision that is wanted."""
    decisions = {plain(answer) for answer in group}
    if not decisions <= _DECISIONS:
        return says(claimed, group)
    found = _DECIDED.match(result.answer.text)
    return found is not None and found[found.lastindex or 0].lower() in decisions


def _proved(case: Case, result: Result) -> float | None:
    """1 where a claim says one answer of each group and cites its proof, else 0; unscored where none is known."""
    if not case.answers or not result.gold or not all(result.gold):
        return None
    whole = tuple(gold for part in result.gold for gold in part)
    parts = result.gold if len(result.gold) == len(case.answers) else [whole] * len(case.answers)
    proofs = [{gold.document for gold in part} for part in parts]
    return float(
        all(
            any(_says(result, claim.text, group) and cites(claim, result) & proof for claim in result.answer.claims)
            for group, proof in zip(case.answers, proofs, strict=True)
        )
    )


def cites(claim: Claim | Side, result: Result) -> set[str]:
    """The documents that a claim, or a side of a conflict, cites."""
    return {citation.document for citation in result.answer.citations if citation.marker in claim.markers}


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
PROVED = Metric("answer_proved", "answers that say what is wanted and cite a document that proves it", _proved)
EXACT = Metric("exact_match", "answers that are a gold answer and nothing else", _exact)
F1 = Metric("token_f1", "words shared by answer and gold answer", _f1)
