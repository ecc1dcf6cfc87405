"""Tables on pages: their cells, the rows that they make, and the names of their columns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from liteparse import LayoutBlock

from ingest.readers.pages.pieces import Piece, bands, line_of

_NUMBER = re.compile(
    r"[^\w\s]{0,2} ?(?:(?:[A-Z]{3}|kr\.?|Fr\.?) ?)?[^\w\s]{0,2}\d[\d.,'’ \u00a0]*\)?"
    r"(?: ?(?:%|[^\W\d]{1,4}\.?|[^\w\s])){0,2}"
)
_CODE = re.compile(r"^\D*0\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TIGHT, _PARTED, _LIKE = 1.45, 1.3, 1.1
"""Lines of one cell: how far apart at most, in heights of the type; rows and lines, in the smallest distance."""
_FEWEST_LINES = 3
_SHORT_NAME = 40
_PROSE = 25

Cell = tuple[Piece, ...]
"""The lines of a cell, from the top."""
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, with its place on the page; each row has a cell for each column."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[Row, ...]
    head: int = 0
    """How many rows of its head were seen as such by how they are drawn."""
    is_form: bool = False
    """Whether it is a field of a form: a label and its value."""

    @property
    def lines(self) -> list[Piece]:
        """The lines of all its cells."""
        return [line for row in self.rows for line in lines_of(row)]

    def holds(self, piece: Piece) -> bool:
        """Whether a piece stands in it."""
        x, y = piece.middle
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def seen_table(block: LayoutBlock, pieces: Sequence[Piece]) -> Table | None:
    """The table that the parser saw, from the pieces within it; None where it is none."""
    seen = [*([block.header] if block.header else []), *(block.rows or [])]
    lefts: dict[int, float] = {}
    for row in seen:
        for at, cell in enumerate(row):
            if cell.bbox:
                lefts[at] = min(lefts.get(at, cell.bbox.x), cell.bbox.x)
    starts = sorted(lefts.values())
    lines = bands(pieces)
    # A title above a table is often taken for its first row; it runs over several columns, and is no part of it.
    title = 0
    while title < len(lines) and len(lines[title]) == 1 and _columns_of(lines[title][0], starts) > 1:
        title += 1
    table = aligned_table([piece for line in lines[title:] for piece in line], starts) if len(starts) > 1 else None
    # Rows of text that are begun in the middle of a phrase are lines of columns of text.
    cells = [cell[0].text for row in table.rows for cell in row if cell and len(cell[0].text) > _PROSE] if table else []
    return None if sum(cell[0].islower() for cell in cells) * 3 > len(cells) > _FEWEST_LINES else table


def aligned_table(pieces: Sequence[Piece], starts: Sequence[float]) -> Table | None:
    """The table of pieces that are aligned in columns which begin at `starts`; None where they make no two rows."""
    lines = bands(pieces)
    tops = [min(piece.top for piece in line) for line in lines]
    gaps = [below - above for above, below in pairwise(tops)]
    is_parted = bool(gaps) and max(gaps) > _PARTED * min(gaps)
    rows: list[Row] = []
    for at, line in enumerate(lines):
        row = _row(line, starts)
        gap = gaps[at - 1] if at else 0.0
        is_close = gap <= _TIGHT * min(piece.size for piece in line)
        is_within = is_parted and gap <= _LIKE * min(gaps)
        if rows and is_close and _goes_on(rows[-1], row, is_within=is_within):
            rows[-1] = tuple((*above, *below) for above, below in zip(rows[-1], row, strict=True))
        else:
            rows.append(row)
    return table_of(rows, head=0) if sum(sum(map(bool, row)) > 1 for row in rows) > 1 else None


def table_of(rows: Sequence[Row], *, head: int) -> Table | None:
    """The table of these rows; None where there is but one."""
    lines = [line for row in rows for cell in row for line in cell]
    if len(rows) < 2:
        return None
    return Table(
        lines[0].page,
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
        tuple(rows),
        head,
    )


def _columns_of(piece: Piece, starts: Sequence[float]) -> int:
    """How many columns a piece runs over."""
    return sum(piece.left - piece.size < start < piece.right - piece.size for start in starts)


def _row(pieces: Iterable[Piece], starts: Sequence[float]) -> Row:
    cells: list[list[Piece]] = [[] for _ in starts]
    for piece in pieces:
        cells[max(sum(start <= piece.left + 1 for start in starts) - 1, 0)].append(piece)
    return tuple(tuple(line_of(band) for band in bands(cell)) for cell in cells)


def _goes_on(above: Row, below: Row, *, is_within: bool) -> bool:
    """Whether a line belongs to the cells above: it is closer than rows are, or goes on in the middle of a phrase."""
    if any(upper and is_number(words_of(lower)) for upper, lower in zip(above, below, strict=True)):
        return False
    if is_within:
        return True
    first = next(cell[0] for cell in below if cell)
    has_above = all(upper or not lower for upper, lower in zip(above, below, strict=True))
    return first.text[0].islower() and (bool(above[0]) if below[0] else has_above)


def is_number(text: str) -> bool:
    """Whether a cell holds a number, with its unit perhaps; those that begin with 0 are of telephones and the like."""
    return bool(_NUMBER.fullmatch(text)) and not _CODE.search(text)


def lines_of(row: Row) -> list[Piece]:
    """The lines of a row's cells."""
    return [line for cell in row for line in cell]


def words_of(cell: Cell) -> str:
    """The words of a cell."""
    return " ".join(line.text for line in cell)


def is_prose(columns: Iterable[Sequence[Piece]]) -> bool:
    """Whether columns hold running text, by the length of their lines."""
    return all(sum(len(line.text) for line in column) >= _PROSE * len(column) for column in columns)


def names_of_columns(table: Table) -> tuple[tuple[str, ...], int]:
    """The names of the columns, and how many rows they take; none where the table has no head."""
    head = max(table.head, _head(table.rows))
    if not head:
        return (), 0
    names = [""] * len(table.rows[0])
    for row in table.rows[:head]:
        over = ""
        for at, cell in enumerate(row):
            # A name over several columns stands once, at the first of them.
            over = words_of(cell) or (over if head > 1 and row is not table.rows[head - 1] and at else "")
            # A name over several rows is said once.
            names[at] = names[at] if names[at] == over else f"{names[at]} {over}".strip()
    return tuple(names), head


def _head(rows: Sequence[Row]) -> int:
    """How many rows at the top name the columns."""
    for head in (1, 2):
        names, body = rows[:head], rows[head:]
        if not body or any(not may_name(words_of(cell)) for row in names for cell in row):
            return 0
        if head == 1 and sum(map(bool, names[0])) < len(names[0]) - 1:
            continue  # a row with gaps names groups of columns, and the next one the columns
        if all(map(_is_bold, names)) and not _is_bold(body[0]):
            return head
        columns = list(zip(*body, strict=True))
        # Of two columns the first may be labels, and one of their values a number.
        share = 1.0 if len(columns) < 3 else 0.5
        numbers = [sum(is_number(words_of(cell)) for cell in column) >= share * len(column) for column in columns]
        if any(numbers) and sum(map(bool, names[-1])) > 1 and not all(_reads_as(names[-1], numbers)):
            return head
        is_wide = len(columns) > 2 and len(body) > 1 and all(map(bool, names[-1]))
        return head if is_wide and not any(words_of(cell).endswith(":") for cell in names[-1]) else 0
    return 0


def may_name(words: str) -> bool:
    """Whether these words may name a column."""
    return len(words) <= _SHORT_NAME and (not is_number(words) or bool(_YEAR.fullmatch(words)))


def _is_bold(row: Row) -> bool:
    return all(line.is_bold for cell in row for line in cell)


def _reads_as(row: Row, numbers: Sequence[bool]) -> Iterable[bool]:
    """Whether the cells of a row are like those of the columns beneath."""
    return (is_number(words_of(cell)) for cell, are_numbers in zip(row, numbers, strict=True) if are_numbers)


def pairs_of(table: Table) -> list[tuple[Cell, Cell]]:
    """The labels and values of a table that is a list of them, such as the head of a bill; none where it is not."""
    rows = table.rows
    width = len(rows[0])
    labels = [row[at] for row in rows for at in range(0, width - 1, 2) if row[at]]
    are_labelled = sum(words_of(label).endswith((":", "：")) for label in labels) * 2 > len(labels)
    if width % 2 or not labels or not (are_labelled or (width == 2 and not names_of_columns(table)[1])):
        return []
    pairs: list[tuple[Cell, Cell]] = []
    for row in rows:
        for at in range(0, width, 2):
            if width == 2 and not row[at] and pairs:
                pairs[-1] = (pairs[-1][0], (*pairs[-1][1], *row[at + 1]))  # the value goes on under itself
            elif row[at] or row[at + 1]:
                pairs.append((row[at], row[at + 1]))
    return pairs


def sum_of(row: Row, table: Table, names: Sequence[str]) -> tuple[Cell, Cell] | None:
    """The label and the number of a row that sums up those above, as the total of a bill does; None of other rows.

    Its label stands in a column of numbers, so that the name of that column is not said of it.
    """
    filled = [at for at, cell in enumerate(row) if cell]
    if not names or row[0] or len(filled) != 2:
        return None
    column = [words_of(above[filled[0]]) for above in table.rows]
    label, value = (row[at] for at in filled)
    is_label = words_of(label)[0].isalpha() and is_number(words_of(value))
    return (label, value) if is_label and any(is_number(words) and not words[0].isalpha() for words in column) else None
