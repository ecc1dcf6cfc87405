"""Whether the documents answer a question: a probability, from how well their best sentences fit it."""

import math
from collections.abc import Sequence

from rag.answer.rank import PASSAGES_READ, Ranked
from rag.domain import Passage
from rag.evidence.fit import IN_CONTEXT
from rag.question.answer_types import asks_for_one
from rag.question.subjects import asks_what_is_said
from rag.search.rerank import ReadPassage
from rag.text.moments import moments_of
from rag.text.words import content_stems, content_words, name_stems, stem, words

# Where nothing was read closely. Fitted by `training/answer_selection.py`, which prints these figures, save the last:
# its questions never ask what somebody said.
_BY_PASSAGES = {
    "answer": 1.41,
    "missing": -2.35,
    "near": 0.87,
    "names": 1.4,
    "one": -0.26,
    "bias": -2.38,
    "only_named": 3.0,
}
# Where the best statements were read closely, nothing else helps: docs/decisions/0021.
_BY_STATEMENTS = {"close": 0.45, "close_any": 0.11, "acts": 1.0, "report": 0.6, "elsewhere": -2.0, "bias": -0.75}
_MOST_CLOSE = 8.0
"""However sure a close reading is, it counts no more."""


def answerable(question: str, ranked: Sequence[Ranked], passages: Sequence[ReadPassage]) -> float:
    """The probability that the passages, best first, answer the question; `ranked` is what they say."""
    if not ranked or not content_words(question):  # `?` and `what is it` name nothing that could be found
        return 0.0
    if "close" in ranked[0].features:
        weights, features = _BY_STATEMENTS, features_of_statements(ranked)
    else:
        weights, features = _BY_PASSAGES, features_of_passages(question, ranked, passages)
    return 1 / (1 + math.exp(-sum(weight * features[name] for name, weight in weights.items())))


def features_of_statements(ranked: Sequence[Ranked]) -> dict[str, float]:
    """What the close readings of the best statements say together; `ranked` must not be empty."""
    first = ranked[0]
    read = [one.features["close"] for one in ranked if one.fit > 0 and "close" in one.features]
    # What leads may be another one, such as the total of a bill; and of something else the first may be the answer.
    close = _bounded(max(read)) if read else min(_bounded(first.features["close"]), 0.0)
    return {
        "close": close,
        "close_any": _bounded(math.log(sum(map(math.exp, read)))) if read else 0.0,
        "elsewhere": float(not read),
        "acts": first.features["acts"],
        "report": float(first.statement.passage.origin.outlet is not None),
        "bias": 1.0,
    }


def features_of_passages(question: str, ranked: Sequence[Ranked], passages: Sequence[ReadPassage]) -> dict[str, float]:
    """What the reader says of the passages, and how near the statements are; `ranked` must not be empty.

    A long question is near no single sentence, not even where it is answered, so nearness counts by its length.
    """
    read = passages[:PASSAGES_READ]
    readings = [one.reading for one in read if one.reading]
    nearest = max(one.features["similarity"] for one in ranked)
    return {
        "answer": max(((1 - one.no_answer) * (1 + math.tanh(one.relevance / 4)) / 2 for one in readings), default=0.0),
        "missing": readings[0].no_answer if readings else 0.5,
        "near": nearest * (1 + math.log(max(1, len(set(content_stems(question)))))),
        "names": _names_found(question, [one.passage for one in read]),
        "one": float(asks_for_one(question)),
        "only_named": float(ranked[0].fit >= IN_CONTEXT and asks_what_is_said(question)),
        "bias": 1.0,
    }


def _bounded(close: float) -> float:
    return max(-_MOST_CLOSE, min(_MOST_CLOSE, close))


def _names_found(question: str, passages: Sequence[Passage]) -> float:
    """The share of the question's names and numbers that the passages hold, days in any form; 1 where it has none."""
    asked = set(name_stems(question))
    if not asked:
        return 1.0
    held: set[str] = set()
    moments = moments_of(question)
    for passage in passages:
        origin = passage.origin
        text = " ".join(filter(None, [passage.search_text, origin.title, origin.outlet, origin.published]))
        held.update(stem(word) for word in words(text))
        told = moments_of(text) if moments else []
        for moment in moments:
            if any(moment.is_named_by(one) for one in told):
                held.update(stem(word) for word in words(moment.span.of(question)))
    return len(asked & held) / len(asked)
