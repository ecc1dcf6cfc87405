"""Single statements read by themselves: whether one answers a question, in which words, and what it says of a claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.domain import Span
from rag.models.onnx import WEIGHTS, Inputs, Model
from rag.ports import CloseReading, Entailment, Said

_LONGEST_ANSWER = 24
_MARKS_BETWEEN = 2
"""So many stand after the question or claim: so the encoder was trained."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A statement as the model sees it: `first` is its first token, `offsets` are its tokens' places in its text."""

    tokens: list[int]
    first: int
    offsets: list[tuple[int, int]]


class OnnxCloseReader:
    """Reads with the model in rag/models/weights; safe to share between threads.

    What it reads is `<s> question </s></s> context </s> statement </s>`, each cut to its most tokens: the context from
    the left, so that the innermost part stays.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Read the manifest; the first use opens the model, in 0.05 s. Either raises ModelError for a damaged file."""
        self._model = Model("closereader", folder)
        self._most: dict[str, int] = dict(self._model.manifest["most_tokens"])
        self.name = self._model.fingerprint

    def open(self) -> None:
        """Opens the model, which its first use does otherwise; raises ModelError where a file of it is damaged."""
        _ = self._model.session

    def read(self, question: str, statements: Sequence[Said]) -> list[CloseReading]:
        """One reading for each statement, in the order given."""
        return [
            CloseReading(float(answers[0, 0]), _span(start[0], end[0], first, offsets))
            for (answers, _, start, end), first, offsets in self._outputs(question, statements)
        ]

    def verify(self, claim: str, statements: Sequence[Said]) -> list[Entailment]:
        """One entailment for each statement, in the order given."""
        found = []
        for (_, verdict, _, _), _, _ in self._outputs(claim, statements):
            chances = np.exp(verdict[0] - verdict[0].max())
            found.append(Entailment(*(float(chance) for chance in chances / chances.sum())))
        return found

    def _outputs(
        self, asked: str, statements: Sequence[Said]
    ) -> list[tuple[list[NDArray[np.float32]], int, list[tuple[int, int]]]]:
        read = readable(self._model.tokenizer, asked, statements, self._most)
        inputs: list[Inputs] = [{"input_ids": np.array([one.tokens])} for one in read]
        outputs = self._model.run(inputs)
        return [(output, one.first, one.offsets) for output, one in zip(outputs, read, strict=True)]


def readable(tokenizer: Tokenizer, asked: str, statements: Sequence[Said], most: Mapping[str, int]) -> list[Readable]:
    """A question or claim with each of the statements, as tokens: the most of its parts are given by name."""
    texts = [asked, *(text for one in statements for text in (one.context, one.text))]
    written = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    question, *others = tokenizer.encode_batch(written, add_special_tokens=False)
    begin, stop = tokenizer.encode("").ids
    head = [begin, *question.ids[: most["question"]], *[stop] * _MARKS_BETWEEN]
    read = []
    for context, text in zip(others[::2], others[1::2], strict=True):
        around = [*context.ids[-most["context"] :], stop] if context.ids else []
        said = text.ids[: most["text"]]
        tokens = [*head, *around, *said, stop]
        read.append(Readable(tokens, len(head) + len(around), text.offsets[: len(said)]))
    return read


def _span(
    starts: NDArray[np.float32], ends: NDArray[np.float32], first: int, offsets: list[tuple[int, int]]
) -> Span | None:
    """The likeliest words of the answer, in the statement's text."""
    size = len(offsets)
    if not size:
        return None
    scores = starts[first : first + size, None] + ends[None, first : first + size]
    length = np.arange(size)[None, :] - np.arange(size)[:, None]
    scores = np.where((length >= 0) & (length < _LONGEST_ANSWER), scores, -np.inf)
    start, end = np.unravel_index(int(scores.argmax()), scores.shape)
    return Span(offsets[start][0], offsets[end][1])
