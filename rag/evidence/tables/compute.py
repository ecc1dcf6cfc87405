"""What a table comes to: how many of its records meet what a question says, the total of a column, the highest."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from rag.evidence.tables.columns import TIMES, has_money, kin_of, units_of
from rag.evidence.tables.conditions import Match, match
from rag.evidence.tables.measure import (
    BALANCE,
    COUNTING,
    IN,
    NUMBERS,
    OUT,
    Values,
    called,
    measures,
    not_filled_in,
    of_several_units,
    operands_of,
    people_columns,
    value_at,
)
from rag.evidence.tables.result import Operand, Result
from rag.evidence.tables.superlative import superlative
from rag.evidence.tables.table import Table, stems_of
from rag.question.answer_types import asks_who
from rag.question.operation import COUNT, DAYS, HIGHEST, LOOK_UP, LOWEST, SERVICE, SUM, Operation, plain_words
from rag.text.quantities import UNITS
from rag.text.words import stem

_ROWS = stems_of(
    "article articles product products entry entries row rows item items record records line lines payment payments "
    "transaction transactions booking"
)
_PEOPLE = stems_of("people person persons employee employees staff member members colleague colleagues worker workers")
_LEFT = stems_of("left remain remaining free unsold")
_NAMES = stems_of("name employee member person who colleague player runner student")


def compute(operation: Operation, table: Table, question: str) -> Result | None:
    """What an operation comes to in a table; None where its words do not plainly tell how."""
    found = match(operation, table)
    if found.missing or not found.records:
        return None
    is_of_people = operation.hint == SERVICE and asks_who(question) and people_columns(table)
    if not (found.naming or found.kindred or found.valued or is_of_people):
        return None  # nothing says that this table is meant
    if operation.noun and not are_records(operation.noun, found):
        return None
    if operation.name == COUNT:
        result = _counted(operation, found, question)
    elif operation.name == DAYS:
        result = _days_between(found)
    elif operation.name in (HIGHEST, LOWEST):
        result = superlative(operation, found, question)
    else:
        result = _summed(operation, operation.name, found, question)
    return result and replace(result, weight=weight_of(found), is_certain=not found.loose)


def computed(operation: Operation, table: Table, question: str) -> Result | None:
    """The same where it comes to something: None too where the table's cells do not let it be computed."""
    result = compute(operation, table, question)
    return result if result and not result.reason else None


def are_records(noun: Sequence[str], found: Match) -> bool:
    """Whether what is counted, or chosen from, is what the records are: a document's own kind is none of its rows."""
    table = found.table
    said = frozenset().union(*table.column_stems.values())
    own = said | table.things | _ROWS | _PEOPLE | frozenset(found.valued)
    if table.is_turned or table.days:
        own |= TIMES
    return any(one in _grown(own) or kin_of(one) & said for one in noun)


def weight_of(found: Match) -> int:
    """How many words of a question a table says; one that is all of a column's name, or a cell, counts twice."""
    whole = {stem for stems in found.table.column_stems.values() if len(stems) == 1 for stem in stems}
    return len(found.naming) + len(found.naming & whole) + 2 * len(found.valued) + len(found.limited)


def _counted(operation: Operation, found: Match, question: str) -> Result | None:
    table, noun = found.table, set(operation.noun)
    measured = [column for column in table.amounts if noun & table.column_stems[column] and column not in found.limited]
    told = noun & set(found.valued)
    counting = [column for column in table.amounts if table.column_stems[column] & COUNTING]
    if any(has_money(table, column) for column in measured):
        return None  # `how many seats` asks for no price
    if measured:
        done = _done_with(measured, operation, found)
        return _summed(operation, SUM, found, question, columns=done) if done else None
    if told and counting:
        return _summed(operation, SUM, found, question, columns=counting)
    held = frozenset().union(*(found.valued[root] for root in told))
    if told and held == {table.name} and table.amounts:
        return None  # which of its numbers says how many, nothing tells
    if told:
        return _count(found, table.name, found.records)
    counted = [column for column in table.columns if noun & _grown(table.column_stems[column])]
    named = [column for column in counted if column not in found.flags]
    if numbering := _numbering(named, operation, found):
        return _summed(operation, SUM, found, question, columns=numbering)
    if not named and noun & (_PEOPLE | _ROWS):
        named = [column for column in table.columns if table.column_stems[column] & _NAMES][:1]
        named = named or ([table.name] if noun & (_ROWS | table.things) else [])
    if not named and noun & table.things:
        named = [table.name]
    if not named or table.is_turned:
        return None
    column = table.name if table.name in named else named[0]
    if _is_unread(operation, found, column):
        return None
    seen: dict[str, int] = {}
    for place in found.records:
        cell = table.records[place].cells.get(column)
        if cell is not None:
            seen.setdefault(" ".join(cell.text.lower().split()), place)
    return _count(found, column, tuple(seen.values()))


def _done_with(measured: list[str], operation: Operation, found: Match) -> list[str]:
    """Of the columns of what is counted, those of what was done with it: `How many seats are sold` means `Sold`."""
    table, noun = found.table, set(operation.noun)
    said = {stem(word) for word in plain_words(operation)} - noun
    others = [
        column
        for column in table.amounts
        if column not in measured and column in found.named and said & table.column_stems[column]
    ]
    if not others:
        return [one for one in measured if said & _LEFT <= table.column_stems[one]]
    return [one for one in others if table.column_stems[one] <= said and not has_money(table, one)]


def _numbering(named: Sequence[str], operation: Operation, found: Match) -> list[str]:
    """The column that tells how many there are of what each row is: `Keys | Number handed over`."""
    table = found.table
    if table.name not in named:
        return []
    said = {stem(word) for word in plain_words(operation)}
    numbers = [one for one in table.amounts if table.column_stems[one] & NUMBERS and one not in found.limited]
    return [one for one in numbers if table.column_stems[one] - NUMBERS <= said]


def _is_unread(operation: Operation, found: Match, counted: str) -> bool:
    """Whether a column of numbers is named that sets no condition: of `courses that are booked out`, none is told."""
    table = found.table
    said = {stem(word) for word in plain_words(operation)} - set(operation.noun)
    return any(
        one != counted and one not in found.limited and not has_money(table, one) and table.column_stems[one] <= said
        for one in table.amounts
        if table.column_stems[one]
    )


def _grown(stems: frozenset[str]) -> frozenset[str]:
    return stems | frozenset(stem[:-2] for stem in stems if stem.endswith("er"))


def _count(found: Match, column: str, places: Sequence[int]) -> Result | None:
    records = [found.table.records[place] for place in places]
    cells = [record.cells.get(column) or next(iter(record.cells.values())) for record in records]
    operands = tuple(Operand(cell.text, cell) for cell in cells)
    return Result(COUNT, operands, Decimal(len(operands)), column=column) if operands else None


def _summed(
    operation: Operation, name: str, found: Match, question: str, *, columns: Sequence[str] = ()
) -> Result | None:
    table = found.table
    columns = columns or measures(operation, found, question, table.amounts)
    if len(columns) != 1:
        return None
    column = columns[0]
    values = table.amounts[column]
    places = [place for place in found.records if values[place] is not None]
    if operation.money and not table.column_stems[column] & (OUT | IN) and _is_mixed(values):
        is_out = operation.money.startswith("paid out")
        places = [place for place in places if (value_at(values, place) < 0) == is_out]
    units = units_of(table, column)
    counted = {word.lower() for word in plain_words(operation) if stem(word) in operation.noun}
    asked = {UNITS[word] for word in counted if word in UNITS}
    if asked and units and not asked & units:
        return None  # kilowatt hours are no pounds
    if not places:
        return not_filled_in(table, column, found.records, name) if found.valued and not table.is_turned else None
    if len(units) > 1:
        return of_several_units(table, column, places, name)
    if len(places) == 1:
        return None if table.is_turned else _looked_up(table, column, places[0], value_at(values, places[0]))
    operands = operands_of(table, column, places, values)
    total = sum((value_at(values, place) for place in places), Decimal())
    value = total if name == SUM else total / len(places)
    left_out = tuple(
        called(table.records[place], table)
        for place in found.records
        if values[place] is None and not _is_empty_side(table, column)
    )
    return Result(name, operands, value, next(iter(units), ""), column, left_out=left_out)


def _looked_up(table: Table, column: str, place: int, value: Decimal) -> Result:
    """The one cell that is left of a sum, with the name of its row."""
    cells = table.records[place].cells
    name = cells[table.name].text if table.name in cells and table.name != column else ""
    return Result(
        LOOK_UP, (Operand(name, cells[column], value),), value, column=column, group=table.name if name else ""
    )


def _is_mixed(values: Values) -> bool:
    signs = {one.value < 0 for one in values if one is not None and one.value}
    return len(signs) == 2


def _is_empty_side(table: Table, column: str) -> bool:
    """Whether blank cells of a column are no gaps, since each row has its amount in one of two columns."""
    others = [one for one in table.amounts if one != column and not table.column_stems[one] & BALANCE]
    return any(
        all(
            (mine is None) != (theirs is None)
            for mine, theirs in zip(table.amounts[column], table.amounts[one], strict=True)
        )
        for one in others
    )


def _days_between(found: Match) -> Result | None:
    """The days between two columns of one record: `between the issue and the due date of invoice 17`."""
    table = found.table
    columns = [column for column in table.days if column in found.named]
    if len(found.records) != 1 or len(columns) != 2:
        return None
    place = found.records[0]
    first, last = (table.days[column][place] for column in columns)
    if first is None or last is None or first.value != first.last or last.value != last.last:
        return None
    record = table.records[place]
    operands = tuple(Operand(called(record, table), record.cells[column]) for column in columns)
    return Result(DAYS, operands, abs(last.value - first.value), "days", columns[0])
