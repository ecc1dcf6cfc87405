"""Footnotes: the numbered proofs of an answer, each checked word for word against the stored document."""

from collections.abc import Callable, Iterable

from rag.domain import Citation, Document, Passage, Quote, Span
from rag.search.orders import instructions

_MOST_PARTS = 4
_LONGEST_PART = 80


class Footnotes:
    """Gives out markers. A quote that is not the stored text at its span gets none: the verbatim gate."""

    def __init__(self, document: Callable[[str], Document]) -> None:
        """`document` finds a stored document by its id."""
        self._document = document
        self._markers: dict[tuple[str, Span], int] = {}
        self.citations: list[Citation] = []

    def add(self, passage: Passage, span: Span) -> int | None:
        """The marker for a span of a document, inside this passage or of what its words stand under.

        None where the words are not really there.
        """
        if known := self._markers.get((passage.document, span)):
            return known
        document = self._document(passage.document)
        quote = span.of(document.text)
        is_inside = span.within(passage.span) and quote == span.shifted(-passage.span.start).of(passage.text)
        if not quote.strip() or not (is_inside or span in [one.span for one in passage.around]):
            return None
        marker = len(self.citations) + 1
        self._markers[passage.document, span] = marker
        page = document.page_at(span.start)
        context = context_of(document, passage, span)
        self.citations.append(Citation(marker, document.id, span, quote, document.origin, page, context))
        return marker


def context_of(document: Document, passage: Passage, span: Span) -> tuple[Quote, ...]:
    """What words of a passage need to be understood, outermost first, without what gives orders to a model."""
    said = {quote.span: quote.text for quote in passage.around}
    found = (Quote(one, one.of(document.text)) for one in _leant_on(passage, span))
    return tuple(one for one in found if said.get(one.span, one.text).strip() and not instructions(one.text))


def path_of(context: Iterable[Quote], *, title: str | None = None) -> str:
    """A context as people read it: `Electricity bill for April 2025 › Amount due`.

    Long parts are cut short, and the document's `title` is left out, which is told beside it.
    """
    told = " ".join((title or "").split()).casefold()
    parts = [part for part in dict.fromkeys(" ".join(one.text.split()) for one in context) if part.casefold() != told]
    if len(parts) > _MOST_PARTS:
        parts = [parts[0], "…", *parts[2 - _MOST_PARTS :]]
    return " › ".join(part if len(part) <= _LONGEST_PART else f"{part[: _LONGEST_PART - 1]}…" for part in parts if part)


def _leant_on(passage: Passage, span: Span) -> tuple[Span, ...]:
    """What the block leans on in which a span begins; then, of a row, the line with the names of its columns."""
    held = (block for block in passage.blocks if block.span.start <= span.start < block.span.end)
    block = next(held, None)
    if block is None:
        return ()
    names = [part.name for part in block.parts if part.name is not None and not part.name.within(block.span)]
    head = [Span(min(names).start, max(name.end for name in names))] if names else []
    return (*block.leans_on, *head)
