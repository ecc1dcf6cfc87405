"""Excel: the tables, forms and notes of each sheet under the sheet's name, cells as they are shown."""

import io
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from types import SimpleNamespace
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.exceptions import InvalidFileException

from ingest.language import language_tag
from ingest.limits import allow_pages
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.number_format import shown
from ingest.readers.table import Grid, write_tables
from ingest.readers.table_heads import Across, Covered
from ingest.readers.zipped import opened_zip
from ingest.structure import TextWriter
from rag.domain import BlockKind
from rag.errors import DocumentError

_TRUE = ("1", "true")
_MOST_COLUMNS = 16_384
_MOST_CELLS = 2_000_000
_MOST_COVERED = 100_000
_LONGEST_REPEATED = 200
"""Longer words of a merged cell stand once: repeated in each row, a few pages could fill the memory."""
_DEEPEST = 4


@dataclass(slots=True)
class _Sheet:
    """What a sheet holds, while it is read."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    bold: dict[int, set[int]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    without_value: int = 0


def read_xlsx(data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """An .xlsx file, with formulas as the values they last had; raises DocumentError where it is none."""
    opened_zip(data, name=name, what="an Excel file").close()
    writer, notices = TextWriter(), list[str]()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it does not know
        try:
            book = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            # Its `read` would go through the sheets too, and make several objects of each cell.
            for step in (book.read_manifest, book.read_strings, book.read_workbook, book.read_properties):
                step()
            apply_stylesheet(book.archive, book.wb)
            sheets = [(sheet, part) for sheet, part in book.parser.find_sheets() if part.target in book.valid_files]
        except (InvalidFileException, KeyError, ValueError, AttributeError, TypeError, OSError) as error:
            raise DocumentError(f"Cannot read {name}: it is not an Excel file ({error}).") from error
        allow_pages(len(sheets), most=most_pages, name=name, called="sheets")
        for sheet, part in sheets:
            with book.archive.open(part.target) as source:
                found = _read(source, book, name=name)
            is_hidden = sheet.state != "visible"
            grids = _grids(found)
            if grids:
                writer.add(BlockKind.HEADING, sheet.name + (" (hidden)" if is_hidden else ""), level=1)
                write_tables(writer, grids, level=2)
            notices += _notices(found, sheet.name, is_hidden=is_hidden and bool(grids), name=name)
    properties = book.wb.properties
    author, outlet = split_byline(properties.creator if properties.creator != "openpyxl" else None)
    return ReadDocument(
        text=writer.text,
        blocks=writer.blocks,
        title=properties.title or None,
        outlet=outlet,
        author=author,
        language=language_tag(properties.language),
        notices=tuple(notices),
        prose=False,
        how="the file's properties",
    )


def _notices(found: _Sheet, title: str, *, is_hidden: bool, name: str) -> Iterator[str]:
    """What a person cannot see, or what the file does not say."""
    if is_hidden:
        yield f"{name}: the sheet {title} is hidden; it was read."
    if found.hidden_rows or found.hidden_columns:
        yield f"{name}: the sheet {title} has hidden rows or columns; they were read."
    if found.without_value:
        count = found.without_value
        yield f"{name}: formulas without a value in {title}: {count}. Open it in a spreadsheet program and save it."


def _read(source: IO[bytes], book: ExcelReader, *, name: str) -> _Sheet:
    """The cells of a sheet as they are shown."""
    found = _Sheet()
    styles = _Styles(book)
    number = cells = 0
    for _, element in iterparse(source):
        kind = element.tag.rpartition("}")[2]
        if kind == "mergeCell":
            found.merged.append(element.get("ref", ""))
        elif kind == "col" and element.get("hidden") in _TRUE:
            last = min(int(element.get("max", 0)), _MOST_COLUMNS)
            found.hidden_columns.update(range(int(element.get("min", 1)), last + 1))
        elif kind == "row":
            number = int(element.get("r", number + 1))
            cells += len(element)
            if cells > _MOST_CELLS:
                raise DocumentError(f"Cannot read {name}: a sheet has more than {_MOST_CELLS:,} cells.")
            _read_row(element, number, book, styles, found)
            element.clear()
    found.hidden_columns &= {column for row in found.rows.values() for column in row}
    return found


class _Styles(dict[str, tuple[str, bool, bool]]):
    """The number format of each style, whether it shows days and whether it is bold."""

    def __init__(self, book: ExcelReader) -> None:
        super().__init__()
        self._sheet = SimpleNamespace(parent=book.wb)

    def __missing__(self, style: str) -> tuple[str, bool, bool]:
        cell = ReadOnlyCell(self._sheet, 1, 1, 0, style_id=int(style))
        self[style] = cell.number_format, cell.is_date, bool(cell.font.b)
        return self[style]


def _read_row(element: Element, number: int, book: ExcelReader, styles: _Styles, found: _Sheet) -> None:
    row: dict[int, str] = {}
    column = 0
    space = element.tag.removesuffix("row")
    for cell in element:
        reference = cell.get("r")
        column = _column(reference.rstrip("0123456789")) if reference else column + 1
        value = cell.findtext(space + "v")
        if value is None and (inline := cell.find(space + "is")) is not None:
            value = "".join(part.findtext(space + "t") or "" for part in (inline, *inline.findall(space + "r")))
        if not value:
            found.without_value += cell.find(space + "f") is not None
            continue
        number_format, is_date, is_bold = styles[cell.get("s", "0")]
        epoch = book.wb.epoch if is_date else None
        words = _words(cell.get("t", "n"), value, book.shared_strings, number_format, epoch)
        if words and column <= _MOST_COLUMNS:
            row[column] = words
            if is_bold:
                found.bold.setdefault(number, set()).add(column)
    if row:
        found.rows[number] = row
        found.hidden_rows += element.get("hidden") in _TRUE


@lru_cache(maxsize=_MOST_COLUMNS)
def _column(letters: str) -> int:
    return int(column_index_from_string(letters))


def _words(kind: str, value: str, texts: Sequence[str], number_format: str, epoch: Any) -> str:
    if kind == "s":
        return " ".join(str(texts[int(value)]).split())
    if kind == "b":
        return shown(value == "1", number_format)
    if kind != "n":  # words, an error such as #N/A, a day in ISO 8601
        return " ".join(value.split())
    figure = float(value) if not value.lstrip("-").isdigit() else int(value)
    return shown(figure, number_format) if epoch is None else _day(figure, number_format, epoch)


@lru_cache(maxsize=10_000)
def _day(figure: float, number_format: str, epoch: Any) -> str:
    """The day or time that a number stands for; the number itself where there is no such day."""
    try:
        return shown(from_excel(figure, epoch, timedelta="[" in number_format.split(";")[0]), number_format)
    except (OverflowError, ValueError):
        return shown(figure, "General")


def _grids(found: _Sheet) -> list[Grid]:
    """The tables of a sheet, parted by empty rows and columns, merged cells filled."""
    rows: dict[int, list[str]] = {}
    for number in sorted(found.rows):
        rows[number] = [""] * (max(found.rows[number]) + 1)
        for column, words in found.rows[number].items():
            rows[number][column] = words
    _cover(rows, found)
    return list(_parted(list(rows.items()), found.bold, 0, _MOST_COLUMNS + 1))


def _cover(rows: Mapping[int, list[str]], found: _Sheet) -> None:
    """Writes the words of merged cells in each place that they cover, as far as there are cells."""
    numbers = list(rows)
    width = max(map(len, rows.values()), default=0)
    covered = 0
    for reference in found.merged:
        first, top, last, bottom = range_boundaries(reference)
        words = found.rows.get(top, {}).get(first, "")
        if not words or len(words) > _LONGEST_REPEATED:
            continue
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            row = rows[number]
            row.extend([""] * (min(last + 1, width) - len(row)))
            for at in range(first, min(last + 1, width)):
                covered += 1
                if covered > _MOST_COVERED:  # merged over and over
                    return
                row[at] = row[at] or (Across if at > first else Covered)(words)


def _parted(
    rows: Sequence[tuple[int, list[str]]], bold: Mapping[int, set[int]], first: int, last: int, depth: int = 0
) -> Iterator[Grid]:
    """The tables in these rows, between two columns."""
    band: list[tuple[int, list[str]]] = []
    for number, row in [*rows, (0, [])]:
        is_filled = any(row[first:last])
        if band and not (is_filled and number == band[-1][0] + 1):
            yield from _side_by_side(band, bold, first, last, depth)
            band = []
        if is_filled:
            band.append((number, row))


def _side_by_side(
    band: Sequence[tuple[int, list[str]]], bold: Mapping[int, set[int]], first: int, last: int, depth: int
) -> Iterator[Grid]:
    """The tables of rows without an empty one; a lone column is the names of what stands right of it."""
    used = sorted({at for _, row in band for at, cell in enumerate(row[first:last], start=first) if cell})
    cuts = [at for at, (one, other) in enumerate(pairwise(used), start=1) if other > one + 1]
    starts = [0, *(at for at, before in zip(cuts, [0, *cuts], strict=False) if at - before > 1)]
    if len(starts) > 1 and depth < _DEEPEST:
        for start, end in zip(starts, [*starts[1:], len(used)], strict=True):
            yield from _parted(band, bold, used[start], used[end - 1] + 1, depth + 1)
        return
    cells = [[row[at] for at in used if at < len(row)] for _, row in band]
    is_bold = [[at in bold.get(number, ()) for at in used if row[at : at + 1] > [""]] for number, row in band]
    labels = [flags for flags in is_bold if len(flags) > 1]
    yield Grid(
        rows=cells,
        strong=frozenset(at for at, flags in enumerate(is_bold) if all(flags)),
        strong_labels=bool(labels) and all(flags[0] and not flags[-1] for flags in labels),
        left=used[0],
    )
