"""Puts the passages that answer first: the reader's judgement and the place they were found at, together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rag.domain import Passage, ScoredPassage
from rag.ports import Reader, Reading

CANDIDATES = 32
"""How many of the passages found are read."""
# Fitted by `training/answer_selection.py`: a passage's share of a softmax over the candidates.
_WEIGHTS = {"relevance": 1.0, "place": 1.0}


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the reader finds in it; `score` is comparable within one question only."""

    passage: Passage
    score: float
    reading: Reading | None = None
    """None where there is no reader."""


def rerank(question: str, found: Sequence[ScoredPassage], *, reader: Reader | None, limit: int) -> list[ReadPassage]:
    """The best passages, best first, at most `limit`; without a reader, in the order found."""
    if reader is None:
        return [ReadPassage(one.passage, one.score) for one in found[:limit]]
    candidates = found[:CANDIDATES]
    readings = reader.read(question, [one.passage for one in candidates])
    read = [
        ReadPassage(
            one.passage, sum(_WEIGHTS[name] * value for name, value in rerank_features(place, reading).items()), reading
        )
        for place, (one, reading) in enumerate(zip(candidates, readings, strict=True))
    ]
    return sorted(read, key=lambda one: -one.score)[:limit]


def rerank_features(place: int, reading: Reading) -> dict[str, float]:
    """What a passage's place is made of; `place` counts from 0."""
    return {"relevance": reading.relevance, "place": -math.log1p(place)}
