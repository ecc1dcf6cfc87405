"""The catalog: one SQLite file that is the truth about the library."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from rag.domain import Document, Passage, Span
from rag.library.catalog_shelf import CatalogShelf
from rag.library.stored_blocks import stored_blocks
from rag.library.stories import delete_sketch, insert_sketch, stored_sketch, story_of
from rag.ports import Vectors
from rag.text.words import name_in_words

_MONTHS = "January February March April May June July August September October November December".split()

_ENTRIES = "SELECT source, s.path, s.sha256, document, d.sha256 FROM sources s JOIN documents d ON d.id = s.document"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place a document was read from, as the catalog remembers it."""

    source: str
    path: str
    """As shown to people."""
    sha256: str
    """Of its bytes and of what stood beside them in a metadata.csv."""
    document: str
    content: str
    """The sha256 of the bytes that the document was read from."""


class Catalog(CatalogShelf):
    """Documents, passages, full text and cached vectors. Safe to share between threads."""

    def entries(self) -> dict[str, Entry]:
        """Every place a document was read from, by source."""
        return {row[0]: Entry(*row) for row in self._rows(_ENTRIES)}

    def entry(self, source: str) -> Entry | None:
        """What was read from this place; None where nothing was."""
        rows = self._rows(f"{_ENTRIES} WHERE source = ?", (source,))
        return Entry(*rows[0]) if rows else None

    def outdated(self) -> list[Entry]:
        """Every place that a document was read from by an earlier version, oldest first."""
        rows = self._rows(
            f"{_ENTRIES} WHERE document IN (SELECT document FROM passages WHERE blocks = '') ORDER BY s.rowid"
        )
        return [Entry(*row) for row in rows]

    def document_with(self, content: str) -> str | None:
        """The document that was read from the bytes with this sha256."""
        rows = self._rows("SELECT id FROM documents WHERE sha256 = ?", (content,))
        return rows[0][0] if rows else None

    def sources_of(self, document: str) -> list[str]:
        """The places where copies of a document were read."""
        return [row[0] for row in self._rows("SELECT source FROM sources WHERE document = ?", (document,))]

    def sources(self, beginning: str) -> list[str]:
        """The places whose name begins like this, in order."""
        # Sorted by code points, all that begin alike lie below the beginning with the last one after it.
        statement = "SELECT source FROM sources WHERE source >= ? AND source < ? ORDER BY source"
        return [row[0] for row in self._rows(statement, (beginning, beginning + chr(sys.maxunicode)))]

    def tags_of(self, document: str) -> tuple[str, ...]:
        """The tags of a document, in order: the names of its folders, and those that were given to it."""
        given = self._rows("SELECT name FROM sources JOIN tags USING (source) WHERE document = ?", (document,))
        paths = self._rows("SELECT path FROM sources WHERE document = ?", (document,))
        folders = [folder for (path,) in paths for folder in PurePosixPath(path).parts[:-1]]
        return tuple(sorted({*folders, *(name for (name,) in given)}))

    def tag(self, source: str, names: Sequence[str]) -> None:
        """Gives tags to what was read from a place."""
        given = {name for (name,) in self._rows("SELECT name FROM tags WHERE source = ?", (source,))}
        if not given.issuperset(names):
            with self.transaction():
                self._tag(source, names)

    def _tag(self, source: str, names: Sequence[str]) -> None:
        self._connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", [(source, name) for name in names])

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
        tags: Sequence[str] = (),
    ) -> list[int]:
        """Stores a document with its passages in one transaction, replacing what `source` held before.

        `content` is the sha256 of the bytes that were read, where that differs from `sha256`; `sketch` is what nearly
        the same text is known by (rag/library/stories.py); `tags` are given to the source beside those that it has.
        Returns the ids of its passages.
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
                    sketch_bytes, story_of(self._connection, document.id, document.text, sketch_bytes),
                ),
            )  # fmt: skip
            insert_sketch(self._connection, document.id, sketch_bytes)
            self._connection.execute(
                "INSERT INTO sources VALUES (?, ?, ?, ?)", (source, origin.path, sha256, document.id)
            )
            self._tag(source, tags)
            added = [self._insert_passage(document, span, vector) for span, vector in zip(spans, vectors, strict=True)]
            self._changed(removed=removed)
        return added

    def _insert_passage(self, document: Document, span: Span, vector: Vectors) -> int:
        passage = Passage.cut(document, span)
        cursor = self._connection.execute(
            'INSERT INTO passages (document, start, "end", blocks, vector) VALUES (?, ?, ?, ?, ?)',
            (document.id, span.start, span.end, stored_blocks(passage), vector.astype("<f2").tobytes()),
        )
        origin = document.origin
        self._connection.execute(
            "INSERT INTO passages_text (rowid, text, title, outlet, published, context) VALUES (?, ?, ?, ?, ?, ?)",
            (
                cursor.lastrowid, passage.search_text, origin.title, origin.outlet, in_words(origin.published),
                f"{passage.context} {name_in_words(origin.path)}",
            ),
        )  # fmt: skip
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def link(self, *, source: str, path: str, sha256: str, document: str) -> None:
        """Remembers `source` as another copy of a stored document."""
        with self.transaction():
            before = self._connection.execute("SELECT document FROM sources WHERE source = ?", (source,)).fetchall()
            removed = 0 if before == [(document,)] else self._release(source)
            # A file that was moved is a copy until its old place is forgotten: its tags go with it.
            self._connection.execute(
                "INSERT OR IGNORE INTO tags SELECT ?, name FROM sources JOIN tags USING (source) WHERE document = ?",
                (source, document),
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?)", (source, path, sha256, document)
            )
            self._changed(removed=removed)

    def forget(self, source: str) -> None:
        """Removes a source, and its document where no copy is left."""
        with self.transaction():
            self._changed(removed=self._release(source))
            self._connection.execute("DELETE FROM tags WHERE source = ?", (source,))

    def _release(self, source: str) -> int:
        """Takes a source away, and its document where no copy is left; returns how many passages went."""
        rows = self._connection.execute("SELECT document FROM sources WHERE source = ?", (source,)).fetchall()
        self._connection.execute("DELETE FROM sources WHERE source = ?", (source,))
        removed = 0
        for (document,) in rows:
            left = "SELECT path FROM sources WHERE document = ? ORDER BY rowid LIMIT 1"
            if self._connection.execute(left, (document,)).fetchone():
                self._connection.execute(f"UPDATE documents SET path = ({left}) WHERE id = ?", (document, document))
            else:
                removed += self._delete_document(document)
        return removed

    def _delete_document(self, document: str) -> int:
        ids = self._connection.execute("SELECT id FROM passages WHERE document = ?", (document,)).fetchall()
        self._connection.executemany("DELETE FROM passages_text WHERE rowid = ?", ids)
        self._connection.execute("DELETE FROM passages WHERE document = ?", (document,))
        delete_sketch(self._connection, document)
        # Copies that `sources` remembers stay: where there are any, the document is about to be stored anew.
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document,))
        return len(ids)


def in_words(published: str | None) -> str | None:
    """An ISO date as people write it, so that `in May 2025` finds it: `2025-05-30` gives `2025-05-30 30 May 2025`."""
    if not published:
        return None
    year, *rest = published.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return " ".join([published, *(str(int(day)) for day in rest[1:]), month, year])
