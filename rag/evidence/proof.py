"""Proof: one sentence of a passage, as answers quote it and conflicts set it against another."""

from dataclasses import dataclass

from rag.domain import Passage, Span


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence of a passage; `span` lies in the document's text."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """The words, on one line."""
        return " ".join(self.span.shifted(-self.passage.span.start).of(self.passage.search_text).split())

    @property
    def day(self) -> str | None:
        """When its document was published."""
        return self.passage.origin.published
