"""Answers of several things: a list or steps, whole and in order, or the rows that meet a condition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answer.cells import asked_cells
from rag.answer.listing import LISTED, Listing, listing_around, listing_below
from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.answer.rank import Ranked
from rag.domain import AnswerKind, BlockKind
from rag.evidence.shown import number_of
from rag.evidence.statement import Statement
from rag.question.answer_types import asks_for_several, step_beside
from rag.text.words import content_stems, name_in_words

_MOST_LISTED = 12
_OF_THE_ITEM, _OF_THE_LIST = 0.2, 0.4
"""An item that says so little of the question, and what leads to it so much more, is one of several."""
_STEPS_LOOKED_AT = 24
_ON_THE_MATTER = 0.5
"""Steps are those asked for where what they stand under says this share of the question."""
_THE_STEP = 0.6
_STEP_NUMBER = re.compile(r"\b(?:step|schritt)\s+(\d{1,2})\b", re.IGNORECASE)
_NOT_THE_MATTER = frozenset(content_stems("step steps do make get need should can must i way thing things"))


def plan_list(matter: Matter) -> Plan | None:
    """All that is listed, where what answers best is an item, a row or what leads to a list."""
    if not matter.ranked:
        return None
    first = matter.ranked[0]
    said, several = first.statement, asks_for_several(matter.question)
    if said.kind is BlockKind.ROW and several:
        return _rows(matter, first)
    if said.kind in LISTED and (_is_one_of_several(first) or several):
        listing = listing_around(said, matter.library)
        members = _asked_of(matter.question, first, listing) if listing else []
        return _told(members, listing) if listing and len(members) > 1 else None
    leads = said.kind is BlockKind.HEADING and set(content_stems(said.text)) <= set(content_stems(matter.question))
    if leads or (several and said.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)):
        listing = listing_below(said, matter.library)
        return _told(listing.members, listing) if listing and len(listing.members) > 1 else None
    return None


def plan_steps(matter: Matter) -> Plan | None:
    """All steps of what is asked for, numbered, or the one next to the step that the question names."""
    if beside := _step_beside(matter):
        return beside
    asked = set(content_stems(matter.question)) - _NOT_THE_MATTER
    best: Listing | None = None
    share = 0.0
    for one in matter.ranked[:_STEPS_LOOKED_AT]:
        if one.fit <= 0 or one.statement.kind not in LISTED | {BlockKind.HEADING}:
            continue
        find = listing_below if one.statement.kind is BlockKind.HEADING else listing_around
        listing = find(one.statement, matter.library)
        if listing is None or len(listing.members) < 2:
            continue
        told = _share(asked, _above(listing))
        # What heads the steps says what they are for: the document's title alone heads all that it holds.
        if told > share and _share(asked, " ".join(listing.above[-2:])) > 0:
            best, share = listing, told
    if best is None or share < _ON_THE_MATTER or _is_said_by_one(asked, matter.ranked[0], share):
        return None
    steps = _told(best.members, best, kind=AnswerKind.STEPS)
    return replace(steps, marks=tuple(_marks(best))[:_MOST_LISTED], is_certain=share == 1.0 and len(asked) > 1)


def _marks(listing: Listing) -> Iterator[str]:
    """The number of each step: the document's, or its place; none for what is nested below a step."""
    count = 0
    for one, level in zip(listing.members, listing.levels, strict=True):
        count += level == 0
        yield number_of(one.text) or (f"{count}." if level == 0 else "–")


def _is_said_by_one(asked: set[str], first: Ranked, share: float) -> bool:
    """Whether the best statement says more of the question than what the steps stand under."""
    said = first.statement
    return said.kind is not BlockKind.HEADING and _share(asked, said.text) > share


def _step_beside(matter: Matter) -> Plan | None:
    """The step after or before the one that a question names, by its words or its number."""
    asked = step_beside(matter.question)
    steps = [one.statement for one in matter.ranked if one.statement.kind is BlockKind.STEP and one.fit > 0]
    if asked is None or not steps:
        return None
    way, named = asked
    wanted = set(content_stems(named))
    number = _STEP_NUMBER.search(named)
    said = steps[0] if number else max(steps, key=lambda one: _share(wanted, one.text))
    listing = listing_around(said, matter.library)
    if listing is None or (number is None and _share(wanted, said.text) < _THE_STEP):
        return None
    at = int(number.group(1)) - 1 if number else listing.members.index(said)
    if not 0 <= at + way < len(listing.members):
        return None
    return Plan((listing.members[at + way],), kind=AnswerKind.STEPS, is_certain=True)


def _is_one_of_several(first: Ranked) -> bool:
    """Whether a question asks for what the lead-in of a list names and its items do not."""
    features = first.features
    said_above = features.get("context", 0.0) - features["coverage"]
    is_item = first.statement.kind is BlockKind.ITEM
    return is_item and features["coverage"] < _OF_THE_ITEM and said_above >= _OF_THE_LIST


def _asked_of(question: str, first: Ranked, listing: Listing) -> Sequence[Statement]:
    """The members of a list that say of the question what its best one says; all of them where that is nothing."""
    if _is_one_of_several(first):
        return listing.members
    wanted = set(content_stems(question)) & set(content_stems(first.statement.text))
    return [one for one in listing.members if wanted <= set(content_stems(one.text))]


def _rows(matter: Matter, first: Ranked) -> Plan | None:
    """The rows of a table whose cells say of the question what those of the best one say."""
    listing = listing_around(first.statement, matter.library)
    if listing is None:
        return None
    asked = set(content_stems(matter.question))
    wanted = asked & _in_cells(first.statement)
    rows = [one for one in listing.members if wanted <= _in_cells(one)]
    answers = {
        one.statement.span: one.answer for one in matter.ranked if one.statement.passage == first.statement.passage
    }
    told = [replace(one, asked=asked_cells(matter.question, one, answers.get(one.span, ""))) for one in rows]
    return _told(told, listing) if len(told) > 1 else None


def _in_cells(row: Statement) -> set[str]:
    return {stem for _, span in row.values for stem in content_stems(row.value(span))}


def _told(members: Sequence[Statement], listing: Listing, *, kind: AnswerKind = AnswerKind.LIST) -> Plan:
    """Members of a list as an answer: how many, the first of many, and where the others stand."""
    noun = {AnswerKind.STEPS: "steps"}.get(kind, "rows" if members[0].kind is BlockKind.ROW else "items")
    rest = len(members) - _MOST_LISTED
    path = members[0].passage.origin.path
    under = f", under “{listing.above[-1]}”" if listing.above else ""
    notice = f"{rest} more {noun if rest > 1 else noun[:-1]} in {path}{under}." if rest > 0 else ""
    return Plan(tuple(members[:_MOST_LISTED]), lead=f"{len(members)} {noun}:", notice=notice, kind=kind)


def _above(listing: Listing) -> str:
    origin = listing.members[0].passage.origin
    return " ".join([*listing.above, origin.title or "", name_in_words(origin.path)])


def _share(asked: set[str], text: str) -> float:
    return len(asked & set(content_stems(text))) / len(asked) if asked else 0.0
