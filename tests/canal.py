"""One small document, and what the tests of the metrics say of it."""

from functools import partial

from eval.cases import Case, Evidence
from eval.corpus import Gold
from rag.domain import Citation, Claim, Origin, Passage, ScoredPassage, Span, Verdict
from tests import answers

# 0123456789012345678901234567890123456789012345678901234567890123456789012
TEXT = "The canal is 61 kilometres long. It has three locks. The oldest is Pell."
LENGTH, LOCKS, OLDEST = Span(0, 32), Span(33, 52), Span(53, 72)
ORIGIN = Origin("a.txt")
CASE = Case(
    "one", "How long is the canal?", (("61 kilometres", "61 km"),), ((Evidence("a.txt", "61 kilometres long"),),)
)
SILENT = Case("two", "How deep is the canal?", unanswerable=True)
answered = partial(answers.answered, text="not looked at [61 kilometres]")


def passage(span: Span, document: str = "a") -> ScoredPassage:
    """What was retrieved."""
    return ScoredPassage(Passage(document, span, span.of(TEXT), span.of(TEXT), ORIGIN), 1.0)


def gold(span: Span, document: str = "a") -> Gold:
    """What proves an answer."""
    return Gold(document, span, span.of(TEXT))


def cited(*spans: Span, document: str = "a", quote: str | None = None) -> tuple[Citation, ...]:
    """Citations, numbered from 1."""
    return tuple(
        Citation(marker, document, span, quote or span.of(TEXT), ORIGIN) for marker, span in enumerate(spans, start=1)
    )


def claim(text: str, *markers: int, verdict: Verdict = Verdict.SUPPORTED) -> Claim:
    """A claim that rests on these citations."""
    return Claim(text, verdict, markers)
