"""What the files of the vectors are known by, so that damage is found before Chroma reads a byte of it."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_DATABASE = "chroma.sqlite3"
_GRAPH_IS_STORED = "index_metadata.pickle"
_TOUCHED = "SELECT rootpage FROM sqlite_schema WHERE name = 'acquire_write'"
"""Chroma adds a row to this table of its database whenever it is opened."""
_COUNTERS = [(24, 28), (92, 100)]  # where the header counts changes (https://sqlite.org/fileformat2.html)
_PAGE_SIZE = slice(16, 18)
_UNREADABLE = "unreadable"
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Seal:
    """The files of the vectors as they were when a process of its own had opened them and found the catalog's."""

    files: Mapping[str, str]
    """The sha256 of each, by its path in the folder."""

    @classmethod
    def of(cls, folder: Path) -> "Seal":
        """The seal of the files that are there now; what cannot be read differs from all that can."""
        paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        return cls({name: _digest(path) for name, path in paths.items() if _is_read(path)})

    @classmethod
    def from_text(cls, text: str) -> "Seal":
        """The seal that `as_text` wrote."""
        return cls(json.loads(text))

    def as_text(self) -> str:
        """The seal as JSON."""
        return json.dumps(dict(self.files), sort_keys=True)

    def graph(self) -> dict[str, str]:
        """The files that Chroma reads without looking: all but its database."""
        return {name: digest for name, digest in self.files.items() if name != _DATABASE}


def _is_read(path: Path) -> bool:
    """Whether Chroma goes by what is in this file."""
    if path.name.startswith(f"{_DATABASE}-"):
        return False  # a journal: of a change under way, which SQLite takes back where it was not finished
    # Up to 1,000 vectors are in the database alone: Chroma makes an empty graph at each opening, with chance content.
    return path.name == _DATABASE or (path.parent / _GRAPH_IS_STORED).exists()


def _digest(path: Path) -> str:
    skipped = _touched_by_reading(path) if path.name == _DATABASE else []
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            for start, end in sorted(skipped):
                digest.update(stream.read(start - stream.tell()))
                stream.seek(end)
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
    except OSError:
        return _UNREADABLE
    return digest.hexdigest()


def _touched_by_reading(database: Path) -> list[tuple[int, int]]:
    """The bytes of Chroma's database that differ after it was opened and only read."""
    try:
        with database.open("rb") as stream:
            page_size = int.from_bytes(stream.read(_PAGE_SIZE.stop)[_PAGE_SIZE], "big")
        # Immutable: opened without a lock, and without looking at a journal.
        with closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro&immutable=1", uri=True)) as connection:
            [[root]] = connection.execute(_TOUCHED).fetchall()
    except (OSError, ValueError, sqlite3.Error):
        return []  # no database at all, or none of Chroma's: any digest will differ from a sound one's
    return [*_COUNTERS, ((root - 1) * page_size, root * page_size)]
