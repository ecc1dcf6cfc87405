"""What came of one case: all that the metrics look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eval.corpus import Gold
from rag.domain import Answer, ScoredPassage


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a case's question, and what is needed to judge it."""

    answer: Answer
    retrieved: tuple[ScoredPassage, ...] = ()
    """Best first."""
    gold: tuple[tuple[Gold, ...], ...] = ()
    """For each part of the wanted answer, the quotes of which any one proves it, as far as the library has them."""
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of the documents by id: the stored text and, for plain text files, the decoded file."""
