"""The tables of the catalog."""

import sqlite3

SCHEMA_VERSION = 1
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    search_text TEXT,          -- NULL where it equals the text
    pages TEXT NOT NULL,       -- JSON list of page starts
    path TEXT NOT NULL, title TEXT, outlet TEXT, published TEXT, author TEXT, url TEXT
);
CREATE TABLE sources (         -- every place a document was read from; copies share one document
    source TEXT PRIMARY KEY,   -- absolute path, with #record in a corpus
    path TEXT NOT NULL,        -- as shown to people; a document shows the path of its first source
    sha256 TEXT NOT NULL,
    document TEXT NOT NULL REFERENCES documents (id)
);
CREATE INDEX sources_document ON sources (document);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice, so a stale vector can point at nothing
    document TEXT NOT NULL REFERENCES documents (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    vector BLOB NOT NULL       -- float16, little-endian
);
CREATE INDEX passages_document ON passages (document);
CREATE VIRTUAL TABLE passages_text USING fts5 (
    text, title, outlet, published, tokenize = 'porter unicode61 remove_diacritics 2'
);
"""
# Made at every opening where they are missing: libraries of before have none. Names and dates are read from them alone,
# without the documents' text.
_INDEXES = """
CREATE INDEX IF NOT EXISTS documents_outlet ON documents (outlet);
CREATE INDEX IF NOT EXISTS documents_author ON documents (author);
CREATE INDEX IF NOT EXISTS documents_published ON documents (published)
"""


def create_indexes(connection: sqlite3.Connection) -> None:
    """Makes the indexes that are missing."""
    for statement in _INDEXES.split(";\n"):
        connection.execute(statement)


def create_tables(connection: sqlite3.Connection, *, embedder: str, dimension: int) -> None:
    """Makes the tables of an empty catalog; its vectors will be this embedder's."""
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    facts = {"schema": SCHEMA_VERSION, "embedder": embedder, "dimension": dimension, "generation": 0, "writing": 0}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in facts.items()])
