"""Checks a claim against a passage: do these words say so?

Exact checks come first: words in the same order are proof. What they leave open the verifier model decides, where there
is one; that a passage lacks a number of the claim counts against it. Without a model it is `unchecked`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.domain import Passage, Span, Verdict
from rag.exact import Statement, compare, unstated_numbers
from rag.ports import Entailment, Verifier
from rag.words import sentences

_SUPPORTED_AT = 0.5
_CONTRADICTED_AT = 0.5
_WINDOWS_ASKED = 4
_WHOLE_DECIDES = 3
"""A passage of at most this many sentences is judged as a whole; a longer one by its best sentences too."""
_WITHOUT_NUMBER = 0.5
"""What is left of the odds of support where the passage lacks a number of the claim; `training/verdict.py` shows what
other factors do."""
_PROVED = {
    Verdict.SUPPORTED: Entailment(supported=0.96, contradicted=0.02, unsupported=0.02),
    Verdict.CONTRADICTED: Entailment(supported=0.02, contradicted=0.96, unsupported=0.02),
}


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict, and the span in the passage's text that decides it; None where no words do.

    `entailment` holds the probabilities behind the verdict, None where no model was asked.
    """

    verdict: Verdict
    span: Span | None = None
    entailment: Entailment | None = None


def verify(claim: str, passage: Passage, *, verifier: Verifier | None = None) -> Check:
    """What a passage says of a claim."""
    claimed = Statement.of(claim)
    if not claimed.tokens:
        return Check(Verdict.UNSUPPORTED)
    windows = _windows(passage.text)
    statements = [Statement.of(span.of(passage.search_text)) for span in windows]
    exact = _best(
        [Check(compare(claimed, statement), span) for statement, span in zip(statements, windows, strict=True)]
    )
    if verifier is None:
        return exact
    if exact.verdict in _PROVED:
        return Check(exact.verdict, exact.span, _PROVED[exact.verdict])
    shares = [len(set(claimed.tokens) & set(statement.tokens)) for statement in statements]
    nearest = sorted(range(len(windows)), key=lambda index: (-shares[index], index))[:_WINDOWS_ASKED]
    return _ask(claim, passage, [windows[index] for index in nearest], verifier)


def _windows(text: str) -> list[Span]:
    """Each sentence, and each two neighbours: a claim may join what the text says in two."""
    spans = sentences(text)
    return spans + [Span(first.start, second.end) for first, second in pairwise(spans)]


def _best(checks: list[Check]) -> Check:
    for verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNCHECKED):
        for check in checks:  # single sentences come first: the shortest proof is the best one
            if check.verdict is verdict:
                return check
    return Check(Verdict.UNSUPPORTED)


def _ask(claim: str, passage: Passage, nearest: Sequence[Span], verifier: Verifier) -> Check:
    """The model's verdict on the whole passage and on the windows nearest to the claim."""
    whole = Span(0, len(passage.text))
    spans = [*nearest, whole]
    entailments = verifier.verify(claim, [span.of(passage.search_text) for span in spans])
    judged = list(zip(entailments, spans, strict=True))
    deciding = judged if len(sentences(passage.text)) > _WHOLE_DECIDES else judged[-1:]
    best = max((entailment for entailment, _ in deciding), key=lambda one: max(one.supported, one.contradicted))
    if unstated_numbers(claim, passage.search_text):
        best = doubted(best)
    if best.supported >= _SUPPORTED_AT:
        return Check(Verdict.SUPPORTED, _shortest(judged, "supported"), best)
    if best.contradicted >= _CONTRADICTED_AT:
        return Check(Verdict.CONTRADICTED, _shortest(judged, "contradicted"), best)
    return Check(Verdict.UNSUPPORTED, None, best)


def doubted(entailment: Entailment, factor: float = _WITHOUT_NUMBER) -> Entailment:
    """The probabilities with less for support."""
    supported = entailment.supported * factor
    total = supported + entailment.contradicted + entailment.unsupported
    return Entailment(supported / total, entailment.contradicted / total, entailment.unsupported / total)


def _shortest(judged: Sequence[tuple[Entailment, Span]], verdict: str) -> Span:
    """The shortest span that carries the verdict nearly as well as the best one."""
    wanted = 0.8 * max(float(getattr(entailment, verdict)) for entailment, _ in judged)
    return min(
        (span for entailment, span in judged if getattr(entailment, verdict) >= wanted),
        key=lambda span: (span.end - span.start, span.start),
    )
