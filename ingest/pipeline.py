"""Brings the library up to date with files: finds, reads and cuts, embeds, stores, each while the next is under way."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from ingest.batch import BatchWriter
from ingest.clean import storable
from ingest.discover import discover, folders_of
from ingest.limits import Limits
from ingest.progress import OnProgress
from ingest.readers.plugin import LoadsData
from ingest.report import IngestReport
from ingest.run import Run
from ingest.stored import Stored
from ingest.workers import Workers, shared_workers
from rag.errors import InputError
from rag.library.library import DiskLibrary
from rag.ports import Embedder

_LONGEST_TAG = 60


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
    tags: Sequence[str] = (),
    readers: Mapping[str, LoadsData] | None = None,
    limits: Limits | None = None,
    workers: Workers | None = None,
    on_progress: OnProgress | None = None,
) -> IngestReport:
    """Brings the library up to date with these files, folders and corpora.

    `prune` also removes what lay in these folders and corpora and is gone; `text_field` names the field of a corpus
    that holds the text; `tags` are given to each document that is read or found unchanged; `readers` gives a LlamaIndex
    reader for a suffix such as `.xyz`; `limits` bounds each document; `workers` are what reads them, those of this
    program where none are given.
    Raises InputError before anything is written, LibraryError where the library cannot be; a document that cannot be
    read is in the report.
    """
    started = time.perf_counter()
    files, left_out = discover(paths, without=into.library.folder)
    if not files and not prune:
        raise InputError(f"The folder {', '.join(map(str, paths))} holds no documents.")
    if workers is None and into.library.catalog.is_empty():
        shared_workers().start()  # every file will be read: they get ready while Chroma is imported
    with _running(
        into,
        workers,
        readers=readers,
        limits=limits,
        text_field=text_field,
        prune=prune,
        tags=tags_of(tags),
        on_progress=on_progress,
    ) as (run, batch):
        run.take_all(files, left_out)
        run.see_to_gone(folders_of(paths), files)
        run.renew(files)
    return run.tally.report(passages=batch.passages, seconds=time.perf_counter() - started, retold=batch.retold)


def renew(into: Into, *, limits: Limits | None = None, workers: Workers | None = None) -> IngestReport:
    """Reads again every document that an earlier version read: from its file, else from its stored text.

    Raises LibraryError where the library cannot be written; a document that cannot be read is in the report.
    """
    started = time.perf_counter()
    with _running(into, workers, limits=limits) as (run, batch):
        run.renew()
    return run.tally.report(passages=batch.passages, seconds=time.perf_counter() - started, retold=batch.retold)


def tags_of(names: Sequence[str]) -> tuple[str, ...]:
    """Tags as they are stored, on one line each; raises InputError for one that is empty or long."""
    tags = [storable(" ".join(name.split())) for name in names]
    for name, tag in zip(names, tags, strict=True):
        if not 0 < len(tag) <= _LONGEST_TAG:
            raise InputError(f"'{name}' is no tag. Use 1 to {_LONGEST_TAG} characters.")
    return tuple(dict.fromkeys(tags))


@contextmanager
def _running(into: Into, workers: Workers | None, **options: Any) -> Iterator[tuple[Run, BatchWriter]]:
    """A run that writes to the library; what it has read is written at its end, also at Ctrl-C."""
    with into.library.writing() as writer:
        batch = BatchWriter(writer, into.embedder)
        run = Run(batch, Stored(into.library.catalog, batch.waiting), workers or shared_workers(), **options)
        try:
            yield run, batch
            batch.flush()
        except KeyboardInterrupt:
            batch.write_underway()  # its vectors are made, or as good as made
            raise
        finally:
            run.close()
            batch.close()
