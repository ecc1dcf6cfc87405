"""Groundedness: is each claim borne out by what was read, and does nothing that it cites say otherwise?

The share of claims that some retrieved passage supports, as the faithfulness of Es et al. 2024, "RAGAs",
https://aclanthology.org/2024.eacl-demo.16; and the share that the passages behind their citations contradict, as the
entailment models of Honovich et al. 2022, "TRUE", https://arxiv.org/abs/2204.04991, are used. Both need the verifier
model and are unscored without one: exact checks alone find what is said in the same words, not whether the rest is.
"""

from collections.abc import Iterable

from eval.cases import Case
from eval.metrics.metric import Metric, share
from eval.result import Result
from rag.domain import Claim, Passage, Verdict
from rag.evidence.verify import verify


def _verdicts(claim: Claim, passages: Iterable[Passage], result: Result) -> set[Verdict]:
    """What the passages say of a claim, read until one supports it."""
    found: set[Verdict] = set()
    for passage in passages:
        found.add(verify(claim.text, passage, verifier=result.verifier).verdict)
        if Verdict.SUPPORTED in found:
            break
    return found


def _behind(claim: Claim, result: Result) -> list[Passage]:
    """The retrieved passages that hold the words which a claim cites."""
    cited = [citation for citation in result.answer.citations if citation.marker in claim.markers]
    return [
        found.passage
        for found in result.retrieved
        if any(one.document == found.passage.document and one.span.within(found.passage.span) for one in cited)
    ]


def _groundedness(_case: Case, result: Result) -> float | None:
    """The share of claims that a retrieved passage supports; unscored without a verifier or a claim."""
    claims, read = result.answer.claims, [found.passage for found in result.retrieved]
    if result.verifier is None:
        return None
    grounded = [
        Verdict.SUPPORTED in _verdicts(claim, dict.fromkeys([*_behind(claim, result), *read]), result)
        for claim in claims
    ]
    return share(sum(grounded), len(grounded))


def _contradiction(_case: Case, result: Result) -> float | None:
    """The share of claims that their cited passages contradict and none of these supports; unscored as above."""
    if result.verifier is None:
        return None
    said = [_verdicts(claim, _behind(claim, result), result) for claim in result.answer.claims]
    against = [Verdict.CONTRADICTED in found and Verdict.SUPPORTED not in found for found in said]
    return share(sum(against), len(against))


def _judged(_case: Case, result: Result) -> float | None:
    """1 where the judge found all of the answer in its passages, else 0; unscored without a judge or its verdict."""
    return None if result.judged is None else float(result.judged)


GROUNDEDNESS = Metric("groundedness", "claims that a retrieved passage bears out", _groundedness)
CONTRADICTION = Metric(
    "contradiction_rate", "claims that their cited passages contradict", _contradiction, larger_is_better=False
)
JUDGED = Metric("judged_groundedness", "answers that a language model finds borne out as a whole", _judged)
