"""The path of what is compared: each side's statement, or where the rows of two things differ."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.matter import Matter
from rag.answer.plan import Cell, Computation, Plan
from rag.answer.tables import documents_of
from rag.domain import AnswerKind, BlockKind, Passage
from rag.evidence.statement import Statement, statements_of
from rag.evidence.tables.documents import over_documents
from rag.evidence.tables.measure import value_at
from rag.evidence.tables.table import Record, Table, stems_of, tables_of
from rag.question.operation import HIGHEST, Operation
from rag.text.quantities import DAY
from rag.text.words import content_stems, stem, words

_SIDES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:between|zwischen)\s+(?P<one>.+?)\s+(?:and|und)\s+(?P<other>.+?)\s*(?:\?|$)",
        r"\bcompar(?:e|ed|ison of)\s+(?P<one>.+?)\s+(?:and|with|to|against)\s+(?P<other>.+?)\s*(?:[?.]|$)",
        r"^\W*(?P<one>.+?)\s+(?:vs\.?|versus)\s+(?P<other>.+?)\s*(?:\?|$)",
        r"\bhow\s+(?:do|does|did|is|are)\s+(?P<one>.+?)\s+(?:and\s+(?P<other>.+?)\s+differ\w*"
        r"|differ\w*\s+from\s+(?P<from>.+?))(?:\s+(?:in|on|by)\s+(?P<in>[^?]+?))?\s*(?:\?|$)",
    )
)
_ASIDE = re.compile(r"\s+(?:in|on|at|for|with respect to|regarding)\s+.*$|^(?:the|a|an)\s+", re.IGNORECASE)

_NUMBERED_FIRST = re.compile(r"(?P<noun>[^\W\d]+?)s (?P<number>\d[\w.]*|[A-Z])")
_NUMBERED_SECOND = re.compile(r"(?P<number>\d[\w.]*|[A-Z])(?P<of>\s.+)?")


def compare_answer(matter: Matter) -> Plan | None:
    """Both sides of a comparison; None where nothing is said of one of them."""
    sides = _sides(matter.question)
    if sides is None:
        return None
    documents = documents_of(" ".join(sides), matter)
    for table in (one for passages in documents for one in tables_of(passages)):
        rows = [_row(side, table) or _row(side.rpartition(" of ")[2], table) for side in sides]
        if rows[0] is not None and rows[1] is not None and rows[0] is not rows[1]:
            return _rows_compared(matter.question, table, (rows[0], rows[1]))
    if computation := _documents_compared(matter.question, sides, documents):
        return Plan(kind=AnswerKind.COMPARE, computation=computation, is_certain=True)
    found = [_best(side, other, matter) for side, other in (sides, sides[::-1])]
    proofs = tuple(dict.fromkeys(one for one in found if one is not None))
    return Plan(proofs, kind=AnswerKind.COMPARE) if all(found) else None


def _sides(question: str) -> tuple[str, str] | None:
    for form in _SIDES:
        if match := form.search(question):
            other = match["other"] or match.groupdict().get("from") or ""
            one, other = (_ASIDE.sub("", side).strip(" '\"“”‘’") for side in (match["one"], other))
            return _in_full(one, other) if stems_of(one) and stems_of(other) else None
    return None


def _in_full(one: str, other: str) -> tuple[str, str]:
    """Two sides with what they share said of each: `versions 1` and `2 of the quote` are two versions of the quote."""
    first, second = _NUMBERED_FIRST.fullmatch(one), _NUMBERED_SECOND.fullmatch(other)
    if first and second:
        of = second["of"] or ""
        return f"{first['noun']} {first['number']}{of}", f"{first['noun']} {second['number']}{of}"
    return one, other


def _documents_compared(
    question: str, sides: tuple[str, str], documents: Sequence[Sequence[Passage]]
) -> Computation | None:
    """The difference of the one amount that a question asks of two documents, or of two whom they are about."""
    of_sides = stems_of(" ".join(sides)) | stems_of("versions compare comparison difference differ different")
    left = " ".join(word for word in words(question) if stem(word) not in of_sides)
    result = over_documents(Operation(HIGHEST, alternatives=sides, left=left), documents, left)
    if not stems_of(left) or result is None or result.unit == DAY:
        return None
    more, less = result.operands
    difference = format((more.value or 0) - (less.value or 0), "f")
    told = f"{more.name}: {more.cell.text}; {less.name}: {less.cell.text}"
    return Computation(
        f"{told}; the difference is {f'{difference} {result.unit}'.strip()}.",
        "difference",
        tuple(Cell(one.cell.statement, one.cell.span, one.value) for one in result.operands),
        difference,
        result.unit,
    )


def _row(side: str, table: Table) -> Record | None:
    """The one row of a table that a side names; in the column of names, or else in any."""
    wanted = stems_of(side)
    for columns in ((table.name,), table.columns):
        found = [
            record
            for record in table.records
            if any(column in record.cells and wanted <= stems_of(record.cells[column].text) for column in columns)
        ]
        if len(found) == 1:
            return found[0]
    return None


def _rows_compared(question: str, table: Table, rows: tuple[Record, Record]) -> Plan:
    """Two rows with the cells in which they differ: those that are asked for, or all; of one amount, the difference."""
    differing = [
        column
        for column in table.columns
        if column != table.name and len({row.cells[column].text if column in row.cells else "" for row in rows}) > 1
    ]
    stems = set(content_stems(question))
    asked = [column for column in differing if table.column_stems[column] & stems]
    proofs = tuple(replace(row.statement, asked=_shown(row, table, asked or differing)) for row in rows)
    computation = _difference(table, asked[0], rows) if len(asked) == 1 else None
    return Plan(() if computation else proofs, kind=AnswerKind.COMPARE, computation=computation, is_certain=True)


def _shown(row: Record, table: Table, columns: Sequence[str]) -> str:
    cells = [(column, row.cells[column].text) for column in (table.name, *columns) if column in row.cells]
    return "; ".join(f"{column}: {text}" if column else text for column, text in cells)


def _difference(table: Table, column: str, rows: tuple[Record, Record]) -> Computation | None:
    if column not in table.amounts or not all(column in row.cells for row in rows):
        return None
    values = table.amounts[column]
    places = [table.records.index(row) for row in rows]
    if any(values[place] is None for place in places):
        return None
    amounts = [value_at(values, place) for place in places]
    high, low = sorted(zip(amounts, rows, strict=True), key=lambda one: -one[0])
    (more, first), (less, second) = high, low
    names = [row.cells[table.name].text if table.name in row.cells else "" for row in (first, second)]
    texts = [row.cells[column].text for row in (first, second)]
    unit = next((one.unit for one in values if one is not None and one.unit), "")
    result = format(more - less, "f")
    return Computation(
        f"{column}: {names[0]} {texts[0]}, {names[1]} {texts[1]}; the difference is {f'{result} {unit}'.strip()}.",
        "difference",
        tuple(Cell(row.statement, row.cells[column].span, amount) for row, amount in ((first, more), (second, less))),
        result,
        unit,
    )


def _best(side: str, other: str, matter: Matter) -> Statement | None:
    """The best statement that is about a side: it begins with it, stands under it, or says it and not the other."""
    read = (one for passage in matter.read for one in statements_of(passage.passage))
    found = dict.fromkeys([*(one.statement for one in matter.ranked), *read])
    said = [one for one in found if one.kind is not BlockKind.HEADING]
    alone = [one for one in said if _says(side, one.said) and not _says(other, one.said)]
    begun = [
        one
        for one in alone
        if re.match(rf"{re.escape(side)}(?:\s*[:–—]|\s+(?:is|are|means)\b)", one.said, re.IGNORECASE)
    ]
    under = [one for one in said if one.headed and _says(side, one.headed[-1])]
    both = [one for one in said if _says(side, one.said) and _says(other, one.said)]
    return next(iter([*begun, *under, *alone, *both]), None)


def _says(side: str, text: str) -> bool:
    """Whether a text holds the words of a side as they are: `dependency` is not `Depends`."""
    return {word.lower() for word in words(side)} <= {word.lower() for word in words(text)}
