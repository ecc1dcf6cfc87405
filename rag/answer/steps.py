"""Answers of steps: all of what is asked for, numbered and in order, or the one beside the step that is named."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.answer.listing import LISTED, Listing, listing_around, listing_below
from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.answer.rank import Ranked
from rag.answer.several import told
from rag.domain import AnswerKind, BlockKind
from rag.evidence.shown import number_of
from rag.question.answer_types import step_beside
from rag.text.words import content_stems, name_in_words

_LOOKED_AT = 24
_ON_THE_MATTER = 0.5
"""Steps are those asked for where what they stand under says this share of the question."""
_THE_STEP = 0.6
_STEP_NUMBER = re.compile(r"\b(?:step|schritt)\s+(\d{1,2})\b", re.IGNORECASE)
_NOT_THE_MATTER = frozenset(content_stems("step steps do make get need should can must i way thing things"))


def plan_steps(matter: Matter) -> Plan | None:
    """All steps of what is asked for, numbered, or the one next to the step that the question names."""
    if beside := _step_beside(matter):
        return beside
    asked = set(content_stems(matter.question)) - _NOT_THE_MATTER
    best: Listing | None = None
    share = 0.0
    for one in matter.ranked[:_LOOKED_AT]:
        if one.fit <= 0 or one.statement.kind not in LISTED | {BlockKind.HEADING}:
            continue
        find = listing_below if one.statement.kind is BlockKind.HEADING else listing_around
        listing = find(one.statement, matter.library)
        if listing is None or len(listing.members) < 2:
            continue
        share_above = _share(asked, _above(listing))
        # What heads the steps says what they are for: the document's title alone heads all that it holds.
        if share_above > share and _share(asked, " ".join(listing.above[-2:])) > 0:
            best, share = listing, share_above
    if best is None or _is_said_by_one(asked, matter.ranked[0], share):
        return None
    first = matter.ranked[0].statement
    leads_there = first.kind is BlockKind.STEP and first in best.members  # however others call what it is for
    if share < _ON_THE_MATTER and not leads_there:
        return None
    steps = told(best.members, best, kind=AnswerKind.STEPS)
    return replace(steps, marks=tuple(_marks(best)), is_certain=share == 1.0 and len(asked) > 1)


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


def _above(listing: Listing) -> str:
    origin = listing.members[0].passage.origin
    return " ".join([*listing.above, origin.title or "", name_in_words(origin.path)])


def _share(asked: set[str], text: str) -> float:
    return len(asked & set(content_stems(text))) / len(asked) if asked else 0.0
