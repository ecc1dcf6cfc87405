"""One ingest under way: which files are new, what was read from them, what goes."""

import hashlib
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.batch import BatchWriter, Ready
from ingest.beside import Beside, sheets_above, with_stated
from ingest.clean import storable
from ingest.discover import FoundFile, LeftOut
from ingest.document import digest_of
from ingest.limits import Limits
from ingest.prepare import Job, Prepared, reader_door, through_door
from ingest.progress import OnProgress, Progress
from ingest.readers.choose import read_corpus
from ingest.readers.document import BadRecord, ReadDocument
from ingest.readers.kind import CORPORA, HEAD_BYTES, Kind, kind_of
from ingest.readers.plugin import LoadsData, read_with
from ingest.report import CleanedDocument, Failure, Tally
from ingest.stored import Stored, file_of, files_of, is_gone, is_record_of, record_source
from ingest.workers import Workers
from rag.errors import DocumentError

_NO_ID = "~"
"""Begins the key of a record that has no id of its own; the rest is made of its content."""
_AHEAD = 3
"""How many documents are read ahead for each process that reads: memory stays flat however many there are."""


@dataclass(frozen=True, slots=True)
class _Pending:
    """A document that is being read."""

    source: str
    shown: str
    sha256: str
    content: str
    future: "Future[Prepared]"
    bytes_done: int


class Run:
    """One ingest under way. Documents are read several at once, and taken in the order in which they were found."""

    def __init__(
        self,
        batch: BatchWriter,
        stored: Stored,
        workers: Workers,
        *,
        readers: Mapping[str, LoadsData] | None = None,
        limits: Limits | None = None,
        text_field: str | None = None,
        prune: bool = False,
        tags: Sequence[str] = (),
        on_progress: OnProgress | None = None,
    ) -> None:
        self.tally = Tally()
        self._batch = batch
        self._stored = stored
        self._workers = workers
        self._readers = {suffix.lower(): reader for suffix, reader in (readers or {}).items()}
        self._beside = Beside(())
        self._limits = limits or Limits()
        self._text_field = text_field
        self._prune = prune
        self._tags = tuple(tags)
        self._on_progress = on_progress or (lambda progress: None)
        self._pending: deque[_Pending] = deque()
        self._reading: set[str] = set()
        """What is known by these digests is being read, and so not stored yet."""
        self._documents = self._bytes_done = self._bytes_total = 0

    def take_all(self, files: Sequence[FoundFile], left_out: Sequence[LeftOut] = ()) -> None:
        """Reads these files; what cannot be read is noted, and the others go on."""
        self._beside = Beside(files)
        self.tally.notices += [f"{storable(other.shown)} was left out: {other.why}." for other in left_out]
        self._take_files(files)

    def renew(self, tried: Sequence[FoundFile] = ()) -> None:
        """Reads again what an earlier version read and this run has not: from its files, else from its stored text.

        Not from the files that were `tried`.
        """
        self._batch.flush()
        there, failures = {file.source for file in tried}, len(self.tally.failed)
        files = [file for file in map(file_of, self._stored.outdated().values()) if file and file.source not in there]
        self._beside = Beside(sheets_above(files))
        self._text_field, self._tags = None, ()  # those given are of other files
        self._take_files(files)
        self._batch.flush()
        self.tally.notices += [f"{failure.error} Its stored text is kept." for failure in self.tally.failed[failures:]]
        del self.tally.failed[failures:]
        for document, (place, *_) in self._stored.outdated().items():
            stored = self._stored.document(document)
            job = Job(place.path, self._limits, stored=replace(stored, origin=replace(stored.origin, path=place.path)))
            self._submit(job, source=place.source, sha256=place.sha256, content=place.content, done=0)
        self._collect_all()
        self.tally.tell_renewed()

    def _take_files(self, files: Sequence[FoundFile]) -> None:
        self.tally.notices += map(storable, self._beside.notices)
        sizes = [file.size() for file in files]
        self._bytes_total += sum(sizes)
        for file, size in zip(files, sizes, strict=True):
            if file.path not in self._beside.sheets:
                with self._noting(file.shown):
                    self._take(file, size)
            self._bytes_done += size
        self._collect_all()

    def see_to_gone(self, folders: Sequence[Path], files: Sequence[FoundFile]) -> None:
        """Removes what lay in these folders and is no longer on the disk, or tells of it; `files` are there."""
        there = {file.source for file in files}
        gone = 0
        for folder in folders:
            for source in self._stored.sources(os.path.join(folder, "")):
                if there.isdisjoint((source, *files_of(source))) and is_gone(source):
                    gone += 1
                    if self._prune:
                        self._forget(source, Path(folder.name, Path(source).relative_to(folder)).as_posix())
        if gone and not self._prune:
            self.tally.notices.append(
                f"Documents whose files are gone, and which still answer: {gone}. --prune removes them."
            )

    def close(self) -> None:
        """Lets go of what is still being read."""
        for pending in self._pending:
            pending.future.cancel()
        if self._pending:
            self._workers.stop()

    def _tell(self, shown: str, bytes_done: int) -> None:
        self._documents += 1
        self._on_progress(Progress(bytes_done, self._bytes_total, self._documents, shown))

    @contextmanager
    def _noting(self, shown: str) -> Iterator[None]:
        """One bad document never stops the others."""
        try:
            yield
        except DocumentError as error:
            self.tally.failed.append(Failure(storable(shown), storable(str(error))))
        except OSError as error:
            fault = f"Cannot read {shown}: {error.strerror or error}."
            self.tally.failed.append(Failure(storable(shown), storable(fault)))

    # -- reading -------------------------------------------------------------------------------------------------

    def _take(self, file: FoundFile, size: int) -> None:
        suffix = file.path.suffix.lower()
        if storable(file.source) != file.source:
            raise DocumentError(f"Cannot read {file.shown}: its name is not UTF-8. Rename it.")
        if suffix in self._readers:
            self._take_with(self._readers[suffix], file, size)
            return
        with file.path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
        kind = kind_of(head, suffix, name=file.shown, others=self._readers)
        if not head:
            raise DocumentError(f"Cannot read {file.shown}: it is empty (0 bytes).")
        if kind in CORPORA:
            self._take_corpus(kind, file)
        else:
            self._take_file(kind, file, size)

    def _take_file(self, kind: Kind, file: FoundFile, size: int) -> None:
        content, sha256 = self._digests(file, size)
        if not self._is_held(file.source, sha256, content, file.shown):
            job = Job(file.shown, self._limits, file=file.path, kind=kind, beside=self._beside.of(file.path))
            self._submit(job, source=file.source, sha256=sha256, content=content, done=size)

    def _digests(self, file: FoundFile, size: int) -> tuple[str, str]:
        """The sha256 of the file's bytes, and of these with what stands beside it; raises DocumentError on a giant."""
        if size > self._limits.bytes:
            fault = f"it has {size / 1024**2:,.0f} MB, more than {self._limits.megabytes:g} (max_document_mb)"
            raise DocumentError(f"Cannot read {file.shown}: {fault}.")
        with file.path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
        return content, with_stated(content, self._beside.of(file.path))

    def _take_corpus(self, kind: Kind, file: FoundFile) -> None:
        with file.path.open("rb") as stream:
            records = read_corpus(
                kind, stream, name=file.shown, text_field=self._text_field, longest=self._limits.bytes
            )
            self._take_records(records, file, position=stream.tell)

    def _take_with(self, reader: LoadsData, file: FoundFile, size: int) -> None:
        content, sha256 = self._digests(file, size)
        if self._is_held(file.source, sha256, content, file.shown):
            return
        with reader_door(file.shown):
            reads = list(read_with(reader, file.path))
        if len(reads) == 1:
            job = Job(file.shown, self._limits, read=reads[0], beside=self._beside.of(file.path))
            self._submit(job, source=file.source, sha256=sha256, content=content, done=size)
        else:
            records = [replace(read, line=at) for at, read in enumerate(reads, start=1)]
            self._take_records(records, file, position=lambda: 0)

    def _take_records(
        self, records: Iterable[ReadDocument | BadRecord], file: FoundFile, *, position: Callable[[], int]
    ) -> None:
        """Takes each record as a document, then lets go of those that an edit of the file took out."""
        self._collect_all()
        failures = len(self.tally.failed)
        times: Counter[str] = Counter()
        seen: set[str] = set()
        for record in through_door(records, file.shown):
            if isinstance(record, BadRecord):
                self.tally.failed.append(Failure(f"{file.shown}#{record.line}", record.error))
                continue
            source, shown = self._place_of(record, file, times)
            seen.add(source)
            sha256 = digest_of(record)
            if not self._is_held(source, sha256, sha256, shown):
                job = Job(shown, self._limits, read=record)
                self._submit(job, source=source, sha256=sha256, content=sha256, done=position())
        self._collect_all()
        if not seen and len(self.tally.failed) == failures:
            raise DocumentError(f"Cannot read {file.shown}: it holds no documents.")
        if len(self.tally.failed) == failures:  # else a record that seems gone may be one that could not be read
            self._forget_records(file, seen)

    def _place_of(self, record: ReadDocument, file: FoundFile, times: Counter[str]) -> tuple[str, str]:
        """The source of a record and how it is shown; a second record of one id gets a place of its own."""
        if record.line is None:  # the file is one document
            return file.source, file.shown
        key = storable(record.record_id or _NO_ID + digest_of(record)[:12])
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

    def _is_held(self, source: str, sha256: str, content: str, shown: str) -> bool:
        """Whether the library holds this already, here or as a copy; a copy is noted as one."""
        if content in self._reading:
            self._collect_all()
        if self._stored.is_unchanged(source, sha256):
            if self._tags:
                self._batch.tag(source, self._tags)
            self.tally.unchanged += 1
            self._tell(shown, self._bytes_done)
            return True
        document = self._stored.document_with(content)
        if document is None or self._stored.holds(source, content):  # else only what stands beside it has changed
            return False
        left = [copy for copy in self._stored.copies_of(document) if copy != source and is_gone(copy)]
        self._batch.link(source=source, path=storable(shown), sha256=sha256, document=document)
        if self._tags:
            self._batch.tag(source, self._tags)
        for copy in left:  # the file was moved: it is the same document
            self._batch.forget(copy)
        if self._stored.is_outdated(source):
            return False
        if left:
            self.tally.unchanged += 1
        else:
            self.tally.duplicates.append(shown)
        self._tell(shown, self._bytes_done)
        return True

    def _submit(self, job: Job, *, source: str, sha256: str, content: str, done: int) -> None:
        """Has a document read, and takes those that are read by now."""
        future = self._workers.submit(job)
        self._pending.append(_Pending(source, job.shown, sha256, content, future, self._bytes_done + done))
        self._reading.add(content)
        while len(self._pending) > _AHEAD * self._workers.count:
            self._collect()

    def _collect_all(self) -> None:
        while self._pending:
            self._collect()

    def _collect(self) -> None:
        """Takes the document that was found first, once it is read."""
        pending = self._pending[0]
        with self._noting(pending.shown):
            self._store(pending.future.result(), pending)
        self._pending.popleft()
        self._reading.discard(pending.content)
        self._tell(pending.shown, pending.bytes_done)

    def _store(self, read: Prepared, pending: _Pending) -> None:
        content, shown = pending.content, pending.shown
        if read.content not in (None, content):
            raise DocumentError(f"Cannot read {shown}: it was changed while it was read. Ingest it again.")
        document = read.document
        if document.id:  # it was stored
            self.tally.from_stored_text += 1
        else:
            document = replace(document, id=self._id_for(read.record_id, pending.source, content))
        self.tally.read_again += self._stored.is_outdated(pending.source)
        (self.tally.updated if pending.source in self._stored else self.tally.added).append(shown)
        self.tally.notices.extend(read.notices)
        if document.cleaned:
            self.tally.cleaned.append(CleanedDocument(shown, document.cleaned))
        self._batch.put(Ready(document, pending.source, pending.sha256, content, read.spans, read.sketch, self._tags))

    def _id_for(self, record_id: str | None, source: str, content: str) -> str:
        """The corpus's own id where it is free, else one made of the content, so that it never means another text."""
        own = storable(record_id or "")
        return own if own and not set(self._stored.copies_of(own)) - {source} else content[:16]

    def _forget(self, source: str, shown: str) -> None:
        self._batch.forget(source)
        self.tally.removed.append(shown)
