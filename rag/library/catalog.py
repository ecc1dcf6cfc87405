"""The catalog: one SQLite file that is the truth about the library."""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag.domain import Document, Origin, Passage, ScoredPassage, Span, Within
from rag.errors import LibraryError, LibraryMismatchError
from rag.library.condition import condition
from rag.library.schema import SCHEMA_VERSION, create_tables
from rag.library.stories import delete_sketch, insert_sketch, stored_sketch, story_of
from rag.ports import EVERYWHERE, Vectors
from rag.words import content_words, words

_PASSAGES = """
    p.id, p.document, p.start, p."end", d.pages, d.path, d.title, d.outlet, d.published, d.author, d.url, d.language,
    substr(d.text, p.start + 1, p."end" - p.start),
    substr(d.search_text, p.start + 1, p."end" - p.start)
    FROM passages p JOIN documents d ON d.id = p.document
"""
_JOINED = "FROM passages p JOIN documents d ON d.id = p.document"
_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Entry:
    """One place a document was read from, as the catalog remembers it."""

    source: str
    sha256: str
    """Of its bytes and of what stood beside them in a metadata.csv."""
    document: str
    content: str
    """The sha256 of the bytes that the document was read from."""


class Catalog:
    """Documents, passages, full text and cached vectors. Safe to share between threads."""

    def __init__(self, path: Path, *, embedder: str, dimension: int) -> None:
        """Opens the catalog, making it where there is none; raises LibraryError or LibraryMismatchError."""
        self.path = path
        self._lock = threading.RLock()
        try:
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            self._connection.execute("PRAGMA journal_mode = WAL")
            # With WAL this loses no commit to a killed process; a power cut may lose the last ones, whole.
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            with self.transaction():
                if not self._connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
                    create_tables(self._connection, embedder=embedder, dimension=dimension)
            self._check(embedder, dimension)
        except sqlite3.Error as error:
            raise LibraryError(
                f"Cannot open the catalog {path}: {error}. Restore it, or remove the folder and ingest again."
            ) from error

    def _check(self, embedder: str, dimension: int) -> None:
        facts, folder = self.facts(), self.path.parent
        if facts.get("schema") != str(SCHEMA_VERSION):
            fault = f"has format {facts.get('schema')}, this version reads {SCHEMA_VERSION}"
        elif (facts.get("embedder"), facts.get("dimension")) != (embedder, str(dimension)):
            fault = f"was made by the embedder {facts.get('embedder')}, this one is {embedder}"
        else:
            return
        raise LibraryMismatchError(f"The library {folder} {fault}. Ingest into a new library.")

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
                fault = f"Cannot write the catalog {self.path}: {error}"
                raise LibraryError(f"{fault}. Nothing of this document was stored; make room and try again.") from error
            except BaseException:  # also on Ctrl-C: half a document must never stay
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # on a full disk SQLite has rolled back already
            self._connection.execute("ROLLBACK")

    def _rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        try:
            with self._lock:
                return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise LibraryError(f"Cannot read the catalog {self.path}: {error}. Run `footnoted doctor`.") from error

    # -- facts ---------------------------------------------------------------------------------------------------

    def facts(self) -> dict[str, str]:
        """Schema, embedder, dimension, generation (grows with each change) and the writing mark."""
        return dict(self._rows("SELECT key, value FROM meta"))

    def generation(self) -> int:
        """A number that grows with each change."""
        return int(self._rows("SELECT value FROM meta WHERE key = 'generation'")[0][0])

    def set_writing(self, writing: bool) -> None:
        """Marks that the vectors are behind the catalog, or that they are not."""
        with self.transaction():
            self._connection.execute("UPDATE meta SET value = ? WHERE key = 'writing'", (str(int(writing)),))
            self._bump()

    def is_writing(self) -> bool:
        """Whether the vectors may be behind the catalog."""
        return self.facts()["writing"] == "1"

    def _bump(self) -> None:
        self._connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")

    def integrity(self) -> str:
        """`ok`, or what SQLite finds wrong with the file."""
        return "; ".join(row[0] for row in self._rows("PRAGMA quick_check"))

    # -- writing -------------------------------------------------------------------------------------------------

    def put(
        self,
        document: Document,
        *,
        source: str,
        sha256: str,
        spans: Sequence[Span],
        vectors: Vectors,
        content: str | None = None,
        sketch: Sequence[int] = (),
    ) -> tuple[list[int], list[int]]:
        """Stores a document with its passages in one transaction, replacing what `source` held before.

        `content` is the sha256 of the bytes that were read, where that differs from `sha256`; `sketch` is what nearly
        the same text is known by (rag/library/stories.py). Returns the ids of the passages added and of those removed.
        """
        with self.transaction():
            removed = self._release(source)
            removed += self._delete_document(document.id)
            origin, sketch_bytes = document.origin, stored_sketch(sketch)
            self._connection.execute(
                f"INSERT INTO documents VALUES ({', '.join('?' * 16)})",
                (
                    document.id, content or sha256, document.text,
                    None if document.search_text == document.text else document.search_text,
                    json.dumps(document.pages),
                    origin.path, origin.title, origin.outlet, origin.published, origin.author, origin.url,
                    origin.language, json.dumps(document.known_by), json.dumps(document.cleaned),
                    sketch_bytes, story_of(self._connection, document.id, sketch_bytes),
                ),
            )  # fmt: skip
            insert_sketch(self._connection, document.id, sketch_bytes)
            self._connection.execute(
                "INSERT INTO sources VALUES (?, ?, ?, ?)", (source, origin.path, sha256, document.id)
            )
            added = [self._insert_passage(document, span, vector) for span, vector in zip(spans, vectors, strict=True)]
            self._bump()
        return added, removed

    def _insert_passage(self, document: Document, span: Span, vector: Vectors) -> int:
        cursor = self._connection.execute(
            'INSERT INTO passages (document, start, "end", vector) VALUES (?, ?, ?, ?)',
            (document.id, span.start, span.end, vector.astype("<f2").tobytes()),
        )
        origin = document.origin
        self._connection.execute(
            "INSERT INTO passages_text (rowid, text, title, outlet, published) VALUES (?, ?, ?, ?, ?)",
            (cursor.lastrowid, span.of(document.search_text), origin.title, origin.outlet, in_words(origin.published)),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def link(self, *, source: str, path: str, sha256: str, document: str) -> list[int]:
        """Remembers `source` as another copy of a stored document; returns the ids of passages this removed."""
        with self.transaction():
            before = self._connection.execute("SELECT document FROM sources WHERE source = ?", (source,)).fetchall()
            removed = [] if before == [(document,)] else self._release(source)
            self._connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", (source, path, sha256, document)
            )
            self._bump()
        return removed

    def forget(self, source: str) -> list[int]:
        """Removes a source, and its document where no copy is left; returns the ids of passages removed."""
        with self.transaction():
            removed = self._release(source)
            self._bump()
        return removed

    def _release(self, source: str) -> list[int]:
        rows = self._connection.execute("SELECT document FROM sources WHERE source = ?", (source,)).fetchall()
        self._connection.execute("DELETE FROM sources WHERE source = ?", (source,))
        removed: list[int] = []
        for (document,) in rows:
            left = "SELECT path FROM sources WHERE document = ? ORDER BY rowid LIMIT 1"
            if self._connection.execute(left, (document,)).fetchone():
                self._connection.execute(f"UPDATE documents SET path = ({left}) WHERE id = ?", (document, document))
            else:
                removed += self._delete_document(document)
        return removed

    def _delete_document(self, document: str) -> list[int]:
        ids = [row[0] for row in self._connection.execute("SELECT id FROM passages WHERE document = ?", (document,))]
        self._connection.executemany("DELETE FROM passages_text WHERE rowid = ?", [(id_,) for id_ in ids])
        self._connection.execute("DELETE FROM passages WHERE document = ?", (document,))
        delete_sketch(self._connection, document)
        # Copies that `sources` remembers stay: where there are any, the document is about to be stored anew.
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document,))
        return ids

    # -- reading -------------------------------------------------------------------------------------------------

    def entries(self) -> dict[str, Entry]:
        """Every place a document was read from, by source."""
        statement = "SELECT source, s.sha256, document, d.sha256 FROM sources s JOIN documents d ON d.id = s.document"
        return {row[0]: Entry(*row) for row in self._rows(statement)}

    def counts(self) -> tuple[int, int]:
        """How many documents and how many passages there are."""
        documents, passages = self._rows("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)")[0]
        return documents, passages

    def is_empty(self) -> bool:
        """Whether there is no passage; unlike counting, as fast in a large library."""
        return not self._rows("SELECT 1 FROM passages LIMIT 1")

    def document(self, document_id: str) -> Document:
        """A stored document; raises LibraryError where there is none."""
        columns = (
            "id, text, search_text, pages, known_by, cleaned, path, title, outlet, published, author, url, language"
        )
        rows = self._rows(f"SELECT {columns} FROM documents WHERE id = ?", (document_id,))
        if not rows:
            raise LibraryError(f"The library {self.path.parent} holds no document '{document_id}'.")
        id_, text, search_text, pages, known_by, cleaned, *origin = rows[0]
        return Document(
            id=id_,
            text=text,
            origin=Origin(*origin),
            search_text=search_text or "",
            pages=tuple(json.loads(pages)),
            known_by=json.loads(known_by),
            cleaned=json.loads(cleaned),
        )

    def stories(self, document_ids: Sequence[str]) -> dict[str, str]:
        """The story of each of these documents: two with the same one say nearly the same in the same words."""
        marks = ",".join("?" * len(document_ids))
        return dict(self._rows(f"SELECT id, story FROM documents WHERE id IN ({marks})", document_ids))

    def documents(self) -> list[tuple[str, Origin]]:
        """The id and origin of every document, by path."""
        rows = self._rows(
            "SELECT id, path, title, outlet, published, author, url, language FROM documents ORDER BY path, id"
        )
        return [(row[0], Origin(*row[1:])) for row in rows]

    def passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """The passages with these ids; an id that is gone is left out."""
        marks = ",".join("?" * len(ids))
        rows = self._rows(f"SELECT {_PASSAGES} WHERE p.id IN ({marks})", ids)
        return {row[0]: _passage(row) for row in rows}

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in order."""
        rows = self._rows(f"SELECT {_PASSAGES} WHERE d.id = ? ORDER BY p.start", (document_id,))
        return [_passage(row) for row in rows]

    def search(self, query: str, *, limit: int, emphasis: str = "", within: Within = EVERYWHERE) -> list[ScoredPassage]:
        """Passages that share words with the query, best first, by BM25 over text, title, outlet and date.

        The words of `emphasis` count once more: BM25 is a sum over the words, and one given twice is added twice.
        """
        wanted = [*_searched(query), *_searched(emphasis)]
        if not wanted:
            return []
        which, values = condition(within)
        # With the plus the words are looked up once and filtered, without it once for each passage within.
        inside = "" if within == EVERYWHERE else f"AND +rowid IN (SELECT p.id {_JOINED} WHERE {which})"
        # SQLite's bm25 is smaller for a better match; ours are larger.
        rows = self._rows(
            "SELECT rowid, -bm25(passages_text, 1.0, 1.0, 1.0, 0.5) AS score FROM passages_text "
            f"WHERE passages_text MATCH ? {inside} ORDER BY score DESC, rowid LIMIT ?",
            (" OR ".join(map(_quoted, wanted)), *values, limit),
        )
        found = self.passages([row[0] for row in rows])
        return [ScoredPassage(found[id_], score) for id_, score in rows if id_ in found]

    def nearest(self, vector: Vectors, *, limit: int, within: Within) -> list[tuple[int, float]]:
        """The ids of the passages nearest to a vector of shape (dimension,), best first, with their cosine.

        Every vector within is compared: exact, and fast for a part of a library.
        """
        which, values = condition(within)
        rows = self._rows(f"SELECT p.id, p.vector {_JOINED} WHERE {which} ORDER BY p.id", values)
        if not rows:
            return []
        scores = _matrix([blob for _, blob in rows]) @ vector
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(rows[place][0], float(scores[place])) for place in best]

    def similarities(self, vector: Vectors, passages: Sequence[Passage]) -> list[float]:
        """The cosine of each passage's cached vector with this one; 0 for a passage that is gone."""
        if not passages:
            return []
        marks = ",".join(["(?, ?)"] * len(passages))
        places = [value for passage in passages for value in (passage.document, passage.span.start)]
        rows = self._rows(
            f"SELECT document, start, vector FROM passages WHERE (document, start) IN (VALUES {marks})", places
        )
        if not rows:
            return [0.0] * len(passages)
        scores = _matrix([blob for *_, blob in rows]) @ vector
        known = {(row[0], row[1]): float(score) for row, score in zip(rows, scores, strict=True)}
        return [known.get((passage.document, passage.span.start), 0.0) for passage in passages]

    def outlets(self) -> tuple[str, ...]:
        """The outlets of the documents, each once."""
        return tuple(row[0] for row in self._rows("SELECT DISTINCT outlet FROM documents WHERE outlet > '' ORDER BY 1"))

    def authors(self) -> tuple[str, ...]:
        """The authors of the documents, each once."""
        return tuple(row[0] for row in self._rows("SELECT DISTINCT author FROM documents WHERE author > '' ORDER BY 1"))

    def undated(self) -> int:
        """How many documents do not say when they were published."""
        count: int = self._rows("SELECT count(*) FROM documents WHERE published IS NULL")[0][0]
        return count

    def document_frequencies(self, wanted: Sequence[str]) -> tuple[list[int], int]:
        """In how many passages each word occurs (stemmed), and how many passages there are."""
        statement = "SELECT count(*) FROM passages_text WHERE passages_text MATCH ?"
        return [self._rows(statement, (_quoted(word),))[0][0] for word in wanted], self.counts()[1]

    def passage_ids(self) -> list[int]:
        """The ids of all passages, in order."""
        return [row[0] for row in self._rows("SELECT id FROM passages ORDER BY id")]

    def vectors(self, ids: Iterable[int]) -> Vectors:
        """The cached vectors of these passages: float32, shape (number of ids, dimension)."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        blobs = dict(self._rows(f"SELECT id, vector FROM passages WHERE id IN ({marks})", wanted))
        return _matrix([blobs[id_] for id_ in wanted])


def _matrix(blobs: Sequence[bytes]) -> Vectors:
    """Cached vectors as float32: shape (number of blobs, dimension)."""
    return np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1).astype(np.float32)


def _searched(query: str) -> list[str]:
    """The words to search for: those that carry the matter, or all where there are none."""
    return list(dict.fromkeys(word.lower() for word in content_words(query) or words(query)))


def _quoted(word: str) -> str:
    # FTS5 has an own query language; inside double quotes a word is only a word.
    return '"' + word.replace('"', '""') + '"'


def in_words(published: str | None) -> str | None:
    """An ISO date as people write it, so that `in May 2025` finds it: `2025-05-30` gives `2025-05-30 30 May 2025`."""
    if not published:
        return None
    year, *rest = published.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return " ".join([published, *(str(int(day)) for day in rest[1:]), month, year])


def _passage(row: tuple[Any, ...]) -> Passage:
    _, document, start, end, pages, *origin, text, search_text = row
    return Passage(
        document=document,
        span=Span(start, end),
        text=text,
        search_text=search_text or text,
        origin=Origin(*origin),
        page=sum(page <= start for page in json.loads(pages)) or None,
    )
