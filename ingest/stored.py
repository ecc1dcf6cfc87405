"""What the library holds, as a run of ingest knows it: kept in step with each change the run decides on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.library.catalog import Entry


class Stored:
    """The sources of the library, what each held when it was read, and the document it became."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Starts from the library's entries."""
        self._entries: dict[str, Entry] = {}
        self._documents: dict[str, str] = {}
        self._sources: defaultdict[str, set[str]] = defaultdict(set)
        self._records: defaultdict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self.remember(entry)

    def __contains__(self, source: str) -> bool:
        return source in self._entries

    def sources(self) -> list[str]:
        """Every source, in order."""
        return sorted(self._entries)

    def is_unchanged(self, source: str, sha256: str) -> bool:
        """Whether the source held exactly this when it was last read, and this stood beside it."""
        entry = self._entries.get(source)
        return entry is not None and entry.sha256 == sha256

    def document_with(self, content: str) -> str | None:
        """The document that was read from these very bytes, wherever they lay."""
        return self._documents.get(content)

    def holds(self, source: str, content: str) -> bool:
        """Whether the source held these very bytes, whatever stood beside them."""
        entry = self._entries.get(source)
        return entry is not None and entry.content == content

    def copies_of(self, document: str) -> list[str]:
        """The sources that hold this document."""
        return sorted(self._sources.get(document, ()))

    def records_of(self, source: str) -> list[str]:
        """The sources that are records of this file."""
        return sorted(self._records.get(source, ()))

    def remember(self, entry: Entry) -> None:
        """Notes what a source now holds, in place of what it held."""
        self.forget(entry.source)
        self._entries[entry.source] = entry
        self._documents[entry.content] = entry.document
        self._sources[entry.document].add(entry.source)
        for file in files_of(entry.source):
            self._records[file].add(entry.source)

    def forget(self, source: str) -> None:
        """Notes that a source is gone, and its document where no copy is left."""
        entry = self._entries.pop(source, None)
        if entry is None:
            return
        copies = self._sources[entry.document]
        copies.discard(source)
        if not copies:
            del self._sources[entry.document]
            self._documents.pop(entry.content, None)
        for file in files_of(source):
            self._records[file].discard(source)


def record_source(file: str, key: str) -> str:
    """The source of one record of a corpus."""
    return f"{file}#{key}"


def files_of(source: str) -> Iterator[str]:
    """The files that a source may be a record of: `/a/b.jsonl#x#1` gives `/a/b.jsonl#x` and `/a/b.jsonl`."""
    at = source.rfind("#")
    while at > 0:
        yield source[:at]
        at = source.rfind("#", 0, at)


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
