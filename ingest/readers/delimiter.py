"""What parts the columns of a CSV file: the sign that makes the most even ones."""

import csv
import re
from collections import Counter
from collections.abc import Sequence

_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def delimiter_of(lines: Sequence[str]) -> tuple[str, int]:
    """The sign that parts these first lines of a table into the most even columns, and how many lines only tell it."""
    told = _SEPARATOR.fullmatch(lines[0]) if lines else None
    if told:
        return told.group(1), 1
    return max(_DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter)), 0


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    usual, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return (times / widths.total(), usual) if usual > 1 else (0.0, 1)
