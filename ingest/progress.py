"""How far an ingest has come."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run: bytes of files read of bytes in all, documents looked at, and the one at hand."""

    bytes_done: int
    bytes_total: int
    documents: int
    shown: str


OnProgress = Callable[[Progress], None]
