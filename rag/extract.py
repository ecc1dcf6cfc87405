"""Answers without a language model: the sentences of the passages that answer the question, word for word."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer_types import has_answer_type
from rag.domain import Passage, Span
from rag.ports import Embedder, Entailment, Library, Reading, Verifier
from rag.rerank import ReadPassage
from rag.stated import stated
from rag.words import asks_the_same, content_stems, content_words, points_back, sentences, stem, words

# Fitted by `training/answer_selection.py`, which prints these figures. The last two are set by hand: the paragraphs it
# learns from hold neither questions nor headlines.
_SENTENCE_WEIGHTS = {
    "similarity": 3.68,
    "coverage": 1.07,
    "context": 1.78,
    "rank": 1.67,
    "relevance": 1.52,
    "answer": 5.59,
    "answer_type": 1.03,
    "unknown": 0.0,  # the same for all sentences of a question
    "question": -1.5,
    "fragment": -3.0,
}
_ANSWERABLE_WEIGHTS = {
    "answer": 1.45,
    "relevance": 0.86,
    "missing": -3.72,
    "said": 0.72,
    "denied": 0.04,
    "similarity": 3.34,
    "coverage": 0.57,
    "context": -1.48,
    "names": 0.23,
    "unknown": 1.08,
    "answer_type": -0.22,
    "bias": -1.86,
}

_TERMINAL = re.compile(r"[.!?…][\"'”’)\]]*$")
_BOILERPLATE = re.compile(
    r"\W*(?:©|\(c\)|copyright\b|all rights reserved|photo:|advertisement\b|read more\b)", re.IGNORECASE
)
_PASSAGES_READ = 8
_ANSWERS_CHECKED = 2
_UNCHECKED = Entailment(supported=0.5, contradicted=0.0, unsupported=0.5)
_MAX_SENTENCES = 3
_KEEP_WITHIN = 2.4
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
    read = passages[:_PASSAGES_READ]
    candidates = [
        candidate
        for rank, one in enumerate(read)
        for candidate in _candidates(rank, one)
        if not asks_the_same(candidate.text, question)
    ]
    vectors = embedder.embed([question, *(candidate.text for candidate in candidates)])
    weights = term_weights(question, library)
    ranked: dict[str, Sentence] = {}
    for candidate, similarity in zip(candidates, vectors[1:] @ vectors[0], strict=True):
        passage = candidate.passage
        features = _features(question, candidate, weights) | {"similarity": float(similarity)}
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


def answerable(
    question: str, ranked: Sequence[Sentence], passages: Sequence[ReadPassage], verifier: Verifier | None = None
) -> float:
    """The probability that the documents answer the question, from how well their best sentences fit it."""
    if not ranked:
        return 0.0
    features = answerable_features(question, ranked, passages, verifier)
    return 1 / (1 + math.exp(-sum(_ANSWERABLE_WEIGHTS[name] * value for name, value in features.items())))


def answerable_features(
    question: str, ranked: Sequence[Sentence], passages: Sequence[ReadPassage], verifier: Verifier | None = None
) -> dict[str, float]:
    """What `answerable` weighs."""
    best, read = ranked[:3], passages[:_PASSAGES_READ]
    readings = [one.reading for one in read if one.reading]
    checked = _checked(question, read, verifier) if verifier else _UNCHECKED
    return {
        "said": checked.supported,
        "denied": checked.contradicted,
        "answer": max(sentence.features["answer"] for sentence in best),
        "relevance": max((_bounded(reading.relevance) for reading in readings), default=0.0),
        "missing": min((reading.no_answer for reading in readings), default=0.5),
        "similarity": max(sentence.features["similarity"] for sentence in best),
        "coverage": max(sentence.features["coverage"] for sentence in best),
        "context": max(sentence.features["context"] for sentence in best),
        "unknown": best[0].features["unknown"],
        "names": _names_found(question, [one.passage for one in read]),
        "answer_type": max(sentence.features["answer_type"] for sentence in best),
        "bias": 1.0,
    }


def _checked(question: str, read: Sequence[ReadPassage], verifier: Verifier) -> Entailment:
    """What the verifier says of the reader's likeliest answers, put as statements: of the best supported one."""
    answered = [(one.reading, one.passage.search_text) for one in read if one.reading and one.reading.answers]
    answered.sort(key=lambda found: found[0].no_answer)
    judged = [
        verifier.verify(stated(question, " ".join(reading.answers[0].of(text).split())), [text])[0]
        for reading, text in answered[:_ANSWERS_CHECKED]
    ]
    return max(judged, key=lambda entailment: entailment.supported, default=_UNCHECKED)


def term_weights(question: str, library: Library) -> dict[str, float]:
    """How telling each content word of the question is, by stem: its inverse document frequency in the library.

    A word that the library does not know weighs nothing here; `answerable` counts it.
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


def _features(question: str, candidate: _Candidate, weights: dict[str, float]) -> dict[str, float]:
    text, held = candidate.text.rstrip(), set(content_stems(candidate.meaning))
    reading = candidate.reading
    return {
        "rank": 1 / (1 + candidate.rank),
        "relevance": _bounded(reading.relevance) if reading else 0.0,
        "answer": _answer_share(candidate.span, reading) if reading else 0.0,
        "coverage": _covered(weights, held),
        "context": _covered(weights, held | candidate.surroundings),
        "answer_type": has_answer_type(question, text),
        "unknown": sum(weight == 0 for weight in weights.values()) / max(1, len(weights)),
        "question": float(text.endswith("?")),
        "fragment": float(not _TERMINAL.search(text) or len(held) < 3 or _BOILERPLATE.match(text) is not None),
    }


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


def _names_found(question: str, passages: Sequence[Passage]) -> float:
    """The share of the question's names and numbers that the passages hold; 1 where it has none."""
    asked = {
        stem(word) for index, word in enumerate(words(question)) if word[0].isdigit() or (index and word[0].isupper())
    }
    if not asked:
        return 1.0
    held: set[str] = set()
    for passage in passages:
        origin = passage.origin
        held.update(
            stem(word)
            for word in words(
                " ".join(filter(None, [passage.search_text, origin.title, origin.outlet, origin.published]))
            )
        )
    return len(asked & held) / len(asked)


def _repeats(text: str, other: str) -> bool:
    """Whether two sentences say much the same: most of the shorter one stands in the other, and no number differs."""
    first, second = set(content_stems(text)), set(content_stems(other))
    if any(word[0].isdigit() for word in first ^ second):
        return False  # `64 barges` does not repeat `87 barges`
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) / smaller >= _REPEATED_AT
