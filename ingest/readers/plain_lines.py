"""The lines of a plain text, and where they stand."""

import re
from dataclasses import dataclass

TAB = 8
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]』」]*$")
_STOPPED = re.compile(r"[.!?…。！？:;：；,][\"'”’»)\]』」*]*$")
_LONGEST_STOP = 8
_FIRST_WORD = re.compile(r"\d{1,2}\.? [^\W\d_]+|\S+")
"""A day and its month are often kept on one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; of a blank one, `words` is empty."""

    start: int
    end: int
    indent: int
    words: str

    @property
    def right(self) -> int:
        """The column after its last character."""
        return self.indent + len(self.words)

    @property
    def is_ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return _ENDED.search(self.words[-_LONGEST_STOP:]) is not None

    @property
    def is_stopped(self) -> bool:
        """Whether it ends with any mark that parts sentences or their pieces."""
        return _STOPPED.search(self.words[-_LONGEST_STOP:]) is not None


def lines_of(text: str) -> list[Line]:
    """The lines of a text, in order, whatever ends them."""
    found, start = [], 0
    for whole in text.splitlines(keepends=True):
        left = whole.lstrip()
        words = left.rstrip()
        at = start + len(whole) - len(left)
        blank = whole[: len(whole) - len(left)]
        found.append(Line(at, at + len(words), len(blank.expandtabs(TAB)) if words else 0, words))
        start += len(whole)
    return found


def room(one: Line, two: Line) -> int:
    """The column that a line would reach with the first word of the next."""
    word = _FIRST_WORD.match(two.words)
    return one.right + 1 + (word.end() if word else 0)


def is_small(words: str) -> bool:
    """Whether words go on with a sentence: they begin with a small letter."""
    return words[:1].islower() or words[:1] in ")],;…"
