"""Which of the ranked statements make the answer: one record, a whole list, or the best of the prose."""

from collections.abc import Sequence
from dataclasses import replace

from rag.answer.cells import asked_cells
from rag.answer.rank import Ranked
from rag.domain import BlockKind
from rag.evidence.fit import IN_DOCUMENT
from rag.evidence.same_subject import are_twins
from rag.evidence.statement import RECORDS, Statement
from rag.question.answer_types import asks_for_several, asks_for_steps
from rag.text.words import content_stems

_MOST_STATEMENTS = 4
_MOST_LISTED = 12
_AS_MUCH = 0.01
_OF_THE_ITEM, _OF_THE_LIST = 0.2, 0.4
"""An item that says so little of the question, and what leads to it so much more, is one of several."""
_KEEP_WITHIN = 3.0
"""A further statement is kept where its score is at most this much below the best one's."""
_REPEATED_AT = 0.7


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
        whole = _is_whole_list_asked(question, first)
        several = _of_one_list(first, ranked, all_of_it=whole) if whole or asks_for_several(question) else [first]
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


def _is_whole_list_asked(question: str, first: Ranked) -> bool:
    """Whether a question asks for all steps, or for what the lead-in of a list names and its items do not."""
    kind, features = first.statement.kind, first.features
    if kind is BlockKind.STEP and asks_for_steps(question):
        return True
    said_above = features["context"] - features["coverage"]
    return kind is BlockKind.ITEM and features["coverage"] < _OF_THE_ITEM and said_above >= _OF_THE_LIST


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


def _repeats(text: str, other: str) -> bool:
    """Whether two sentences say much the same: most of the shorter one stands in the other, and no number differs."""
    first, second = set(content_stems(text)), set(content_stems(other))
    if any(word[0].isdigit() for word in first ^ second):
        return False  # `64 barges` does not repeat `87 barges`
    smaller = min(len(first), len(second))
    return smaller > 0 and len(first & second) / smaller >= _REPEATED_AT
