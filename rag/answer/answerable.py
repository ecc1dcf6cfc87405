"""Whether the documents answer a question: a probability, from how well their best sentences fit it."""

import math
from collections.abc import Sequence

from rag.answer.cells import is_addressed, is_given
from rag.answer.rank import PASSAGES_READ, Ranked
from rag.domain import Passage
from rag.evidence.fit import IN_CONTEXT
from rag.evidence.statement import TOLD_ALONE
from rag.question.answer_types import asks_for_one
from rag.question.subjects import asks_what_is_said
from rag.search.rerank import ReadPassage
from rag.text.moments import moments_of
from rag.text.words import content_stems, content_words, name_in_words, name_stems, stem, words

# Fitted by `training/answer_selection.py`, which prints these figures, up to `one`; the others are set by hand, for its
# paragraphs are no records, and name what they are about.
_WEIGHTS = {
    "answer": 1.41,
    "missing": -2.35,
    "near": 0.87,
    "names": 1.4,
    "one": -0.26,
    "record": 3.0,
    "only_named": 3.0,
    "addressed": 1.5,
    "elsewhere": -2.0,
    "acts": 1.0,
    "close": 0.3,
    "close_any": 0.3,
    "report": 0.85,
    "bias": -2.38,
}


_MOST_CLOSE = 8.0
"""However sure a close reading is, it counts no more."""
# What is asked for, and not what it is asked of.
_KINDS = frozenset(content_stems("day date time month year number amount period much many long old name list"))


def answerable(question: str, ranked: Sequence[Ranked], passages: Sequence[ReadPassage]) -> float:
    """The probability that the passages, best first, answer the question; `ranked` is what they say."""
    if not ranked or not content_words(question):  # `?` and `what is it` name nothing that could be found
        return 0.0
    features = answerable_features(question, ranked, passages)
    return 1 / (1 + math.exp(-sum(_WEIGHTS[name] * value for name, value in features.items())))


def answerable_features(question: str, ranked: Sequence[Ranked], passages: Sequence[ReadPassage]) -> dict[str, float]:
    """What `answerable` weighs; `ranked` must not be empty.

    A long question is near no single sentence, not even where it is answered, so nearness counts by its length.
    """
    read = passages[:PASSAGES_READ]
    readings = [one.reading for one in read if one.reading]
    nearest = max(one.features["similarity"] for one in ranked)
    read_closely = [one.features["close"] for one in ranked if one.fit > 0 and "close" in one.features]
    close = _bounded(ranked[0].features.get("close", 0.0))
    return {
        "answer": max(((1 - one.no_answer) * (1 + math.tanh(one.relevance / 4)) / 2 for one in readings), default=0.0),
        "missing": readings[0].no_answer if readings else 0.5,
        "near": nearest * (1 + math.log(max(1, len(set(content_stems(question)))))),
        "names": _names_found(question, [one.passage for one in read]),
        "one": float(asks_for_one(question)),
        "record": _told_by_record(question, ranked[0]),
        "addressed": float(is_addressed(question, ranked[0].statement)),
        "elsewhere": float(ranked[0].fit <= 0),
        "acts": ranked[0].features.get("acts", 0.0),
        "close": min(close, 0.0) if ranked[0].fit <= 0 else close,  # of something else it may be the answer
        "close_any": _bounded(math.log(sum(map(math.exp, read_closely)))) if read_closely else 0.0,
        "report": float(ranked[0].statement.passage.origin.outlet is not None),
        "only_named": float(ranked[0].fit >= IN_CONTEXT and asks_what_is_said(question)),
        "bias": 1.0,
    }


def _bounded(close: float) -> float:
    return max(-_MOST_CLOSE, min(_MOST_CLOSE, close))


def _told_by_record(question: str, best: Ranked) -> float:
    """How much of the question a row, a field or an item says, from -0.5 to 0.5; 0 where the best is none of these.

    The reader has learned from prose: that a row holds what is asked for it sees too seldom.
    """
    asked = set(content_stems(question)) - _KINDS
    if best.statement.kind not in TOLD_ALONE or not asked:
        return 0.0
    origin = best.statement.passage.origin
    told = f"{best.statement.reading} {best.statement.beside} {origin.title or ''} {name_in_words(origin.path)}"
    values = [best.statement.value(span) for _, span in best.statement.values]
    amounts = {one for one in asked if one[0].isdigit() and any(is_given(value, {one}) for value in values)}
    return len(asked & (amounts | set(content_stems(told)))) / len(asked) - 0.5


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
