"""The rows of a table that meet what a question says of them: amounts, times, the words of their cells."""

from dataclasses import dataclass

from rag.evidence.statement import Statement
from rag.evidence.tables.compute import are_records, weight_of
from rag.evidence.tables.conditions import match
from rag.evidence.tables.measure import called, people_columns
from rag.evidence.tables.table import Table
from rag.question.operation import Operation
from rag.text.words import content_stems


@dataclass(frozen=True, slots=True)
class RowsMet:
    """Rows that meet a question, and the columns that it asks of, with the one that tells the rows apart."""

    rows: tuple[Statement, ...]
    columns: tuple[str, ...]
    weight: int
    """How many words of the question the table itself says."""
    is_certain: bool
    """Whether every word of the question has its place in the table."""
    left_out: tuple[str, ...] = ()
    """What has no value in the column that the question limits."""


def rows_met(operation: Operation, table: Table) -> RowsMet | None:
    """The rows of a table that an operation asks for; None where its words do not plainly tell which."""
    found = match(operation, table)
    noun = set(operation.noun)
    people = people_columns(table) if operation.is_of_people else []
    is_called = are_records(operation.noun, found) if operation.noun else bool(people)
    missing = [word for word in found.missing if not noun & set(content_stems(word))]
    if missing or not found.records or not (found.valued or found.limited or found.flags or is_called):
        return None
    is_none_left = any(limit.is_none_left for limit in operation.limits)  # nothing else is out of stock
    if not (is_called or is_none_left) and (operation.limits or operation.times):
        return None  # it may be another table's amounts that are meant
    told = found.limited | found.flags | found.named | frozenset().union(*found.valued.values())
    naming = {table.name, table.called, *people}
    columns = tuple(one for one in table.columns if one in told or one in naming)
    blank = tuple(
        called(record, table)
        for place, record in enumerate(table.records)
        if place not in found.records and any(column not in record.cells for column in found.limited)
    )
    rows = tuple(table.records[place].statement for place in found.records)
    return RowsMet(rows, columns, weight_of(found), (is_called or is_none_left) and not found.loose, blank)
