"""The file of the catalog: opening it, transactions, and what it says about itself and about the vectors."""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from rag.errors import LibraryError, LibraryMismatchError
from rag.library.condition import add_functions
from rag.library.schema import EARLIER_VERSIONS, SCHEMA_VERSION, create_tables, show_upgraded, upgrade_tables
from rag.library.seal import Seal

_BUSY_SECONDS = 10.0
"""How long another program may hold the file; ours hold it for one document."""


_LOST = " Restore it, or remove the folder and ingest again."


class CatalogFile:
    """One SQLite file. Safe to share between threads."""

    def __init__(self, path: Path, *, embedder: str, dimension: int) -> None:
        """Opens the catalog, making it where there is none; one of the earlier version gets the tables of this one.

        Raises LibraryError or LibraryMismatchError.
        """
        self.path = path
        self._lock = threading.RLock()
        try:
            is_writable = os.access(path.parent, os.W_OK)
            if is_writable:
                self._connection = _connect(path)
                self._connection.execute("PRAGMA journal_mode = WAL")
            else:
                self._connection = _connect_to_read(path)
            add_functions(self._connection)
            # With WAL this loses no commit to a killed process; a power cut may lose the last ones, whole.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            if not self._has_tables():
                with self.transaction():
                    if not self._has_tables():
                        create_tables(self._connection, embedder=embedder, dimension=dimension)
            self._check(embedder, dimension)
            if self._is_earlier():
                self._upgrade(is_writable)
        except sqlite3.Error as error:
            # What SQLite calls operational is the disk's fault, or another program's, and no damage to the file.
            advice = "" if isinstance(error, sqlite3.OperationalError) else _LOST
            raise LibraryError(f"Cannot open the catalog {path}: {error}.{advice}") from error

    def _has_tables(self) -> bool:
        return self._connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is not None

    def _check(self, embedder: str, dimension: int) -> None:
        facts, folder = self.facts(), self.path.parent
        if facts.get("schema") not in [str(version) for version in (SCHEMA_VERSION, *EARLIER_VERSIONS)]:
            fault = f"has format {facts.get('schema')}, this version reads {SCHEMA_VERSION}"
        elif (facts.get("embedder"), facts.get("dimension")) != (embedder, str(dimension)):
            fault = f"was made by the embedder {facts.get('embedder')}, this one is {embedder}"
        else:
            return
        raise LibraryMismatchError(f"The library {folder} {fault}. Ingest into a new library.")

    def _is_earlier(self) -> bool:
        return self.facts()["schema"] != str(SCHEMA_VERSION)

    def _upgrade(self, is_writable: bool) -> None:
        if not is_writable:
            show_upgraded(self._connection)
            return
        with self.transaction():
            if self._is_earlier():  # else another program has done it meanwhile
                upgrade_tables(self._connection)

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the statements inside, or none of them."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                self._roll_back()
                raise LibraryError(f"Cannot write the catalog {self.path}: {error}.") from error
            except BaseException:  # also on Ctrl-C: half a document must never stay
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # on a full disk SQLite has rolled back already
            # Where the disk fails at this too, SQLite rolls back when the file is next opened.
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise LibraryError(f"Cannot read the catalog {self.path}: {error}. Run `footnoted doctor`.") from error

    def facts(self) -> dict[str, str]:
        """Schema, embedder, dimension, generation (grows with each change) and the writing mark."""
        return dict(self._rows("SELECT key, value FROM meta WHERE key != 'seal'"))

    def generation(self) -> int:
        """A number that grows with each change of the catalog or the vectors."""
        return int(self._rows("SELECT value FROM meta WHERE key = 'generation'")[0][0])

    def is_writing(self) -> bool:
        """Whether the vectors may be behind the catalog."""
        return self.facts()["writing"] == "1"

    def seal(self) -> Seal | None:
        """What the files of the vectors were when they were last the catalog's."""
        rows = self._rows("SELECT value FROM meta WHERE key = 'seal'")
        return Seal.from_text(rows[0][0]) if rows else None

    def begin_writing(self) -> None:
        """Marks that the vectors are behind the catalog, all of which are about to be written anew."""
        with self.transaction():
            self._changed()
            self._connection.execute("DELETE FROM meta WHERE key = 'removed'")

    def removed(self) -> int:
        """How many passages were removed since the vectors were last written anew."""
        return int(self.facts().get("removed", 0))

    def finish_writing(self, seal: Seal) -> None:
        """Takes the mark away: the vectors are the catalog's, and these are their files."""
        with self.transaction():
            self._changed(writing=0)
            self._keep(seal)

    def keep_seal(self, seal: Seal) -> None:
        """Remembers that these files were found to be sound."""
        with self.transaction():
            self._keep(seal)

    def _changed(self, *, writing: int = 1, removed: int = 0) -> None:
        # In the transaction of the change itself, so that no change is ever without the mark.
        self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
        self._connection.execute("UPDATE meta SET value = ? WHERE key = 'writing'", (str(writing),))
        if removed:
            count = "INSERT INTO meta VALUES ('removed', ?) ON CONFLICT DO UPDATE SET value = value + excluded.value"
            self._connection.execute(count, (str(removed),))

    def _keep(self, seal: Seal) -> None:
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('seal', ?)", (seal.as_text(),))

    def integrity(self) -> str:
        """`ok`, or what SQLite finds wrong with the file."""
        return "; ".join(row[0] for row in self._rows("PRAGMA quick_check"))


def _connect(path: Path | str, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(path, uri=uri, check_same_thread=False, isolation_level=None, timeout=_BUSY_SECONDS)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Opens a catalog in a folder that cannot be written, where SQLite has no room for its own files."""
    log = path.with_name(path.name + "-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    return _connect(f"file:{quote(str(path))}?{how}", uri=True)
