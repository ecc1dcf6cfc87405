"""Claims judged against texts: supported, contradicted, or neither."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.models.onnx import WEIGHTS, Model
from rag.models.reader import windows
from rag.ports import CloseReader, Entailment, Said

_SUPPORTED_AT = 0.5


class OnnxVerifier:
    """Verifies with the model in rag/models/weights; safe to share between threads.

    Method: a cross-encoder with a softmax over three classes (Devlin et al. 2019, BERT, arXiv:1810.04805, §4.1), its
    logits divided by one temperature (Guo et al. 2017, arXiv:1706.04599, §4.2).
    """

    def __init__(self, folder: Path = WEIGHTS, close_reader: CloseReader | None = None) -> None:
        """Read the manifest; the first use opens the model, in 0.05 s. Either raises ModelError for a damaged file."""
        self._close_reader = close_reader
        self._model = Model("verifier", folder)
        manifest = self._model.manifest
        self.name = self._model.fingerprint
        self.max_tokens, self.stride = int(manifest["max_tokens"]), int(manifest["stride"])
        self.temperature = float(manifest["temperature"])

    def open(self) -> None:
        """Opens the model, which its first use does otherwise; raises ModelError where a file of it is damaged."""
        _ = self._model.session

    def verify(self, claim: str, texts: Sequence[str]) -> list[Entailment]:
        """One entailment for each text, in the order given; of a long text, that of the piece that supports it most.

        Where none supports it, that of the piece that says most of it.
        """
        once = list(dict.fromkeys(texts))  # reports repeat each other's sentences
        judged = {
            text: _of_pieces([self._entailment(one) for one in found])
            for text, found in zip(once, self.logits(claim, once), strict=True)
        }
        return [judged[text] for text in texts]

    def verify_closely(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        """One entailment for each statement, read with where it stands; empty without a close reader."""
        return self._close_reader.verify(claim, statements) if self._close_reader else []

    def logits(self, claim: str, texts: Sequence[str]) -> list[list[NDArray[np.float64]]]:
        """What the model says of each piece of each text: supported, contradicted, unsupported, of shape (3,)."""
        titled = [("", text) for text in texts]
        cut = windows(self._model.tokenizer, claim, titled, max_tokens=self.max_tokens, stride=self.stride)
        outputs = iter(self._model.run([window.inputs() for of_text in cut for window in of_text]))
        return [list(_next(outputs, len(of_text))) for of_text in cut]

    def _entailment(self, logits: NDArray[np.float64]) -> Entailment:
        scaled = logits / self.temperature
        chances = np.exp(scaled - scaled.max())
        supported, contradicted, unsupported = (float(chance) for chance in chances / chances.sum())
        return Entailment(supported, contradicted, unsupported)


def _of_pieces(found: Sequence[Entailment]) -> Entailment:
    best = max(found, key=lambda one: one.supported)
    # A piece may end before the words that prove the claim, and then seem to contradict it.
    return best if best.supported >= _SUPPORTED_AT else min(found, key=lambda one: one.unsupported)


def _next(outputs: Iterator[list[NDArray[np.float32]]], count: int) -> Iterator[NDArray[np.float64]]:
    for _ in range(count):
        (logits,) = next(outputs)
        yield logits[0].astype(np.float64)
