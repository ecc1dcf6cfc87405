"""Word's tables as grids: merged cells in each place that they cover."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from ingest.readers.table import Grid
from ingest.readers.table_heads import Across, Covered
from ingest.readers.word_styles import Styles, is_on
from ingest.readers.word_text import CELL, NOT_THERE, PARAGRAPH, ROW, TABLE, lines_of, runs_of

_MOST_COLUMNS = 63
"""Word's own limit."""
_LONGEST_REPEATED = 200


def grid_of(table: Any, styles: Styles) -> Grid | None:
    """The rows of a table; None where it only holds other things in their places: a box, tables, headings."""
    rows = [row for row in _within(table, ROW, TABLE) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
    cells = [list(_within(row, CELL, ROW)) for row in rows]
    if all(len(row) < 2 for row in cells) or any(_holds_more(cell, styles) for row in cells for cell in row):
        return None
    grid: list[list[str]] = []
    for row, inner in zip(rows, cells, strict=True):
        grid.append(_row(row, inner, grid[-1] if grid else []))
    marked = {at for at, row in enumerate(rows) if is_on(row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}"))}
    bold = [[_is_bold(cell, styles) for cell in row if " ".join(lines_of(cell)).strip()] for row in cells]
    first_row, first_column = styles.shows_heads(table)
    shown = {at for at, flags in enumerate(bold) if flags and all(flags)} | ({0} if first_row else set())
    return Grid(
        rows=grid,
        strong=frozenset(marked or shown),
        strong_labels=(first_column and not first_row) or _are_labels(bold),
    )


def _within(element: Any, tag: str, around: str) -> Iterator[Any]:
    """The inner elements of this tag, but not those of a table in a cell."""
    for inner in element.iter(tag):
        is_own = next(inner.iterancestors(around)) is element
        if is_own and not any(above.tag in NOT_THERE for above in inner.iterancestors()):
            yield inner


def _holds_more(cell: Any, styles: Styles) -> bool:
    tables = (table for table in cell.iter(TABLE) if len(list(table.iter(CELL))) > 1)
    return any(True for _ in tables) or any(
        styles.heading_level(paragraph) is not None for paragraph in cell.iter(PARAGRAPH)
    )


def _row(row: Any, cells: list[Any], above: list[str]) -> list[str]:
    """The words of a row in each place; those of a merged cell in each that it covers, where they are not long."""
    found: list[str] = [""] * _number(row, "w:trPr/w:gridBefore")
    for cell in cells:
        at = len(found)
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        words = " ".join(" ".join(lines_of(cell)).split())
        if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
            over = above[at] if at < len(above) else ""
            words = Covered(over) if len(over) <= _LONGEST_REPEATED else ""
        spanned = max(1, _number(cell, "w:tcPr/w:gridSpan"))
        found.append(words)
        beside = Across(words) if len(words) <= _LONGEST_REPEATED else ""
        found += [beside] * min(spanned - 1, max(0, _MOST_COLUMNS - len(found)))
    return found


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(map(qn, path.split("/"))))
    return min(int(found.get(qn("w:val")) or 0), _MOST_COLUMNS) if found is not None else 0


def _are_labels(bold: list[list[bool]]) -> bool:
    """Whether the first cells of rows are in bold, and the last ones are not."""
    rows = [flags for flags in bold if len(flags) > 1]
    return bool(rows) and all(flags[0] and not flags[-1] for flags in rows)


def _is_bold(cell: Any, styles: Styles) -> bool:
    return all(
        run.is_bold for paragraph in cell.iter(PARAGRAPH) for run in runs_of(paragraph, styles) if run.words.strip()
    )
