"""Puts the passages that answer first: the reader's judgement and the place they were found at, together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.domain import Passage, ScoredPassage
from rag.ports import Reader, Reading

CANDIDATES = 32
"""How many of the passages found are read."""
_OF_A_STORY = 2
_MUCH_BETTER = 3.0
"""By so much more, about four of the reader's points, a third passage of a story is worth more than another story's."""
# Fitted by `training/answer_selection.py`: a passage's share of a softmax over the candidates.
_WEIGHTS = {"relevance": 0.72, "place": 1.22}


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage with what the reader finds in it; `score` is comparable within one question only."""

    passage: Passage
    score: float
    reading: Reading | None = None
    """None where it was not read."""


def rerank(
    question: str, found: Sequence[ScoredPassage], *, reader: Reader | None, limit: int, keep_order: bool = False
) -> list[ReadPassage]:
    """The best passages, best first, at most `limit`; those after the first 32, and without a reader, as found.

    With `keep_order` they are read and stay as found: the passages for a question in parts take turns, part by part,
    and the reader, who judges by the whole question, would put those of one part first.
    """
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
    if not keep_order:
        read.sort(key=lambda one: -one.score)
    unread = (ReadPassage(one.passage, read[-1].score) for one in found[CANDIDATES:])
    return [*read, *unread][:limit]


def spread(read: Sequence[ReadPassage], stories: Mapping[str, str], *, limit: int) -> list[ReadPassage]:
    """The best passages, so that no single document makes the answer while others say something about as good.

    From the third of its story on, a passage lets those of other stories go first, save such as are much worse: a
    manual often holds all that is asked for. One that stands in a further copy of the story says nothing new, and
    comes last. `stories` names the story of a document; copies of one another have the same.
    """
    told: dict[str, list[str]] = {}
    first: list[ReadPassage] = []
    waiting: list[ReadPassage] = []
    copies: list[ReadPassage] = []
    for one in read:
        document = one.passage.document
        of_story = told.setdefault(stories.get(document, document), [])
        if len(of_story) < _OF_A_STORY:
            of_story.append(document)
            first += [other for other in waiting if other.score > one.score + _MUCH_BETTER]
            waiting = [other for other in waiting if other.score <= one.score + _MUCH_BETTER]
            first.append(one)
        else:
            (waiting if document in of_story else copies).append(one)
    return [*first, *waiting, *copies][:limit]


def rerank_features(place: int, reading: Reading) -> dict[str, float]:
    """What a passage's place is made of; `place` counts from 0."""
    return {"relevance": reading.relevance, "place": -math.log1p(place)}
