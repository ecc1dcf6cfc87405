"""What a table comes to: how many of its records meet what a question says, the total of a column, the highest."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.evidence.tables.conditions import Match, has_money, match, stems_of, units_of
from rag.evidence.tables.table import Cell, Record, Table
from rag.question.operation import (
    AVERAGE,
    BIRTH,
    COUNT,
    DAYS,
    HIGHEST,
    HINTED,
    LENGTH,
    LOWEST,
    MONEY,
    PACE,
    SUM,
    WHEN,
    Operation,
)
from rag.text.quantities import DAY, TIME, Quantity
from rag.text.words import content_stems, words

_COUNTING = stems_of("units unit quantity qty stock pieces piece sold number count amount menge anzahl stück visitors")
"""Names of columns that tell how many there are of what a row is about."""
_ROWS = stems_of(
    "entry entries row rows item items record records line lines payment payments transaction transactions booking bookings"
)
_PEOPLE = stems_of("people person persons employee employees staff member members colleague colleagues worker workers")
_NAMES = stems_of("name employee member person who colleague player runner student")
_BALANCE = stems_of("balance saldo running kontostand")
_OUT, _IN = (
    stems_of("debit withdrawal spent expense ausgang lastschrift soll"),
    stems_of("credit deposit income earning eingang gutschrift haben"),
)
_GROUPS = frozenset("most least fewest".split())
_AGE = stems_of("age alter")

Values = Sequence[Quantity | None]


@dataclass(frozen=True, slots=True)
class Operand:
    """A cell that is computed with, of its record; no value where it is only counted."""

    record: Record
    cell: Cell
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What is computed, and of which cells."""

    operation: str
    operands: tuple[Operand, ...]
    """Of a superlative, the winners first."""
    value: Decimal
    unit: str
    column: str
    """The column of the values; of a count, the one that names what is counted."""
    match: Match
    winners: int = 0
    """Of a superlative, how many records share it."""
    left_out: tuple[Record, ...] = ()
    """Records that meet the conditions and have no number in the column."""

    @property
    def is_certain(self) -> bool:
        """Whether every word of the question has its place in the table."""
        return not self.match.loose

    @property
    def weight(self) -> int:
        """How many words of the question the table itself says."""
        return len(self.match.naming) + len(self.match.valued) + len(self.match.limited)


def compute(operation: Operation, table: Table, question: str) -> Result | None:
    """What an operation comes to in a table; None where its words do not plainly tell how."""
    found = match(operation, table)
    if found.missing or not found.records:
        return None
    if not (found.naming or found.valued):
        return None  # nothing says that this table is meant
    if operation.name == COUNT:
        return _counted(operation, found, question)
    if operation.name == DAYS:
        return _days_between(found)
    if operation.name in (HIGHEST, LOWEST):
        return _superlative(operation, found, question)
    return _summed(operation, operation.name, found, question)


def _counted(operation: Operation, found: Match, question: str) -> Result | None:
    table, noun = found.table, set(operation.noun)
    measured = [column for column in table.amounts if noun & table.column_stems[column] and column not in found.limited]
    told = noun & set(found.valued)
    counting = [column for column in table.amounts if table.column_stems[column] & _COUNTING]
    if measured:
        return _summed(operation, SUM, found, question, columns=measured) if len(found.records) > 1 else None
    if told and counting:
        return _summed(operation, SUM, found, question, columns=counting) if len(found.records) > 1 else None
    held = frozenset().union(*(found.valued[root] for root in told))
    if told and held == {table.name} and table.amounts:
        return None  # which of its numbers says how many, nothing tells
    if told:
        return _count(found, table.name, found.records)
    named = [column for column in table.columns if noun & _grown(table.column_stems[column])]
    if not named and noun & (_PEOPLE | _ROWS):
        named = [column for column in table.columns if table.column_stems[column] & _NAMES][:1]
        named = named or ([table.name] if noun & (_ROWS | table.stems) else [])
    if not named and noun & table.stems:
        named = [table.name]
    if not named or table.is_turned:
        return None
    column = table.name if table.name in named else named[0]
    seen: dict[str, int] = {}
    for place in found.records:
        cell = table.records[place].cells.get(column)
        if cell is not None:
            seen.setdefault(" ".join(cell.text.lower().split()), place)
    return _count(found, column, tuple(seen.values()))


def _grown(stems: frozenset[str]) -> frozenset[str]:
    return stems | frozenset(stem[:-2] for stem in stems if stem.endswith("er"))


def _count(found: Match, column: str, places: Sequence[int]) -> Result | None:
    records = [found.table.records[place] for place in places]
    operands = tuple(
        Operand(record, record.cells.get(column) or next(iter(record.cells.values()))) for record in records
    )
    return Result(COUNT, operands, Decimal(len(operands)), "", column, found) if operands else None


def _summed(
    operation: Operation, name: str, found: Match, question: str, *, columns: Sequence[str] = ()
) -> Result | None:
    table = found.table
    columns = columns or _measures(operation, found, question, table.amounts)
    if len(columns) != 1:
        return None
    column = columns[0]
    values = table.amounts[column]
    places = [place for place in found.records if values[place] is not None]
    if operation.money and not table.column_stems[column] & (_OUT | _IN) and _is_mixed(values):
        is_out = operation.money.startswith("paid out")
        places = [place for place in places if (_value(values, place) < 0) == is_out]
    units = units_of(table, column)
    if len(places) < 2 or len(units) > 1:
        return None
    operands = tuple(
        Operand(table.records[place], table.records[place].cells[column], _value(values, place)) for place in places
    )
    total = sum((_value(values, place) for place in places), Decimal())
    value = total if name == SUM else total / len(places)
    left_out = tuple(
        table.records[place] for place in found.records if values[place] is None and not _is_empty_side(table, column)
    )
    return Result(name, operands, value, next(iter(units), ""), column, found, left_out=left_out)


def _is_mixed(values: Values) -> bool:
    signs = {one.value < 0 for one in values if one is not None and one.value}
    return len(signs) == 2


def _is_empty_side(table: Table, column: str) -> bool:
    """Whether blank cells of a column are no gaps, since each row has its amount in one of two columns."""
    others = [one for one in table.amounts if one != column and not table.column_stems[one] & _BALANCE]
    return any(
        all(
            (mine is None) != (theirs is None)
            for mine, theirs in zip(table.amounts[column], table.amounts[one], strict=True)
        )
        for one in others
    )


def _value(values: Values, place: int) -> Decimal:
    one = values[place]
    assert one is not None
    return one.value


def _measures(
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
    named = [column for column in held if column in found.named and column not in found.valued.values()]
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
    left = [column for column in held if not table.column_stems[column] & _BALANCE]
    if operation.money:
        side = _OUT if operation.money.startswith("paid out") else _IN
        mark = "out" if side is _OUT else "in"
        sided = [one for one in left if table.column_stems[one] & side or mark in words(one.lower())]
        left = sided or [one for one in left if has_money(table, one)] or left
    return left


def _superlative(operation: Operation, found: Match, question: str) -> Result | None:
    table = found.table
    everything = dict(table.amounts)
    if operation.hint in ("", LENGTH, PACE, WHEN, BIRTH):
        if operation.hint in (WHEN, BIRTH):
            everything = {
                **table.days,
                **{one: table.amounts[one] for one in table.amounts if table.column_stems[one] & _AGE},
            }
        elif operation.hint:
            everything |= table.clocks
    if operation.hint == WHEN and table.clocks and not table.days:
        everything |= table.clocks
    candidates = _measures(operation, found, question, everything)
    told = [_best(operation, found, column, everything[column]) for column in candidates]
    results = [one for one in told if one is not None]
    if not results or len(results) < len(told):
        return None
    winners = {tuple(operand.record.statement.span for operand in one.operands[: one.winners]) for one in results}
    return results[0] if len(winners) == 1 else None


def _best(operation: Operation, found: Match, column: str, values: Values) -> Result | None:
    table = found.table
    places = [place for place in found.records if values[place] is not None]
    if len(places) < 2 or (column in table.amounts and len(units_of(table, column)) > 1):
        return None
    is_high = operation.name == HIGHEST
    if operation.hint == BIRTH and table.column_stems[column] & _AGE:
        is_high = not is_high
    if operation.word in _GROUPS and (group := _asked_group(operation, found, column)):
        return _best_group(found, column, values, places, group, is_high=is_high)
    order = sorted(places, key=lambda place: _value(values, place), reverse=is_high)
    best = _value(values, order[0])
    if is_vague(values, order[:2]):
        return None
    operands = tuple(
        Operand(table.records[place], table.records[place].cells[column], _value(values, place)) for place in order
    )
    unit = next((one.unit for one in values if one is not None and one.unit in (DAY, TIME)), "")
    name = operation.name if operation.hint != BIRTH or unit == DAY else (HIGHEST if is_high else LOWEST)
    if unit == DAY:
        name = "last" if is_high else "first"
    return Result(
        name,
        operands,
        best,
        unit or next(iter(units_of(table, column)), ""),
        column,
        found,
        winners=sum(operand.value == best for operand in operands),
        left_out=tuple(table.records[place] for place in found.records if values[place] is None),
    )


def is_vague(values: Values, places: Sequence[int]) -> bool:
    """Whether two times overlap without being one, as a year and a day in it do: then none is known to be the first."""
    one, other = (values[place] for place in places)
    if one is None or other is None or one.last is None or other.last is None or one == other:
        return False
    return one.value <= other.last and other.value <= one.last


def _asked_group(operation: Operation, found: Match, column: str) -> str | None:
    """The column that a question asks for whose values several records share: `Which region sold the most units?`"""
    match_ = content_stems(operation.left)
    table = found.table
    for named in sorted(found.named - {column, table.name}, key=table.columns.index):
        if named in table.amounts or not table.column_stems[named] & set(match_):
            continue
        texts = [
            table.records[place].cells[named].text for place in found.records if named in table.records[place].cells
        ]
        if len(set(texts)) < len(texts):
            return named
    return None


def _best_group(
    found: Match, column: str, values: Values, places: Sequence[int], group: str, *, is_high: bool
) -> Result | None:
    table = found.table
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for place in places:
        cell = table.records[place].cells.get(group)
        if cell is None:
            return None
        sums[cell.text] += _value(values, place)
    ordered = sorted(sums.items(), key=lambda one: one[1], reverse=is_high)
    if len(ordered) < 2 or ordered[0][1] == ordered[1][1]:
        return None
    best = [place for place in places if table.records[place].cells[group].text == ordered[0][0]]
    operands = tuple(
        Operand(table.records[place], table.records[place].cells[column], _value(values, place)) for place in best
    )
    return Result(
        SUM, operands, ordered[0][1], next(iter(units_of(table, column)), ""), column, found, winners=len(best)
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
    operands = tuple(Operand(record, record.cells[column]) for column in columns)
    return Result(DAYS, operands, abs(last.value - first.value), "days", columns[0], found)
