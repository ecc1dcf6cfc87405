"""What came of one case: all that the metrics look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eval.corpus import Gold
from rag.domain import Answer, Document, ScoredPassage
from rag.ports import Verifier


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a case's question, and what is needed to judge it."""

    answer: Answer
    retrieved: tuple[ScoredPassage, ...] = ()
    """Best first."""
    gold: tuple[tuple[Gold, ...], ...] = ()
    """For each part of the wanted answer, the quotes of which any one proves it, as far as the library has them."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """What was asked, by id."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The decoded text of those documents that are plain text files, by id."""
    verifier: Verifier | None = None
    """Decides what exact checks leave open; None where there is no such model."""
    judged: bool | None = None
    """Whether a language model found all of the answer in its passages; None where none was asked, or did not tell."""
