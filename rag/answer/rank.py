"""Answers without a language model: the statements of the passages that answer the question, word for word."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.answer.about import About
from rag.answer.cells import restates
from rag.domain import BlockKind, Passage, Span
from rag.evidence.roles import tells_who_to_whom
from rag.evidence.statement import RECORDS, TOLD_ALONE, Statement, statements_of
from rag.ports import CloseReader, CloseReading, Embedder, Library, Reading, Said
from rag.question.answer_types import (
    asks_for_a_total,
    asks_who_to_whom,
    asks_why,
    has_answer_type,
    holds_amount,
)
from rag.question.follow_up import asked_last
from rag.question.subjects import asks_what_is_said
from rag.search.rerank import ReadPassage
from rag.text.words import content_stems, content_words, is_closed, name_in_words, points_back, stem, words

# Which statements are read closely. Fitted by `training/answer_selection.py`, which prints these figures, up to
# `answer_type`; the others are set by hand, for its paragraphs hold no headlines and name nothing that others name.
_FOUND = {
    "similarity": 3.68,
    "coverage": 1.07,
    "context": 1.78,
    "rank": 1.67,
    "relevance": 1.52,
    "answer": 5.59,
    "answer_type": 1.03,
    "fragment": -3.0,
    "reason": 4.0,
    "total": 2.0,
    "asked_before": 4.0,
    "subject": 3.0,
    "acts": 4.0,
}
# Of those that were read, the reading decides; docs/decisions/0021 tells what else was tried beside it.
_READ = {
    "close": 1.0,
    "coverage": 0.27,
    "rank": 0.42,
    "fragment": -0.75,
    "reason": 1.0,
    "total": 3.0,
    "asked_before": 1.0,
    "subject": 0.75,
    "acts": 1.0,
}

_BOILERPLATE = re.compile(
    r"\W*(?:©|\(c\)|copyright\b|all rights reserved|photo:|advertisement\b|read more\b)", re.IGNORECASE
)
_TOTAL = frozenset(content_stems("total payable gesamtbetrag rechnungsbetrag endbetrag")) | {"due"}
_TOTAL = frozenset(content_stems("total payable gesamtbetrag rechnungsbetrag endbetrag")) | {"due"}
PASSAGES_READ = 8
_READ_CLOSELY = 16
_UNREAD = -100.0
"""What is not read comes after all that is."""
_OPEN = 0.4
_FEWEST_STEMS = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A statement, with how well it answers the question."""

    statement: Statement
    score: float
    features: dict[str, float]
    answer: str = ""
    """The words of what it says that the reader takes for the answer; empty where it was not read closely."""

    @property
    def fit(self) -> float:
        """How well it fits what the question names: 0 where it is about something else."""
        return self.features.get("subject", 1.0)


def rank_statements(
    question: str,
    passages: Sequence[ReadPassage],
    *,
    library: Library,
    embedder: Embedder,
    close_reader: CloseReader | None = None,
) -> list[Ranked]:
    """What the best passages say, the best answer first; what several passages say is named once.

    What is about something else than the question names comes after all that is about it. The best are read closely,
    each alone with its context: in a passage of many rows, fields or short sections the reader sees none for itself,
    nor what it is about.
    """
    read = passages[:PASSAGES_READ]
    candidates = [
        _Candidate(rank, one, *around) for rank, one in enumerate(read) for around in _with_previous(one.passage)
    ]
    vectors = embedder.embed([question, *(_compared(candidate.statement) for candidate in candidates)])
    weights = term_weights(question, library)
    about = About.of(question, [one.passage for one in read], library)
    best: dict[str, Ranked] = {}
    for candidate, similarity in zip(candidates, vectors[1:] @ vectors[0], strict=True):
        statement = candidate.statement
        features = _features(question, candidate, weights) | {
            "similarity": float(similarity),
            "subject": about.fit(statement),
        }
        score = _score(_FOUND, features)
        key = " ".join(words(statement.reading if statement.kind in RECORDS else statement.text)).lower()
        same = best.get(key)
        if same is None or same.score < score:
            best[key] = Ranked(statement, score, features)
    ranked = sorted(best.values(), key=_order)
    if asks_what_is_said(question):
        return sorted(ranked, key=lambda one: -one.fit)
    if close_reader is None or not ranked:
        return ranked
    return sorted(_read_closely(question, ranked, close_reader), key=_order)


def _score(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weight * features[name] for name, weight in weights.items())


def _read_closely(question: str, ranked: Sequence[Ranked], reader: CloseReader) -> list[Ranked]:
    best = ranked[:_READ_CLOSELY]
    # One that was put after others it could not tell from them; what these name, the ranking knows.
    asked = asked_last(question)
    readings = reader.read(asked, [Said(one.statement.setting(asked), one.statement.said) for one in best])
    return [
        *(_with_reading(question, one, reading) for one, reading in zip(best, readings, strict=True)),
        *(replace(one, score=one.score + _UNREAD) for one in ranked[_READ_CLOSELY:]),
    ]


def _with_reading(question: str, one: Ranked, reading: CloseReading) -> Ranked:
    answer = reading.answer.of(one.statement.said) if reading.answer else ""
    # A heading, or the month of a bill that is asked about, may sound like an answer, and is none.
    is_none = one.features["fragment"] == 1 or restates(question, one.statement)
    features = one.features | {"close": min(reading.score, 0.0) if is_none else reading.score}
    return replace(one, score=_score(_READ, features), features=features, answer=answer)


def _order(one: Ranked) -> tuple[bool, float, str, Span]:
    return one.fit <= 0, -one.score, one.statement.passage.document, one.statement.span


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


def _compared(statement: Statement) -> str:
    """What is compared with the question: the words, after what they stand under where they say little without it."""
    return statement.reading if statement.kind in TOLD_ALONE else statement.text


class _Candidate:
    """A statement to be scored, with what its words mean where they point back, and what stands around it."""

    def __init__(self, rank: int, read: ReadPassage, statement: Statement, before: str) -> None:
        self.rank, self.reading, self.statement = rank, read.reading, statement
        passage, origin = read.passage, read.passage.origin
        said = statement.said
        self.held = set(content_stems(f"{before} {said}" if before and points_back(said) else said))
        known = [
            origin.title,
            origin.outlet,
            name_in_words(origin.path),
            statement.path,
            statement.beside,
            passage.head,
        ]
        around = " ".join(filter(None, known if statement.kind in RECORDS else [*known, passage.search_text]))
        self.surroundings = _stems_of(around)


@lru_cache(maxsize=512)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))


def _with_previous(passage: Passage) -> Iterator[tuple[Statement, str]]:
    before = ""
    for statement in statements_of(passage):
        yield statement, before
        before = statement.text if statement.kind is BlockKind.PARAGRAPH else ""


def _features(question: str, candidate: _Candidate, weights: dict[str, float]) -> dict[str, float]:
    statement, held, reading = candidate.statement, candidate.held, candidate.reading
    within = statement.span.shifted(-statement.passage.span.start)
    said = _without_asked(question, statement)
    return {
        "rank": 1 / (1 + candidate.rank),
        "relevance": _bounded(reading.relevance) if reading else 0.0,
        "answer": _answer_share(within, reading, _headings(statement.passage)) if reading else 0.0,
        "coverage": _covered(weights, held),
        "context": _covered(weights, held | candidate.surroundings),
        "answer_type": has_answer_type(question, said),
        "fragment": _fragment(statement),
        "reason": has_answer_type(question, said) if asks_why(question) else 0.0,
        "total": float(statement.kind in RECORDS and asks_for_a_total(question) and _is_total(statement)),
        "asked_before": _asked_before(question, statement),
        "acts": float(asks_who_to_whom(question) and tells_who_to_whom(statement.text, set(content_stems(question)))),
    }


def _without_asked(question: str, statement: Statement) -> str:
    """What a statement says beside what the question says itself: `March 2024` answers no question on March 2024."""
    if statement.kind not in RECORDS:
        return statement.said
    asked = {word.lower() for word in words(question)}
    return " ".join(word for word in words(statement.said) if word.lower() not in asked)


def _fragment(statement: Statement) -> float:
    """1 for what is only a part of a statement, as a heading or a byline is; less for a line without a full stop."""
    if statement.kind in RECORDS:
        return 0.0
    closed = is_closed(statement.text)
    is_short = len(set(content_stems(statement.text))) < _FEWEST_STEMS and not (closed and asks(statement.headed))
    if statement.kind is BlockKind.STEP:
        return float(is_short and not closed)  # `3. Fees` heads what follows
    if is_short or statement.kind is BlockKind.HEADING or _BOILERPLATE.match(statement.text):
        return 1.0
    return 0.0 if closed or statement.kind is not BlockKind.PARAGRAPH else _OPEN


def asks(headed: Sequence[str]) -> bool:
    """Whether the last of what a statement stands under is a question."""
    return bool(headed) and headed[-1].endswith(("?", "？"))


def _is_total(statement: Statement) -> bool:
    """Whether a record is called what a paper comes to, and tells an amount: `Total due: 80.10`."""
    named = {stem for name, _ in statement.values for stem in content_stems(name)}
    first = content_stems(statement.value(statement.values[0][1])) if statement.values else []
    return not _TOTAL.isdisjoint(named.union(first)) and holds_amount(statement.said)


def _asked_before(question: str, statement: Statement) -> float:
    """How much of the question the one says that a statement stands under, and that of it, whichever is less."""
    if not asks(statement.headed):
        return 0.0
    one, other = set(content_stems(question)), set(content_stems(statement.headed[-1]))
    return len(one & other) / max(1, len(one), len(other))


def _bounded(relevance: float) -> float:
    """Relevance from -1 to 1."""
    return math.tanh(relevance / 4)


def _headings(passage: Passage) -> list[Span]:
    """Where the headings of a passage stand in its text."""
    held = (block.span for block in passage.blocks if block.kind is BlockKind.HEADING)
    return [span.shifted(-passage.span.start) for span in held if span.within(passage.span)]


def _answer_share(span: Span, reading: Reading, headings: Sequence[Span]) -> float:
    """The probability of an answer, where the reader's best one lies in the statement; less for its next ones.

    One that begins in a headline, which answers nothing, and reaches into the text is of what it reaches into; one that
    lies in it whole does not count among those of the text.
    """
    told = [one for one in reading.answers if span in headings or not any(one.within(head) for head in headings)]
    for place, answer in enumerate(told):
        ends = [one.end for one in headings if one.start <= answer.start < one.end < answer.end]
        if span.start <= answer.start < span.end or any(end <= span.start < answer.end for end in ends):
            return (1 - reading.no_answer) / (1 + place)
    return 0.0


def _covered(weights: dict[str, float], held: set[str]) -> float:
    """The share of the question's matter that these stems hold, by weight."""
    total = sum(weights.values())
    return sum(weight for stemmed, weight in weights.items() if stemmed in held) / total if total > 0 else 0.0
