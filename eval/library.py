"""The library that a suite is run in: its own, and gone afterwards."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.assistant import Assistant

OpenAssistant = Callable[[Path], Assistant]


def open_assistant(library: Path) -> Assistant:
    """The assistant of the person's settings, over a new library in this folder."""
    # No Chroma server, whatever the settings say: it holds the vectors of the person's own library.
    return Assistant.open(library, create=True, chroma_url="")


@contextmanager
def temporary_assistant(assistant: OpenAssistant) -> Iterator[Assistant]:
    """The assistant that `assistant` opens over an empty library in a temporary folder."""
    # Windows keeps Chroma's files open for a while; a library left in the temporary folder harms nobody.
    with tempfile.TemporaryDirectory(prefix="footnoted-eval-", ignore_cleanup_errors=True) as folder:
        opened = assistant(Path(folder) / "library")
        try:
            yield opened
        finally:
            opened.close()
