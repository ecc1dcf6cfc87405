"""Small real objects for the ports: they do the job, in a simpler way."""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from rag.domain import Document, Origin, Passage, ScoredPassage, Span, Within
from rag.ports import EVERYWHERE, Vectors


class HashEmbedder:
    """An embedder that counts words by their hash: texts that share words are near."""

    name = "hash"
    dimension = 384

    def __init__(self) -> None:
        self.embedded: list[str] = []
        """Every text it was ever given, so that a test can ask what was embedded."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text."""
        self.embedded += texts
        counts = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(counts, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                row[zlib.crc32(word.encode()) % self.dimension] += 1.0
        vectors: Vectors = counts / np.linalg.norm(counts, axis=1, keepdims=True).astype(np.float32)
        return vectors


class ShelfLibrary:
    """A library of a few documents held in memory; only what paths of answers ask of it."""

    def __init__(self, *documents: Document) -> None:
        self._documents = {one.id: one for one in documents}

    def documents(self) -> list[tuple[str, Origin]]:
        return [(one.id, one.origin) for one in self._documents.values()]

    def called(self, words: Sequence[str], *, limit: int, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        return [(id_, origin) for id_, origin in self.documents() if origin.outlet is None][:limit]

    def document(self, document_id: str) -> Document:
        return self._documents[document_id]

    def passages_of(self, document_id: str) -> list[Passage]:
        document = self._documents[document_id]
        return [Passage.cut(document, Span(0, len(document.text)))]

    def search_keywords(
        self, query: str, *, limit: int, emphasis: str = "", within: Within = EVERYWHERE
    ) -> list[ScoredPassage]:
        return []

    def search_vectors(self, vector: Vectors, *, limit: int, within: Within = EVERYWHERE) -> list[ScoredPassage]:
        return []

    def similarities(self, vector: Vectors, passages: Sequence[Passage]) -> list[float]:
        return [0.0 for _ in passages]

    def outlets(self) -> tuple[str, ...]:
        return ()

    def authors(self) -> tuple[str, ...]:
        return ()

    def document_frequencies(self, words: Sequence[str]) -> tuple[list[int], int]:
        return [0 for _ in words], len(self._documents)

    def naming(self, words: Sequence[str], document_ids: Sequence[str]) -> set[str]:
        return set()
