"""The documents of the catalog: by their ids, by what they are called, and what is known of them all."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from rag.domain import Document, Origin, Within
from rag.errors import LibraryError
from rag.library.catalog_file import CatalogFile
from rag.library.condition import condition
from rag.library.keywords import every_word
from rag.library.stored_blocks import blocks_from
from rag.ports import EVERYWHERE

_ORIGIN = "d.id, d.path, d.title, d.outlet, d.published, d.author, d.url, d.language"


class CatalogDocuments(CatalogFile):
    """Documents and where they come from."""

    def __init__(self, path: Path, *, embedder: str, dimension: int) -> None:
        """Opens the catalog (see `CatalogFile`)."""
        super().__init__(path, embedder=embedder, dimension=dimension)
        self._known_names: dict[str, tuple[int, tuple[str, ...]]] = {}

    def document(self, document_id: str) -> Document:
        """A stored document; raises LibraryError where there is none."""
        columns = (
            "id, text, search_text, pages, known_by, cleaned, path, title, outlet, published, author, url, language"
        )
        rows = self._rows(f"SELECT {columns} FROM documents WHERE id = ?", (document_id,))
        if not rows:
            raise LibraryError(f"The library {self.path.parent} holds no document '{document_id}'.")
        id_, text, search_text, pages, known_by, cleaned, *origin = rows[0]
        stored = self._rows("SELECT blocks FROM passages WHERE document = ? ORDER BY start", (id_,))
        # A block that was cut into several passages is in each of them.
        blocks = dict.fromkeys(block for (kept,) in stored for block in blocks_from(kept, 0, search_text or text)[0])
        return Document(
            id=id_,
            text=text,
            origin=Origin(*origin),
            search_text=search_text or "",
            blocks=tuple(blocks),
            pages=tuple(json.loads(pages)),
            known_by=json.loads(known_by),
            cleaned=json.loads(cleaned),
        )

    def stories(self, document_ids: Sequence[str]) -> dict[str, str]:
        """The story of each of these documents: two with the same one say nearly the same in the same words."""
        marks = ",".join("?" * len(document_ids))
        return dict(self._rows(f"SELECT id, story FROM documents WHERE id IN ({marks})", document_ids))

    def documents(self, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        """The id and origin of every document within, by path."""
        which, values = condition(within)
        rows = self._rows(f"SELECT {_ORIGIN} FROM documents d WHERE {which} ORDER BY path, id", values)
        return [(row[0], Origin(*row[1:])) for row in rows]

    def called(self, wanted: Sequence[str], *, limit: int, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        """The documents of no outlet whose title, file name or headings hold one of these words, stemmed, by path.

        Where there are more than `limit`, those that were stored first.
        """
        if not wanted:
            return []
        # The full text of an earlier version that cannot be written knows no file names.
        where = "title" if self._is_earlier() else "title context"
        which, values = condition(within)
        # In this order the words are looked up, and of the documents only those that hold one.
        rows = self._rows(
            f"SELECT DISTINCT {_ORIGIN} FROM passages_text t CROSS JOIN passages p ON p.id = t.rowid "
            "CROSS JOIN documents d ON d.id = p.document "
            f"WHERE passages_text MATCH ? AND d.outlet IS NULL AND {which} LIMIT ?",
            (f"{{{where}}} : ({every_word(Counter(wanted))})", *values, limit),
        )
        return sorted(((row[0], Origin(*row[1:])) for row in rows), key=lambda one: (one[1].path, one[0]))

    def latest(self, limit: int) -> list[tuple[str, Origin]]:
        """The id and origin of the documents that were stored last, the last one first."""
        rows = self._rows(f"SELECT {_ORIGIN} FROM documents d ORDER BY rowid DESC LIMIT ?", (limit,))
        return [(row[0], Origin(*row[1:])) for row in rows]

    def outlets(self) -> tuple[str, ...]:
        """The outlets of the documents, each once."""
        return self._names("outlet")

    def authors(self) -> tuple[str, ...]:
        """The authors of the documents, each once."""
        return self._names("author")

    def _names(self, column: Literal["outlet", "author"]) -> tuple[str, ...]:
        # Every question asks for them, and to read the whole index takes long in a large library.
        generation = self.generation()
        known, names = self._known_names.get(column, (-1, ()))
        if known != generation:
            rows = self._rows(f"SELECT DISTINCT {column} FROM documents WHERE {column} > '' ORDER BY 1")
            names = tuple(row[0] for row in rows)
            self._known_names[column] = (generation, names)
        return names

    def outdated_count(self) -> int:
        """How many documents were read by an earlier version, which knew no blocks."""
        count: int = self._rows("SELECT count(DISTINCT document) FROM passages WHERE blocks = ''")[0][0]
        return count

    def is_outdated(self, document_id: str) -> bool:
        """Whether a document was read by an earlier version."""
        return bool(self._rows("SELECT 1 FROM passages WHERE document = ? AND blocks = '' LIMIT 1", (document_id,)))

    def undated(self, within: Within = EVERYWHERE) -> int:
        """How many documents do not say when they were published."""
        which, values = condition(within)
        count: int = self._rows(f"SELECT count(*) FROM documents d WHERE d.published IS NULL AND {which}", values)[0][0]
        return count

    def holds_any(self, within: Within) -> bool:
        """Whether a document meets the conditions."""
        which, values = condition(within)
        return bool(self._rows(f"SELECT 1 FROM documents d WHERE {which} LIMIT 1", values))
