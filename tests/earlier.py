"""Libraries as the earlier version made them: passages without blocks, full text without context."""

import sqlite3
from pathlib import Path

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL, search_text TEXT, pages TEXT NOT NULL,
    path TEXT NOT NULL, title TEXT, outlet TEXT, published TEXT, author TEXT, url TEXT, language TEXT,
    known_by TEXT NOT NULL, cleaned TEXT NOT NULL, sketch BLOB NOT NULL, story TEXT NOT NULL
);
CREATE INDEX documents_story ON documents (story);
CREATE INDEX documents_outlet ON documents (outlet);
CREATE INDEX documents_author ON documents (author);
CREATE INDEX documents_published ON documents (published);
CREATE TABLE sketches (value INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (value, document)) WITHOUT ROWID;
CREATE TABLE sources (
    source TEXT PRIMARY KEY, path TEXT NOT NULL, sha256 TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX sources_document ON sources (document);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents (id),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX passages_document ON passages (document);
CREATE VIRTUAL TABLE passages_text USING fts5 (
    text, title, outlet, published, tokenize = 'porter unicode61 remove_diacritics 2'
);
PRAGMA journal_mode = WAL;
"""
_ROWS = """
ATTACH ? AS now;
INSERT INTO meta SELECT * FROM now.meta;
UPDATE meta SET value = '2' WHERE key = 'schema';
INSERT INTO documents SELECT * FROM now.documents;
INSERT INTO sketches SELECT * FROM now.sketches;
INSERT INTO sources SELECT * FROM now.sources ORDER BY rowid;
INSERT INTO passages SELECT id, document, start, "end", vector FROM now.passages;
INSERT INTO passages_text (rowid, text, title, outlet, published)
SELECT rowid, text, title, outlet, published FROM now.passages_text;
DETACH now;
"""


def make_earlier(library: Path) -> None:
    """Makes of a library of this version, which nobody has open, what the earlier version would have left of it."""
    now, then = library / "catalog.sqlite3", library / "earlier.sqlite3"
    connection = sqlite3.connect(then, isolation_level=None)
    connection.executescript(_TABLES)
    for statement in _ROWS.strip().split(";\n"):
        connection.execute(statement.removesuffix(";"), [str(now)] if "?" in statement else [])
    connection.close()
    for name in ("catalog.sqlite3-wal", "catalog.sqlite3-shm"):
        (library / name).unlink(missing_ok=True)
    then.replace(now)
