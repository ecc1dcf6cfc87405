"""Tables of rows, wherever they stand, written as blocks.

What stands above a table is its title and its fields; a table of two columns may be a form, a label and a value a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.readers.labels import labelled
from ingest.readers.table_heads import (
    LONGEST_NAME,
    Across,
    heads_of,
    is_figure,
    is_value,
    names_of,
    own_cells,
    table_start,
    width_of,
)
from ingest.structure import TextWriter
from rag.domain import BlockKind

_LONGEST_TITLE = 100
_LONGEST_FORM = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table; the words of a merged cell stand in each place that it covers."""

    rows: Sequence[Sequence[str]]
    strong: frozenset[int] = frozenset()
    """The rows that are shown or marked as a head, by their place from 0."""
    strong_labels: bool = False
    """Whether the cells of the first column are shown as heads of their rows."""
    left: int = 0
    """The column of the sheet in which it begins."""


def write_tables(
    writer: TextWriter, grids: Sequence[Grid], *, level: int, named: bool = False, record: int | None = None
) -> None:
    """Writes the tables of a sheet with the titles, fields and notes between them.

    A title above a table is a heading of this level. `named` says that a first row of words names the columns even over
    words, as in a CSV file, where labels and values may stand above the table. Rows that stand apart from the table
    above them, in the same columns, have its names. `record` is that of the fields right above.
    """
    widest = max((width_of(grid.rows) for grid in grids), default=0)
    before: tuple[int, int] | None = None
    columns: Sequence[str] = ()
    for at, grid in enumerate(grids, start=1):
        place = (grid.left, max(map(len, grid.rows), default=0))
        columns = columns if place == before else ()
        is_named = named and width_of(grid.rows) == widest
        if named and not is_named and at < len(grids) and (pairs := _pairs_above(grid.rows)):
            _write_form(writer, pairs, record or writer.record())
        else:
            followed = at < len(grids)
            columns = _write_table(
                writer, grid, level=level, named=is_named, columns=columns, followed=followed, record=record
            )
        record = None
        before = place


def _write_table(
    writer: TextWriter,
    grid: Grid,
    *,
    level: int,
    named: bool,
    columns: Sequence[str],
    followed: bool,
    record: int | None,
) -> Sequence[str]:
    """Writes a table with what stands above it, and gives the names of its columns."""
    filled = [at for at, row in enumerate(grid.rows) if own_cells(row)]
    rows = [grid.rows[at] for at in filled]
    strong = {at for at, place in enumerate(filled) if place in grid.strong}
    is_table = any(len(own_cells(row)) > 1 for row in rows) or ((named or len(rows) > 3) and heads_of(rows, strong) > 0)
    start = table_start(rows) if is_table else len(rows)
    record = record or writer.record()
    _write_above(writer, rows[:start], level=level if followed or is_table else None, record=record)
    rows, strong = rows[start:], {at - start for at in strong if at >= start}
    if not is_table:
        return columns
    if pairs := _labelled_pairs(rows):
        _write_form(writer, pairs, record)
        return ()
    heads = heads_of(rows, strong)
    if _is_form(rows, heads, heads > 0 and 0 in strong, grid.strong_labels, named):
        _write_form(writer, rows, record)
        return ()
    columns = names_of(rows[:heads]) if heads else columns
    is_wide = width_of(rows) > 2
    notes = takewhile(lambda row: is_wide and row[0] and len(own_cells(row)) == 1, reversed(rows[heads:]))
    end = len(rows) - len(list(notes))
    _write_rows(writer, rows[:end], heads, columns, strong)
    for row in rows[end:]:
        _write_line(writer, own_cells(row))
    return columns


def _is_form(rows: Sequence[Sequence[str]], heads: int, is_marked: bool, strong_labels: bool, named: bool) -> bool:
    """Whether each row is a label and its value: two columns, and no names above values of one kind."""
    pairs = [row for row in rows if len(own_cells(row)) > 1]
    if not pairs or width_of(rows) != 2 or is_marked:
        return False
    labels = [own_cells(row)[0] for row in pairs]
    if len(set(labels)) < len(labels) or len(labels) > _LONGEST_FORM or not all(map(_is_label, labels)):
        return False
    kinds = {is_value(own_cells(row)[-1]) for row in pairs[1:]}
    if strong_labels or all(label.endswith((":", "：")) for label in labels):
        return True
    if named:
        return heads == 1 and len(pairs) > 2 and len(kinds) == 2 and rows[0][0] != ""
    return not heads or kinds != {True} or len(pairs) == 2


def _labelled_pairs(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The labels and values of a form that has several beside each other, each label with a colon; else none."""
    pairs = [list(row[at : at + 2]) for row in rows for at in range(0, len(row), 2) if any(row[at : at + 2])]
    return pairs if all(pair[0].endswith((":", "：")) for pair in pairs) and width_of(rows) > 2 else []


def _is_label(words: str) -> bool:
    return len(words) <= LONGEST_NAME and not is_figure(words)


def _write_above(writer: TextWriter, rows: Sequence[Sequence[str]], *, level: int | None, record: int) -> None:
    """The title, notes and fields that stand above a table; without a level none is a title."""
    for at, row in enumerate(rows):
        own = own_cells(row)
        is_title = at == 0 and len(own) == 1 and len(own[0]) <= _LONGEST_TITLE and _may_be_title(row)
        if level is not None and is_title and not own[0].endswith((".", ":")):
            writer.add(BlockKind.HEADING, own[0], level=level)
        else:
            _write_line(writer, own, record=record)


def _may_be_title(row: Sequence[str]) -> bool:
    """Whether a row of one cell is a title: a label and its value are none, save across the table or in small words."""
    pair = labelled(own_cells(row)[0])
    return pair is None or pair[1][0].islower() or any(isinstance(cell, Across) for cell in row)


def _pairs_above(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The labels and values of rows above a wider table; none where they are a table themselves."""
    pairs = [own for row in rows if (own := own_cells(row))]
    labels = [pair[0] for pair in pairs]
    is_form = all(len(pair) == 2 for pair in pairs) and len(set(labels)) == len(labels) and all(map(_is_label, labels))
    return pairs if is_form else []


def _write_line(writer: TextWriter, own: Sequence[str], *, record: int | None = None) -> None:
    """A row that is no part of a table: a label and what follows it, or words."""
    pair = labelled(own[0]) if len(own) == 1 else (own[0], own[1])
    if len(own) > 2:
        writer.row(own)
    elif pair:
        writer.pair(BlockKind.FIELD, *pair, record=record)
    else:
        writer.add(BlockKind.PARAGRAPH, own[0])


def _write_form(writer: TextWriter, rows: Sequence[Sequence[str]], record: int) -> None:
    for row in rows:
        own = own_cells(row)
        if len(own) == 1 and any(isinstance(cell, Across) for cell in row):  # a title across both columns
            writer.add(BlockKind.CAPTION, own[0])
            record = writer.record()
        elif len(own) == 1:
            writer.add(BlockKind.FIELD, own[0], record=record)
        else:
            writer.pair(BlockKind.FIELD, own[0], " ".join(own[1:]), record=record)


def _write_rows(
    writer: TextWriter, rows: Sequence[Sequence[str]], heads: int, columns: Sequence[str], strong: set[int]
) -> None:
    """The rows of a table; one that is a single cell from edge to edge is about those beneath it."""
    head = list(rows[0]) if heads else None
    for at, row in enumerate(rows[heads:], start=heads):
        own = own_cells(row)
        is_alone = len(own) == 1 and len(row) > 1 and len(rows) > 1
        if list(row) == head and at + 1 < len(rows):  # said again on the next page
            continue
        if is_alone and (at in strong or any(isinstance(cell, Across) for cell in row)):
            writer.add(BlockKind.CAPTION, own[0])
        else:
            # Words that begin the row, such as `Total`, name it; they are no value of the columns that they reach into.
            label = 1 + len(list(takewhile(lambda cell: isinstance(cell, Across), row[1:])))
            cells = [row[0], *[""] * (label - 1), *row[label:]]
            writer.row(cells if columns else [cell for cell in row if not isinstance(cell, Across)], columns)
