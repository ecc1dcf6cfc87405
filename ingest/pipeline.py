"""Reads files into the library: discover, read, clean, cut, embed, store."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from ingest.batch import BatchWriter, Ready
from ingest.chunk import passages_of
from ingest.clean import storable
from ingest.discover import FoundFile, discover, folders_of
from ingest.document import digest_of, document_of
from ingest.progress import OnProgress, Progress
from ingest.readers.choose import CorpusReader, corpus_reader, file_reader, has_file_reader, no_reader
from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.plugin import LoadsData, read_with
from ingest.report import Failure, IngestReport, Tally
from ingest.stored import Stored, is_gone, is_record_of, record_source
from rag.errors import DocumentError, FootnotedError, InputError
from rag.library.catalog import Entry
from rag.library.library import DiskLibrary
from rag.ports import Embedder

_NO_ID = "~"
"""Begins the key of a record that has no id of its own; the rest is made of its content."""


class Into(Protocol):
    """Where documents go: an assistant, or anything that has these two."""

    @property
    def library(self) -> DiskLibrary:
        """The library to write."""

    @property
    def embedder(self) -> Embedder:
        """The embedder that the library was made with."""


def ingest(
    paths: Sequence[Path | str],
    *,
    into: Into,
    prune: bool = False,
    text_field: str | None = None,
    readers: Mapping[str, LoadsData] | None = None,
    on_progress: OnProgress | None = None,
) -> IngestReport:
    """Brings the library up to date with these files, folders and corpora.

    `prune` also removes what lay in these folders and corpora and is gone; `text_field` names the field of a corpus
    that holds the text; `readers` gives a LlamaIndex reader for a suffix such as `.xyz`. Raises InputError before
    anything is written, LibraryError where the library cannot be; a document that cannot be read is in the report.
    """
    started = time.perf_counter()
    files = discover(paths, without=into.library.folder)
    if not files and not prune:
        raise InputError(f"The folder {', '.join(map(str, paths))} holds no documents.")
    with into.library.writing() as writer:
        batch = BatchWriter(writer, into.embedder)
        run = _Run(
            batch,
            Stored(writer.entries().values()),
            {suffix.lower(): reader for suffix, reader in (readers or {}).items()},
            text_field=text_field,
            prune=prune,
            on_progress=on_progress or (lambda progress: None),
        )
        run.take_all(files)
        if prune:
            run.forget_gone(folders_of(paths))
        batch.flush()
    return run.tally.report(passages=batch.passages, seconds=time.perf_counter() - started)


class _Run:
    """One ingest under way."""

    def __init__(
        self,
        batch: BatchWriter,
        stored: Stored,
        readers: Mapping[str, LoadsData],
        *,
        text_field: str | None,
        prune: bool,
        on_progress: OnProgress,
    ) -> None:
        self.tally = Tally()
        self._batch = batch
        self._stored = stored
        self._readers = readers
        self._text_field = text_field
        self._prune = prune
        self._on_progress = on_progress
        self._documents = self._bytes_done = self._bytes_total = 0

    def take_all(self, files: Sequence[FoundFile]) -> None:
        """Reads these files; what cannot be read is noted, and the others go on."""
        sizes = [_size(file.path) for file in files]
        self._bytes_total = sum(sizes)
        for file, size in zip(files, sizes, strict=True):
            with self._noting(file.shown):
                self._take(file)
            self._bytes_done += size
            self._tell(file.shown)

    def forget_gone(self, folders: Sequence[Path]) -> None:
        """Removes what lay in these folders and is no longer on the disk."""
        for source in self._stored.sources():
            folder = next((folder for folder in folders if Path(source).is_relative_to(folder)), None)
            if folder is not None and is_gone(source):
                self._forget(source, Path(folder.name, Path(source).relative_to(folder)).as_posix())

    def _tell(self, shown: str, *, within: int = 0) -> None:
        self._on_progress(Progress(self._bytes_done + within, self._bytes_total, self._documents, shown))

    @contextmanager
    def _noting(self, shown: str) -> Iterator[None]:
        """One bad document never stops the others."""
        try:
            yield
        except DocumentError as error:
            self.tally.failed.append(Failure(storable(shown), str(error)))
        except OSError as error:
            self.tally.failed.append(Failure(storable(shown), f"Cannot read {shown}: {error.strerror or error}."))

    # -- reading -------------------------------------------------------------------------------------------------

    def _take(self, file: FoundFile) -> None:
        suffix = file.path.suffix.lower()
        corpus = corpus_reader(suffix)
        if storable(file.source) != file.source:
            raise DocumentError(f"Cannot read {storable(file.shown)}: its name is not UTF-8. Rename it.")
        if suffix in self._readers:
            self._take_with(self._readers[suffix], file)
        elif corpus:
            self._take_corpus(corpus, file)
        elif has_file_reader(suffix):
            self._take_file(file, suffix)
        else:
            raise no_reader(file.path.suffix, name=file.shown, others=self._readers)

    def _take_file(self, file: FoundFile, suffix: str) -> None:
        data = file.path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if self._is_held(file.source, sha256, file.shown):
            return
        if not data:
            raise DocumentError(f"Cannot read {file.shown}: it is empty (0 bytes).")
        with _door(file.shown):
            read = file_reader(suffix, data)(data, name=file.shown)
        self._store(read, source=file.source, sha256=sha256, shown=file.shown)

    def _take_corpus(self, reader: CorpusReader, file: FoundFile) -> None:
        with file.path.open("rb") as stream:
            if not stream.peek(1):
                raise DocumentError(f"Cannot read {file.shown}: it is empty (0 bytes).")
            records = reader(stream, name=file.shown, text_field=self._text_field)
            self._take_records(records, file, position=stream.tell)

    def _take_with(self, reader: LoadsData, file: FoundFile) -> None:
        sha256 = hashlib.sha256(file.path.read_bytes()).hexdigest()
        if self._is_held(file.source, sha256, file.shown):
            return
        with _door(file.shown):
            reads = list(read_with(reader, file.path))
        if len(reads) == 1:
            self._store(reads[0], source=file.source, sha256=sha256, shown=file.shown)
        else:
            records = [replace(read, line=at) for at, read in enumerate(reads, start=1)]
            self._take_records(records, file, position=lambda: 0)

    def _take_records(
        self, records: Iterable[ReadDocument | BadRecord], file: FoundFile, *, position: Callable[[], int]
    ) -> None:
        """Takes each record as a document, then lets go of those that an edit of the file took out."""
        failures = len(self.tally.failed)
        times: Counter[str] = Counter()
        seen: set[str] = set()
        for record in _through_door(records, file.shown):
            if isinstance(record, BadRecord):
                self.tally.failed.append(Failure(f"{file.shown}#{record.line}", record.error))
                continue
            source, shown = self._place_of(record, file, times)
            seen.add(source)
            with self._noting(shown):
                sha256 = digest_of(record)
                if not self._is_held(source, sha256, shown):
                    self._store(record, source=source, sha256=sha256, shown=shown)
            self._tell(shown, within=position())
        if not seen and len(self.tally.failed) == failures:
            raise DocumentError(f"Cannot read {file.shown}: it holds no documents.")
        if len(self.tally.failed) == failures:  # else a record that seems gone may be one that could not be read
            self._forget_records(file, seen)

    def _place_of(self, record: ReadDocument, file: FoundFile, times: Counter[str]) -> tuple[str, str]:
        """The source of a record and how it is shown; a second record of one id gets a place of its own."""
        if record.line is None:  # the file is one document
            return file.source, file.shown
        key = record.record_id or _NO_ID + digest_of(record)[:12]
        times[key] += 1
        source = record_source(file.source, key if times[key] == 1 else f"{key}{_NO_ID}{times[key]}")
        return storable(source), storable(f"{file.shown}#{record.record_id or record.line}")

    def _forget_records(self, file: FoundFile, seen: set[str]) -> None:
        one_document = file.source in seen
        for source in self._stored.records_of(file.source):
            if source in seen or not is_record_of(source, file.source):
                continue
            # A record without an id that has changed is a new one: the old one goes as the old text of a file does.
            edited = source.startswith(record_source(file.source, _NO_ID))
            if self._prune or edited or one_document:
                self._forget(source, file.shown + source.removeprefix(file.source))
        if not one_document and file.source in self._stored:
            self._forget(file.source, file.shown)

    # -- storing -------------------------------------------------------------------------------------------------

    def _is_held(self, source: str, sha256: str, shown: str) -> bool:
        """Whether the library holds this already, here or as a copy; a copy is noted as one."""
        self._documents += 1
        if self._stored.is_unchanged(source, sha256):
            self.tally.unchanged += 1
            return True
        document = self._stored.document_with(sha256)
        if document is None:
            return False
        left = [copy for copy in self._stored.copies_of(document) if copy != source and is_gone(copy)]
        self._batch.link(source=source, path=storable(shown), sha256=sha256, document=document)
        self._stored.remember(Entry(source, sha256, document))
        for copy in left:  # the file was moved: it is the same document
            self._batch.forget(copy)
            self._stored.forget(copy)
        if left:
            self.tally.unchanged += 1
        else:
            self.tally.duplicates.append(shown)
        return True

    def _store(self, read: ReadDocument, *, source: str, sha256: str, shown: str) -> None:
        document = document_of(read, document_id=self._id_for(read, source, sha256), shown=shown)
        with _door(shown):
            spans = passages_of(document)
        (self.tally.updated if source in self._stored else self.tally.added).append(shown)
        self.tally.notices.extend(read.notices)
        self._stored.remember(Entry(source, sha256, document.id))
        self._batch.put(Ready(document, source, sha256, tuple(spans)))

    def _id_for(self, read: ReadDocument, source: str, sha256: str) -> str:
        """The corpus's own id where it is free, else one made of the content, so that it never means another text."""
        own = storable(read.record_id or "")
        return own if own and not set(self._stored.copies_of(own)) - {source} else sha256[:16]

    def _forget(self, source: str, shown: str) -> None:
        self._batch.forget(source)
        self._stored.forget(source)
        self.tally.removed.append(shown)


@contextmanager
def _door(shown: str) -> Iterator[None]:
    """Makes whatever a parser raises an error of this document."""
    try:
        yield
    except (FootnotedError, OSError, MemoryError):
        raise
    except Exception as error:  # third-party parsers raise anything on a damaged file
        reason = (str(error).strip().splitlines() or [""])[0][:200]
        raise DocumentError(f"Cannot read {shown}: its reader failed ({type(error).__name__}: {reason}).") from error


def _through_door(records: Iterable[ReadDocument | BadRecord], shown: str) -> Iterator[ReadDocument | BadRecord]:
    source = iter(records)
    while True:
        with _door(shown):
            record = next(source, None)
        if record is None:
            return
        yield record


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone since it was found: reading it will say so
        return 0
