"""Tables of rows, wherever they stand: where they begin, what their columns are called, and their rows as blocks.

What stands above a table is its title and its fields; a table of two columns may be a form, a label and a value a row.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, takewhile
from statistics import median_high

from ingest.readers.labels import labelled
from ingest.structure import TextWriter
from rag.domain import BlockKind

LOOKED_AT = 20
"""How many rows tell what a table is like."""
_LONGEST_NAME = 120
_LONGEST_TITLE = 100
_MOST_HEADS = 3
_LONGEST_FORM = 60
_WITHIN = " › "
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d\d(?:\d\d|-\d\d)?)?")
"""A year, a month or a day: what it is a column of may be called so."""
_NUMBER = re.compile(r"[-+(]?[\d.,:/%€$£-]+\)?")
_VALUE = re.compile(r"[-+(]?\s?[€$£¥]?\s?\d")


Row = tuple[int, Sequence[str]]
"""A row, its cells without space around them, and the number of its last line, from 1."""


class Covered(str):
    """The words of a merged cell in a place that it covers, beneath its first one."""

    __slots__ = ()


class Across(Covered):
    """The words of a merged cell in a place that it covers, right of its first one."""

    __slots__ = ()


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
    filled = [at for at, row in enumerate(grid.rows) if _own(row)]
    rows = [grid.rows[at] for at in filled]
    strong = {at for at, place in enumerate(filled) if place in grid.strong}
    is_table = any(len(_own(row)) > 1 for row in rows) or ((named or len(rows) > 3) and heads_of(rows, strong) > 0)
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
    notes = takewhile(lambda row: is_wide and row[0] and len(_own(row)) == 1, reversed(rows[heads:]))
    end = len(rows) - len(list(notes))
    _write_rows(writer, rows[:end], heads, columns, strong)
    for row in rows[end:]:
        _write_line(writer, _own(row))
    return columns


def split_header(rows: Iterable[Row]) -> tuple[list[str], Iterator[Row]]:
    """The names of a table's columns, none where it has none, and its rows; one row after the other is read."""
    filled = ((line, row) for line, row in rows if any(row))
    first = list(islice(filled, LOOKED_AT))
    cells = [row for _, row in first]
    start = table_start(cells)
    heads = heads_of(cells[start:], ())
    columns = names_of(cells[start : start + heads]) if heads else []
    return columns, chain(first[start + heads :], filled)


def table_start(rows: Sequence[Sequence[str]]) -> int:
    """The first row that is not above the table: as wide as those beneath; 0 where no row is."""
    rows = rows[: 3 * LOOKED_AT]
    start = next(filter(lambda at: _is_wide(rows, at), range(min(len(rows), LOOKED_AT))), 0)
    # A head that leaves the last columns without a name is narrower than its rows.
    is_headless = start > 0 and len(_own(rows[start - 1])) > 1 and not heads_of(rows[start:], ())
    if is_headless and heads_of(rows[start - 1 :], ()):
        return start - 1
    width = width_of(rows[start : start + LOOKED_AT])
    full = next((at for at in range(start, min(len(rows), LOOKED_AT)) if len(_own(rows[at])) == width), start)
    # Notes above a table can be as wide as it is, but leave gaps.
    is_head = full > start + 1 and heads_of(rows[full:], ()) and any(map(_VALUE.match, rows[full + 1]))
    return full if is_head and heads_of(rows[start:], ()) < 2 else start


def _is_wide(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a row is as wide as most of those beneath it."""
    beneath = [_extent(other) for other in rows[at + 1 : at + 1 + LOOKED_AT]]
    is_wide = len(beneath) < 2 or _extent(rows[at]) >= median_high(beneath)
    return len(_own(rows[at])) > 1 and (is_wide or heads_of(rows[at:], ()) > 1)


def heads_of(rows: Sequence[Sequence[str]], strong: Sequence[int] | set[int]) -> int:
    """How many of the first rows name the columns: those shown as heads, else a row of names over other rows."""
    marked = len(list(takewhile(lambda at: at in strong, range(len(rows)))))
    if 0 < marked < len(rows) and all(len(cell) <= _LONGEST_NAME for row in rows[:marked] for cell in row):
        return min(marked, _MOST_HEADS)
    if len(rows) < 2 or not _names_columns(rows[0], rows[1 : 1 + LOOKED_AT]):
        return 0
    second = rows[1]
    spans = any(isinstance(cell, Covered) for cell in second) or any(
        isinstance(cell, Across) or (at and not cell and any(second[at : at + 1])) for at, cell in enumerate(rows[0])
    )
    is_second = spans and len(rows) > 2 and _names_columns(second, rows[2 : 2 + LOOKED_AT])
    return 2 if is_second and any(_VALUE.match(cell) for cell in rows[2]) else 1


def names_of(heads: Sequence[Sequence[str]]) -> list[str]:
    """The names of the columns; names over several columns come before those beneath: `2023 › EUR`."""
    width = max(map(len, heads))
    filled = [[*row, *[""] * (width - len(row))] for row in heads]
    for upper, lower in pairwise(filled):
        for at in range(1, width):
            if not upper[at] and lower[at] and lower[at - 1]:
                upper[at] = upper[at - 1]
    return [_WITHIN.join(dict.fromkeys(str(row[at]) for row in filled if row[at])) for at in range(width)]


def width_of(rows: Sequence[Sequence[str]]) -> int:
    """How many columns hold something."""
    return len({at for row in rows for at, cell in enumerate(row) if cell})


def _own(row: Sequence[str]) -> list[str]:
    """The cells of a row that hold something, a merged one once."""
    return [cell for cell in row if cell and not isinstance(cell, Across)]


def _is_own(cell: str) -> bool:
    return cell != "" and not isinstance(cell, Covered)


def _extent(row: Sequence[str]) -> int:
    return max((at for at, cell in enumerate(row, start=1) if cell), default=0) if len(_own(row)) > 1 else 1


def _names_columns(row: Sequence[str], beneath: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds names: short words, years and days only beside them, and no value of those beneath."""
    names = [cell for cell in row if cell]
    if (
        not row[0]
        and len(names) == len(row) - 1 > 1
        and all(other[0] and not _is_figure(other[0]) for other in beneath)
    ):
        return True  # of a matrix: only the corner is empty
    words = [cell for cell in names if not _YEAR.fullmatch(cell)]
    if not words or any(len(cell) > _LONGEST_NAME or _is_figure(cell) or cell.endswith(":") for cell in words):
        return False
    others = [other for other in beneath if list(other) != list(row)]
    return bool(others) and not any(
        _is_one_of(cell, [other[at] for other in others if at < len(other) and _is_own(other[at])])
        for at, cell in enumerate(row)
        if cell
    )


def _is_figure(cell: str) -> bool:
    """Whether these words are mostly digits: an amount, a day, a number of an account."""
    digits = sum(map(str.isdigit, cell))
    return _NUMBER.fullmatch(cell) is not None or 2 * digits > sum(map(str.isalnum, cell))


def _is_one_of(cell: str, values: Sequence[str]) -> bool:
    """Whether a cell is a value like those beneath it: the same words, or another number of the same form."""
    if _YEAR.fullmatch(cell):
        return bool(values) and all(map(_YEAR.fullmatch, values))
    if not any(character.isdigit() or character == "@" for character in cell):
        return cell in values and len(values) > 1
    return 2 * [_shape(value) for value in values].count(_shape(cell)) > len(values)


def _shape(cell: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "a", cell))


def _is_form(rows: Sequence[Sequence[str]], heads: int, is_marked: bool, strong_labels: bool, named: bool) -> bool:
    """Whether each row is a label and its value: two columns, and no names above values of one kind."""
    pairs = [row for row in rows if len(_own(row)) > 1]
    if not pairs or width_of(rows) != 2 or is_marked:
        return False
    labels = [_own(row)[0] for row in pairs]
    if len(set(labels)) < len(labels) or len(labels) > _LONGEST_FORM or not all(map(_is_label, labels)):
        return False
    kinds = {_VALUE.match(_own(row)[-1]) is not None for row in pairs[1:]}
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
    return len(words) <= _LONGEST_NAME and not _is_figure(words)


def _write_above(writer: TextWriter, rows: Sequence[Sequence[str]], *, level: int | None, record: int) -> None:
    """The title, notes and fields that stand above a table; without a level none is a title."""
    for at, row in enumerate(rows):
        own = _own(row)
        is_title = at == 0 and len(own) == 1 and len(own[0]) <= _LONGEST_TITLE and _may_be_title(row)
        if level is not None and is_title and not own[0].endswith((".", ":")):
            writer.add(BlockKind.HEADING, own[0], level=level)
        else:
            _write_line(writer, own, record=record)


def _may_be_title(row: Sequence[str]) -> bool:
    """Whether a row of one cell is a title: a label and its value are none, save across the table or in small words."""
    pair = labelled(_own(row)[0])
    return pair is None or pair[1][0].islower() or any(isinstance(cell, Across) for cell in row)


def _pairs_above(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The labels and values of rows above a wider table; none where they are a table themselves."""
    pairs = [own for row in rows if (own := _own(row))]
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
        own = _own(row)
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
        own = _own(row)
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
