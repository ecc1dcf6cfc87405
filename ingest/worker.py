"""The process that reads documents.

A parser that hangs, crashes or swallows memory takes this process with it and nothing else.
"""

from ingest.pictures import PageJob, PagePicture, drawn
from ingest.prepare import Job, Prepared, prepared, reader_door
from rag.child import serve
from rag.errors import DocumentError


def main() -> None:
    """Prepares one document after the other."""
    serve(_outcome)


def _outcome(job: Job | PageJob) -> Prepared | PagePicture | DocumentError | OSError:
    """What was prepared or drawn, or the error that says why not."""
    _limit_memory(job.limits.memory_megabytes)
    try:
        if isinstance(job, PageJob):
            with reader_door(job.shown):
                return drawn(job)
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
