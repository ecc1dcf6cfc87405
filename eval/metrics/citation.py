"""Citations, as ALCE asks: does what is cited bear out each claim, and is every citation needed for that?

Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations", https://arxiv.org/abs/2305.14627. A
claim is *recalled* when all the words that it cites, together, support it. A citation is *precise* when its claim is
recalled and it either supports the claim alone, or the claim's other citations do not without it. Recall is the share
of claims, precision that of citations, one counted for each claim that uses it.

There the judge is a model and the premise a passage of 100 words; here it is `eval.entailment` and the premise the
quoted words alone, so the figures are stricter than theirs. A case with a claim that cannot be decided is unscored.
"""

from eval.cases import Case
from eval.entailment import cited_names, cited_words, is_computed_from, verdict_of
from eval.metrics.metric import Metric, share
from eval.result import Result
from rag.domain import Citation, Claim, Verdict


def is_supported(claim: Claim, citations: list[Citation], result: Result) -> bool | None:
    """Whether these citations, together, bear out a claim; None where that cannot be decided."""
    computed = is_computed_from(claim, citations, result)
    if computed is not None:
        return computed
    names = cited_names(citations, result)
    verdict = verdict_of(claim.text, cited_words(citations, result), result, names)
    return None if verdict is None else verdict is Verdict.SUPPORTED


def cited_by(claim: Claim, result: Result) -> list[Citation]:
    """The citations that a claim rests on; a marker without a citation is none."""
    return [citation for citation in result.answer.citations if citation.marker in claim.markers]


def _recall(_case: Case, result: Result) -> float | None:
    """The share of claims that their citations support; unscored without a claim."""
    supported = [is_supported(claim, cited_by(claim, result), result) for claim in result.answer.claims]
    return None if None in supported else share(sum(map(bool, supported)), len(supported))


def _precision(_case: Case, result: Result) -> float | None:
    """The share of citations that support their claim and are needed for it; unscored without a citation."""
    needed = [
        is_needed(citation, claim, result) for claim in result.answer.claims for citation in cited_by(claim, result)
    ]
    return None if None in needed else share(sum(map(bool, needed)), len(needed))


def is_needed(citation: Citation, claim: Claim, result: Result) -> bool | None:
    """Whether a citation supports its claim, alone or as a part that the others lack; None where undecided."""
    citations = cited_by(claim, result)
    supported, alone = is_supported(claim, citations, result), is_supported(claim, [citation], result)
    if supported is None or (supported and alone is None):
        return None
    if not supported or alone:
        return supported
    others = [other for other in citations if other is not citation]
    without = is_supported(claim, others, result)
    return None if without is None else not without


PRECISION = Metric("citation_precision", "citations that bear out their claim and are needed for it", _precision)
RECALL = Metric("citation_recall", "claims that the words they cite bear out", _recall)
