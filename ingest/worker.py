"""The process that reads documents: jobs come in on stdin, prepared documents go out on stdout, both pickled.

A parser that hangs, crashes or swallows memory takes this process with it and nothing else.
"""

import os
import pickle
import signal
import sys
from typing import Any

from ingest.prepare import Job, prepared
from rag.errors import DocumentError

_GRACE_SECONDS = 10


def main() -> None:
    """Does one job after the other until stdin ends."""
    jobs, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no result
    pickle.dump("ready", results)
    results.flush()
    while True:
        try:
            job: Job = pickle.load(jobs)
        except EOFError:
            return
        _limit_memory(job.limits.memory_megabytes)
        _end_after(job.limits.seconds + _GRACE_SECONDS)
        outcome = _outcome(job)
        _end_after(0)
        pickle.dump(outcome, results)
        results.flush()


def _outcome(job: Job) -> Any:
    """What was prepared, or the error that says why not."""
    try:
        return prepared(job)
    except (DocumentError, OSError) as error:
        return error


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows cannot
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _end_after(seconds: float) -> None:
    """Ends this process then, 0 for never. Whoever gave the job does so earlier, if still there."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles the signal, so it ends the process
