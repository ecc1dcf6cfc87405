"""Corpora, where each record is a document: JSON Lines, and tables with a column of texts."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.text import guessed_encoding
from rag.errors import DocumentError

Records = Iterator[ReadDocument | BadRecord]
_DATE_FIELDS = ("published", "published_at", "date", "publication_date")
_TEXT_FIELDS = ("body", "text", "content", "article")
_TABLE_SAMPLE_BYTES = 256 * 1024
_DELIMITERS = ",;\t|"
_LONGEST = 50 * 1024 * 1024
_GIGABYTE = 1024**3


def read_json_lines(stream: BinaryIO, *, name: str, text_field: str | None = None, longest: int = _LONGEST) -> Records:
    """One document for each line, one line at a time.

    A line that cannot be read, or is longer than `longest` bytes, is a BadRecord.
    """
    for line, written in enumerate(_lines(stream, longest), start=1):
        if line == 1:
            written = written.removeprefix(b"\xef\xbb\xbf")
        if not written.strip():
            continue
        if len(written) > longest:
            yield BadRecord(line, f"Cannot read line {line} of {name}: it has more than {longest:,} bytes.")
            continue
        try:
            record = json.loads(written)
        except UnicodeDecodeError:
            yield BadRecord(line, f"Cannot read line {line} of {name}: it is not UTF-8. Save the file as UTF-8.")
        except (ValueError, RecursionError) as error:
            yield BadRecord(line, f"Cannot read line {line} of {name}: it is not JSON ({error}).")
        else:
            if isinstance(record, dict):
                yield _document(record, line=line, name=name, text_field=text_field)
            else:
                yield BadRecord(line, f"Cannot read line {line} of {name}: it is JSON, but not an object with fields.")


def read_table(stream: BinaryIO, *, name: str, text_field: str | None = None, longest: int = _LONGEST) -> Records:
    """One document for each row where the table has a column of texts, else one document of `column: value` lines.

    A table with a line or a field of more than `longest` characters is refused.
    """
    # A field may be a whole book; the default limit is 131,072 characters. The limit holds for the whole process.
    csv.field_size_limit(min(longest, _GIGABYTE))
    encoding, notices = _encoding(stream, name=name)
    lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        dialect = _dialect(lines, longest)
        rows = csv.DictReader(_bounded(lines, longest, name=name), dialect=dialect, restkey="", restval="")
        columns = [column for column in rows.fieldnames or () if column]
        if text_field and text_field.lower() not in map(str.lower, columns):
            there = ", ".join(columns)
            raise DocumentError(f"Cannot read {name}: it has no column '{text_field}'. Its columns are {there}.")
        if text_field or any(column.lower() in _TEXT_FIELDS for column in columns):
            for row in rows:
                yield _document(row, line=rows.line_num, name=name, text_field=text_field, notices=notices)
                notices = ()
        else:
            yield ReadDocument(text=_as_lines(rows, longest, name=name), notices=notices, prose=False)
    except (csv.Error, UnicodeDecodeError) as error:
        raise DocumentError(f"Cannot read {name}: the table is damaged ({error}).") from error
    finally:
        with suppress(ValueError):  # the caller has closed it already
            lines.detach()  # the stream is the caller's to close


def _document(
    record: Mapping[str, Any], *, line: int, name: str, text_field: str | None, notices: tuple[str, ...] = ()
) -> ReadDocument | BadRecord:
    fields = {str(key).lower(): value for key, value in record.items()}
    wanted = (text_field.lower(),) if text_field else _TEXT_FIELDS
    text = next((fields[field] for field in wanted if isinstance(fields.get(field), str)), None)
    if text is None:
        wanted_fields, there = " or ".join(wanted), ", ".join(map(str, record))
        return BadRecord(
            line,
            f"Cannot read line {line} of {name}: it has no text in {wanted_fields}. "
            f"Name the field with --text-field; it has {there}.",
        )
    return ReadDocument(
        text=text,
        title=_first(fields, "title", "headline"),
        outlet=_first(fields, "outlet", "source", "publisher"),
        published=next(filter(None, (iso_date(fields.get(field)) for field in _DATE_FIELDS)), None),
        author=_first(fields, "author", "authors", "byline"),
        url=_first(fields, "url", "link"),
        language=language_tag(_first(fields, "language", "lang")),
        how="a field of the record",
        record_id=_first(fields, "id", "_id"),
        line=line,
        notices=notices,
    )


def _first(fields: Mapping[str, Any], *keys: str) -> str | None:
    """The first of these fields that says something; a list of names is joined."""
    for key in keys:
        value = fields.get(key)
        if isinstance(value, list):
            value = ", ".join(part for part in value if isinstance(part, str))
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """The lines of a file; of one longer than `longest` only its beginning, which is longer too."""
    while line := stream.readline(longest + 1):
        yield line
        while len(line) > longest and not line.endswith(b"\n"):
            line = stream.readline(longest + 1)


def _bounded(lines: io.TextIOWrapper, longest: int, *, name: str) -> Iterator[str]:
    while line := lines.readline(longest + 1):
        if len(line) > longest:
            raise DocumentError(f"Cannot read {name}: it has a line of more than {longest:,} characters.")
        yield line


def _as_lines(rows: "csv.DictReader[str]", longest: int, *, name: str) -> str:
    """Each row as `column: value` lines, rows parted by blank lines."""
    pieces: list[str] = []
    length = 0
    for row in rows:
        piece = "\n".join(f"{column}: {value.strip()}" for column, value in row.items() if column and value.strip())
        if piece:
            pieces.append(piece)
            length += len(piece) + 2
        if length > longest:
            raise DocumentError(f"Cannot read {name}: as one document it has more than {longest:,} characters.")
    return "\n\n".join(pieces)


def _encoding(stream: BinaryIO, *, name: str) -> tuple[str, tuple[str, ...]]:
    """The encoding of a table, by its byte order mark or its first quarter of a megabyte; the stream is rewound."""
    sample = stream.read(_TABLE_SAMPLE_BYTES)
    stream.seek(0)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", ()
    if b"\0" in sample:
        raise DocumentError(f"Cannot read {name}: it holds binary data, not a table.")
    try:
        # The sample may end within a character.
        sample.decode("utf-8") if len(sample) < _TABLE_SAMPLE_BYTES else sample.rsplit(b"\n", 1)[0].decode("utf-8")
        return "utf-8-sig", ()
    except UnicodeDecodeError:
        encoding, notice = guessed_encoding(sample, name=name)
        return encoding, (notice,)


def _dialect(lines: io.TextIOWrapper, longest: int) -> type[csv.Dialect]:
    """How the table parts its fields: by what its header line uses most."""

    class Found(csv.excel):
        delimiter = ","

    header = lines.readline(longest)
    lines.seek(0)
    Found.delimiter = max(_DELIMITERS, key=header.count)
    return Found
