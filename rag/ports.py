"""What the steps need from models and storage. Any object of these shapes will do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from rag.domain import Document, Origin, Passage, ScoredPassage, Span, Usage, Within

Vectors = NDArray[np.float32]
EVERYWHERE = Within()


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their similarity."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights; two embedders of one name give the same vectors."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text: shape (len(texts), dimension)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader finds in one passage: relevance (larger is better), the best answer spans within the
    passage's text, and the probability that it holds no answer."""

    relevance: float
    answers: tuple[Span, ...]
    no_answer: float


class Reader(Protocol):
    """Judges passages against a question."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading for each passage, in the order given."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """Probabilities that a text supports, contradicts or does neither to a claim; they sum to 1."""

    supported: float
    contradicted: float
    unsupported: float


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as a model reads it alone: where it stands, and what it says."""

    context: str
    text: str


class Verifier(Protocol):
    """Judges whether texts support a claim."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        """One entailment for each text, in the order given."""

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        """One entailment for each statement, read with where it stands; empty where nothing reads so."""


@dataclass(frozen=True, slots=True)
class CloseReading:
    """How well a statement answers a question, as a logit against no answer, and with which of its words."""

    score: float
    answer: Span | None = None


class CloseReader(Protocol):
    """Judges single statements, with their context, against a question or a claim."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""

    def read(self, question: str, statements: Sequence[Said]) -> list[CloseReading]:
        """One reading for each statement, in the order given."""

    def verify(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        """One entailment for each statement, in the order given."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a language model; `role` is `system`, `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class ReplyEnd:
    """How a reply ended: what it cost, None where that is not known, and whether it was cut for lack of room."""

    usage: Usage | None = None
    cut: bool = False


class LanguageModel(Protocol):
    """Writes text. Every failure is a `LanguageModelError`."""

    @property
    def name(self) -> str:
        """The model's name, for people to read."""

    @property
    def takes_schema(self) -> bool:
        """Whether to ask with a schema: true until the model's server has shown that it honours none."""

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, schema: type[BaseModel] | None = None
    ) -> Iterator[str | ReplyEnd]:
        """The reply, piece by piece, and last how it ended, where that is known.

        With a schema the pieces are JSON of that form; raises NoSchemaError where none is to be had.
        """


class Library(Protocol):
    """The indexed documents, as the steps search them."""

    def search_keywords(
        self, query: str, *, limit: int, emphasis: str = "", within: Within = EVERYWHERE
    ) -> list[ScoredPassage]:
        """Passages that share words with the query, best first; the words of `emphasis` count once more."""

    def search_vectors(self, vector: Vectors, *, limit: int, within: Within = EVERYWHERE) -> list[ScoredPassage]:
        """Passages near a vector of shape (dimension,), best first; the score is the cosine."""

    def similarities(self, vector: Vectors, passages: Sequence[Passage]) -> list[float]:
        """The cosine of each passage's vector with this one of shape (dimension,)."""

    def outlets(self) -> tuple[str, ...]:
        """The outlets of the documents, each once."""

    def authors(self) -> tuple[str, ...]:
        """The authors of the documents, as the documents name them, each once."""

    def document_frequencies(self, words: Sequence[str]) -> tuple[list[int], int]:
        """In how many passages each word occurs, and how many passages there are."""

    def naming(self, words: Sequence[str], document_ids: Sequence[str]) -> set[str]:
        """Those of these documents in which some passage holds all of these words."""

    def documents(self, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        """The id of every document within and where it comes from, by path."""

    def called(self, words: Sequence[str], *, limit: int, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        """Documents of no outlet whose title, file name or headings hold one of these words, as `documents` gives them.

        At most `limit`: where there are more, those that were stored first.
        """

    def document(self, document_id: str) -> Document:
        """A stored document; raises LibraryError where there is none."""

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document, in order."""
