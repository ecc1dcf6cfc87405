"""Excel: each row as `column: value` lines; each sheet is a page."""

import datetime
import io
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ingest.language import language_tag
from ingest.limits import allow_pages
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.table import row_as_text, split_header
from ingest.readers.zipped import opened_zip
from rag.errors import DocumentError


def read_xlsx(data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """An .xlsx file, with formulas as the values they last had; raises DocumentError where it is none."""
    opened_zip(data, name=name, what="an Excel file").close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it does not know
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (InvalidFileException, KeyError, ValueError, AttributeError, TypeError) as error:
            raise DocumentError(f"Cannot read {name}: it is not an Excel file ({error}).") from error
        allow_pages(len(book.worksheets), most=most_pages, name=name, called="sheets")
        pieces: list[str] = []
        starts: list[int] = []
        length = 0
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # a sheet may claim a billion cells: only those that are there are read
            words = "\n\n".join(filter(None, [_sheet_name(sheet.title), *_rows(sheet)]))
            starts.append(length)
            pieces.append(words)
            length += len(words) + 2 * bool(words)
        properties = book.properties
        book.close()
    text = "\n\n".join(filter(None, pieces))
    author, outlet = split_byline(properties.creator if properties.creator != "openpyxl" else None)
    return ReadDocument(
        text=text,
        title=properties.title or None,
        outlet=outlet,
        author=author,
        language=language_tag(properties.language),
        pages=tuple(min(start, len(text)) for start in starts),
        prose=False,
        how="the file's properties",
    )


def _sheet_name(title: str) -> str:
    return "" if title.lower().startswith("sheet") else title


def _rows(sheet: Any) -> Iterator[str]:
    """The rows as text, each value after its column's name where the sheet has names."""
    above, columns, rows = split_header(enumerate(map(_values, sheet.iter_rows(values_only=True)), start=1))
    texts = [row_as_text(columns, row) for _, row in rows]
    yield from [*above, *(texts or [" | ".join(columns)])]


def _values(row: Iterable[object]) -> list[str]:
    return [_value(cell) for cell in row]


def _value(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
