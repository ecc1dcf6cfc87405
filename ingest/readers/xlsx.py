"""Excel: each row as `column: value` lines; each sheet is a page."""

import datetime
import io
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ingest.language import language_tag
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.zipped import opened_zip
from rag.errors import DocumentError

_LONGEST_HEADER = 80


def read_xlsx(data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """An .xlsx file, with formulas as the values they last had; raises DocumentError where it is none."""
    opened_zip(data, name=name, what="an Excel file").close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it does not know
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        except (InvalidFileException, KeyError, ValueError, AttributeError, TypeError) as error:
            raise DocumentError(f"Cannot read {name}: it is not an Excel file ({error}).") from error
        if len(book.worksheets) > most_pages:
            raise DocumentError(f"Cannot read {name}: it has {len(book.worksheets):,} sheets; at most {most_pages:,}.")
        pieces: list[str] = []
        starts: list[int] = []
        length = 0
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # a sheet may claim a billion cells: only those that are there are read
            words = "\n\n".join(filter(None, [_sheet_name(sheet.title), *_rows(sheet.iter_rows(values_only=True))]))
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


def _rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    """The rows as text; where the first filled one names columns, each value after its column's name."""
    header: list[str] | None = None
    for row in rows:
        values = [_value(cell) for cell in row]
        if not any(values):
            continue
        if header is None:
            header = values if _names_columns(row) else []
            if header:
                continue
        names = header + [""] * (len(values) - len(header))
        if header:
            pairs = zip(names, values, strict=False)
            yield "\n".join(f"{column}: {value}" if column else value for column, value in pairs if value)
        else:
            yield " | ".join(filter(None, values))


def _names_columns(row: tuple[Any, ...]) -> bool:
    filled = [cell for cell in row if cell is not None]
    return len(filled) > 1 and all(isinstance(cell, str) and len(cell) <= _LONGEST_HEADER for cell in filled)


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
