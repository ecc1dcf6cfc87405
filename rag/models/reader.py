"""Passages judged against a question: how relevant, where the answer stands, and whether there is none."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from rag.domain import Passage, Span
from rag.models.onnx import WEIGHTS, Inputs, Model
from rag.ports import Reading

ANSWERS = 3
QUESTION_TOKENS = 96
TITLE_TOKENS = 24
_BEST_ENDS = 20
"""How many starts and ends are paired; the best span has seldom a worse one."""


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a passage as the reader sees it: `[CLS] question [SEP] title [SEP] piece [SEP]`, no title, no `[SEP]`.

    `first` is where the piece begins among the tokens; `offsets` are its tokens' places in the passage's text.
    """

    tokens: list[int]
    types: list[int]
    first: int
    offsets: list[tuple[int, int]]

    def inputs(self) -> Inputs:
        """The window as the model takes it: both arrays of shape (1, tokens)."""
        return {"input_ids": np.array([self.tokens], np.int64), "token_type_ids": np.array([self.types], np.int64)}


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What the model says of one window, as logits.

    `missing` is by how much no answer outscores the best span; `spans` holds each candidate's score and its place in
    the passage's text.
    """

    relevance: float
    missing: float
    spans: list[tuple[float, Span]]


class OnnxReader:
    """Reads passages with the model in rag/models/weights; safe to share between threads.

    Method: answers as a start and an end, none as the first token (Devlin et al. 2019, BERT, arXiv:1810.04805, §4.3).
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Read the manifest; the first use opens the model, in 0.05 s. Either raises ModelError for a damaged file."""
        self._model = Model("reader", folder)
        manifest = self._model.manifest
        self.name = self._model.fingerprint
        self.max_tokens, self.stride = int(manifest["max_tokens"]), int(manifest["stride"])
        self._max_answer_tokens = int(manifest["max_answer_tokens"])
        self._calibration = {name: float(value) for name, value in manifest["no_answer"].items()}

    def open(self) -> None:
        """Opens the model, which its first use does otherwise; raises ModelError where a file of it is damaged."""
        _ = self._model.session

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading for each passage, in the order given; answers lie in the passage's own text, best first."""
        return [self._reading(found) for found in self.read_windows(question, passages)]

    def read_windows(self, question: str, passages: Sequence[Passage]) -> list[list[WindowReading]]:
        """What the model says of each window of each passage; a passage has at least one."""
        texts = [(passage.origin.title or "", passage.search_text) for passage in passages]
        cut = windows(self._model.tokenizer, question, texts, max_tokens=self.max_tokens, stride=self.stride)
        outputs = iter(self._model.run([window.inputs() for of_passage in cut for window in of_passage]))
        return [[self._window_reading(window, next(outputs)) for window in of_passage] for of_passage in cut]

    def _window_reading(self, window: Window, outputs: list[NDArray[np.float32]]) -> WindowReading:
        relevance, starts, ends = (output[0].astype(np.float64) for output in outputs)
        spans = list(_spans(window, starts, ends, self._max_answer_tokens))
        best = max((score for score, _ in spans), default=-math.inf)
        return WindowReading(float(relevance[0]), float(starts[0] + ends[0]) - best, spans)

    def _reading(self, found: list[WindowReading]) -> Reading:
        spans = [candidate for window in found for candidate in window.spans]
        spans.sort(key=lambda candidate: (-candidate[0], candidate[1]))
        return Reading(
            relevance=max(window.relevance for window in found),
            answers=tuple(_apart(span for _, span in spans)),
            no_answer=min(self._no_answer(window) for window in found),  # one window with an answer is enough
        )

    def _no_answer(self, window: WindowReading) -> float:
        if not window.spans:
            return 1.0
        weights = self._calibration
        logit = weights["missing"] * window.missing + weights["bias"]
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))  # the bounds keep exp from overflowing


def windows(
    tokenizer: Tokenizer, question: str, texts: Sequence[tuple[str, str]], *, max_tokens: int, stride: int
) -> list[list[Window]]:
    """Each text, given with its title or "", as pieces of at most `max_tokens` with the question.

    Two pieces share `stride` tokens.
    """
    written = [_writable(part) for part in (question, *chain.from_iterable(texts))]
    asked, *encoded = tokenizer.encode_batch(written, add_special_tokens=False)
    start_mark, end_mark = tokenizer.encode("").ids
    head = [start_mark, *asked.ids[:QUESTION_TOKENS], end_mark]

    def windows_of(titled: Encoding, held: Encoding) -> list[Window]:
        name = [*titled.ids[:TITLE_TOKENS], end_mark] if titled.ids else []
        room = max_tokens - len(head) - len(name) - 1
        ids, offsets = held.ids, held.offsets
        return [
            Window(
                tokens=[*head, *name, *ids[start:end], end_mark],
                types=[0] * len(head) + [1] * (len(name) + end - start + 1),
                first=len(head) + len(name),
                offsets=offsets[start:end],
            )
            for start, end in _pieces(len(ids), room, stride)
        ]

    return [windows_of(titled, held) for titled, held in zip(encoded[::2], encoded[1::2], strict=True)]


def _pieces(length: int, room: int, stride: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start + room < length:
        yield start, start + room
        start += max(1, room - stride)
    yield start, length


def _writable(text: str) -> str:
    # A lone surrogate cannot be written as UTF-8, which the tokenizer wants; "?" keeps every place where it is.
    return text.encode("utf-8", "replace").decode("utf-8")


def _spans(
    window: Window, starts: NDArray[np.float64], ends: NDArray[np.float64], max_answer_tokens: int
) -> Iterator[tuple[float, Span]]:
    """The likeliest spans of a window with their scores, in no order."""
    inside = slice(window.first, window.first + len(window.offsets))
    starts, ends = starts[inside], ends[inside]
    firsts, lasts = np.argsort(-starts)[:_BEST_ENDS], np.argsort(-ends)[:_BEST_ENDS]
    length = lasts[None, :] - firsts[:, None]
    rows, columns = np.nonzero((length >= 0) & (length < max_answer_tokens))
    firsts, lasts = firsts[rows], lasts[columns]
    scores = (starts[firsts] + ends[lasts]).tolist()
    for score, start, end in zip(scores, firsts.tolist(), lasts.tolist(), strict=True):
        yield score, Span(window.offsets[start][0], window.offsets[end][1])


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The first spans of which no two overlap."""
    chosen: list[Span] = []
    for span in spans:
        if span.end > span.start and all(span.end <= other.start or other.end <= span.start for other in chosen):
            chosen.append(span)
        if len(chosen) == ANSWERS:
            break
    return chosen
