"""Raised figures, such as the marks of footnotes, which the parser joins with the word or number before them."""

import re
from collections.abc import Sequence
from statistics import median

from liteparse import TextItem, WordBox

from ingest.readers.pages.pieces import RAISED

_TALL = 1.12
"""Words with a raised figure are taller than their type by so much."""
_FIGURES = re.compile(r"(?<=[^\W\d]|[.,;:!?)\"'”’])\d{1,3}(?=[.,;:!?)\"'”’]*$)")
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
    return bool(item.height > _TALL * usual)


def with_raised(text: str, words: Sequence[WordBox]) -> str:
    """The text of a tall piece with the raised figures at the ends of its words as such: `1287.1` is `1287.¹`."""
    if len(words) < 2 or text.split() != [word.text for word in words]:
        return text
    usual = median(word.height for word in words)
    bottom = median(word.y + word.height for word in words)
    found = []
    for at, word in enumerate(words):
        is_raised = word.height > _TALL * usual and abs(word.y + word.height - bottom) < usual / 20
        shape = _FIGURES if at or _FIGURES.search(word.text) else _AT_FIRST
        found.append(shape.sub(lambda match: match[0].translate(RAISED), word.text) if is_raised else word.text)
    return " ".join(found)
