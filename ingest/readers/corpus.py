"""Corpora, where each record is a document: JSON Lines, and tables with a column of texts."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain, islice
from typing import IO, Any, AnyStr, BinaryIO

from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.fields import fields_of, key_of, said_in, stated_fields
from ingest.readers.table import delimiter_of, row_as_text, split_header
from ingest.readers.text import decoded, guessed_encoding, marked_encoding, unmarked_utf16
from rag.errors import DocumentError

Records = Iterator[ReadDocument | BadRecord]
_TEXT_FIELDS = ("body", "text", "content", "article")
_OTHER_TEXT_FIELDS = ("articlebody", "articletext", "fulltext", "bodytext", "contenttext", "maintext", "passage")
_IDS = ("id", "docid", "documentid", "uid", "uuid", "guid")
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_LINES = 20
_LONGEST = 50 * 1024 * 1024
_GIGABYTE = 1024**3


def read_json_lines(stream: BinaryIO, *, name: str, text_field: str | None = None, longest: int = _LONGEST) -> Records:
    """One document for each line, one line at a time.

    A line that cannot be read, or is longer than `longest` bytes, is a BadRecord.
    """
    told = False
    for line, written in enumerate(_in_utf8(stream, longest), start=1):
        if line == 1:
            written = written.removeprefix(b"\xef\xbb\xbf")
        if not written.strip():
            continue
        if len(written) > longest:
            yield BadRecord(line, f"Cannot read line {line} of {name}: it has more than {longest:,} bytes.")
            continue
        try:
            record, notices = _loaded(written, name=name)
        except DocumentError:
            yield BadRecord(line, f"Cannot read line {line} of {name}: it is not UTF-8. Save the file as UTF-8.")
        except (ValueError, RecursionError) as error:
            yield BadRecord(line, f"Cannot read line {line} of {name}: it is not JSON ({error}).")
        else:
            if isinstance(record, dict):
                yield _document(record, line=line, name=name, text_field=text_field, notices=() if told else notices)
                told = told or bool(notices)
            else:
                yield BadRecord(line, f"Cannot read line {line} of {name}: it is JSON, but not an object with fields.")


def read_table(stream: BinaryIO, *, name: str, text_field: str | None = None, longest: int = _LONGEST) -> Records:
    """One document for each row where the table has a column of texts, else one document of `column: value` lines.

    A table with a line or a field of more than `longest` characters is refused.
    """
    # A field may be a whole book; the default limit is 131,072 characters. The limit holds for the whole process.
    csv.field_size_limit(min(longest, _GIGABYTE))
    encoding, notices = _encoding(stream, name=name)
    wrapped = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        lines = _bounded(wrapped, longest, name=name)
        first = list(islice(lines, _SAMPLE_LINES))
        delimiter, told = delimiter_of(first)
        reader = csv.reader(chain(first[told:], lines), delimiter=delimiter)
        above, columns, rows = split_header((reader.line_num + told, row) for row in reader)
        if text_field and key_of(text_field) not in map(key_of, columns):
            there = ", ".join(filter(None, columns))
            raise DocumentError(f"Cannot read {name}: it has no column '{text_field}'. Its columns are {there}.")
        if text_field or {*_TEXT_FIELDS, *_OTHER_TEXT_FIELDS} & set(map(key_of, columns)):
            for line, row in rows:
                record = dict(zip(columns, [*row, *[""] * (len(columns) - len(row))], strict=False))
                yield _document(record, line=line, name=name, text_field=text_field, notices=notices)
                notices = ()
        else:
            pieces = chain(above, (row_as_text(columns, row) for _, row in rows))
            yield ReadDocument(text=_together(pieces, longest, name=name), notices=notices, prose=False)
    except (csv.Error, UnicodeDecodeError) as error:
        raise DocumentError(f"Cannot read {name}: the table is damaged ({error}).") from error
    finally:
        with suppress(ValueError):  # the caller has closed it already
            wrapped.detach()  # the stream is the caller's to close


def _document(
    record: Mapping[str, Any], *, line: int, name: str, text_field: str | None, notices: tuple[str, ...] = ()
) -> ReadDocument | BadRecord:
    fields = fields_of(record)
    wanted = (text_field,) if text_field else _TEXT_FIELDS
    keys = (key_of(text_field),) if text_field else (*_TEXT_FIELDS, *_OTHER_TEXT_FIELDS)
    texts = [text for key in keys if (text := _text(fields.get(key))) is not None]
    if not texts:
        wanted_fields, there = " or ".join(wanted), ", ".join(map(str, record))
        return BadRecord(
            line,
            f"Cannot read line {line} of {name}: it has no text in {wanted_fields}. "
            f"Name the field with --text-field; it has {there}.",
        )
    return ReadDocument(
        text=next((text for text in texts if text.strip()), texts[0]),
        **stated_fields(fields),
        how="a field of the record",
        record_id=said_in(fields, _IDS),
        line=line,
        notices=notices,
    )


def _text(value: object) -> str | None:
    """A text, or paragraphs as one."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return value if isinstance(value, str) else None


def _loaded(written: bytes, *, name: str) -> tuple[Any, tuple[str, ...]]:
    try:
        return json.loads(written), ()
    except UnicodeDecodeError:
        text, notices = decoded(written, name=name)
        return json.loads(text), notices


def _in_utf8(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """The lines of a file; of one longer than `longest` only its beginning, which is longer too."""
    sample = stream.read(_SAMPLE_BYTES)
    stream.seek(0)
    encoding = marked_encoding(sample) or unmarked_utf16(sample[: len(sample) // 2 * 2])
    if encoding is None or encoding == "utf-8-sig":
        yield from _lines(stream, longest)
        return
    wrapped = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
    try:
        yield from (line.encode() for line in _lines(wrapped, longest))
    finally:
        with suppress(ValueError):
            wrapped.detach()


def _lines(stream: IO[AnyStr], longest: int) -> Iterator[AnyStr]:
    while line := stream.readline(longest + 1):
        yield line
        while len(line) > longest and line[-1:] not in ("\n", b"\n"):
            line = stream.readline(longest + 1)


def _bounded(lines: io.TextIOWrapper, longest: int, *, name: str) -> Iterator[str]:
    while line := lines.readline(longest + 1):
        if len(line) > longest:
            raise DocumentError(f"Cannot read {name}: it has a line of more than {longest:,} characters.")
        yield line


def _together(pieces: Iterator[str], longest: int, *, name: str) -> str:
    """The pieces parted by blank lines."""
    kept: list[str] = []
    length = 0
    for piece in filter(None, pieces):
        kept.append(piece)
        length += len(piece) + 2
        if length > longest:
            raise DocumentError(f"Cannot read {name}: as one document it has more than {longest:,} characters.")
    return "\n\n".join(kept)


def _encoding(stream: BinaryIO, *, name: str) -> tuple[str, tuple[str, ...]]:
    """The encoding of a table, by its byte order mark or its first quarter of a megabyte; the stream is rewound."""
    sample = stream.read(_SAMPLE_BYTES)
    stream.seek(0)
    marked = marked_encoding(sample)
    if marked:
        return marked, ()
    unmarked = unmarked_utf16(sample[: len(sample) // 2 * 2])
    if unmarked:
        return unmarked, (f"{name} is not UTF-8; it was read as {unmarked}.",)
    if b"\0" in sample:
        raise DocumentError(f"Cannot read {name}: it holds binary data, not a table.")
    try:
        # The sample may end within a character.
        sample.decode("utf-8") if len(sample) < _SAMPLE_BYTES else sample.rsplit(b"\n", 1)[0].decode("utf-8")
        return "utf-8-sig", ()
    except UnicodeDecodeError:
        encoding, notice = guessed_encoding(sample, name=name)
        return encoding, (notice,)
