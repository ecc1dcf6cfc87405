"""One claim against one text, as the product checks it, with probabilities."""

from collections.abc import Sequence

from rag.domain import Document, Origin, Passage, Span, Verdict
from rag.evidence.verify import verify
from rag.ports import Entailment, Verifier

_ONE_HOT = {
    Verdict.SUPPORTED: Entailment(1.0, 0.0, 0.0),
    Verdict.CONTRADICTED: Entailment(0.0, 1.0, 0.0),
    Verdict.UNSUPPORTED: Entailment(0.0, 0.0, 1.0),
}


def check(claim: str, text: str, verifier: Verifier | None) -> tuple[Verdict, Entailment]:
    """The verdict of exact checks and verifier together, and its probabilities: all or nothing where it has none.

    What is left unchecked counts as unsupported, as in `footnoted check`.
    """
    found = verify(claim, Passage.cut(Document("text", text, Origin("text")), Span(0, len(text))), verifier=verifier)
    verdict = Verdict.UNSUPPORTED if found.verdict is Verdict.UNCHECKED else found.verdict
    return verdict, found.entailment or _ONE_HOT[verdict]


def likeliest(entailment: Entailment, of: Sequence[Verdict]) -> Verdict:
    """The verdict with the largest probability; of equals the first."""
    return max(of, key=lambda verdict: probability(entailment, verdict))


def probability(entailment: Entailment, verdict: Verdict) -> float:
    """The probability of a verdict."""
    return {
        Verdict.SUPPORTED: entailment.supported,
        Verdict.CONTRADICTED: entailment.contradicted,
        Verdict.UNSUPPORTED: entailment.unsupported,
    }[verdict]
