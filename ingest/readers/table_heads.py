"""Where a table begins among rows, which rows name its columns, and what each column is called."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, takewhile
from statistics import median_high

LOOKED_AT = 20
"""How many rows tell what a table is like."""
LONGEST_NAME = 120
_MOST_HEADS = 3
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
    is_headless = start > 0 and len(own_cells(rows[start - 1])) > 1 and not heads_of(rows[start:], ())
    if is_headless and heads_of(rows[start - 1 :], ()):
        return start - 1
    width = width_of(rows[start : start + LOOKED_AT])
    full = next((at for at in range(start, min(len(rows), LOOKED_AT)) if len(own_cells(rows[at])) == width), start)
    # Notes above a table can be as wide as it is, but leave gaps.
    is_head = full > start + 1 and heads_of(rows[full:], ()) and any(map(is_value, rows[full + 1]))
    return full if is_head and heads_of(rows[start:], ()) < 2 else start


def _is_wide(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a row is as wide as most of those beneath it."""
    beneath = [_extent(other) for other in rows[at + 1 : at + 1 + LOOKED_AT]]
    is_wide = len(beneath) < 2 or _extent(rows[at]) >= median_high(beneath)
    return len(own_cells(rows[at])) > 1 and (is_wide or heads_of(rows[at:], ()) > 1)


def heads_of(rows: Sequence[Sequence[str]], strong: Sequence[int] | set[int]) -> int:
    """How many of the first rows name the columns: those shown as heads, else a row of names over other rows."""
    marked = len(list(takewhile(lambda at: at in strong, range(len(rows)))))
    if 0 < marked < len(rows) and all(len(cell) <= LONGEST_NAME for row in rows[:marked] for cell in row):
        return min(marked, _MOST_HEADS)
    if len(rows) < 2 or not _names_columns(rows[0], rows[1 : 1 + LOOKED_AT]):
        return 0
    second = rows[1]
    spans = any(isinstance(cell, Covered) for cell in second) or any(
        isinstance(cell, Across) or (at and not cell and any(second[at : at + 1])) for at, cell in enumerate(rows[0])
    )
    is_second = spans and len(rows) > 2 and _names_columns(second, rows[2 : 2 + LOOKED_AT])
    return 2 if is_second and any(map(is_value, rows[2])) else 1


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


def own_cells(row: Sequence[str]) -> list[str]:
    """The cells of a row that hold something, a merged one once."""
    return [cell for cell in row if cell and not isinstance(cell, Across)]


def _is_own(cell: str) -> bool:
    return cell != "" and not isinstance(cell, Covered)


def _extent(row: Sequence[str]) -> int:
    return max((at for at, cell in enumerate(row, start=1) if cell), default=0) if len(own_cells(row)) > 1 else 1


def _names_columns(row: Sequence[str], beneath: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds names: short words, years and days only beside them, and no value of those beneath."""
    names = [cell for cell in row if cell]
    if not row[0] and len(names) == len(row) - 1 > 1 and all(other[0] and not is_figure(other[0]) for other in beneath):
        return True  # of a matrix: only the corner is empty
    words = [cell for cell in names if not _YEAR.fullmatch(cell)]
    if not words or any(len(cell) > LONGEST_NAME or is_figure(cell) or cell.endswith(":") for cell in words):
        return False
    others = [other for other in beneath if list(other) != list(row)]
    return bool(others) and not any(
        _is_one_of(cell, [other[at] for other in others if at < len(other) and _is_own(other[at])])
        for at, cell in enumerate(row)
        if cell
    )


def is_value(cell: str) -> bool:
    """Whether a cell begins with a number."""
    return _VALUE.match(cell) is not None


def is_figure(cell: str) -> bool:
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
