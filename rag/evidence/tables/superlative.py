"""Which record of a table has the highest value, the lowest, the first or the last."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from rag.evidence.tables.columns import kin_of, units_of
from rag.evidence.tables.conditions import Match
from rag.evidence.tables.measure import COUNTING, Values, called, measures, of_several_units, operands_of, value_at
from rag.evidence.tables.result import Operand, Result
from rag.question.operation import BIRTH, COUNT, HIGHEST, LENGTH, LOWEST, PACE, SERVICE, SUM, WHEN, Operation
from rag.text.quantities import DAY, TIME
from rag.text.words import content_stems

_GROUPS = frozenset("most least fewest".split())
"""`Which region sold the most` asks for the regions' sums; `which has the highest` for a row."""
_AGE = frozenset(content_stems("age alter"))


def superlative(operation: Operation, found: Match, question: str) -> Result | None:
    """The record with the highest value, or lowest; where several columns may be meant, what all of them say."""
    table = found.table
    everything = dict(table.amounts)
    if operation.hint in ("", LENGTH, PACE, WHEN, BIRTH, SERVICE):
        if operation.hint in (WHEN, BIRTH, SERVICE):
            everything = {
                **table.days,
                **{one: table.amounts[one] for one in table.amounts if table.column_stems[one] & _AGE},
            }
        elif operation.hint:
            everything |= table.clocks
    if operation.hint == WHEN and table.clocks and not table.days:
        everything |= table.clocks
    candidates = measures(operation, found, question, everything)
    if operation.word in _GROUPS and operation.measured and not _is_measured(operation, found, candidates):
        return _most_records(operation, found)
    told = [_best(operation, found, column, everything[column]) for column in candidates]
    results = [one for one in told if one is not None]
    if not results or len(results) < len(told):
        return None
    if any(one.reason for one in results):
        return results[0] if results[0].reason else None
    winners = {tuple(operand.cell.statement.span for operand in one.operands[: one.winners]) for one in results}
    return results[0] if len(winners) == 1 else None


def _is_measured(operation: Operation, found: Match, candidates: Sequence[str]) -> bool:
    """Whether what a superlative is said of is in a column: `the most staff`, or the things that another one counts."""
    said = set(operation.measured)
    kin = said.union(*map(kin_of, said))
    named = [found.table.column_stems[column] for column in candidates]
    return any(stems & kin or (stems & COUNTING and said & set(found.valued)) for stems in named)


def _most_records(operation: Operation, found: Match) -> Result | None:
    """Of whom, or of what, there are the most records: `Which owner has the most boats?`"""
    table = found.table
    group = _asked_group(operation, found, "")
    if group is None or not set(operation.measured) & (table.things | table.column_stems[table.name]):
        return None
    places: dict[str, list[int]] = defaultdict(list)
    for place in found.records:
        if group in table.records[place].cells:
            places[table.records[place].cells[group].text].append(place)
    order = sorted(places.items(), key=lambda one: len(one[1]), reverse=operation.name == HIGHEST)
    if len(order) < 2 or len(order[0][1]) == len(order[1][1]):
        return None
    records = [table.records[place] for place in order[0][1]]
    operands = tuple(Operand(called(one, table), one.cells[group]) for one in records)
    return Result(COUNT, operands, Decimal(len(operands)), column=table.name, winners=len(operands), group=order[0][0])


def _best(operation: Operation, found: Match, column: str, values: Values) -> Result | None:
    table = found.table
    places = [place for place in found.records if values[place] is not None]
    if len(places) < 2:
        return None
    if column in table.amounts and len(units_of(table, column)) > 1:
        return of_several_units(table, column, places, operation.name)
    is_high = operation.name == HIGHEST
    if operation.hint == BIRTH and table.column_stems[column] & _AGE:
        is_high = not is_high
    if operation.word in _GROUPS and (group := _asked_group(operation, found, column)):
        return _best_group(found, column, values, places, group, is_high=is_high)
    order = sorted(places, key=lambda place: value_at(values, place), reverse=is_high)
    best = value_at(values, order[0])
    if _is_vague(values, order[:2]):
        return None
    operands = operands_of(table, column, order, values, asked=operation.left)
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
        winners=sum(operand.value == best for operand in operands),
        left_out=tuple(called(table.records[place], table) for place in found.records if values[place] is None),
    )


def _is_vague(values: Values, places: Sequence[int]) -> bool:
    """Whether two times overlap without being one, as a year and a day in it do: then none is known to be the first."""
    one, other = (values[place] for place in places)
    if one is None or other is None or one.last is None or other.last is None or one == other:
        return False
    return one.value <= other.last and other.value <= one.last


def _asked_group(operation: Operation, found: Match, column: str) -> str | None:
    """The column that a question asks for whose values several records share: `Which region sold the most units?`"""
    asked = set(content_stems(operation.left))
    table = found.table
    for named in sorted(found.named - {column, table.name}, key=table.columns.index):
        if named in table.amounts or not table.column_stems[named] & asked:
            continue
        held = [table.records[place].cells for place in found.records]
        texts = [cells[named].text for cells in held if named in cells]
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
        sums[cell.text] += value_at(values, place)
    ordered = sorted(sums.items(), key=lambda one: one[1], reverse=is_high)
    if len(ordered) < 2 or ordered[0][1] == ordered[1][1]:
        return None
    best = [place for place in places if table.records[place].cells[group].text == ordered[0][0]]
    operands = operands_of(table, column, best, values)
    unit = next(iter(units_of(table, column)), "")
    return Result(SUM, operands, ordered[0][1], unit, column, winners=len(best), group=ordered[0][0])
