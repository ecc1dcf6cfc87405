"""What the library holds, with what a run of ingest has decided and not yet written."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ingest.batch import Ready
from ingest.discover import FoundFile
from rag.domain import Document
from rag.library.catalog import Catalog, Entry


class Stored:
    """The sources of the library, what each held when it was read, and the document it became.

    The catalog is asked each time, so that a large library takes no more memory than a small one.
    """

    def __init__(self, catalog: Catalog, waiting: Callable[[], Iterable[Ready]]) -> None:
        """`waiting` gives the documents that are still to be written, a few hundred at most."""
        self._catalog = catalog
        self._waiting = waiting

    def __contains__(self, source: str) -> bool:
        return self._entry(source) is not None

    def _entry(self, source: str) -> Entry | None:
        for ready in self._waiting():
            if ready.source == source:
                return Entry(source, ready.document.origin.path, ready.sha256, ready.document.id, ready.content)
        return self._catalog.entry(source)

    def sources(self, beginning: str) -> list[str]:
        """Every source that is written and begins like this, in order."""
        return self._catalog.sources(beginning)

    def is_unchanged(self, source: str, sha256: str) -> bool:
        """Whether the source held exactly this when this version last read it, and this stood beside it."""
        entry = self._entry(source)
        return entry is not None and entry.sha256 == sha256 and not self.is_outdated(source)

    def is_outdated(self, source: str) -> bool:
        """Whether an earlier version read the document of this source, and it does not wait to be written anew."""
        entry = self._entry(source)
        if entry is None or not self._catalog.is_outdated(entry.document):
            return False
        return all(ready.document.id != entry.document for ready in self._waiting())

    def outdated(self) -> dict[str, list[Entry]]:
        """The documents that an earlier version read, with the places they were read from, as they are written."""
        found: dict[str, list[Entry]] = {}
        for entry in self._catalog.outdated():
            found.setdefault(entry.document, []).append(entry)
        return found

    def document(self, document_id: str) -> Document:
        """A document that is written."""
        return self._catalog.document(document_id)

    def holds(self, source: str, content: str) -> bool:
        """Whether the source held these very bytes, whatever stood beside them."""
        entry = self._entry(source)
        return entry is not None and entry.content == content

    def document_with(self, content: str) -> str | None:
        """The document that was read from these very bytes, wherever they lay."""
        for ready in self._waiting():
            if ready.content == content:
                return ready.document.id
        document = self._catalog.document_with(content)
        if document is None or any(ready.document.id == document for ready in self._waiting()):
            return None  # one that waits under this id has other bytes
        return document if self.copies_of(document) else None

    def copies_of(self, document: str) -> list[str]:
        """The sources that hold this document."""
        holding = dict.fromkeys(self._catalog.sources_of(document), document)
        holding |= {ready.source: ready.document.id for ready in self._waiting()}
        return sorted(source for source, held in holding.items() if held == document)

    def records_of(self, source: str) -> list[str]:
        """The sources that are written and may be records of this file."""
        return self._catalog.sources(record_source(source, ""))


def record_source(file: str, key: str) -> str:
    """The source of one record of a corpus."""
    return f"{file}#{key}"


def files_of(source: str) -> Iterator[str]:
    """The files that a source may be a record of: `/a/b.jsonl#x#1` gives `/a/b.jsonl#x` and `/a/b.jsonl`."""
    at = source.rfind("#")
    while at > 0:
        yield source[:at]
        at = source.rfind("#", 0, at)


def file_of(places: Iterable[Entry]) -> FoundFile | None:
    """The first of these places that is a file and still there; a record of a corpus is none."""
    there = (FoundFile(place.source, place.path) for place in places if _is_there(place.source))
    return next(there, None)


def is_gone(source: str) -> bool:
    """Whether neither the source nor a file that it may be a record of is on the disk."""
    return not any(_is_there(file) for file in (source, *files_of(source)))


def is_record_of(source: str, file: str) -> bool:
    """Whether a source is a record of this file, and not a file, or a record of one, whose name only begins like it."""
    longer = (other for other in (source, *files_of(source)) if len(other) > len(file))
    return source.startswith(f"{file}#") and not any(_is_there(other) for other in longer)


def _is_there(file: str) -> bool:
    try:
        return Path(file).is_file()
    except OSError:  # in a folder that may not be looked into, or a name too long to be one
        return len(Path(file).name) < 256
