"""Which reader reads a file: by its suffix, checked against its first bytes."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Protocol

from ingest.readers.document import BadRecord, ReadDocument
from rag.errors import DocumentError

Records = Iterator[ReadDocument | BadRecord]


class FileReader(Protocol):
    """Reads a file that is one document."""

    def __call__(self, data: bytes, *, name: str) -> ReadDocument:
        """The document; raises DocumentError naming the file."""


class CorpusReader(Protocol):
    """Reads a file of many documents, one at a time."""

    def __call__(self, stream: BinaryIO, *, name: str, text_field: str | None = None) -> Records:
        """The documents; raises DocumentError where the whole file cannot be read."""


# Each reader is imported when its first file comes: parsers are slow to import, and most folders need few of them.
def _text() -> FileReader:
    from ingest.readers.text import read_text

    return read_text


def _markdown() -> FileReader:
    from ingest.readers.markdown import read_markdown

    return read_markdown


def _html() -> FileReader:
    from ingest.readers.html import read_html

    return read_html


def _pdf() -> FileReader:
    from ingest.readers.pdf import read_pdf

    return read_pdf


def _docx() -> FileReader:
    from ingest.readers.docx import read_docx

    return read_docx


def _json_lines() -> CorpusReader:
    from ingest.readers.corpus import read_json_lines

    return read_json_lines


def _table() -> CorpusReader:
    from ingest.readers.corpus import read_table

    return read_table


_FILES: dict[str, Callable[[], FileReader]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
_CORPORA: dict[str, Callable[[], CorpusReader]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".csv": _table,
    ".tsv": _table,
}
SUFFIXES = tuple(sorted({*_FILES, *_CORPORA}))
_TEXTS = (_text, _markdown, _html)


def has_file_reader(suffix: str) -> bool:
    """Whether a file of this suffix is read as one document."""
    return suffix in _FILES


def file_reader(suffix: str, data: bytes) -> FileReader:
    """The reader for a file that is one document, by its suffix unless its first bytes say otherwise."""
    chosen = _FILES[suffix]
    return _pdf() if chosen in _TEXTS and data.startswith(b"%PDF-") else chosen()


def corpus_reader(suffix: str) -> CorpusReader | None:
    """The reader for a file of many documents; None where no reader takes this suffix."""
    chosen = _CORPORA.get(suffix)
    return chosen() if chosen else None


def no_reader(suffix: str, *, name: str, others: Iterable[str] = ()) -> DocumentError:
    """The error for a file of unknown type; `others` are suffixes that readers of the caller's take."""
    what = f"'{suffix}'" if suffix else "files without a suffix"
    known = " ".join(sorted({*SUFFIXES, *others}))
    return DocumentError(f"Cannot read {name}: no reader for {what}. Readers exist for {known}.")
