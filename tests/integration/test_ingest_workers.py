"""The processes that read documents."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.limits import Limits
from ingest.prepare import Job
from ingest.readers.kind import Kind
from ingest.workers import Workers
from rag.errors import DocumentError

# Elements that were never closed cost the parser, by the rules of HTML, the square of their number.
HANGING = b"<div>" * 100_000 + b"words" + b"<b>" * 100_000


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.end()


def job(path: Path, data: bytes, kind: Kind = Kind.TEXT, limits: Limits | None = None) -> Job:
    path.write_bytes(data)
    return Job(path.name, limits or Limits(), file=path, kind=kind)


def test_a_document_comes_back_read_and_cut(workers: Workers, tmp_path: Path) -> None:
    prepared = workers.submit(job(tmp_path / "a.txt", b"The harbour is shut.")).result()
    assert [span.of(prepared.document.text) for span in prepared.spans] == ["The harbour is shut."]


def test_a_process_that_was_started_early_does_the_work(workers: Workers, tmp_path: Path) -> None:
    workers.start()
    [early] = workers._idle
    workers.submit(job(tmp_path / "a.txt", b"The harbour is shut.")).result()
    assert workers._idle == [early]


def test_what_cannot_be_read_is_an_error_of_its_document(workers: Workers, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"^Cannot read a\.pdf: "):
        workers.submit(job(tmp_path / "a.pdf", b"no PDF", Kind.PDF)).result()


def test_a_reader_that_hangs_is_ended_and_the_next_document_read(workers: Workers, tmp_path: Path) -> None:
    workers.submit(job(tmp_path / "first.txt", b"words")).result()
    hanging = job(tmp_path / "a.html", HANGING, Kind.HTML, Limits(seconds=1))
    with pytest.raises(DocumentError, match=r"longer than 1 seconds \(max_document_seconds\)"):
        workers.submit(hanging).result()
    assert workers.submit(job(tmp_path / "b.txt", b"words")).result().document.text == "words"


def test_a_process_that_dies_costs_its_document_alone(workers: Workers, tmp_path: Path) -> None:
    workers.submit(job(tmp_path / "first.txt", b"words")).result()
    (worker,) = workers._idle
    hanging = workers.submit(job(tmp_path / "a.html", HANGING, Kind.HTML))
    killing = threading.Timer(1, os.kill, [worker._process.pid, signal.SIGKILL])
    killing.start()
    with pytest.raises(DocumentError, match="its reader crashed"):
        hanging.result()
    assert workers.submit(job(tmp_path / "b.txt", b"words")).result().document.text == "words"


def test_a_document_that_needs_too_much_memory_is_refused(workers: Workers, tmp_path: Path) -> None:
    greedy = job(tmp_path / "a.txt", b"words " * 3_000_000, limits=Limits(memory_megabytes=120))
    with pytest.raises(DocumentError, match="memory"):
        workers.submit(greedy).result()
