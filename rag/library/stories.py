"""Documents that say nearly the same in the same words, such as one agency's report in five newspapers.

A document's sketch is the smallest of the hashes of its word sequences, at most `SKETCH` of them: of two documents
that share words in sequence, the sketches share values in proportion (Broder 1997, On the resemblance and containment
of documents). What is estimated here is containment, so that a shortened copy is known too.
"""

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SKETCH = 64
"""The most values that a sketch has; a shorter one holds every word sequence of a short text."""
SAME_STORY = 0.5
"""The share of the shorter document's words that the longer one must hold."""
_FEWEST = 12
_Sketch = NDArray[np.int64]


def stored_sketch(values: Sequence[int]) -> bytes:
    """The bytes that the catalog keeps of a sketch."""
    return np.sort(np.array(values, dtype="<i8")).tobytes()


def containment(one: _Sketch, other: _Sketch) -> float:
    """An estimate of how much of the shorter document the longer one holds; 0 where there is too little to tell."""
    end = min(sketch[-1] if len(sketch) == SKETCH else np.iinfo(np.int64).max for sketch in (one, other))
    one, other = one[one <= end], other[other <= end]
    fewer = min(len(one), len(other))
    return len(np.intersect1d(one, other)) / fewer if fewer >= _FEWEST else 0.0


def insert_sketch(connection: sqlite3.Connection, document: str, sketch: bytes) -> None:
    """Makes a document findable by its sketch."""
    rows = [(value, document) for value in _values(sketch)]
    connection.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", rows)


def delete_sketch(connection: sqlite3.Connection, document: str) -> None:
    """Forgets the sketch of a document that is about to be deleted."""
    for (sketch,) in connection.execute("SELECT sketch FROM documents WHERE id = ?", (document,)).fetchall():
        rows = [(value, document) for value in _values(sketch)]
        connection.executemany("DELETE FROM sketches WHERE value = ? AND document = ?", rows)


def story_of(connection: sqlite3.Connection, document: str, sketch: bytes) -> str:
    """The story that a new document tells: that of the nearest one before it, or its own."""
    values = _values(sketch)
    if len(values) < _FEWEST:
        return document
    rows = connection.execute(
        "SELECT d.story, d.sketch FROM documents d JOIN (SELECT document, count(*) AS shared FROM sketches "
        f"WHERE value IN ({','.join('?' * len(values))}) AND document != ? GROUP BY document "
        "ORDER BY shared DESC, document LIMIT 10) s ON d.id = s.document ORDER BY s.shared DESC, d.id",
        (*values, document),
    ).fetchall()
    own = np.frombuffer(sketch, dtype="<i8")
    near = [(containment(own, np.frombuffer(other, dtype="<i8")), story) for story, other in rows]
    best = max(near, default=(0.0, document), key=lambda pair: pair[0])
    return best[1] if best[0] >= SAME_STORY else document


def _values(sketch: bytes) -> list[int]:
    values: list[int] = np.frombuffer(sketch, dtype="<i8").tolist()
    return values
