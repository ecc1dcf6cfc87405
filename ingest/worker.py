"""The process that reads documents.

A parser that hangs, crashes or swallows memory takes this process with it and nothing else.
"""

from ingest.prepare import Job, Prepared, prepared
from rag.child import end_after, serve
from rag.errors import DocumentError

_GRACE_SECONDS = 10


def main() -> None:
    """Prepares one document after the other."""
    serve(_outcome)


def _outcome(job: Job) -> Prepared | DocumentError | OSError:
    """What was prepared, or the error that says why not."""
    _limit_memory(job.limits.memory_megabytes)
    end_after(job.limits.seconds + _GRACE_SECONDS)
    try:
        return prepared(job)
    except (DocumentError, OSError) as error:
        return error
    finally:
        end_after(0)


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows cannot
        return
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (size, resource.getrlimit(resource.RLIMIT_DATA)[1]))
