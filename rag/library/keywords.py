"""Which words of a query are looked up, so that a search takes hardly longer in a large library than in a small one.

To score a passage takes SQLite about a microsecond, and of a million passages a third share a word with any question.
So in a large library the rarest words, those that tell most, say which passages are scored; commoner ones count for
the score of these; the commonest are left out, as words without matter always are.
"""

import re
from collections import Counter
from collections.abc import Mapping

SMALL_LIBRARY = 20_000
"""Passages up to which every word is looked up, and the most that are scored: 20 ms."""
_SCORED = 5_000
"""How many passages the words that say which are scored may have, all together; the rarest word may have more."""
_COUNTED = 50_000
"""How many passages all words that count may have, one given twice counted twice: so much is read for the score."""

_BETWEEN_PARTS = re.compile(r"[\W_]+")


def every_word(wanted: Counter[str]) -> str:
    """The expression of SQLite's full text search for these words, each of which counts as often as it is given.

    BM25 adds up the words of an expression, and one that stands there twice is added twice.
    """
    return " OR ".join(map(quoted, wanted.elements()))


def telling_words(wanted: Counter[str], held: Mapping[str, int]) -> str:
    """The expression for the words that tell most, where each of them is in so many passages; scores are doubled."""
    telling, others = Counter[str](), Counter[str]()
    scored = read = 0
    for word in sorted(wanted, key=lambda word: (held[word], word)):
        scored += held[word]
        read += held[word] * wanted[word]
        if scored <= _SCORED or not telling:
            telling[word] = wanted[word]
        elif read <= _COUNTED:
            others[word] = wanted[word]
    # What says which passages are scored counts there too, so the others are given twice.
    return f"({every_word(telling)}) AND ({every_word(telling + others + others)})"


def parts(word: str) -> list[str]:
    """What the full text search takes a word for: `1.5` is two words that follow each other, and so is `Japan's`."""
    return _BETWEEN_PARTS.sub(" ", word).split() or [word]


def quoted(word: str) -> str:
    """A word that is only a word: FTS5 has an own query language, which ends at double quotes."""
    return '"' + word.replace('"', '""') + '"'
