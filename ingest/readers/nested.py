"""Records and nested fields, as JSON and XML hold them, as blocks: fields, tables, headings of what is nested."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ingest.readers.table import Grid, write_tables
from ingest.structure import TextWriter
from rag.domain import BlockKind

_DEEPEST = 40
_MOST_COLUMNS = 200
_LONG = 300
_SHORT_LIST = 200
_WITHIN = " › "
_NAMES = ("name", "title", "label", "id")


def write_value(writer: TextWriter, name: str, value: Any, *, level: int = 1) -> None:
    """Writes a value under its name: an object as fields, a list of like objects as a table."""
    if level > _DEEPEST:
        writer.pair(BlockKind.FIELD, name, _words(value))
    elif isinstance(value, Mapping):
        _write_object(writer, name, value, level=level)
    elif isinstance(value, list):
        _write_list(writer, name, value, level=level)
    else:
        _write_field(writer, name, value, record=None, level=level)


def values_in(value: Any) -> int:
    """How many values there are, however deep."""
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return 1 + sum(map(values_in, inner))


def _write_object(writer: TextWriter, name: str, value: Mapping[str, Any], *, level: int) -> None:
    if name:
        writer.add(BlockKind.HEADING, name, level=level)
    record = writer.record()
    # What is nested comes last: a field after it would seem to be one of its own.
    for key, inner in value.items():
        if _as_cell(inner) is not None:
            _write_field(writer, str(key), inner, record=record, level=level + bool(name))
    for key, inner in value.items():
        if _as_cell(inner) is None:
            write_value(writer, str(key), inner, level=level + bool(name))


def _write_field(writer: TextWriter, name: str, value: Any, *, record: int | None, level: int) -> None:
    words = _as_cell(value) or ""
    paragraphs = words.split("\n\n")
    if name and len(words) > _LONG and len(paragraphs) > 1:
        writer.add(BlockKind.HEADING, name, level=level)
        for paragraph in paragraphs:
            writer.add(BlockKind.PARAGRAPH, paragraph)
    elif name and words:
        writer.pair(BlockKind.FIELD, name, words, record=record)
    else:
        writer.add(BlockKind.PARAGRAPH, words)


def _write_list(writer: TextWriter, name: str, values: Sequence[Any], *, level: int) -> None:
    rows = [dict(_cells(value)) for value in values] if values and all(map(_is_flat, values)) else []
    columns = list(dict.fromkeys(column for row in rows for column in row))
    are_texts = all(isinstance(value, str) and len(value) > _SHORT_LIST for value in values)
    if name and not are_texts and any(map(_is_said, values)):
        writer.add(BlockKind.HEADING, name, level=level)
    if rows and len(columns) <= _MOST_COLUMNS:
        for row in rows:
            writer.row([row.get(column, "") for column in columns], columns)
        return
    if values and all(isinstance(value, list) and _as_cell(value) is not None for value in values):
        write_tables(writer, [Grid([list(map(_words, value)) for value in values])], level=level + 1, named=True)
        return
    for at, value in enumerate(values, start=1):
        if isinstance(value, Mapping | list):
            write_value(writer, _name_of(value) or f"{at}", value, level=level + bool(name))
        else:
            writer.add(BlockKind.PARAGRAPH if are_texts else BlockKind.ITEM, _words(value))


def _is_flat(value: Any) -> bool:
    """Whether a value is an object that fits in a row: no lists of objects in it, and objects one level deep."""
    return isinstance(value, Mapping) and all(
        _as_cell(inner) is not None
        or (isinstance(inner, Mapping) and all(_as_cell(deeper) is not None for deeper in inner.values()))
        for inner in value.values()
    )


def _cells(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            for name, deeper in inner.items():
                yield f"{key}{_WITHIN}{name}" if name else str(key), _as_cell(deeper) or ""
        else:
            yield str(key), _as_cell(inner) or ""


def _as_cell(value: Any) -> str | None:
    """A value as words for a cell or a field; None for what is nested, and for a long list."""
    if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(x, Mapping | list) for x in value)):
        return None
    words = _words(value)
    return None if isinstance(value, list) and len(words) > _SHORT_LIST else words


def _words(value: Any) -> str:
    """A value as words, whatever is in it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value)))
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_words(inner)}" for key, inner in value.items())
    return str(value)


def _is_said(value: Any) -> bool:
    return value not in (None, "", [], {})


def _name_of(value: Any) -> str | None:
    """What a record calls itself."""
    if not isinstance(value, Mapping):
        return None
    said = {str(key).lower(): inner for key, inner in value.items() if isinstance(inner, str) and inner.strip()}
    return next((said[key] for key in _NAMES if key in said), None)
