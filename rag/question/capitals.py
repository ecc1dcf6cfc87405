"""Names in a question that is typed without capitals, or in nothing else: they are written as the documents write them.

What tells actors from other words, and a name from what is said of it, goes by capitals.
"""

import re
from collections import Counter
from collections.abc import Iterable

from rag.domain import Passage
from rag.text.words import STOPWORDS, is_i, words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_INSIDE = re.compile(rf"(?<=[\w,;]\s){_WORD.pattern}")
"""A word that is not the first of its sentence, so that a capital is its own."""
_OWN = re.compile(r"['’]s$")


def with_capitals(question: str, passages: Iterable[Passage]) -> str:
    """`did ardent ban grain` and `DID ARDENT BAN GRAIN` give `Did Ardent ban grain`; others stay as they are.

    A word is a name where the passages write it large inside their sentences, and never small.
    """
    shouted = question == question.upper()
    if not shouted and any(word != word.lower() and not is_i(word) for word in words(question)[1:]):
        return question
    asked = {_plain(word) for word in words(question)} - STOPWORDS
    written: dict[str, Counter[str]] = {word: Counter() for word in asked}
    small = set()
    for passage in passages:
        for word in _INSIDE.findall(passage.search_text):
            if (plain := _plain(word)) in asked:
                written[plain][_OWN.sub("", word)] += 1
                small.update([plain] if word[0].islower() else [])

    def as_written(found: re.Match[str]) -> str:
        word = found.group().lower() if shouted else found.group()
        forms = written.get(plain := _plain(word))
        return forms.most_common(1)[0][0] + word[len(plain) :] if forms and plain not in small else word

    meant = _WORD.sub(as_written, question)
    return meant[:1].upper() + meant[1:]


def _plain(word: str) -> str:
    return _OWN.sub("", word.lower())
