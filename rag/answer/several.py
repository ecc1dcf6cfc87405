"""Answers of several things: a list, whole and in order, or the rows of a table that meet a condition."""

from collections.abc import Sequence

from rag.answer.contents import contents_asked
from rag.answer.listing import LISTED, Listing, listing_around, listing_below
from rag.answer.matter import Matter
from rag.answer.plan import MOST_LISTED, Plan
from rag.answer.rank import Ranked
from rag.answer.rows import row_of_flags, rows_alike, rows_asked
from rag.domain import AnswerKind, BlockKind
from rag.evidence.statement import Statement
from rag.question.answer_types import asks_for_several
from rag.text.words import content_stems

_OF_THE_ITEM, _OF_THE_LIST = 0.2, 0.4
"""An item that says so little of the question, and what leads to it so much more, is one of several."""


def plan_list(matter: Matter) -> Plan | None:
    """All that is listed, where what answers best is an item, a row or what leads to a list."""
    if not matter.ranked:
        return None
    if listing := contents_asked(matter):
        return told(listing.members, listing)
    first, several = matter.ranked[0], asks_for_several(matter.question)
    said = first.statement
    if several and (row := said if said.kind is BlockKind.ROW else row_of_flags(matter)):
        table = listing_around(row, matter.library)
        return _if_several(rows_asked(matter, row, table.members), table) if table else None
    if said.kind is BlockKind.ROW:
        table = listing_around(said, matter.library)
        return _if_several(rows_alike(matter, said, table.members), table) if table else None
    if said.kind in LISTED and (_is_one_of_several(first) or several):
        listing = listing_around(said, matter.library)
        return _if_several(_asked_of(matter.question, first, listing), listing) if listing else None
    leads = said.kind is BlockKind.HEADING and set(content_stems(said.text)) <= set(content_stems(matter.question))
    if leads or (several and said.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)):
        listing = listing_below(said, matter.library)
        return _if_several(listing.members, listing) if listing else None
    return None


def _if_several(members: Sequence[Statement], listing: Listing) -> Plan | None:
    return told(members, listing) if len(members) > 1 else None


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


def told(members: Sequence[Statement], listing: Listing, *, kind: AnswerKind = AnswerKind.LIST) -> Plan:
    """Members of a list as an answer: how many, the first of many, and where the others stand."""
    noun = {AnswerKind.STEPS: "steps"}.get(kind, "entries" if members[0].kind is BlockKind.ROW else "items")
    rest = len(members) - MOST_LISTED
    path = members[0].passage.origin.path
    under = f", under “{listing.above[-1]}”" if listing.above else ""
    notice = f"{rest} more in {path}{under}." if rest > 0 else ""
    return Plan(tuple(members[:MOST_LISTED]), lead=f"{len(members)} {noun}:", notice=notice, kind=kind)
