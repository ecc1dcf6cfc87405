"""What an ingest did, in a form for people and for machines."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that did not go in, and why."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class CleanedDocument:
    """A document whose search copy differs from its text: the kinds of repair, and how many of each."""

    path: str
    cleaned: dict[str, int]


@dataclass(frozen=True, slots=True)
class Retold:
    """A document that says nearly the same as an earlier one, which is `document`."""

    path: str
    document: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What one run added, changed, removed and could not read; paths are as shown to people."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: int = 0
    duplicates: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    cleaned: tuple[CleanedDocument, ...] = ()
    """What was cleaned for searching; the stored texts are as they were read."""
    retold: tuple[Retold, ...] = ()
    """Documents that are in, and are known to tell another one's story."""
    passages: int = 0
    """How many passages this run wrote."""
    seconds: float = 0.0
    notices: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """3 where a document failed, else 0."""
        return 3 if self.failed else 0

    def as_json(self) -> dict[str, Any]:
        """The object that `footnoted ingest --json` prints."""
        return asdict(self)


class Tally:
    """A report in the making."""

    def __init__(self) -> None:
        self.added: list[str] = []
        self.updated: list[str] = []
        self.unchanged = 0
        self.duplicates: list[str] = []
        self.removed: list[str] = []
        self.failed: list[Failure] = []
        self.cleaned: list[CleanedDocument] = []
        self.read_again = self.from_stored_text = 0
        self.notices: list[str] = []

    def tell_renewed(self) -> None:
        """Adds a notice on the documents of an earlier version."""
        if self.read_again:
            again = "1 document" if self.read_again == 1 else f"{self.read_again} documents"
            were = "was" if self.read_again == 1 else "were"
            stored = f", {self.from_stored_text} of them from their stored text" if self.from_stored_text else ""
            self.notices.append(f"{again} of an earlier version {were} read again{stored}.")

    def report(self, *, passages: int, seconds: float, retold: Iterable[tuple[str, str]]) -> IngestReport:
        """The finished report."""
        return IngestReport(
            added=tuple(self.added),
            updated=tuple(self.updated),
            unchanged=self.unchanged,
            duplicates=tuple(self.duplicates),
            removed=tuple(self.removed),
            failed=tuple(self.failed),
            cleaned=tuple(self.cleaned),
            retold=tuple(Retold(path, document) for path, document in retold),
            passages=passages,
            seconds=round(seconds, 3),
            notices=tuple(self.notices),
        )
