"""What the words of a question mean in a table: a column, the table itself, or a condition that rows must meet."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from rag.evidence.tables.columns import (
    columns_named,
    holds_item,
    holds_part,
    is_flag,
    is_headed,
    is_yes,
    kindred_columns,
    units_of,
)
from rag.evidence.tables.generic import GENERIC, VERBS
from rag.evidence.tables.table import Record, Table, stems_of
from rag.evidence.tables.times import are_all_told, in_one, moments_around, moments_of_cell, within
from rag.question.limits import Limit, Times
from rag.question.operation import HINTED, Operation
from rag.text.quantities import TIME, UNITS
from rag.text.words import STOPWORDS, content_stems, stem, words

_NEGATES = re.compile(
    r"(?:\b(?:not|without|except|excluding|other than|nicht|ohne|never)|n['’]t|\bnon-?)\W+"
    r"(?:(?:yet|been|the|in|from|a)\W+)?$",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|in|on|of|from) (?:the|our|my|this) (?P<place>\w+ \w+)\b", re.IGNORECASE)
_NEGATIONS = frozenset("not without except excluding never nicht ohne non".split())
_DATED = frozenset(content_stems("date day when booked datum booking buchung"))

Meets = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Match:
    """How the words of a question lie in a table, and which of its records meet them."""

    table: Table
    records: tuple[int, ...]
    """The places of the records that meet every condition."""
    named: frozenset[str] = frozenset()
    """The columns that words name."""
    naming: frozenset[str] = frozenset()
    """The stems that name the table or one of its columns."""
    kindred: frozenset[str] = frozenset()
    """The stems that name a column by a word of the same family."""
    valued: dict[str, frozenset[str]] = field(default_factory=dict)
    """The stems that are a condition, with the columns that hold them."""
    missing: tuple[str, ...] = ()
    """The words that nothing in the table says."""
    loose: tuple[str, ...] = ()
    """Words that set no condition, perhaps."""
    limited: frozenset[str] = frozenset()
    """The columns that the question limits, to an amount or a time."""
    flags: frozenset[str] = frozenset()
    """The columns of yes and no that words name: they set a condition, and are nothing that is counted."""


@dataclass(slots=True)
class _Reading:
    """A match while the words are read one by one."""

    conditions: list[Meets] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    naming: set[str] = field(default_factory=set)
    kindred: set[str] = field(default_factory=set)
    valued: dict[str, frozenset[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    limited: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)


def match(operation: Operation, table: Table) -> Match:
    """What the words of an operation mean in a table."""
    reading = _Reading()
    said = [word for word in words(operation.left) if word.lower() not in STOPWORDS]
    stems = frozenset(stem(word) for word in said)
    _read_words(said, stems, operation, table, reading)
    for limit in operation.limits:
        _read_limit(limit, table, reading)
    for alike in in_one(operation.times):
        _read_times(alike, table, reading)
    if operation.alternatives and _read_alternatives(operation.alternatives, table, reading) and reading.named:
        _place(operation.left, reading)
    met = tuple(
        place for place, record in enumerate(table.records) if all(meets(record) for meets in reading.conditions)
    )
    return Match(
        table,
        met,
        frozenset(reading.named),
        frozenset(reading.naming),
        frozenset(reading.kindred),
        reading.valued,
        tuple(reading.missing),
        tuple(reading.loose),
        frozenset(reading.limited),
        frozenset(reading.flags),
    )


def _read_words(
    said: Sequence[str], stems: frozenset[str], operation: Operation, table: Table, reading: _Reading
) -> None:
    hinted = frozenset(content_stems(HINTED.get(operation.hint, ""))) if operation.hint else frozenset()
    found: dict[tuple[frozenset[str], bool], list[str]] = {}
    negating = [word for word in said if word.lower() in _NEGATIONS]
    for word in (word for word in said if word not in negating):
        root = stem(word)
        if unsaid := _denied_flags(word, table):
            found.setdefault((unsaid, True), []).append("")
            reading.flags |= unsaid
            reading.naming.add(root)
            continue
        whole = frozenset(column for column in table.columns if holds_item(table, column, root, stems))
        named = columns_named(root, table)
        flags = {column for column in named if is_flag(table, column)}
        denied = _is_denied(word, operation.left)
        if whole:
            found.setdefault((whole, denied), []).append(root)
        elif flags:
            found.setdefault((frozenset(flags), denied), []).append("")
            reading.flags |= flags
            reading.naming.add(root)
        elif named:
            reading.named |= named
            reading.naming.add(root)
        elif any(root in record.stems for record in table.records):
            reading.naming.add(root)
            if not all(root in record.stems for record in table.records):
                reading.conditions.append(partial(_is_said_of, root))
        elif holding := frozenset(column for column in table.columns if holds_part(table, column, root)):
            found.setdefault((holding, denied), []).append(root)
        elif any(root in record.beside for record in table.records):
            reading.naming.add(root)
            if not all(root in record.beside for record in table.records):
                reading.conditions.append(partial(_is_said_beside, root))
        elif root in GENERIC or root in hinted or word.lower() in UNITS:
            continue
        elif kin := kindred_columns(root, table):
            reading.named |= kin
            reading.kindred.add(root)
        elif root in VERBS:
            continue
        elif word.lower().endswith("ed") and word.islower():
            reading.loose.append(word)
        else:
            reading.missing.append(word)
    if negating and not any(denied for _, denied in found):
        reading.missing += negating  # what they deny is nothing that the table says
    for (columns, denied), roots in found.items():
        reading.valued.update({root: columns for root in roots if root})
        reading.conditions.append(_condition(table, columns, roots, denied=denied))


def _condition(table: Table, columns: frozenset[str], roots: Sequence[str], *, denied: bool) -> Meets:
    """That a record holds these words in one of the columns: all of them, or any where no record holds all."""

    def holds(record: Record, root: str) -> bool:
        texts = [record.cells[column].text for column in columns if column in record.cells]
        if not root:
            return any(is_yes(text) for text in texts)
        return any(root in stems_of(text) for text in texts)

    together = any(all(holds(record, root) for root in roots) for record in table.records)

    def meets(record: Record) -> bool:
        held = [holds(record, root) for root in roots]
        return (all(held) if together else any(held)) != denied

    return meets


def _says_no(column: str, record: Record) -> bool:
    return column in record.cells and not is_yes(record.cells[column].text)


def _is_said_of(root: str, record: Record) -> bool:
    return root in record.stems


def _is_said_beside(root: str, record: Record) -> bool:
    return root in record.beside


def _denied_flags(word: str, table: Table) -> frozenset[str]:
    """The columns of yes and no whose name a word denies: `unpaid` of `Paid`."""
    if not word.lower().startswith("un"):
        return frozenset()
    return frozenset(column for column in columns_named(stem(word[2:]), table) if is_flag(table, column))


def _is_denied(word: str, text: str) -> bool:
    at = text.find(word)
    return at > 0 and _NEGATES.search(text[:at]) is not None


def _read_limit(limit: Limit, table: Table, reading: _Reading) -> None:
    bound = limit.low or limit.high
    assert bound is not None
    columns = table.clocks if bound.unit == TIME else table.amounts
    if limit.is_none_left:
        left = [column for column in table.columns if table.column_stems[column] & limit.stems]
        if flags := [column for column in left if is_flag(table, column)]:
            reading.flags.add(flags[0])
            reading.conditions.append(partial(_says_no, flags[0]))
            return
        columns = {column: columns[column] for column in left if column in columns}
    wanted = [column for column in columns if column in reading.named or table.column_stems[column] & limit.stems]
    wanted = wanted or [column for column in columns if bound.unit and bound.unit in units_of(table, column)]
    hints = [hint for hint, told in HINTED.items() if limit.stems & _HINTING[hint]]
    hinted = [
        column for column in columns if any(table.column_stems[column] & stems_of(HINTED[hint]) for hint in hints)
    ]
    wanted = wanted or hinted or list(columns)
    if len(wanted) > 1 and hinted:
        wanted = [column for column in wanted if column in hinted] or wanted
    if len(wanted) != 1:
        reading.missing.append("limit")
        return
    column = wanted[0]
    reading.limited.add(column)
    reading.named.discard(column)
    values = {id(record): value for record, value in zip(table.records, columns[column], strict=True)}

    def meets(record: Record) -> bool:
        value = values[id(record)]
        return value is not None and limit.holds(value.value)

    reading.conditions.append(meets)


_HINTING = {
    "money": stems_of("cheaper dearer cost price euro pound dollar"),
    "birth": stems_of("older younger age old years"),
    "length": stems_of("longer shorter minutes hours"),
    "height": stems_of("taller higher"),
    "weight": stems_of("heavier lighter"),
    "pace": stems_of("faster slower"),
    "heat": stems_of("warmer colder hotter degrees"),
    "noise": stems_of("louder quieter db"),
    "when": frozenset[str](),
    "service": frozenset[str](),
}


def _read_times(alike: tuple[Times, ...], table: Table, reading: _Reading) -> None:
    """That a record is of one of these times, and that each of them has its record."""
    is_plain = all(one.first == one.last and not one.way for one in alike)
    heads = [[column for column in table.columns if is_headed(column, one)] for one in alike]
    if is_plain and all(heads):
        reading.named.update(column for columns in heads for column in columns)
        return
    columns = list(table.days)
    named = [column for column in columns if column in reading.named]
    dated = [column for column in columns if table.column_stems[column] & _DATED]
    chosen = columns if len(columns) == 1 else named if len(named) == 1 else dated if len(dated) == 1 else []
    if chosen:
        reading.limited.add(chosen[0])
        told = [moments_of_cell(record.cells.get(chosen[0])) for record in table.records]
    else:
        told = [moments_around(record) for record in table.records]
    if not (chosen or all(told)) or not are_all_told(alike, told):
        reading.missing.append("time")
        return
    within_one = {
        id(record): any(within(times, one) for times in alike for one in moments)
        for record, moments in zip(table.records, told, strict=True)
    }
    reading.conditions.append(lambda record: within_one[id(record)])


def _read_alternatives(alternatives: Sequence[str], table: Table, reading: _Reading) -> bool:
    """That a record is one of those that a question lets choose from; each must be just one of the table's."""
    chosen: list[int] = []
    for named in alternatives:
        wanted = stems_of(named)
        held = [
            id(record)
            for record in table.records
            if any(wanted <= stems_of(cell.text) for cell in record.cells.values())
        ]
        if len(held) != 1:
            reading.missing.append(named)
            return False
        chosen += held
        reading.valued.update(dict.fromkeys(wanted, frozenset(table.columns)))
    reading.conditions.append(lambda record: id(record) in chosen)
    return True


def _place(left: str, reading: _Reading) -> None:
    """Takes no word amiss that only tells more of where the things are: `at the bicycle workshop` of a workshop."""
    for found in _AT.finditer(left):
        *before, last = words(found["place"])
        if stem(last) in reading.naming:
            reading.loose += [word for word in reading.missing if word in before]
            reading.missing = [word for word in reading.missing if word not in before]
