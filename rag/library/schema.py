"""The tables of the catalog."""

import sqlite3

SCHEMA_VERSION = 3
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE, -- of the bytes it was read from
    text TEXT NOT NULL,
    search_text TEXT,          -- NULL where it equals the text
    pages TEXT NOT NULL,       -- JSON list of page starts
    path TEXT NOT NULL, title TEXT, outlet TEXT, published TEXT, author TEXT, url TEXT, language TEXT,
    known_by TEXT NOT NULL,    -- JSON object: where each of these was stated
    cleaned TEXT NOT NULL,     -- JSON object: what differs in the search text, and how often
    head TEXT NOT NULL,        -- how it begins: what a bill, a form or a letter is about
    sketch BLOB NOT NULL,      -- a sample of its word sequences, to know nearly the same text again
    story TEXT NOT NULL        -- the id of the first document that tells nearly the same in the same words
);
CREATE INDEX documents_story ON documents (story);
-- Names and dates are read from these alone, without the documents' text.
CREATE INDEX documents_outlet ON documents (outlet);
CREATE INDEX documents_author ON documents (author);
CREATE INDEX documents_published ON documents (published);
CREATE TABLE sketches (        -- the samples by their values; integers of 64 bits
    value INTEGER NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (value, document)
) WITHOUT ROWID;
CREATE TABLE sources (         -- every place a document was read from; copies share one document
    source TEXT PRIMARY KEY,   -- absolute path, with #record in a corpus
    path TEXT NOT NULL,        -- as shown to people; a document shows the path of its first source
    sha256 TEXT NOT NULL,      -- of its bytes and of what stood beside them in a metadata.csv
    document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX sources_document ON sources (document);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice, so a stale vector can point at nothing
    document TEXT NOT NULL REFERENCES documents (id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    blocks TEXT NOT NULL,      -- JSON of its blocks and the words around (rag/library/stored_blocks.py); '' for none
    vector BLOB NOT NULL       -- float16, little-endian
);
CREATE INDEX passages_document ON passages (document);
CREATE VIRTUAL TABLE passages_text USING fts5 (
    text, title, outlet, published, context, tokenize = 'porter unicode61 remove_diacritics 2'
);
"""


def create_tables(connection: sqlite3.Connection, *, embedder: str, dimension: int) -> None:
    """Makes the tables of an empty catalog; its vectors will be this embedder's."""
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    facts = {"schema": SCHEMA_VERSION, "embedder": embedder, "dimension": dimension, "generation": 0, "writing": 0}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in facts.items()])
