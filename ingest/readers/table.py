"""Tables of rows, from CSV files and spreadsheets: what their columns are called, and their rows as text."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

DELIMITERS = ",;\t|"
_LONGEST_NAME = 80
_LOOKED_AT = 20
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[-+(]?[\d.,:/%€$£-]+\)?")
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)

Row = tuple[int, Sequence[str]]
"""A row and the number of its last line, from 1."""


def split_header(rows: Iterable[Row]) -> tuple[list[str], list[str], Iterator[Row]]:
    """The words above a table, the names of its columns (none where it has no row of names), and its rows."""
    source = ((line, [value.strip() for value in row]) for line, row in rows)
    filled = ((line, row) for line, row in source if any(row))
    first = list(islice(filled, _LOOKED_AT))
    at = next((at for at, (_, row) in enumerate(first) if sum(map(bool, row)) > 1), 0)
    above = [" ".join(filter(None, row)) for _, row in first[:at]]
    if first and _names_columns(first[at][1]):
        return above, list(first[at][1]), chain(first[at + 1 :], filled)
    return above, [], chain(first[at:], filled)


def row_as_text(columns: Sequence[str], row: Sequence[str]) -> str:
    """A row as `column: value` lines, what is beyond the columns behind them; without columns its values in a line."""
    if not columns:
        return " | ".join(filter(None, row))
    names = [*columns, *[""] * (len(row) - len(columns))]
    return "\n".join(f"{name}: {value}" if name else value for name, value in zip(names, row, strict=False) if value)


def delimiter_of(lines: Sequence[str]) -> tuple[str, int]:
    """The sign that parts these first lines of a table into the most even columns, and how many lines only tell it."""
    told = _SEPARATOR.fullmatch(lines[0]) if lines else None
    if told:
        return told.group(1), 1
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter)), 0


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    usual, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return (times / widths.total(), usual) if usual > 1 else (0.0, 1)


def _names_columns(row: Sequence[str]) -> bool:
    """Whether a row holds names: short words, and years only beside them."""
    names = [value for value in row if value]
    words = [value for value in names if not _YEAR.fullmatch(value)]
    return bool(words) and all(len(value) <= _LONGEST_NAME and not _NUMBER.fullmatch(value) for value in words)
