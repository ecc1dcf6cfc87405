"""Files of records, one at a time: CSV tables and JSON Lines.

They are corpora, where each record is a document, where they have long texts or it is told which field holds them; else
each is one document, and its records are the rows of a table.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, groupby, islice
from statistics import median
from typing import IO, Any, AnyStr, BinaryIO

from ingest.readers.delimiter import delimiter_of
from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.fields import fields_of, key_of, said_in, stated_fields
from ingest.readers.nested import values_in, write_value
from ingest.readers.table import Grid, write_tables
from ingest.readers.table_heads import LOOKED_AT, split_header
from ingest.readers.text import decoded, guessed_encoding, marked_encoding, unmarked_utf16
from ingest.structure import TextWriter
from rag.errors import DocumentError

Records = Iterator[ReadDocument | BadRecord]
_TEXT_FIELDS = ("body", "text", "content", "article")
_OTHER_TEXT_FIELDS = ("articlebody", "articletext", "fulltext", "bodytext", "contenttext", "maintext", "passage")
_IDS = ("id", "docid", "documentid", "uid", "uuid", "guid")
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_LINES = 20
_LONG_TEXT = 200
"""How many characters half of the texts must have at least for a table or a list of records to be a corpus untold."""
MOST_CELLS = 1_000_000
"""What a table may have that is one document."""
_LONGEST = 50 * 1024 * 1024
_GIGABYTE = 1024**3
_LINES = re.compile(rb"\s*\{[^\n]*\}\s*\n\s*\{")
"""Objects in lines of their own, as JSON Lines has them under any name."""


def read_json_lines(stream: BinaryIO, *, name: str, text_field: str | None = None, longest: int = _LONGEST) -> Records:
    """One document for each line, one line at a time; where the first lines have no text, one table of all of them.

    A line that cannot be read, or is longer than `longest` bytes, is a BadRecord.
    """
    lines = _json_lines(stream, name=name, longest=longest)
    first = list(islice(lines, _SAMPLE_LINES))
    records = [read for _, read, _ in first if isinstance(read, dict)]
    if text_field or not records or any(_texts(record, None) for record in records):
        told = False
        for line, record, notices in chain(first, lines):
            if isinstance(record, BadRecord):
                yield record
            else:
                yield _document(record, line=line, name=name, text_field=text_field, notices=() if told else notices)
                told = told or bool(notices)
    else:
        yield from _table_of(chain(first, lines), longest, name=name)


def read_json(stream: BinaryIO, *, name: str, text_field: str | None = None, longest: int = _LONGEST) -> Records:
    """One document for each object of a list where they have long texts, else one document of fields and rows."""
    data = stream.read(longest + 1)
    if len(data) > longest:
        raise DocumentError(f"Cannot read {name}: it has more than {longest:,} bytes.")
    try:
        value, notices = _loaded(data.removeprefix(codecs.BOM_UTF8), name=name)
    except (ValueError, RecursionError) as error:
        if not _LINES.match(data):
            raise DocumentError(f"Cannot read {name}: it is not JSON ({error}).") from error
        stream.seek(0)
        yield from read_json_lines(stream, name=name, text_field=text_field, longest=longest)
        return
    records = [record for record in value if isinstance(record, dict)] if isinstance(value, list) else []
    if text_field or (records and _is_long(next(iter(_texts(record, None)), "") for record in records[:LOOKED_AT])):
        if not records:
            raise DocumentError(f"Cannot read {name}: it is no list of objects with a field '{text_field}'.")
        for at, record in enumerate(records, start=1):
            yield _document(record, line=at, name=name, text_field=text_field, notices=notices if at == 1 else ())
    else:
        yield _nested(value, notices, longest, name=name)


def read_table(stream: BinaryIO, *, name: str, text_field: str | None = None, longest: int = _LONGEST) -> Records:
    """One document for each row where the table has a column of long texts, else one document of its rows.

    A table with a line or a field of more than `longest` characters is refused.
    """
    # A field may be a whole book; the default limit is 131,072 characters. The limit holds for the whole process.
    csv.field_size_limit(min(longest, _GIGABYTE))
    encoding, notices = _encoding(stream, name=name)
    wrapped = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        lines = _bounded(wrapped, longest, name=name)
        first_lines = list(islice(lines, _SAMPLE_LINES))
        delimiter, told = delimiter_of(first_lines)
        reader = csv.reader(chain(first_lines[told:], lines), delimiter=delimiter)
        rows = ((reader.line_num + told, [cell.strip() for cell in row]) for row in reader)
        first = list(islice(rows, LOOKED_AT))
        columns, sample = split_header(first)
        if text_field and key_of(text_field) not in map(key_of, columns):
            there = ", ".join(filter(None, columns))
            raise DocumentError(f"Cannot read {name}: it has no column '{text_field}'. Its columns are {there}.")
        records = [dict(zip(columns, row, strict=False)) for _, row in sample]
        if text_field or (records and _is_long(next(iter(_texts(record, None)), "") for record in records)):
            columns, body = split_header(chain(first, rows))
            for line, row in body:
                record = dict(zip(columns, [*row, *[""] * (len(columns) - len(row))], strict=False))
                yield _document(record, line=line, name=name, text_field=text_field, notices=notices)
                notices = ()
        else:
            writer = TextWriter()
            kept = _kept((row for _, row in chain(first, rows)), longest, name=name)
            grids = [Grid(list(group)) for filled, group in groupby(kept, key=any) if filled]
            write_tables(writer, grids, level=1, named=True)
            yield _written(writer, notices, longest, name=name)
    except (csv.Error, UnicodeDecodeError) as error:
        raise DocumentError(f"Cannot read {name}: the table is damaged ({error}).") from error
    finally:
        with suppress(ValueError):  # the caller has closed it already
            wrapped.detach()  # the stream is the caller's to close


def _json_lines(
    stream: BinaryIO, *, name: str, longest: int
) -> Iterator[tuple[int, dict[Any, Any] | BadRecord, tuple[str, ...]]]:
    """The objects of a file and their lines, from 1, with what there is to notice of each."""
    for line, written in enumerate(_in_utf8(stream, longest), start=1):
        if line == 1:
            written = written.removeprefix(codecs.BOM_UTF8)
        if not written.strip():
            continue
        fault, notices = "", tuple[str, ...]()
        if len(written) > longest:
            fault = f"it has more than {longest:,} bytes."
        else:
            try:
                record, notices = _loaded(written, name=name)
            except DocumentError:
                fault = "it is not UTF-8. Save the file as UTF-8."
            except (ValueError, RecursionError) as error:
                fault = f"it is not JSON ({error})."
            else:
                fault = "" if isinstance(record, dict) else "it is JSON, but not an object with fields."
        yield line, BadRecord(line, f"Cannot read line {line} of {name}: {fault}") if fault else record, notices


def _table_of(
    lines: Iterable[tuple[int, dict[Any, Any] | BadRecord, tuple[str, ...]]], longest: int, *, name: str
) -> Records:
    """One document of all these records, and the lines that cannot be read."""
    records: list[dict[Any, Any]] = []
    told: tuple[str, ...] = ()
    for _, record, notices in lines:
        if isinstance(record, BadRecord):
            yield record
        elif len(records) > MOST_CELLS:
            raise _too_large(name)
        else:
            records.append(record)
            told = told or notices
    yield _nested(records, told, longest, name=name)


def _nested(value: Any, notices: tuple[str, ...], longest: int, *, name: str) -> ReadDocument:
    writer = TextWriter()
    try:
        if values_in(value) > MOST_CELLS:
            raise _too_large(name)
        write_value(writer, "", value)
    except RecursionError as error:
        raise DocumentError(f"Cannot read {name}: its values are nested too deep.") from error
    return _written(writer, notices, longest, name=name)


def _written(writer: TextWriter, notices: tuple[str, ...], longest: int, *, name: str) -> ReadDocument:
    text = writer.text
    if len(text) > longest:
        raise DocumentError(f"Cannot read {name}: as one document it has more than {longest:,} characters.")
    return ReadDocument(text=text, blocks=writer.blocks, notices=notices, prose=False)


def _kept(rows: Iterable[Sequence[str]], longest: int, *, name: str) -> Iterator[Sequence[str]]:
    """These rows, as long as one document can hold them."""
    cells = length = 0
    for row in rows:
        cells += len(row)
        length += sum(map(len, row))
        if cells > MOST_CELLS:
            raise _too_large(name)
        if length > longest:
            raise DocumentError(f"Cannot read {name}: as one document it has more than {longest:,} characters.")
        yield row


def _too_large(name: str) -> DocumentError:
    return DocumentError(f"Cannot read {name}: as one document it has more than {MOST_CELLS:,} cells. Split it.")


def _is_long(texts: Iterable[str]) -> bool:
    """Whether these are texts to be read one by one, not words in a table."""
    return median(map(len, texts)) >= _LONG_TEXT


def _texts(record: Mapping[str, Any], text_field: str | None) -> list[str]:
    """What stands in the field of this name, or in those that texts usually stand in."""
    fields = fields_of(record)
    keys = (key_of(text_field),) if text_field else (*_TEXT_FIELDS, *_OTHER_TEXT_FIELDS)
    return [text for key in keys if (text := _text(fields.get(key))) is not None]


def _document(
    record: Mapping[str, Any], *, line: int, name: str, text_field: str | None, notices: tuple[str, ...] = ()
) -> ReadDocument | BadRecord:
    texts = _texts(record, text_field)
    if not texts:
        wanted, there = text_field or " or ".join(_TEXT_FIELDS), ", ".join(map(str, record))
        return BadRecord(
            line,
            f"Cannot read line {line} of {name}: it has no text in {wanted}. "
            f"Name the field with --text-field; it has {there}.",
        )
    fields = fields_of(record)
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
        return _parsed(written), ()
    except UnicodeDecodeError:
        text, notices = decoded(written, name=name)
        return _parsed(text), notices


def _parsed(written: str | bytes) -> Any:
    # A number is kept as it is written: 2.50 is no 2.5.
    return json.loads(written, parse_float=str, parse_int=str)


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
