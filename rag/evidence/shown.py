"""A statement as an answer shows it: without the mark or number of a list, and a row or field as values with names."""

import re
from dataclasses import replace

from rag.domain import BlockKind, Span
from rag.evidence.statement import Statement
from rag.text.words import content_stems, name_stems

# Bullets, what Markdown leaves, `[4] `; where an item or a step begins also `1. `, `2.3 `, `b) `, `Step 3: `.
_SIGN = re.compile(r"[-–—*•·▪◦‣>#|]+[ \t]+|\[\d{1,3}\]\s+")
_MARK = re.compile(
    r"(?:step|schritt)\s+\d{1,3}\s*[.:)]\s+|\d{1,3}(?:\.\d{1,3})*\s*[.)]\s+|\d{1,3}(?:\.\d{1,3})+\s+(?-i:(?![a-zà-ÿ]))"
    r"|\([a-z\d]{1,3}\)\s+|[a-z]\)\s+|§\s*\d{1,3}[a-z]?\s+",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:(?:step|schritt)\s+\d{1,3}\s*[.:)]|\d{1,3}(?:\.\d{1,3})*[.)]|\d{1,3}(?:\.\d{1,3})+|\(?[a-z]\)|\[\d{1,3}\]"
    r"|§\s*\d{1,3}[a-z]?)(?=\s)",
    re.IGNORECASE,
)
_LABEL_AND_VALUE = 2
_LONGEST_SUBJECT = 9
"""Words of a heading or a field that are told beside a value."""
_TRAILING = re.compile(r"[\s|#]+$")


def shown(statement: Statement) -> Statement:
    """The statement without what only marks its place in a list; its span leaves that out too."""
    if statement.kind in (BlockKind.ROW, BlockKind.FIELD, BlockKind.TERM):
        return statement
    place = statement.span.shifted(-statement.passage.span.start)
    text, start = place.of(statement.passage.search_text), 0
    for marks in (_SIGN, _MARK) if _begins_an_item(statement) else (_SIGN,):
        if mark := marks.match(text, start):
            start = mark.end()
    end = len(text) - len(trailing.group()) if (trailing := _TRAILING.search(text)) else len(text)
    if not any(map(str.isalpha, text[start:end])):
        return statement
    return replace(statement, span=Span(statement.span.start + start, statement.span.start + end))


def _begins_an_item(statement: Statement) -> bool:
    """Whether an item or a step begins with a statement: elsewhere `3. May` and `2.5 km` are no marks."""
    if statement.kind not in (BlockKind.ITEM, BlockKind.STEP):
        return False
    passage, start = statement.passage, statement.span.start
    before = (Span(one.span.start, start) for one in passage.blocks if one.span.start <= start < one.span.end)
    return all(
        not one.shifted(-passage.span.start).of(passage.text).strip() for one in before if one.within(passage.span)
    )


def written(statement: Statement) -> str:
    """What an answer says of a statement: the cells that are asked for, values with their names, or its words."""
    if statement.asked:
        return statement.asked
    named = [(name, statement.value(span)) for name, span in statement.values]
    if statement.kind is BlockKind.ROW and len(named) == _LABEL_AND_VALUE:
        return f"{named[0][1]}: {named[1][1]}"  # `Weight: 11.4 kg`, whatever the columns are called
    if statement.kind in (BlockKind.ROW, BlockKind.FIELD) and named:
        return "; ".join(f"{name.rstrip(': ')}: {value}" if name else value for name, value in named if value)
    return statement.text


def with_subject(question: str, statement: Statement) -> Statement:
    """A field with the words of its document that say what it is of: `Total: 49.90 — Electricity bill for April 2025`.

    As it is where it holds itself the names and numbers of the question, or nothing short around it does.
    """
    if statement.kind is not BlockKind.FIELD:
        return statement
    missing = set(name_stems(question)) - set(content_stems(statement.said))
    told = {span: text for span in fields_around(statement) if is_short(text := statement.value(span))}
    best = max(told, key=lambda one: (len(missing & set(content_stems(told[one]))), -len(told[one])), default=None)
    if best is None or not missing & set(content_stems(told[best])):
        return statement
    return replace(statement, asked=f"{written(statement)} — {told[best]}", subject=best)


def is_short(text: str) -> bool:
    """Whether words are few enough to be told beside a value."""
    return 0 < len(text.split()) <= _LONGEST_SUBJECT


def fields_around(statement: Statement) -> list[Span]:
    """What a field stands under, and the other fields of its record, as far as its passage holds them."""
    passage = statement.passage
    records = {one.record for one in passage.blocks if one.span.start <= statement.span.start < one.span.end}
    beside = [one.span for one in passage.blocks if one.record in records - {None}]
    spans = [*(quote.span for quote in statement.context), *beside]
    return [one for one in spans if one.within(passage.span) and not statement.span.within(one)]


def number_of(text: str) -> str:
    """The number that words begin with in a list, as it is written: `3.`, `Step 2.`, `[4]`; empty without one."""
    found = _NUMBER.match(text)
    return found.group().strip() if found else ""
