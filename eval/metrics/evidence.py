"""Evidence: do the citations point at the words that the case names as proof?

A citation is valid when it is of a gold document and there overlaps a gold quote, or holds more than half of its
content words (a document may say the same thing twice).

It asks what ALCE asks (Gao et al. 2023, https://arxiv.org/abs/2305.14627; `eval.metrics.citation`) of gold quotes
instead of the claim: a citation that proves its claim, but not the answer that was wanted, counts as wrong here, and so
does a good citation that the case does not name. Compare runs by these figures; do not compare them with the
literature's. A citation in answer to an unanswerable question is unscored; abstention recall counts that answer.
"""

from eval.cases import Case
from eval.corpus import Gold
from eval.metrics.metric import Metric, share
from eval.result import Result
from rag.domain import Citation, Verdict
from rag.text.words import content_stems

_ENOUGH_WORDS = 0.5


def is_valid(citation: Citation, gold: Gold) -> bool:
    """Whether a citation rests on a gold quote, or on a passage of the same document that says the same."""
    if citation.document != gold.document:
        return False
    if max(citation.span.start, gold.span.start) < min(citation.span.end, gold.span.end):
        return True
    wanted = set(content_stems(gold.quote))
    return len(wanted.intersection(content_stems(citation.quote))) > len(wanted) * _ENOUGH_WORDS


def valid_markers(result: Result) -> frozenset[int]:
    """The markers of an answer's valid citations."""
    quotes = [gold for part in result.gold for gold in part]
    return frozenset(found.marker for found in result.answer.citations if any(is_valid(found, gold) for gold in quotes))


def _precision(_case: Case, result: Result) -> float | None:
    """The share of citations that are valid; unscored without a gold quote or a citation."""
    citations = result.answer.citations
    return share(len(valid_markers(result)), len(citations)) if any(result.gold) else None


def _recall(_case: Case, result: Result) -> float | None:
    """The share of claims that are supported and have a valid citation; unscored without a gold quote or a claim."""
    if not any(result.gold):
        return None
    valid, claims = valid_markers(result), result.answer.claims
    proved = [claim for claim in claims if claim.verdict is Verdict.SUPPORTED and valid.intersection(claim.markers)]
    return share(len(proved), len(claims))


PRECISION = Metric("evidence_precision", "citations that point at gold evidence", _precision)
RECALL = Metric("evidence_recall", "claims supported by a citation of gold evidence", _recall)
