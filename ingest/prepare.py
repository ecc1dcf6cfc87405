"""Reads one document and cuts it into passages: all that is done before it is embedded, in a process of its own."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.chunk import passages_of
from ingest.document import document_of
from ingest.limits import Limits
from ingest.readers.choose import read_file
from ingest.readers.document import ReadDocument
from ingest.readers.kind import Kind
from ingest.sketch import sketch_of
from ingest.stated import Stated
from rag.domain import Document, Span
from rag.errors import DocumentError, FootnotedError


@dataclass(frozen=True, slots=True)
class Job:
    """A document to prepare: a file of one kind, or a record that was read already."""

    shown: str
    limits: Limits
    file: Path | None = None
    kind: Kind = Kind.TEXT
    read: ReadDocument | None = None
    beside: Stated | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, still without its id, that is read and cut."""

    document: Document
    spans: tuple[Span, ...]
    sketch: tuple[int, ...]
    notices: tuple[str, ...] = ()
    record_id: str | None = None
    content: str | None = None
    """The sha256 of the bytes that were read; of a record None."""


def prepared(job: Job) -> Prepared:
    """Does the job; raises DocumentError, or OSError where the file cannot be read."""
    content = None
    with reader_door(job.shown):
        read = job.read
        if read is None:
            assert job.file is not None
            data = job.file.read_bytes()
            content = hashlib.sha256(data).hexdigest()
            read = read_file(job.kind, data, name=job.shown, most_pages=job.limits.pages)
        document = document_of(read, document_id="", shown=job.shown, beside=job.beside)
        spans = tuple(passages_of(document))
        sketch = sketch_of(document.search_text)
    return Prepared(document, spans, sketch, read.notices, read.record_id, content)


@contextmanager
def reader_door(shown: str) -> Iterator[None]:
    """Makes whatever a parser raises an error of this document."""
    try:
        yield
    except (FootnotedError, OSError):
        raise
    except MemoryError as error:
        raise DocumentError(f"Cannot read {shown}: it needs too much memory.") from error
    except Exception as error:  # third-party parsers raise anything on a damaged file
        reason = (str(error).strip().splitlines() or [""])[0][:200]
        raise DocumentError(f"Cannot read {shown}: its reader failed ({type(error).__name__}: {reason}).") from error
