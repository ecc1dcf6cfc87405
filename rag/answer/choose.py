"""Which of the ranked statements make the answer: one record, or the best of the prose."""

from collections.abc import Sequence
from dataclasses import replace

from rag.answer.cells import asked_cells
from rag.answer.rank import Ranked, asks
from rag.domain import BlockKind, Span
from rag.evidence.bearer import with_bearer
from rag.evidence.fit import IN_DOCUMENT
from rag.evidence.same_subject import are_twins
from rag.evidence.shown import with_subject
from rag.evidence.statement import RECORDS, TOLD_ALONE, Statement
from rag.question.answer_types import asks_for_steps
from rag.text.words import content_stems, words

_MOST_STATEMENTS = 4
_KEEP_WITHIN = 4.0
"""A further statement is kept where its score is at most this much below the best one's."""
_LONGEST_WAY = 50
"""So many words at most tell in prose how something is done."""
_REPEATED_AT = 0.7
_LIKELY, _AS_LIKELY = 0.3, 0.8
"""A further statement is told too where the reader takes it for the answer nearly as surely as the first."""
_NEVER_ADDED = RECORDS | {BlockKind.HEADING}


def choose(
    question: str,
    ranked: Sequence[Ranked],
    *,
    limit: int = _MOST_STATEMENTS,
    within: float = _KEEP_WITHIN,
    only_asked: bool = True,
) -> list[Statement]:
    """The statements that make the answer: the best, then those nearly as good that add what was asked for.

    What a record says is an answer by itself. In prose, what stands under another heading is another matter, and so is
    what says the same of something else.
    """
    if not ranked:
        return []
    first = ranked[0]
    if first.statement.kind in TOLD_ALONE:
        asked = asked_cells(question, first.statement, first.answer)
        return [replace(first.statement, asked=asked) if asked else _with_what_it_is_of(question, first.statement)]
    if asks_for_steps(question):
        return _whole_way(first, ranked)
    if (told := with_bearer(question, first.statement)).asked:
        return [told]
    chosen = [first.statement]
    for one in ranked[1:]:
        if len(chosen) == limit or one.score < first.score - within:
            break
        is_other = one.fit < IN_DOCUMENT <= first.fit
        if is_other or one.statement.kind in _NEVER_ADDED or _is_beside(one.statement, first.statement):
            continue
        if only_asked and not _adds(question, one, first, chosen):
            continue
        if not any(_repeats(one.statement.text, other.text) or are_twins(one.statement, other) for other in chosen):
            chosen.append(one.statement)
    return chosen


def _with_what_it_is_of(question: str, statement: Statement) -> Statement:
    told = with_bearer(question, statement)
    return told if told.asked else with_subject(question, statement)


def _whole_way(first: Ranked, ranked: Sequence[Ranked]) -> list[Statement]:
    """The best statement on how something is done, with what stands around it in its paragraph, or in its answer."""
    said = first.statement
    beside = sorted(
        {one.statement for one in ranked if _is_of_one_way(one.statement, said)},
        key=lambda one: (one.span < said.span, abs(one.span.start - said.span.start)),
    )
    way = [said]
    for one in beside:
        if sum(len(words(other.text)) for other in (*way, one)) > _LONGEST_WAY:
            break
        way.append(one)
    return sorted(way, key=lambda one: one.span)


def _is_of_one_way(one: Statement, said: Statement) -> bool:
    """Whether two statements are of one paragraph, or of the answer to one question of the document."""
    if one == said or one.kind is not said.kind or one.passage != said.passage or one.context != said.context:
        return False
    same = Span(min(one.span.start, said.span.start), max(one.span.end, said.span.end))
    return asks(said.headed) or any(same.within(block.span) for block in said.passage.blocks)


def _adds(question: str, one: Ranked, first: Ranked, chosen: Sequence[Statement]) -> bool:
    """Whether a statement says something that the question asks for and that is not said yet."""
    if one.score >= first.score:
        return True  # it answers another part of the question
    if one.features.get("answer", 1.0) >= max(_LIKELY, _AS_LIKELY * first.features.get("answer", 1.0)):
        return True  # the reader cannot tell which of them answers
    for name in ("reason", "answer_type"):
        if one.features.get(name, 0.0) > max(first.features.get(name, 0.0), 0.0):
            return True
    said = {stem for other in chosen for stem in content_stems(f"{other.reading} {other.passage.origin.title or ''}")}
    return not set(content_stems(question)) & set(content_stems(one.statement.text)) <= said


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
