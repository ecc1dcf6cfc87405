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
    """None where it was not read."""


def rerank(question: str, found: Sequence[ScoredPassage], *, reader: Reader | None, limit: int) -> list[ReadPassage]:
    """The best passages, best first, at most `limit`; those after the first 32, and without a reader, as found."""
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
    read.sort(key=lambda one: -one.score)
    unread = (ReadPassage(one.passage, read[-1].score) for one in found[CANDIDATES:])
    return [*read, *unread][:limit]


def rerank_features(place: int, reading: Reading) -> dict[str, float]:
    """What a passage's place is made of; `place` counts from 0."""
    return {"relevance": reading.relevance, "place": -math.log1p(place)}
