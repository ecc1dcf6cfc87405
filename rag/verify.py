"""Checks a claim against a passage: do these words say so?

Exact checks come first: words in the same order are proof. What they leave open the verifier model decides, where there
is one; that a passage lacks a number or name of the claim counts against it. Without a model it is `unchecked`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.domain import Passage, Span, Verdict
from rag.exact import Statement, compare, unstated
from rag.ports import Entailment, Verifier
from rag.words import sentences

_SUPPORTED_AT = 0.5
_CONTRADICTED_AT = 0.5
_WINDOWS_ASKED = 4
_WHOLE_DECIDES = 3
"""A passage of at most this many sentences is judged as a whole; a longer one by its best sentences too."""
# How much of the model's odds are left where the passage lacks a number or a name of the claim. Fitted by
# `training/verdict.py`.
_SUPPORT_WITHOUT_NUMBER, _SUPPORT_WITHOUT_NAME, _CONTRADICTION_WITHOUT_NUMBER = 0.1, 0.1, 1.0
_PROVED = Entailment(supported=0.98, contradicted=0.01, unsupported=0.01)


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
    if exact.verdict is Verdict.SUPPORTED:
        return Check(exact.verdict, exact.span, _PROVED)
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
    best = adjusted(best, *unstated(claim, _stated(passage)))
    if best.supported >= _SUPPORTED_AT:
        return Check(Verdict.SUPPORTED, _shortest(judged, best, "supported"), best)
    if best.contradicted >= _CONTRADICTED_AT:
        return Check(Verdict.CONTRADICTED, _shortest(judged, best, "contradicted"), best)
    return Check(Verdict.UNSUPPORTED, None, best)


def _stated(passage: Passage) -> str:
    """What a passage and its document say of themselves."""
    return " ".join(filter(None, (passage.search_text, passage.origin.title, passage.origin.outlet)))


def adjusted(entailment: Entailment, numbers: Sequence[str], names: Sequence[str]) -> Entailment:
    """The probabilities where the passage gives neither these numbers nor these names of the claim."""
    supported, contradicted = entailment.supported, entailment.contradicted
    if numbers:
        supported *= _SUPPORT_WITHOUT_NUMBER
        contradicted *= _CONTRADICTION_WITHOUT_NUMBER
    if names:
        supported *= _SUPPORT_WITHOUT_NAME
    total = supported + contradicted + entailment.unsupported
    return Entailment(supported / total, contradicted / total, entailment.unsupported / total)


def _shortest(judged: Sequence[tuple[Entailment, Span]], best: Entailment, verdict: str) -> Span:
    """The shortest span that carries the verdict nearly as well as the best one."""
    wanted = 0.8 * getattr(best, verdict)
    return min(
        (span for entailment, span in judged if getattr(entailment, verdict) >= wanted),
        key=lambda span: (span.end - span.start, span.start),
    )
