"""A process of its own that does one job after the other: what hangs or crashes there ends nothing else.

Jobs go in on its stdin and outcomes come out on its stdout, both pickled.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_SECONDS_TO_END = 1
"""How long a process that has closed its stdout may take to end."""
_GRACE_SECONDS = 10
"""How much longer than its parent a child waits before it ends itself: the parent is killed, and the job hangs."""
_START = "import sys; sys.path[:] = {path!r}; from {module} import main; main()"
_WINDOWS = sys.platform == "win32"


class ChildEndedError(Exception):
    """The process ended before its job did; says by which signal, where it was one."""


class ChildLateError(ChildEndedError):
    """The job took too long, and the process was ended."""


class Child:
    """A process that was started; after an error it is good for nothing more. One thread at a time."""

    def __init__(self, module: str) -> None:
        """Starts `main` of this module, which calls `serve`; does not wait until it is ready."""
        # A group of its own: Ctrl-C is for the process that the person started. Not `-m`, which would look for the
        # module in the current folder first.
        group = {"creationflags": 0x200} if _WINDOWS else {"process_group": 0}  # CREATE_NEW_PROCESS_GROUP
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path, module=module), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **group,  # type: ignore[call-overload]  # which of the two depends on the system
        )
        self._is_ready = False

    def do(self, job: object, seconds: float, *, processor_seconds: float = 0) -> Any:
        """The outcome of a job; raises ChildEndedError or ChildLateError.

        It may take so long by the clock, and so much of the processor's time where a number is given (not on Windows):
        a busy machine makes a job late, but no dearer.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        late = threading.Event()
        try:
            if not self._is_ready:  # the time limit is the job's, not that of starting Python
                pickle.load(self._process.stdout)
                self._is_ready = True
            timer = threading.Timer(seconds, self._end_late, [late])
            timer.daemon = True
            timer.start()
            try:
                pickle.dump((job, seconds, processor_seconds), self._process.stdin)
                self._process.stdin.flush()
                return pickle.load(self._process.stdout)
            finally:
                timer.cancel()
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            with suppress(subprocess.TimeoutExpired):  # it has closed its stdout, and so is about to end
                self._process.wait(_SECONDS_TO_END)
            self.end()
            if late.is_set():
                raise ChildLateError(f"took longer than {seconds:g} seconds") from error
            if not _WINDOWS and self._process.returncode == -signal.SIGPROF:
                raise ChildLateError("took too much of the processor's time") from error
            raise ChildEndedError(_name_of(self._process.returncode)) from error
        except BaseException:  # Ctrl-C: the next job must not be given the outcome of this one
            self.end()
            raise

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


def _name_of(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"


def serve(work: Callable[[Any], Any]) -> None:
    """The side of the child: does one job after the other until stdin ends."""
    jobs, outcomes = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no outcome
    pickle.dump("ready", outcomes)
    outcomes.flush()
    while True:
        try:
            job, seconds, processor_seconds = pickle.load(jobs)
        except EOFError:
            return
        _end_after(seconds + _GRACE_SECONDS, processor_seconds)
        outcome = work(job)
        _end_after(0, 0)
        pickle.dump(outcome, outcomes)
        outcomes.flush()


def has_parent() -> bool:
    """Whether the process that started this one is still there; on Windows it always seems to be."""
    return os.getppid() == int(sys.argv[1])


def give_processor_seconds(more: float) -> None:
    """Gives the job under way more of the processor's time, where it has a limit; called by the job itself."""
    if not _WINDOWS and (left := signal.getitimer(signal.ITIMER_PROF)[0]):
        signal.setitimer(signal.ITIMER_PROF, left + more)


def _end_after(seconds: float, processor_seconds: float) -> None:
    """Ends this process then, or when it has used so much of the processor's time; 0 for never."""
    if not _WINDOWS:  # nobody handles the signals, so they end the process
        signal.setitimer(signal.ITIMER_REAL, seconds)
        signal.setitimer(signal.ITIMER_PROF, processor_seconds)
