"""Documents that say nearly the same in the same words, such as one agency's report in five newspapers.

A document's sketch is the smallest of the hashes of its word sequences, at most `SKETCH` of them: of two documents
that share words in sequence, the sketches share values in proportion (Broder 1997, On the resemblance and containment
of documents). What is estimated here is containment, so that a shortened copy is known too.

Invoices of one layout and pages that share a list of options are no copies: there other numbers and names stand in the
same places, or the texts begin otherwise.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

SKETCH = 64
"""The most values that a sketch has; a shorter one holds every word sequence of a short text."""
SAME_STORY = 0.5
"""The share of the shorter document's words that the longer one must hold."""
_FEWEST = 12
# Scripts that part no words: there a character stands for one.
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\\W_]+")
_COMPARED = 100_000
"""How many characters of a document are compared word by word."""
_SHORTEST_BEGINNING, _LONGEST_BEGINNING = 12, 24
"""How many words are the beginning of a text: a quarter of them, within these bounds."""
_OF_THE_BEGINNING = 0.5
"""The share of the shorter document's first words that the longer one must hold, three in sequence."""
_OTHER_FACTS, _SHARE_OF_OTHERS = 2, 0.08
"""So many other numbers and names in the places of those of the longer document, at this share, make another story."""
_LABELLED = re.compile(f"(?:{_WORD.pattern})[:：]?")
_Place = tuple[str, str]
"""What stands before a word: two words, or a label and nothing; all numbers are one."""
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


def sequences(words: Sequence[str], length: int = 5) -> set[str]:
    """The sequences of so many of these words."""
    return set(map(" ".join, zip(*(words[at:] for at in range(length)), strict=False)))


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared here, in order."""
    return _WORD.findall(text)


def story_of(connection: sqlite3.Connection, document: str, text: str, sketch: bytes) -> str:
    """The story that a new document tells: that of the nearest one before it, or its own."""
    values = _values(sketch)
    if len(values) < _FEWEST:
        return document
    rows = connection.execute(
        "SELECT d.id, d.story, d.sketch FROM documents d JOIN (SELECT document, count(*) AS shared FROM sketches "
        f"WHERE value IN ({','.join('?' * len(values))}) AND document != ? GROUP BY document "
        "ORDER BY shared DESC, document LIMIT 10) s ON d.id = s.document ORDER BY s.shared DESC, d.id",
        (*values, document),
    ).fetchall()
    own = np.frombuffer(sketch, dtype="<i8")
    near = [(containment(own, np.frombuffer(other, dtype="<i8")), id_, story) for id_, story, other in rows]
    for share, id_, story in sorted(near, key=lambda one: -one[0]):
        if share < SAME_STORY:
            break
        [(other,)] = connection.execute("SELECT substr(text, 1, ?) FROM documents WHERE id = ?", (_COMPARED, id_))
        if retells(text[:_COMPARED], other):
            return str(story)
    return document


def retells(one: str, other: str) -> bool:
    """Whether the shorter of two texts that share many words begins as the longer one, with its numbers and names."""
    shorter, longer = sorted((one, other), key=len)
    words = words_of(shorter.lower())
    first = min(max(len(words) // 4, _SHORTEST_BEGINNING), _LONGEST_BEGINNING)
    beginning = sequences(words[:first], 3)
    if len(beginning & sequences(words_of(longer.lower()), 3)) < _OF_THE_BEGINNING * len(beginning):
        return False
    facts: defaultdict[_Place, set[str]] = defaultdict(set)
    for place, fact in _facts(longer):
        facts[place].add(fact)
    compared = [(fact, facts[place]) for place, fact in set(_facts(shorter)) if place in facts]
    others = sum(
        fact not in there and any(_is_number(fact) == _is_number(it) for it in there) for fact, there in compared
    )
    return others < max(_OTHER_FACTS, _SHARE_OF_OTHERS * len(compared))


def _facts(text: str) -> Iterator[tuple[_Place, str]]:
    """The numbers and names of a text, each with its place."""
    words = _LABELLED.findall(text)
    small = {word for word in words if word.islower()}
    masked = ["0" if _is_number(word) else word.lower() for word in words]
    for first, second, plain, word in zip(["", *masked], masked, masked[1:], words[1:], strict=False):
        if plain == "0" or (word[0].isupper() and plain not in small):
            yield ("" if second.endswith((":", "：")) else first, second), word.lower()


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word))


def _values(sketch: bytes) -> list[int]:
    values: list[int] = np.frombuffer(sketch, dtype="<i8").tolist()
    return values
