"""The catalog as people look through it: documents by page, and what they can be told apart by."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np

from rag.domain import Origin, Within
from rag.library.catalog_search import CatalogSearch
from rag.library.condition import condition
from rag.ports import EVERYWHERE

_ORDERS = {
    "name": "lower(coalesce(d.title, d.path)), d.path, d.id",
    "newest": "coalesce(d.published, '') DESC, d.path, d.id",
    "added": "d.rowid DESC",
}
ORDERS = tuple(_ORDERS)
"""In which orders documents can be had."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document as it is listed, without its text."""

    document: str
    origin: Origin
    characters: int
    passages: int


class CatalogShelf(CatalogSearch):
    """Documents to look through."""

    def shelf(
        self,
        words: str = "",
        *,
        suffix: str = "",
        within: Within = EVERYWHERE,
        order: str = "name",
        first: int = 0,
        limit: int,
    ) -> tuple[list[Shelved], int]:
        """Documents from the `first` on, at most `limit`, and how many there are in all.

        Each of `words` stands in the title or the path, `suffix` ends the path; `order` is one of `ORDERS`.
        """
        which, values = condition(within)
        terms, found = [which], list(values)
        for word in words.split():
            terms.append("instr(folded(coalesce(d.title, '') || ' ' || d.path), folded(?))")
            found.append(word)
        if suffix:
            terms.append("instr(folded(d.path) || '#', folded(?))")  # of a record the path ends with `.csv#12`
            found.append(f"{suffix}#")
        chosen = f"FROM documents d WHERE {' AND '.join(terms)}"
        rows = self._rows(
            "SELECT d.id, d.path, d.title, d.outlet, d.published, d.author, d.url, d.language, length(d.text), "
            f"(SELECT count(*) FROM passages p WHERE p.document = d.id) {chosen} ORDER BY {_ORDERS[order]} "
            "LIMIT ? OFFSET ?",
            [*found, limit, first],
        )
        total: int = self._rows(f"SELECT count(*) {chosen}", found)[0][0]
        return [Shelved(row[0], Origin(*row[1:8]), row[8], row[9]) for row in rows], total

    def content_of(self, document: str) -> str:
        """The sha256 of the bytes that a document was read from; empty where there is no such document."""
        rows = self._rows("SELECT sha256 FROM documents WHERE id = ?", (document,))
        return rows[0][0] if rows else ""

    def passage_ids_of(self, document: str) -> list[int]:
        """The ids of a document's passages, in the order of `passages_of`."""
        return [id_ for (id_,) in self._rows("SELECT id FROM passages WHERE document = ? ORDER BY start", (document,))]

    def tags_given(self, source: str) -> tuple[str, ...]:
        """The tags that people gave to what was read from a place."""
        return tuple(name for (name,) in self._rows("SELECT name FROM tags WHERE source = ? ORDER BY name", (source,)))

    def sketch_of(self, document: str) -> tuple[int, ...]:
        """What nearly the same text as a document's is known by."""
        rows = self._rows("SELECT sketch FROM documents WHERE id = ?", (document,))
        return tuple(np.frombuffer(rows[0][0], dtype="<i8").tolist()) if rows else ()

    def namesakes(self, titles: Collection[str]) -> set[str]:
        """Those of these titles that several documents have."""
        marks = ",".join("?" * len(titles))
        rows = self._rows(
            f"SELECT title FROM documents WHERE title IN ({marks}) GROUP BY title HAVING count(*) > 1", [*titles]
        )
        return {title for (title,) in rows}

    def tag_counts(self) -> list[tuple[str, int]]:
        """The names of folders and the tags that were given, each with how many documents have it, most first."""
        counts: Counter[str] = Counter()
        for (path,) in self._rows("SELECT path FROM documents"):
            counts.update(set(PurePosixPath(path).parts[:-1]) - {"/", "..", "."})
        given = self._rows("SELECT name, count(DISTINCT document) FROM sources JOIN tags USING (source) GROUP BY name")
        counts.update(dict(given))
        return _most_first(counts.items())

    def outlet_counts(self) -> list[tuple[str, int]]:
        """The outlets, each with how many documents are of it, most first."""
        return _most_first(self._rows("SELECT outlet, count(*) FROM documents WHERE outlet > '' GROUP BY outlet"))

    def suffix_counts(self) -> list[tuple[str, int]]:
        """The endings of files, such as `.pdf`, each with how many documents have it, most first."""
        paths = (PurePosixPath(path.partition("#")[0]) for (path,) in self._rows("SELECT path FROM documents"))
        return _most_first(Counter(path.suffix.lower() for path in paths if path.suffix).items())


def _most_first(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda one: (-one[1], one[0]))
