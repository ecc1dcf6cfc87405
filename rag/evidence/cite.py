"""Footnotes: the numbered proofs of an answer, each checked word for word against the stored document."""

from collections.abc import Callable

from rag.domain import Citation, Document, Passage, Quote, Span


class Footnotes:
    """Gives out markers. A quote that is not the stored text at its span gets none: the verbatim gate."""

    def __init__(self, document: Callable[[str], Document]) -> None:
        """`document` finds a stored document by its id."""
        self._document = document
        self._markers: dict[tuple[str, Span], int] = {}
        self.citations: list[Citation] = []

    def add(self, passage: Passage, span: Span) -> int | None:
        """The marker for a span of a document, inside this passage; None where the words are not really there."""
        if known := self._markers.get((passage.document, span)):
            return known
        document = self._document(passage.document)
        quote = span.of(document.text)
        if (
            not quote.strip()
            or not span.within(passage.span)
            or quote != span.shifted(-passage.span.start).of(passage.text)
        ):
            return None
        marker = len(self.citations) + 1
        self._markers[passage.document, span] = marker
        page = document.page_at(span.start)
        context = tuple(Quote(one, one.of(document.text)) for one in _leant_on(passage, span))
        self.citations.append(Citation(marker, document.id, span, quote, document.origin, page, context))
        return marker


def _leant_on(passage: Passage, span: Span) -> tuple[Span, ...]:
    """What the block needs to be understood in which a span begins."""
    held = (block for block in passage.blocks if block.span.start <= span.start < block.span.end)
    return next((block.leans_on for block in held), ())
