"""Tables as records: rows under one set of columns, of one document or of several that are alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby

from rag.domain import BlockKind, Passage, Span
from rag.evidence.statement import Statement, statements_of
from rag.text.moments import moments_of
from rag.text.quantities import Quantity, amount_of, day_of, has_decimal_comma, is_blank, time_of
from rag.text.words import content_stems, name_in_words, stem, words

MOST_RECORDS = 2000
_FEWEST_RECORDS = 2
_MOSTLY = 0.6
"""A column is of numbers where so much of what its cells hold is."""
_SHARED_COLUMNS = 0.5
TOTALS = re.compile(
    r"\W*(?:grand |sub|sub-)?(?:totals?|sum|summe|gesamt|insgesamt|zwischensumme)\b[^\d]*", re.IGNORECASE
)
_IDENTIFIES = frozenset(
    "no nr number id code ref reference phone telephone mobile account article place rank telefon nummer konto".split()
)
"""Last words of the names of columns whose figures are no amounts."""
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d")
_NUMBERED = re.compile(r"(\D+?)\s*\d+")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of a record: its words, and where they stand in the statement that says them."""

    text: str
    statement: Statement
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """One row, with its cells by their columns; blank ones are missing."""

    statement: Statement
    cells: dict[str, Cell]

    @property
    def stems(self) -> frozenset[str]:
        """The words of what its document and its headings are called."""
        return stems_of(_around(self.statement))

    @property
    def beside(self) -> frozenset[str]:
        """The words that its document begins with: the letterhead, to whom a bill is sent."""
        return stems_of(self.statement.passage.head)


@dataclass(frozen=True)
class Table:
    """Records under the same columns; rows that are totals of the others are apart."""

    columns: tuple[str, ...]
    records: tuple[Record, ...]
    totals: tuple[Record, ...] = ()
    is_turned: bool = False
    """Whether its records were columns: of a table with a row for each figure and a column for each quarter."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The words of what it is called: its headings, its document's title and file name."""
        return frozenset().union(*(record.stems for record in self.records))

    @cached_property
    def things(self) -> frozenset[str]:
        """What its records are, as what it is called tells: the words in the plural, such as `Invoices`."""
        called = " ".join({_around(record.statement) for record in self.records})
        return frozenset(stem(word) for word in words(called) if word.lower() != stem(word) and word.endswith("s"))

    @cached_property
    def column_stems(self) -> dict[str, frozenset[str]]:
        """The words of each column's name."""
        return {column: frozenset(content_stems(column)) for column in self.columns}

    @cached_property
    def name(self) -> str:
        """The column that tells its records apart: the first in which every cell differs, of words if there is one."""
        told = [one for one in self.columns if self._is_distinct(one) and self.is_of_words(one)]
        coded = [one for one in self.columns if self._is_distinct(one)]
        return next(iter(told or coded), self.columns[0])

    @cached_property
    def called(self) -> str:
        """The first column of words, where records are told apart by numbers: a product beside its number; else ""."""
        if self.is_of_words(self.name):
            return ""
        return next((column for column in self.columns if self.is_of_words(column)), "")

    def is_of_words(self, column: str) -> bool:
        """Whether a column holds words, and neither amounts nor days nor codes such as `E130`."""
        is_measured = column in self.amounts or column in self.days
        held = (record.cells[column].text for record in self.records if column in record.cells)
        return not is_measured and any(text and not any(map(str.isdigit, text)) for text in held)

    def _is_distinct(self, column: str) -> bool:
        texts = [record.cells[column].text.lower() for record in self.records if column in record.cells]
        return len(texts) == len(self.records) and len(set(texts)) == len(texts)

    @cached_property
    def _has_comma(self) -> bool:
        return has_decimal_comma([cell.text for record in self.records for cell in record.cells.values()])

    @cached_property
    def amounts(self) -> dict[str, tuple[Quantity | None, ...]]:
        """The columns that hold amounts, with those of each record; codes and phone numbers are none."""
        found = {}
        for column in self.columns:
            if {word.lower() for word in words(column)[-1:]} & _IDENTIFIES:
                continue
            read = tuple(_amount(record.cells.get(column), comma=self._has_comma) for record in self.records)
            if self._is_mostly(column, read) and not self._numbers_records(column, read):
                found[column] = _signed(read)
        return found

    @cached_property
    def days(self) -> dict[str, tuple[Quantity | None, ...]]:
        """The columns that hold days, months or years, with those of each record."""
        read = {column: tuple(_day(record.cells.get(column)) for record in self.records) for column in self.columns}
        return {
            column: days
            for column, days in read.items()
            if self._is_mostly(column, days)
            and (column not in self.amounts or all(_is_year(record.cells.get(column)) for record in self.records))
        }

    @cached_property
    def clocks(self) -> dict[str, tuple[Quantity | None, ...]]:
        """The columns that hold times, with those of each record."""
        read = {
            column: tuple(
                time_of(record.cells[column].text) if column in record.cells else None for record in self.records
            )
            for column in self.columns
        }
        return {
            column: times
            for column, times in read.items()
            if self._is_mostly(column, times) and column not in self.amounts
        }

    def _is_mostly(self, column: str, read: Sequence[Quantity | None]) -> bool:
        held = sum(column in record.cells and not is_blank(record.cells[column].text) for record in self.records)
        return held > 0 and sum(one is not None for one in read) >= _MOSTLY * held

    def _numbers_records(self, column: str, read: Sequence[Quantity | None]) -> bool:
        """Whether a first column of plain whole numbers only numbers the records."""
        values = [one.value for one in read if one is not None]
        is_first = column == self.columns[0] and len(self.columns) > 1
        return (
            is_first
            and len(set(values)) == len(values)
            and all(not one.unit for one in read if one)
            and all(value == int(value) for value in values)
        )


def tables_of(passages: Sequence[Passage]) -> list[Table]:
    """The tables of a document's passages, in order; with a table of columns for quarters turned as well."""
    found = []
    for run in _runs(passages):
        columns = tuple(dict.fromkeys(name for statement in run for name, _ in statement.values))
        records = [_record(statement) for statement in run[:MOST_RECORDS]]
        told = tuple(one for one in records if not _is_total(one))
        totals = tuple(one for one in records if _is_total(one))
        if len(told) >= _FEWEST_RECORDS:
            found.append(Table(columns, told, totals))
        turned = _turned(columns, told)
        if turned is not None:
            found.append(turned)
    return found


def joined(tables: Sequence[Table]) -> list[Table]:
    """The tables, and those of several documents with the same columns as one more table."""
    several: list[Table] = []
    plain = sorted((one for one in tables if not one.is_turned), key=lambda one: one.columns)
    for _, alike in groupby(plain, key=lambda one: one.columns):
        group = list(alike)
        documents = {one.records[0].statement.passage.document for one in group}
        if len(documents) == len(group) > 1:
            records = tuple(record for one in group for record in one.records)
            several.append(
                Table(group[0].columns, records[:MOST_RECORDS], tuple(row for one in group for row in one.totals))
            )
    return [*tables, *several]


def _runs(passages: Sequence[Passage]) -> Iterator[list[Statement]]:
    """The rows that stand one after another under the same headings and columns."""
    run: list[Statement] = []
    seen: set[Span] = set()
    for statement in (one for passage in passages for one in statements_of(passage)):
        if statement.span in seen:
            continue
        seen.add(statement.span)
        if statement.kind is not BlockKind.ROW or (run and not _goes_on(run, statement)):
            if run:
                yield run
            run = []
        if statement.kind is BlockKind.ROW:
            run.append(statement)
    if run:
        yield run


def _goes_on(run: Sequence[Statement], row: Statement) -> bool:
    above = {name for statement in run[:5] for name, _ in statement.values}
    own = [name for name, _ in row.values]
    return run[0].headed == row.headed and sum(name in above for name in own) >= _SHARED_COLUMNS * len(own)


def _record(statement: Statement) -> Record:
    cells: dict[str, Cell] = {}
    for name, span in statement.values:
        text = statement.value(span)
        if text.strip():
            cells.setdefault(name, Cell(text, statement, span))
    return Record(statement, cells)


def _is_total(record: Record) -> bool:
    """Whether a row is a total of others: the first of its words says so, and a number follows."""
    texts = [cell.text for cell in record.cells.values()]
    named = next((text for text in texts if any(map(str.isalpha, text))), "")
    return TOTALS.fullmatch(named) is not None and any(amount_of(text) for text in texts)


def _turned(columns: tuple[str, ...], records: Sequence[Record]) -> Table | None:
    """A table whose columns are moments or numbered, such as quarters or trips, as one with a record for each."""
    series = columns[1:]
    if len(series) < _FEWEST_RECORDS or not records or not _is_series(series):
        return None
    names = [record.cells[columns[0]].text for record in records if columns[0] in record.cells]
    if len(set(names)) < len(records):
        return None
    turned = []
    for head in series:
        held = [record for record in records if head in record.cells]
        if not held:
            continue
        # What heads a column is no part of its rows, but of the text all the same: it names, and is counted nowhere.
        first = Cell(head, held[0].statement, held[0].cells[head].span)
        turned.append(
            Record(
                held[0].statement, {"": first} | {record.cells[columns[0]].text: record.cells[head] for record in held}
            )
        )
    return Table(("", *names), tuple(turned), is_turned=True) if len(turned) >= _FEWEST_RECORDS else None


def _is_series(heads: Sequence[str]) -> bool:
    if all(moments_of(head) for head in heads):
        return True
    numbered = [_NUMBERED.fullmatch(head) for head in heads]
    return all(numbered) and len({match[1] for match in numbered if match}) == 1


def _amount(cell: Cell | None, *, comma: bool) -> Quantity | None:
    return amount_of(cell.text, comma=comma) if cell is not None else None


def _day(cell: Cell | None) -> Quantity | None:
    if cell is None:
        return None
    stripped = cell.text.strip()
    # A sentence that names a day is no day.
    return day_of(stripped) if len(content_stems(stripped)) <= 4 else None


def _is_year(cell: Cell | None) -> bool:
    return cell is None or _YEARS.fullmatch(cell.text.strip()) is not None


def _signed(read: tuple[Quantity | None, ...]) -> tuple[Quantity | None, ...]:
    """Amounts with their signs: `CR` is the opposite of `DR`, or of no mark; a sign that all bear says nothing."""
    marks = {one.mark for one in read if one is not None}
    lower = "DR" if "DR" in marks else "CR"
    signed = tuple(replace(one, value=-one.value) if one is not None and one.mark == lower else one for one in read)
    values = [one.value for one in signed if one is not None]
    if values and all(value <= 0 for value in values):
        return tuple(one and replace(one, value=-one.value) for one in signed)
    return signed


def _around(statement: Statement) -> str:
    """What a statement's document and its headings are called."""
    origin = statement.passage.origin
    return " . ".join([*statement.headed, origin.title or "", name_in_words(origin.path)])


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """The words of a text by their stems."""
    return frozenset(content_stems(text))
