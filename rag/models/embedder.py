"""Texts as vectors: all-MiniLM-L6-v2 in int8, inside the package."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.models.onnx import WEIGHTS, open_model

# Tokens are held for this many texts at once, so that memory does not grow with a library.
TEXTS_AT_ONCE = 512


class OnnxEmbedder:
    """Embeds texts with the model in rag/models/weights; safe to share between threads.

    Method: the mean of the last layer's tokens (Reimers and Gurevych 2019, Sentence-BERT, arXiv:1908.10084).
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Open the model, about 0.1 s; raises ModelError where a file of it is missing or damaged."""
        self._model = open_model("embedder", folder)
        self.name = self._model.fingerprint
        self.dimension = int(self._model.manifest["dimension"])
        self.max_tokens = int(self._model.manifest["max_tokens"])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, one row a text: shape (len(texts), dimension). Tokens past `max_tokens` are not read."""
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}  # each text once: sentences are repeated
        once = list(rows)
        vectors = np.empty((len(once), self.dimension), np.float32)
        for start in range(0, len(once), TEXTS_AT_ONCE):
            tokens = self._tokens(once[start : start + TEXTS_AT_ONCE])
            outputs = self._model.run([{"input_ids": np.array([self._cut(one)], np.int64)} for one in tokens])
            for row, (vector,) in enumerate(outputs, start):
                vectors[row] = vector[0]
        return vectors[[rows[text] for text in texts]] if len(once) < len(texts) else vectors

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        # A lone surrogate cannot be written as UTF-8, which the tokenizer wants; it means nothing, so it becomes "?".
        writable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        return [encoding.ids for encoding in self._model.tokenizer.encode_batch_fast(writable)]

    def _cut(self, tokens: list[int]) -> list[int]:
        # The last token marks the end, and stays the last.
        return tokens if len(tokens) <= self.max_tokens else [*tokens[: self.max_tokens - 1], tokens[-1]]
