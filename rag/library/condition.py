"""Which documents are searched, as a condition of SQL."""

import re
import sqlite3
import unicodedata

from rag.domain import Within

# A date to the month or year stands for all its days: `2025-06` is from 2025-06-01 to 2025-06-30.
_FIRST = "d.published || substr('-01-01', length(d.published) - 3)"
_LAST = """CASE length(d.published) WHEN 4 THEN d.published || '-12-31'
    WHEN 7 THEN date(d.published || '-01', '+1 month', '-1 day') ELSE d.published END"""
_YEAR = len("2025")
_WORD = re.compile(r"[^\W_]+")
# Once for each name, not for each document: the document is on none of the left sides.
_NAMED = """d.id IN (
    SELECT document FROM sources WHERE '/' || folded(path) GLOB '*/' || ?
        OR instr('/' || folded(replace(path, '#', '/')) || '/', '/' || ? || '/')
        OR substr(folded(replace(source, '#', '/')) || '/', 1, length(?) + 1) = ? || '/'
    UNION SELECT document FROM sources JOIN tags USING (source) WHERE folded(name) = ?
    UNION SELECT id FROM documents WHERE instr(in_words(outlet), ?) OR instr(in_words(title), ?)
)"""


def condition(within: Within) -> tuple[str, list[str]]:
    """A condition on the documents `d`, and its values.

    Of what is said of a date, the first half follows from the second: it is there because an index can answer it.
    """
    terms: list[str] = []
    values: list[str] = []
    if within.by:
        marks = ",".join("?" * len(within.by))
        terms.append(f"(d.outlet IN ({marks}) OR d.author IN ({marks}))")
        values += sorted(within.by) * 2
    if within.published is not None:
        if within.published.last:
            terms.append(f"d.published <= ? AND {_FIRST} <= ?")
            values += [within.published.last] * 2
        if within.published.first:
            terms.append(f"d.published >= ? AND {_LAST} >= ?")
            values += [within.published.first[:_YEAR], within.published.first]
    if within.as_of:
        terms.append(f"d.published <= ? AND {_LAST} <= ?")
        values += [within.as_of] * 2
    if within.only:
        terms.append(f"({' OR '.join([_NAMED] * len(within.only))})")
        values += [value for name in within.only for value in _values_of(name)]
    return " AND ".join(terms) or "1", values


def add_functions(connection: sqlite3.Connection) -> None:
    """Has a connection know the functions that the conditions use."""
    connection.create_function("folded", 1, _folded, deterministic=True)
    connection.create_function("in_words", 1, _in_words, deterministic=True)


def _values_of(name: str) -> list[str]:
    """What the condition on a name asks for: as a pattern of paths, a path four times, a tag, and words twice."""
    written = _folded(name) or ""
    path = written.replace("\\", "/").removeprefix("./").rstrip("/").replace("#", "/")
    # A pattern without a star, a question mark or a bracket is a whole path, which the second form finds anyway.
    return [path, path, path, path, written, _in_words(name) or "", _in_words(name) or ""]


def _folded(text: str | None) -> str | None:
    """A text as it is compared, without capitals; accents are written in one way."""
    return None if text is None else unicodedata.normalize("NFC", text).casefold()


def _in_words(text: str | None) -> str | None:
    """The words of a text, each between spaces, so that one is found only whole."""
    return None if text is None else f" {' '.join(_WORD.findall(_folded(text) or ''))} "
