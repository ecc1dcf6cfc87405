"""Small real objects for the ports: they do the job, in a simpler way."""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from rag.ports import Vectors


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
