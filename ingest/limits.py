"""How much one document may cost."""

from dataclasses import dataclass

from rag.child import give_processor_seconds
from rag.errors import DocumentError

_SECONDS_PER_PAGE = 0.05
"""What each page adds to the time that a document may take: ten times what one usually needs."""
_TIMES_BY_THE_CLOCK = 10
"""A busy machine takes so much longer; a reader that still has not ended hangs."""


@dataclass(frozen=True, slots=True)
class Limits:
    """A document beyond one of these is refused, with the limit's name in the error."""

    megabytes: float = 50.0
    """Of the file, or of one record of a corpus."""
    pages: int = 5000
    """Pages of a PDF, slides, or sheets."""
    seconds: float = 25.0
    """The processor's, of reading and cutting it, which happens in a process of its own; pages add to them."""
    memory_megabytes: int = 900
    """Of that process, where the system can limit it (Linux)."""

    @property
    def bytes(self) -> int:
        """The size limit in bytes."""
        return int(self.megabytes * 1024 * 1024)

    @property
    def clock_seconds(self) -> float:
        """How long reading may take by the clock, however little of the processor's time it uses."""
        return _TIMES_BY_THE_CLOCK * self.seconds + self.pages * _SECONDS_PER_PAGE


def allow_pages(count: int, *, most: int, name: str, called: str = "pages") -> None:
    """Gives a document of so many pages the time for them; raises DocumentError where they are too many."""
    if count > most:
        raise DocumentError(f"Cannot read {name}: it has {count:,} {called}; at most {most:,} are read.")
    give_processor_seconds(count * _SECONDS_PER_PAGE)
