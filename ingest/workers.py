"""The processes that read documents: started when first needed, kept for the next run, ended when a document hangs."""

import atexit
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache

from ingest.pictures import PageJob, PagePicture
from ingest.prepare import Job, Prepared
from rag.child import Child, ChildEndedError, ChildLateError
from rag.errors import DocumentError
from rag.models.onnx import cores

_MOST = 4
_MODULE = "ingest.worker"


class Workers:
    """As many processes as there are documents to read at once. Safe to share between threads."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
        self._lock = threading.Lock()
        self._idle: list[Child] = []
        self._busy: set[Child] = set()

    def start(self) -> None:
        """Starts every process now, where it is known that all will be needed: each takes a moment to be ready."""
        with self._lock:
            while len(self._idle) + len(self._busy) < self.count:
                self._idle.append(Child(_MODULE))

    def submit(self, job: Job) -> "Future[Prepared]":
        """Begins a job; its future raises DocumentError or OSError."""
        return self._threads.submit(self._prepared, job)

    def draw(self, job: PageJob) -> PagePicture:
        """Draws a page of a document; raises DocumentError or OSError."""
        picture = self._do(job)
        assert isinstance(picture, PagePicture)
        return picture

    def _prepared(self, job: Job) -> Prepared:
        prepared = self._do(job)
        assert isinstance(prepared, Prepared)
        return prepared

    def _do(self, job: Job | PageJob) -> object:
        worker = self._taken()
        try:
            return _done(worker, job)
        finally:
            with self._lock:
                self._busy.discard(worker)
                if worker.is_alive:
                    self._idle.append(worker)

    def _taken(self) -> Child:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    break
                worker.end()
            else:
                worker = Child(_MODULE)
            self._busy.add(worker)
            return worker

    def stop(self) -> None:
        """Ends what is under way, which fails."""
        with self._lock:
            busy = list(self._busy)
        for worker in busy:
            worker.end()

    def end(self) -> None:
        """Ends every process."""
        self.stop()
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()
        self._threads.shutdown(wait=False, cancel_futures=True)


def _done(worker: Child, job: Job | PageJob) -> object:
    """The prepared document, or the picture; raises what went wrong with it."""
    try:
        outcome = worker.do(job, job.limits.clock_seconds, processor_seconds=job.limits.seconds)
    except ChildLateError as error:
        fault = f"it took longer than {job.limits.seconds:g} seconds (max_document_seconds)"
        raise DocumentError(f"Cannot read {job.shown}: {fault}.") from error
    except ChildEndedError as error:
        fault = "its reader crashed or needed too much memory"
        raise DocumentError(f"Cannot read {job.shown}: {fault}.") from error
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


@lru_cache(maxsize=1)
def shared_workers() -> Workers:
    """The workers of this process."""
    workers = Workers(min(_MOST, cores()))
    atexit.register(workers.end)
    return workers
