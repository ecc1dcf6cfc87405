"""Which column of a table an operation is over, the cells that it takes, and what their records are called."""

from collections.abc import Sequence
from decimal import Decimal

from rag.evidence.tables.columns import has_money
from rag.evidence.tables.conditions import Match
from rag.evidence.tables.result import Operand, Result
from rag.evidence.tables.table import Record, Table, stems_of
from rag.question.answer_types import asks_who
from rag.question.operation import HINTED, MONEY, WHEN, Operation
from rag.text.quantities import Quantity
from rag.text.words import PEOPLE, content_stems, words

BALANCE = stems_of("balance saldo running reading kontostand zählerstand")
OUT = stems_of("debit withdrawal spent expense ausgang lastschrift soll")
IN = stems_of("credit deposit income earning eingang gutschrift haben")

COUNTING = stems_of("units unit quantity qty stock pieces piece sold number count amount menge anzahl stück visitors")
"""Names of columns that tell how many there are of what a row is about."""
NUMBERS = stems_of("number quantity qty count pieces anzahl menge")
"""Of them, those that say no more than that."""
_PEOPLE = PEOPLE | {"name"}

Values = Sequence[Quantity | None]


def measures(
    operation: Operation, found: Match, question: str, columns: dict[str, tuple[Quantity | None, ...]]
) -> list[str]:
    """The columns that an operation may be over, the plainest kind of them alone."""
    table = found.table
    held = [
        column
        for column in columns
        if column not in found.limited and any(columns[column][place] is not None for place in found.records)
    ]
    asked = " ".join(words(question.lower()))
    whole = [column for column in held if f" {' '.join(words(column.lower()))} " in f" {asked} "]
    if len(whole) == 1:
        return whole
    named = [column for column in held if column in found.named]
    if named:
        stems = stems_of(question)
        most = max(len(table.column_stems[column] & stems) for column in named)
        return [column for column in named if len(table.column_stems[column] & stems) == most]
    if operation.hint:
        hints = stems_of(HINTED[operation.hint])
        hinted = [column for column in held if table.column_stems[column] & hints]
        if operation.hint == MONEY:
            hinted = [column for column in held if has_money(table, column)]
        if operation.hint == WHEN:
            hinted = [column for column in hinted if column in table.days] or [one for one in held if one in table.days]
        return hinted
    left = [column for column in held if not table.column_stems[column] & BALANCE]
    if operation.money:
        side = OUT if operation.money.startswith("paid out") else IN
        mark = "out" if side is OUT else "in"
        sided = [one for one in left if table.column_stems[one] & side or mark in words(one.lower())]
        left = sided or [one for one in left if has_money(table, one)] or left
    return left


def operands_of(
    table: Table, column: str, places: Sequence[int], values: Values, *, asked: str = ""
) -> tuple[Operand, ...]:
    """The cells of a column in these records, with their values."""
    return tuple(
        Operand(
            called(table.records[place], table, beside=column, asked=asked),
            table.records[place].cells[column],
            value_at(values, place),
        )
        for place in places
    )


def value_at(values: Values, place: int) -> Decimal:
    """The value of a record that has one."""
    one = values[place]
    assert one is not None
    return one.value


def called(record: Record, table: Table, *, beside: str = "", asked: str = "") -> str:
    """What a record is called: by the column that is asked for, or else by the one that tells records apart.

    The column `beside` tells what is computed, and no name.
    """
    wanted = set(content_stems(asked)) | (_PEOPLE if asks_who(asked) else set())
    columns = [
        column
        for column in table.columns
        if column in record.cells and column != beside and table.column_stems[column] & wanted
    ]
    column = next((one for one in columns if table.is_of_words(one)), next(iter(columns), table.name))
    cell = record.cells.get(column) or next(iter(record.cells.values()))
    if any(map(str.isalpha, cell.text)) or not column:
        return cell.text
    words_ = record.cells.get(table.called) if column == table.name else None
    return f"{words_.text} ({column} {cell.text})" if words_ else f"{column} {cell.text}"


def people_columns(table: Table) -> list[str]:
    """The columns that say who: names, customers, tenants."""
    return [column for column in table.columns if table.column_stems[column] & _PEOPLE and table.is_of_words(column)]


def of_several_units(table: Table, column: str, places: Sequence[int], name: str) -> Result | None:
    """That nothing is computed of amounts in several units; None where the cells do not have them, but the column."""
    units = dict.fromkeys(one.unit for place in places if (one := table.amounts[column][place]) and one.unit)
    if len(units) < 2:
        return None
    *others, last = units
    reason = f"What stands under {column} is in {', '.join(others)} and {last}, so it is not computed."
    operands = tuple(
        Operand(called(table.records[place], table), table.records[place].cells[column]) for place in places
    )
    return Result(name, operands, Decimal(), column=column, reason=reason)


def not_filled_in(table: Table, column: str, places: Sequence[int], name: str) -> Result:
    """That nothing stands in a column of the records that are meant."""
    cells = [table.records[place].cells for place in places]
    named = [each.get(table.name) or next(iter(each.values())) for each in cells]
    operands = tuple(Operand(cell.text, cell) for cell in named)
    return Result(name, operands, Decimal(), column=column, reason=f"Nothing stands under {column}.")
