"""Answers without a language model: the statements of the passages that answer the question, word for word."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.answer.about import About
from rag.answer.cells import asked_cells, is_given
from rag.domain import BlockKind, Passage, Span
from rag.evidence.statement import RECORDS, Statement, statements_of
from rag.evidence.subject import IN_DOCUMENT, are_twins
from rag.ports import Embedder, Library, Reader, Reading
from rag.question.answer_types import asks_for_several, asks_for_steps, has_answer_type, lacks_asked_kind
from rag.search.rerank import ReadPassage
from rag.text.words import content_stems, content_words, is_closed, name_in_words, points_back, stem, words

# Fitted by `training/answer_selection.py`, which prints these figures. The last two are set by hand: the paragraphs
# it learns from hold no headlines, and name nothing that others of the kind name differently.
_WEIGHTS = {
    "similarity": 3.68,
    "coverage": 1.07,
    "context": 1.78,
    "rank": 1.67,
    "relevance": 1.52,
    "answer": 5.59,
    "answer_type": 1.03,
    "fragment": -3.0,
    "other_type": -3.0,
    "given": 1.5,
    "quoted": -1.5,
    "subject": 3.0,
    "alone_relevance": 2.0,
    "alone_answer": 4.0,
}

_BOILERPLATE = re.compile(
    r"\W*(?:©|\(c\)|copyright\b|all rights reserved|photo:|advertisement\b|read more\b)", re.IGNORECASE
)
PASSAGES_READ = 8
_READ_ALONE = 16
_MOST_STATEMENTS = 4
_MOST_LISTED = 12
_AS_MUCH = 0.01
_FEWEST_STEMS = 3
_KEEP_WITHIN = 3.0
"""A further statement is kept where its score is at most this much below the best one's."""
_REPEATED_AT = 0.7


@dataclass(frozen=True, slots=True)
class Ranked:
    """A statement, with how well it answers the question."""

    statement: Statement
    score: float
    features: dict[str, float]
    answer: str = ""
    """The words of the statement's reading that the reader takes for the answer; empty where it was not read alone."""

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
    reader: Reader | None = None,
) -> list[Ranked]:
    """What the best passages say, the best answer first; what several passages say is named once.

    What is about something else than the question names comes after all that is about it. Where the best is a row, a
    field or an item, the best are read once more, each alone with its context: in a passage of many of them the reader
    sees none for itself.
    """
    read = passages[:PASSAGES_READ]
    candidates = [
        _Candidate(rank, one, *around) for rank, one in enumerate(read) for around in _with_previous(one.passage)
    ]
    vectors = embedder.embed([question, *(candidate.statement.reading for candidate in candidates)])
    weights = term_weights(question, library)
    about = About.of(question, [one.passage for one in read], library)
    best: dict[str, Ranked] = {}
    for candidate, similarity in zip(candidates, vectors[1:] @ vectors[0], strict=True):
        statement = candidate.statement
        features = _features(question, candidate, weights) | {
            "similarity": float(similarity),
            "subject": about.fit(statement),
        }
        score = sum(_WEIGHTS[name] * value for name, value in features.items())
        key = " ".join(words(statement.reading if statement.kind in RECORDS else statement.text)).lower()
        same = best.get(key)
        if same is None or same.score < score:
            best[key] = Ranked(statement, score, features)
    ranked = sorted(best.values(), key=_order)
    if reader is None or not ranked or ranked[0].statement.kind not in RECORDS:
        return ranked
    return sorted(_read_alone(question, ranked, reader), key=_order)


def _read_alone(question: str, ranked: Sequence[Ranked], reader: Reader) -> list[Ranked]:
    said = [one.statement for one in ranked[:_READ_ALONE]]
    alone = [replace(one.passage, text=one.reading, search_text=one.reading) for one in said]
    readings = reader.read(question, alone)
    return [
        *(_with_reading(one, reading) for one, reading in zip(ranked, readings, strict=False)),
        *ranked[_READ_ALONE:],
    ]


def _with_reading(one: Ranked, reading: Reading) -> Ranked:
    features = {"alone_relevance": _bounded(reading.relevance), "alone_answer": 1 - reading.no_answer}
    score = one.score + sum(_WEIGHTS[name] * value for name, value in features.items())
    answer = reading.answers[0].of(one.statement.reading) if reading.answers else ""
    return replace(one, score=score, features=one.features | features, answer=answer)


def _order(one: Ranked) -> tuple[bool, float, str, Span]:
    return one.fit <= 0, -one.score, one.statement.passage.document, one.statement.span


def choose(
    question: str, ranked: Sequence[Ranked], *, limit: int = _MOST_STATEMENTS, within: float = _KEEP_WITHIN
) -> list[Statement]:
    """The statements that make the answer: the best, then those nearly as good that say something new.

    What a record says is an answer by itself, save where several are asked for: then all that say as much of the
    question follow, in their order. In prose, what stands under another heading is another matter, and so is what says
    the same of something else.
    """
    if not ranked:
        return []
    first = ranked[0]
    if first.statement.kind in RECORDS | {BlockKind.STEP}:
        is_way = first.statement.kind is BlockKind.STEP and asks_for_steps(question)
        several = _of_one_list(first, ranked, all_of_it=is_way) if is_way or asks_for_several(question) else [first]
        return [replace(one.statement, asked=asked_cells(question, one.statement, one.answer)) for one in several]
    chosen = [first.statement]
    for one in ranked[1:]:
        if len(chosen) == limit or one.score < first.score - within:
            break
        is_other = one.fit < IN_DOCUMENT <= first.fit
        if is_other or one.statement.kind in RECORDS or _is_beside(one.statement, first.statement):
            continue
        if not any(_repeats(one.statement.text, other.text) or are_twins(one.statement, other) for other in chosen):
            chosen.append(one.statement)
    return chosen


def _of_one_list(first: Ranked, ranked: Sequence[Ranked], *, all_of_it: bool) -> list[Ranked]:
    """What stands in the list or table of the best one, in its order: all, or what says as much of the question."""
    said = first.statement
    alike = [
        one
        for one in ranked
        if one.statement.kind is said.kind
        and one.statement.passage.document == said.passage.document
        and one.statement.headed == said.headed
        and (all_of_it or one.features["coverage"] >= first.features["coverage"] - _AS_MUCH)
        and (all_of_it or one.fit >= first.fit)
    ]
    return sorted(alike, key=lambda one: one.statement.span)[:_MOST_LISTED]


def _is_beside(one: Statement, first: Statement) -> bool:
    """Whether a statement stands in the same document under another heading."""
    return one.passage.document == first.passage.document and one.context != first.context


def lead_with(parts: Sequence[Sequence[Ranked]], ranked: Sequence[Ranked]) -> list[Ranked]:
    """The ranked statements after the best one for each part of the question, which count as much as the first."""
    first = max((one.score for one in ranked), default=0.0)
    leading = [replace(part[0], score=first) for part in parts if part]
    led = {one.statement for one in leading}
    return [*leading, *(one for one in ranked if one.statement not in led)]


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


class _Candidate:
    """A statement to be scored, with what its words mean where they point back, and what stands around it."""

    def __init__(self, rank: int, read: ReadPassage, statement: Statement, before: str) -> None:
        self.rank, self.reading, self.statement = rank, read.reading, statement
        passage, origin = read.passage, read.passage.origin
        said = statement.said
        self.held = set(content_stems(f"{before} {said}" if before and points_back(said) else said))
        known = [origin.title, origin.outlet, name_in_words(origin.path), statement.path, statement.beside]
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
        "fragment": float(_is_fragment(statement)),
        "given": _given(question, statement),
        "quoted": float(statement.kind is BlockKind.QUOTED),
        "other_type": float(
            statement.kind in RECORDS and lacks_asked_kind(question, _without_asked(question, statement))
        ),
    }


def _given(question: str, statement: Statement) -> float:
    """How many cells of a row the question says, two at most: they tell the row from its neighbours."""
    if statement.kind is not BlockKind.ROW:
        return 0.0
    asked = set(content_stems(question))
    return min(2.0, sum(is_given(statement.value(span), asked) for _, span in statement.values))


def _without_asked(question: str, statement: Statement) -> str:
    """What a statement says beside what the question says itself: `March 2024` answers no question on March 2024."""
    if statement.kind not in RECORDS:
        return statement.said
    asked = {word.lower() for word in words(question)}
    return " ".join(word for word in words(statement.said) if word.lower() not in asked)


def _is_fragment(statement: Statement) -> bool:
    """Whether a statement is only a part of one, as a heading or a byline is."""
    if statement.kind in RECORDS:
        return False
    is_short = statement.kind is not BlockKind.STEP and len(set(content_stems(statement.text))) < _FEWEST_STEMS
    is_open = statement.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and not is_closed(statement.text)
    return is_open or is_short or _BOILERPLATE.match(statement.text) is not None


def _bounded(relevance: float) -> float:
    """Relevance from -1 to 1."""
    return math.tanh(relevance / 4)


def _headings(passage: Passage) -> list[Span]:
    """Where the headings of a passage stand in its text."""
    held = (block.span for block in passage.blocks if block.kind is BlockKind.HEADING)
    return [span.shifted(-passage.span.start) for span in held if span.within(passage.span)]


def _answer_share(span: Span, reading: Reading, headings: Sequence[Span]) -> float:
    """The probability of an answer, where the reader's best one lies in the statement; less for its next ones.

    One that begins in a headline, which answers nothing, and reaches into the text is of what it reaches into.
    """
    for place, answer in enumerate(reading.answers):
        ends = [one.end for one in headings if one.start <= answer.start < one.end < answer.end]
        if span.start <= answer.start < span.end or any(end <= span.start < answer.end for end in ends):
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
