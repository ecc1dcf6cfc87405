"""The passages of the catalog: read and searched."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.domain import Origin, Passage, ScoredPassage, Span, Within
from rag.library.catalog_documents import CatalogDocuments
from rag.library.condition import condition
from rag.library.keywords import SMALL_LIBRARY, every_word, parts, quoted, telling_words
from rag.library.stored_blocks import kept_blocks
from rag.ports import EVERYWHERE, Vectors
from rag.text.words import content_words, words

_PASSAGES = """
    p.id, p.document, p.start, p."end", d.pages, d.path, d.title, d.outlet, d.published, d.author, d.url, d.language,
    substr(d.text, p.start + 1, p."end" - p.start),
    substr(d.search_text, p.start + 1, p."end" - p.start), p.blocks
    FROM passages p JOIN documents d ON d.id = p.document
"""
_JOINED = "FROM passages p JOIN documents d ON d.id = p.document"
_COMPARED_AT_ONCE = 10_000
_MET = 250


class CatalogSearch(CatalogDocuments):
    """Passages by their ids, by their words and by their vectors."""

    def counts(self) -> tuple[int, int]:
        """How many documents and how many passages there are."""
        documents, passages = self._rows("SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)")[0]
        return documents, passages

    def is_empty(self) -> bool:
        """Whether there is no passage; unlike counting, as fast in a large library."""
        return not self._rows("SELECT 1 FROM passages LIMIT 1")

    def opening(self, document_id: str, limit: int) -> list[Passage]:
        """The first passages of a document, in order."""
        rows = self._rows(f"SELECT {_PASSAGES} WHERE d.id = ? ORDER BY p.start LIMIT ?", (document_id, limit))
        return [_passage(row) for row in rows]

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

        The words of `emphasis` count once more. Scores compare within one search only.
        """
        wanted = Counter([*_searched(query), *_searched(emphasis)])
        if not wanted:
            return []
        is_small = self.is_small()
        if is_small:
            expression = every_word(wanted)
        else:
            # A number such as 1.5 takes as long to look up as the rarer of its parts.
            expression = telling_words(wanted, {word: min(map(self._about, parts(word))) for word in wanted})
        which, values = condition(within)
        if within == EVERYWHERE:
            inside = ""
        elif is_small:
            # With the plus the words are looked up once and filtered, without it once for each passage within.
            inside = f"AND +rowid IN (SELECT p.id {_JOINED} WHERE {which})"
        else:
            inside = f"AND EXISTS (SELECT 1 {_JOINED} WHERE p.id = passages_text.rowid AND {which})"
        # SQLite's bm25 is smaller for a better match; ours are larger. The newest are scored where all are too many.
        rows = self._rows(
            "SELECT rowid, score FROM (SELECT rowid, -bm25(passages_text, 1.0, 1.0, 1.0, 0.5, 0.5) AS score "
            f"FROM passages_text WHERE passages_text MATCH ? {inside} ORDER BY rowid DESC LIMIT {SMALL_LIBRARY}) "
            "ORDER BY score DESC, rowid LIMIT ?",
            (expression, *values, limit),
        )
        found = self.passages([row[0] for row in rows])
        return [ScoredPassage(found[id_], score) for id_, score in rows if id_ in found]

    def naming(self, wanted: Sequence[str], document_ids: Sequence[str]) -> set[str]:
        """Those of these documents in which some passage holds all of these words, stemmed."""
        marks = ",".join("?" * len(document_ids))
        # In this order each passage of the documents is looked at, which are few, and not each that holds the words.
        rows = self._rows(
            f"SELECT DISTINCT p.document FROM passages p WHERE p.document IN ({marks}) AND EXISTS "
            "(SELECT 1 FROM passages_text WHERE rowid = p.id AND passages_text MATCH ?)",
            (*document_ids, " AND ".join(map(quoted, wanted))),
        )
        return {row[0] for row in rows}

    def nearest(self, vector: Vectors, *, limit: int, within: Within = EVERYWHERE) -> list[tuple[int, float]]:
        """The ids of the passages nearest to a vector of shape (dimension,), best first, with their cosine.

        Every vector within is compared: exact, and fast for a part of a library.
        """
        which, values = condition(within)
        joined = "FROM passages p" if within == EVERYWHERE else _JOINED
        best: list[tuple[int, float]] = []
        last = -1
        # Some at a time, so that memory stays flat.
        while rows := self._rows(
            f"SELECT p.id, p.vector {joined} WHERE {which} AND p.id > ? ORDER BY p.id LIMIT {_COMPARED_AT_ONCE}",
            [*values, last],
        ):
            last = rows[-1][0]
            scores = _matrix([blob for _, blob in rows]) @ vector
            places = np.argsort(-scores, kind="stable")[:limit]
            best += [(rows[place][0], float(scores[place])) for place in places]
            best = sorted(best, key=lambda pair: -pair[1])[:limit]
        return best

    def similarities(self, vector: Vectors, passages: Sequence[Passage]) -> list[float]:
        """The cosine of each passage's cached vector with this one; 0 for a passage that is gone."""
        if not passages:
            return []
        marks = ",".join(["(?, ?)"] * len(passages))
        places = [value for passage in passages for value in (passage.document, passage.span.start)]
        # Joined in this order each is looked up; `(document, start) IN` would read every passage of the library.
        rows = self._rows(
            f"WITH wanted(document, start) AS (VALUES {marks}) SELECT p.document, p.start, p.vector "
            "FROM wanted w CROSS JOIN passages p ON p.document = w.document AND p.start = w.start",
            places,
        )
        if not rows:
            return [0.0] * len(passages)
        scores = _matrix([blob for *_, blob in rows]) @ vector
        known = {(row[0], row[1]): float(score) for row, score in zip(rows, scores, strict=True)}
        return [known.get((passage.document, passage.span.start), 0.0) for passage in passages]

    def document_frequencies(self, wanted: Sequence[str]) -> tuple[list[int], int]:
        """In how many passages each word occurs (stemmed), and how many there are; about, in a large library."""
        if not self.is_small():
            return [self._about(word) for word in wanted], self._reach()[1]
        statement = "SELECT count(*) FROM passages_text WHERE passages_text MATCH ?"
        return [self._rows(statement, (quoted(word),))[0][0] for word in wanted], self.counts()[1]

    def _about(self, word: str) -> int:
        """In how many passages a word occurs: counted up to 250, then reckoned from how soon so many were met."""
        first, passages = self._reach()
        matching = "SELECT rowid FROM passages_text WHERE passages_text MATCH ? LIMIT ?"
        last, met = self._rows(f"SELECT max(rowid), count(*) FROM ({matching})", (quoted(word), _MET))[0]
        return int(met) if met < _MET else met * passages // (last - first + 1)

    def inside(self, ids: Sequence[int], within: Within) -> set[int]:
        """Those of these ids whose passages are there and meet the conditions."""
        which, values = condition(within)
        marks = ",".join("?" * len(ids))
        return {
            row[0] for row in self._rows(f"SELECT p.id {_JOINED} WHERE p.id IN ({marks}) AND {which}", [*ids, *values])
        }

    def is_small(self) -> bool:
        """Whether a question may read all of it."""
        return self._reach()[1] <= SMALL_LIBRARY

    def _reach(self) -> tuple[int, int]:
        """The first id of a passage, and how many there are if none was removed since: to count them takes longer."""
        first, last = self._rows("SELECT (SELECT min(id) FROM passages), (SELECT max(id) FROM passages)")[0]
        return (first, last - first + 1) if last else (0, 0)

    def passage_ids(self) -> list[int]:
        """The ids of all passages, in order."""
        return [row[0] for row in self._rows("SELECT id FROM passages ORDER BY id")]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The cached vectors of these passages: float32, shape (number of ids, dimension)."""
        blobs = self._blobs(ids)
        return _matrix([blobs[id_] for id_ in ids])

    def vectors_left(self, ids: Sequence[int]) -> tuple[list[int], Vectors]:
        """Those of these passages that are still there, and their cached vectors, as `vectors` gives them."""
        blobs = self._blobs(ids)
        return list(blobs), _matrix(list(blobs.values()))

    def _blobs(self, ids: Sequence[int]) -> dict[int, bytes]:
        marks = ",".join("?" * len(ids))
        return dict(self._rows(f"SELECT id, vector FROM passages WHERE id IN ({marks}) ORDER BY id", ids))


def _matrix(blobs: Sequence[bytes]) -> Vectors:
    """Cached vectors as float32: shape (number of blobs, dimension)."""
    size = len(blobs[0]) // 2 if blobs else 0
    return np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), size).astype(np.float32)


def _searched(query: str) -> list[str]:
    """The words to search for: those that carry the matter, or all where there are none."""
    return list(dict.fromkeys(word.lower() for word in content_words(query) or words(query)))


def _passage(row: tuple[Any, ...]) -> Passage:
    _, document, start, end, pages, *origin, text, search_text, stored = row
    blocks, around, head = kept_blocks(stored, start, search_text or text)
    return Passage(
        document=document,
        span=Span(start, end),
        text=text,
        search_text=search_text or text,
        origin=Origin(*origin),
        page=sum(page <= start for page in json.loads(pages)) or None,
        head=head,
        blocks=blocks,
        around=around,
    )
