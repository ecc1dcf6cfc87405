"""What the sentences of a language model are judged by."""

from collections.abc import Callable
from dataclasses import dataclass

from rag.domain import Document
from rag.evidence.statement import Statement
from rag.ports import Verifier


@dataclass(frozen=True, slots=True)
class Court:
    """What a sentence is judged by: the question, what it is about, the stored documents, and the verifier."""

    question: str
    document: Callable[[str], Document]
    verifier: Verifier | None = None
    fit: Callable[[Statement], float] = lambda _: 1.0
    """How well a statement fits what the question names; 0 where it is about something else."""
