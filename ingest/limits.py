"""How much one document may cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """A document beyond one of these is refused, with the limit's name in the error."""

    megabytes: float = 50.0
    """Of the file, or of one record of a corpus."""
    pages: int = 5000
    """Pages of a PDF, slides, or sheets."""
    seconds: float = 25.0
    """Of reading and cutting it, which happens in a process of its own."""
    memory_megabytes: int = 900
    """Of that process, where the system can limit it (Linux)."""

    @property
    def bytes(self) -> int:
        """The size limit in bytes."""
        return int(self.megabytes * 1024 * 1024)
