"""A child process that does odd jobs."""

import os
import signal
import time

from rag.child import give_processor_seconds, has_parent, serve


def main() -> None:
    """Serves whoever started it."""
    serve(_work)


def _work(job: str) -> str:
    match job:
        case "hang":
            time.sleep(60)
        case "toil" | "toil for more":
            started = time.process_time()
            if job == "toil for more":
                give_processor_seconds(30)
            while time.process_time() - started < 2:
                pass
        case "wait":
            time.sleep(1)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "print":
            print("no outcome", flush=True)
        case "has a parent":
            return str(has_parent())
    return f"{job} is done"
