"""The tables of the catalog."""

import sqlite3

from rag.text.words import name_in_words

SCHEMA_VERSION = 4
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
    blocks TEXT NOT NULL,      -- JSON of its blocks and the words around (rag/library/stored_blocks.py); '' where an
                               -- earlier version, which knew no blocks, has read the document
    vector BLOB NOT NULL       -- float16, little-endian
);
CREATE INDEX passages_document ON passages (document);
"""
_OUTDATED = "CREATE INDEX passages_outdated ON passages (document) WHERE blocks = ''"
_TEXT = """
CREATE VIRTUAL TABLE passages_text USING fts5 (
    text, title, outlet, published, context, tokenize = 'porter unicode61 remove_diacritics 2'
)
"""
_TAGS = """
CREATE TABLE tags (            -- given by people; they outlast a change of the file
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (source, name)
) WITHOUT ROWID
"""
_BLOCKS = (
    "ALTER TABLE passages ADD COLUMN blocks TEXT NOT NULL DEFAULT ''",
    _OUTDATED,
    # Full text takes no new column: it is copied.
    "ALTER TABLE passages_text RENAME TO passages_text_before",
    _TEXT,
    "INSERT INTO passages_text (rowid, text, title, outlet, published, context) "
    "SELECT t.rowid, t.text, t.title, t.outlet, t.published, name_in_words(d.path) FROM passages_text_before t "
    "JOIN passages p ON p.id = t.rowid JOIN documents d ON d.id = p.document",
    "DROP TABLE passages_text_before",
)
_UPGRADES = {2: _BLOCKS, 3: (_TAGS,)}
"""What makes the tables of an earlier version those of the next: version 2 knew no blocks and no context, 3 no tags."""
EARLIER_VERSIONS = frozenset(_UPGRADES)
_WITHOUT_TAGS = "CREATE TEMP TABLE tags (source TEXT, name TEXT)"
_WITHOUT_BLOCKS = (
    "CREATE TEMP VIEW passages AS SELECT id, document, start, \"end\", '' AS blocks, vector FROM main.passages"
)


def create_tables(connection: sqlite3.Connection, *, embedder: str, dimension: int) -> None:
    """Makes the tables of an empty catalog; its vectors will be this embedder's."""
    for statement in (*_TABLES.split(";\n"), _OUTDATED, _TEXT, _TAGS):
        connection.execute(statement)
    facts = {"schema": SCHEMA_VERSION, "embedder": embedder, "dimension": dimension, "generation": 0, "writing": 0}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in facts.items()])


def upgrade_tables(connection: sqlite3.Connection) -> None:
    """Makes the tables of an earlier catalog those of this version: what is stored stays, and no file is read."""
    connection.create_function("name_in_words", 1, name_in_words)
    for version in range(_version(connection), SCHEMA_VERSION):
        for statement in _UPGRADES[version]:
            connection.execute(statement)
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION),))


def show_upgraded(connection: sqlite3.Connection) -> None:
    """Has this connection see the tables of an earlier catalog, which cannot be written, as far as reading asks."""
    connection.execute(_WITHOUT_TAGS)
    if _version(connection) == 2:
        connection.execute(_WITHOUT_BLOCKS)  # in its full text only the context is missing, which no query names


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0])
