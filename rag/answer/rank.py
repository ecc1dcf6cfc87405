"""Answers without a language model: the sentences of the passages that answer the question, word for word."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.domain import Passage, Period, Span
from rag.ports import Embedder, Library, Reading
from rag.question.answer_types import has_answer_type
from rag.search.rerank import ReadPassage
from rag.text.dates import named_periods
from rag.text.sentences import sentences
from rag.text.words import asks_the_same, content_stems, content_words, is_closed, points_back, stem, words

# Fitted by `training/answer_selection.py`, which prints these figures. The last three are set by hand: the paragraphs
# it learns from hold neither questions nor headlines, and few days.
_SENTENCE_WEIGHTS = {
    "similarity": 3.68,
    "coverage": 1.07,
    "context": 1.78,
    "rank": 1.67,
    "relevance": 1.52,
    "answer": 5.59,
    "answer_type": 1.03,
    "question": -1.5,
    "fragment": -3.0,
    "other_time": -3.0,
}

_BOILERPLATE = re.compile(
    r"\W*(?:©|\(c\)|copyright\b|all rights reserved|photo:|advertisement\b|read more\b)", re.IGNORECASE
)
PASSAGES_READ = 8
_MAX_SENTENCES = 4
_KEEP_WITHIN = 3.0
"""A further sentence is kept where its score is at most this much below the best one's."""
_REPEATED_AT = 0.7


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage, with how well it answers the question; `span` lies in the document's text."""

    passage: Passage
    span: Span
    text: str
    score: float
    features: dict[str, float]


def rank_sentences(
    question: str, passages: Sequence[ReadPassage], *, library: Library, embedder: Embedder
) -> list[Sentence]:
    """The sentences of the best passages, the best answer first; one that several passages hold is named once."""
    read = passages[:PASSAGES_READ]
    candidates = [
        candidate
        for rank, one in enumerate(read)
        for candidate in _candidates(rank, one)
        if not asks_the_same(candidate.text, question)
    ]
    vectors = embedder.embed([question, *(candidate.text for candidate in candidates)])
    weights = term_weights(question, library)
    times = [period for _, period in named_periods(question)]
    ranked: dict[str, Sentence] = {}
    for candidate, similarity in zip(candidates, vectors[1:] @ vectors[0], strict=True):
        passage = candidate.passage
        features = _features(question, candidate, weights, times) | {"similarity": float(similarity)}
        score = sum(_SENTENCE_WEIGHTS[name] * value for name, value in features.items())
        sentence = Sentence(passage, candidate.span.shifted(passage.span.start), candidate.text, score, features)
        same = ranked.get(key := " ".join(words(candidate.text)).lower())
        if same is None or same.score < score:
            ranked[key] = sentence
    return sorted(ranked.values(), key=lambda sentence: (-sentence.score, sentence.passage.document, sentence.span))


def choose(ranked: Sequence[Sentence], *, limit: int = _MAX_SENTENCES, within: float = _KEEP_WITHIN) -> list[Sentence]:
    """The sentences that make the answer: the best, then those nearly as good that say something new."""
    chosen: list[Sentence] = []
    for sentence in ranked:
        if len(chosen) == limit or sentence.score < ranked[0].score - within:
            break
        if not any(_repeats(sentence.text, other.text) for other in chosen):
            chosen.append(sentence)
    return chosen


def lead_with(parts: Sequence[Sequence[Sentence]], ranked: Sequence[Sentence]) -> list[Sentence]:
    """The ranked sentences after the best one for each part of the question, which count as much as the first."""
    first = max((sentence.score for sentence in ranked), default=0.0)
    leading = [replace(part[0], score=first) for part in parts if part]
    spans = {(sentence.passage.document, sentence.span) for sentence in leading}
    return [*leading, *(one for one in ranked if (one.passage.document, one.span) not in spans)]


def term_weights(question: str, library: Library) -> dict[str, float]:
    """How telling each content word of the question is, by stem: its inverse document frequency in the library.

    A word that the library does not know weighs nothing.
    """
    terms = {stem(word): word for word in content_words(question)}
    frequencies, total = library.document_frequencies(list(terms.values()))
    return {
        term: math.log((total + 1) / (frequency + 0.5)) if frequency else 0.0
        for term, frequency in zip(terms, frequencies, strict=True)
    }


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence to be scored; `span` lies in the passage's text."""

    rank: int
    passage: Passage
    reading: Reading | None
    span: Span
    text: str
    meaning: str
    """The sentence, with the one before it where it begins with a word such as `It` that points back."""
    surroundings: frozenset[str]
    """The stems of the passage, with its title and outlet."""


def _candidates(rank: int, read: ReadPassage) -> Iterator[_Candidate]:
    passage, before = read.passage, ""
    origin = passage.origin
    around = frozenset(content_stems(" ".join(filter(None, [passage.search_text, origin.title, origin.outlet]))))
    for span in sentences(passage.search_text):
        text = span.of(passage.search_text)
        meaning = f"{before} {text}" if points_back(text) else text
        yield _Candidate(rank, passage, read.reading, span, text, meaning, around)
        before = text


def _features(
    question: str, candidate: _Candidate, weights: dict[str, float], times: Sequence[Period]
) -> dict[str, float]:
    text, held = candidate.text.rstrip(), set(content_stems(candidate.meaning))
    reading = candidate.reading
    return {
        "rank": 1 / (1 + candidate.rank),
        "relevance": _bounded(reading.relevance) if reading else 0.0,
        "answer": _answer_share(candidate.span, reading) if reading else 0.0,
        "coverage": _covered(weights, held),
        "context": _covered(weights, held | candidate.surroundings),
        "answer_type": has_answer_type(question, text),
        "question": float(text.endswith("?")),
        "other_time": float(_is_of_another_time(times, text)),
        "fragment": float(not is_closed(text) or len(held) < 3 or _BOILERPLATE.match(text) is not None),
    }


def _is_of_another_time(asked: Sequence[Period], text: str) -> bool:
    """Whether the question names days, months or years, and the sentence names others and none in them."""
    told = [period for _, period in named_periods(text)] if asked else []
    return bool(told) and not any(one.overlaps(other) for one in asked for other in told)


def _bounded(relevance: float) -> float:
    """Relevance from -1 to 1."""
    return math.tanh(relevance / 4)


def _answer_share(span: Span, reading: Reading) -> float:
    """The probability of an answer, where the reader's best one lies in the sentence; less for its next ones."""
    for place, answer in enumerate(reading.answers):
        if span.start <= answer.start < span.end:
            return (1 - reading.no_answer) / (1 + place)
    return 0.0


def _covered(weights: dict[str, float], held: set[str]) -> float:
    """The share of the question's matter that these stems hold, by weight."""
    total = sum(weights.values())
    return sum(weight for stemmed, weight in weights.items() if stemmed in held) / total if total > 0 else 0.0


def _repeats(text: str, other: str) -> bool:
    """Whether two sentences say much the same: most of the shorter one stands in the other, and no number differs."""
    first, second = set(content_stems(text)), set(content_stems(other))
    if any(word[0].isdigit() for word in first ^ second):
        return False  # `64 barges` does not repeat `87 barges`
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) / smaller >= _REPEATED_AT
