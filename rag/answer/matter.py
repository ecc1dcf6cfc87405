"""What a path makes an answer of: a question, and all that was found for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answer.rank import Ranked
from rag.ports import CloseReader, Library, Verifier
from rag.search.rerank import ReadPassage


@dataclass(frozen=True, slots=True)
class Matter:
    """A question with all that was found for it."""

    question: str
    ranked: Sequence[Ranked]
    """What the best passages say, the best answer first."""
    read: Sequence[ReadPassage]
    """Every passage that was read, best first."""
    stories: Mapping[str, str]
    """The story of each document that was read."""
    library: Library
    verifier: Verifier | None = None
    close_reader: CloseReader | None = None
    newest: bool = False
