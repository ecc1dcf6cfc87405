"""The processes that read documents: started when first needed, kept for the next run, ended when a document hangs."""

import atexit
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache

from ingest.prepare import Job, Prepared
from rag.errors import DocumentError
from rag.models.onnx import cores

_MOST = 4
_START = "import sys; sys.path[:] = {path!r}; from ingest.worker import main; main()"
_WINDOWS = sys.platform == "win32"


class _Worker:
    """One process; raises what went wrong with a document as a DocumentError, and is then good for nothing more."""

    def __init__(self) -> None:
        # A group of its own: Ctrl-C is for the process that the person started. Not `-m`, which would look for
        # `ingest` in the current folder first.
        group = {"creationflags": 0x200} if _WINDOWS else {"process_group": 0}  # CREATE_NEW_PROCESS_GROUP
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **group,  # type: ignore[call-overload]  # which of the two depends on the system
        )
        self._is_ready = False

    def do(self, job: Job) -> Prepared:
        """The prepared document; raises DocumentError or OSError."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        late = threading.Event()
        try:
            if not self._is_ready:  # the time limit is the document's, not that of starting Python
                pickle.load(self._process.stdout)
                self._is_ready = True
            timer = threading.Timer(job.limits.seconds, self._end_late, [late])
            timer.daemon = True
            timer.start()
            try:
                pickle.dump(job, self._process.stdin)
                self._process.stdin.flush()
                outcome = pickle.load(self._process.stdout)
            finally:
                timer.cancel()
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.end()
            if late.is_set():
                fault = f"it took longer than {job.limits.seconds:g} seconds (max_document_seconds)"
            else:
                fault = "its reader crashed or needed too much memory"
            raise DocumentError(f"Cannot read {job.shown}: {fault}.") from error
        if isinstance(outcome, BaseException):
            raise outcome
        assert isinstance(outcome, Prepared)
        return outcome

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    @property
    def is_alive(self) -> bool:
        """Whether it can take another job."""
        return self._process.poll() is None

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            try:
                if stream is not None:
                    stream.close()
            except OSError:  # what was still to be written has no reader any more
                pass
        self._process.wait()


class Workers:
    """As many processes as there are documents to read at once. Safe to share between threads."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reading")
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()

    def start(self) -> None:
        """Starts every process now, where it is known that all will be needed: each takes a moment to be ready."""
        with self._lock:
            while len(self._idle) + len(self._busy) < self.count:
                self._idle.append(_Worker())

    def submit(self, job: Job) -> "Future[Prepared]":
        """Begins a job; its future raises DocumentError or OSError."""
        return self._threads.submit(self._do, job)

    def _do(self, job: Job) -> Prepared:
        worker = self._taken()
        try:
            return worker.do(job)
        finally:
            with self._lock:
                self._busy.discard(worker)
                if worker.is_alive:
                    self._idle.append(worker)

    def _taken(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    break
                worker.end()
            else:
                worker = _Worker()
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


@lru_cache(maxsize=1)
def shared_workers() -> Workers:
    """The workers of this process."""
    workers = Workers(min(_MOST, cores()))
    atexit.register(workers.end)
    return workers
