"""Raised figures, such as the marks of footnotes, which the parser joins with the word or number before them."""

import re
from collections.abc import Sequence
from statistics import median

from liteparse import TextItem, WordBox

from ingest.readers.pages.pieces import RAISED

_TALLER, _MUCH_TALLER = 1.015, 1.12
"""How much taller than its type a word with a raised figure is, and where all words differ in height."""
_ALIKE, _STEADY = 0.005, 0.7
_END = r"(?=[.,;:!?)\"'”’]*$)"
_FIGURES = re.compile(rf"(?:(?<=[^\W\d])|(?<=[^\W\d][.,;:])|(?<=[!?)\"”’]))\d{{1,3}}{_END}")
_AFTER_NUMBER = re.compile(rf"(?<=\d[.:;])\d{{1,2}}{_END}")
_MAYBE = re.compile(r"(?:[^\W\d]|[.,;:!?)\"'”’])\d{1,3}(?!\d)|^\d{1,3}[^\W\d]")
_AT_FIRST = re.compile(r"^\d{1,3}(?=[^\W\d])")


def is_tall(item: TextItem) -> bool:
    """Whether a piece of text reaches higher or lower than its type does, and has figures that may be raised."""
    if (
        not _MAYBE.search(item.text)
        or not item.font_ascent
        or not item.font_descent
        or not item.font_size
        or not item.font_height
    ):
        return False
    usual = (item.font_ascent - item.font_descent) * item.font_height / item.font_size
    return bool(item.height > _TALLER * usual)


def with_raised(text: str, words: Sequence[WordBox]) -> str:
    """The text of a tall piece with the raised figures at the ends of its words as such: `1287.1` is `1287.¹`."""
    if len(words) < 2 or text.split() != [word.text for word in words]:
        return text
    usual = median(word.height for word in words)
    bottom = median(word.y + word.height for word in words)
    alike = sum(abs(word.height - usual) <= _ALIKE * usual for word in words)
    least = usual * (_TALLER if alike >= _STEADY * len(words) else _MUCH_TALLER)
    found = []
    for at, word in enumerate(words):
        shown = word.text
        if word.height > least and abs(word.y + word.height - bottom) < 2 * _ALIKE * usual:
            shown = _FIGURES.sub(_raised, shown)
            shown = _AFTER_NUMBER.sub(_raised, shown) if word.height > _MUCH_TALLER * usual else shown
            shown = shown if at else _AT_FIRST.sub(_raised, shown)
        found.append(shown)
    return " ".join(found)


def _raised(match: re.Match[str]) -> str:
    return match[0].translate(RAISED)
