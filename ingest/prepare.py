"""Reads one document and cuts it into passages: all that is done before it is embedded, in a process of its own."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.chunk import passages_of
from ingest.document import document_of, with_blocks
from ingest.limits import Limits
from ingest.readers.choose import read_file
from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.kind import Kind
from ingest.sketch import sketch_of
from ingest.stated import Stated
from rag.domain import Document, Span
from rag.errors import DocumentError, FootnotedError


@dataclass(frozen=True, slots=True)
class Job:
    """A document to prepare: a file of one kind, a record that was read already, or what is stored, to be cut anew."""

    shown: str
    limits: Limits
    file: Path | None = None
    kind: Kind = Kind.TEXT
    read: ReadDocument | None = None
    beside: Stated | None = None
    stored: Document | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is read and cut; still without its id, save where it was stored."""

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
        if job.stored is not None:
            return _cut(with_blocks(job.stored))
        read = job.read
        if read is None:
            assert job.file is not None
            data = job.file.read_bytes()
            content = hashlib.sha256(data).hexdigest()
            read = read_file(job.kind, data, name=job.shown, most_pages=job.limits.pages)
        document = document_of(read, document_id="", shown=job.shown, beside=job.beside)
        return replace(_cut(document), notices=read.notices, record_id=read.record_id, content=content)


def _cut(document: Document) -> Prepared:
    return Prepared(document, tuple(passages_of(document)), sketch_of(document.search_text))


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


def through_door(records: Iterable[ReadDocument | BadRecord], shown: str) -> Iterator[ReadDocument | BadRecord]:
    """The records of a file, read one by one through that door."""
    source = iter(records)
    while True:
        with reader_door(shown):
            record = next(source, None)
        if record is None:
            return
        yield record
