"""A plain text by lines: which belong together, at which width they are wrapped, and which go on on the next."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.plain_lines import Line, is_small, lines_of, room
from ingest.readers.plain_marks import Mark, is_list_like, marks_of, siblings_of

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
_LEAST_WIDTH = 30
_LEAST_WIDE = 12
_LEAST_PROSE = 40
_RAGGED = 0.93
_FEW = 8


@dataclass(frozen=True, slots=True)
class Page:
    """A text by lines. Lines without a blank one between are a group; `first` and `end` tell that of each line."""

    text: str
    lines: Sequence[Line]
    first: Sequence[int]
    end: Sequence[int]
    widths: Sequence[int]
    """For each line the width at which its group is wrapped; 0 where each line stands for itself."""
    marks: Sequence[Mark | None]
    siblings: Mapping[tuple[int, int], int]
    """For a marked line, and 1 or -1, the next or last line with the number after or before its own."""
    page_width: int
    """The width at which most of the text is wrapped; 0 where it is not."""
    indent: int
    """How far most of its lines are indented."""

    def goes_on(self, at: int) -> bool:
        """Whether the line after this one goes on with what it says."""
        if at + 1 >= self.end[at] or self.marks[at + 1]:
            return False
        one, two = self.lines[at], self.lines[at + 1]
        if self.widths[at]:
            return _goes_on(one, two, self.widths[at])
        # A group that is not wrapped throughout may hold a line or two that are.
        is_prose = self.lines[self.first[at]].words[0].isupper() and len(one.words) >= _LEAST_WIDTH
        return is_prose and two.words[0].islower() and not one.is_stopped

    def is_titled(self, at: int) -> bool:
        """Whether the next line begins anew although this one has room for its first word."""
        line, below = self.lines[at], self.lines[at + 1]
        width = max(self.page_width, max(one.right for one in self.lines[at : min(self.end[at], at + _FEW)]))
        return not line.is_stopped and below.words[:1].isupper() and room(line, below) <= 0.88 * width

    def after(self, at: int) -> int:
        """The next line from here that is not blank; the number of lines where there is none."""
        while at < len(self.lines) and not self.lines[at].words:
            at += 1
        return at

    def is_alone(self, at: int) -> bool:
        """Whether the line stands between blank ones."""
        return self.end[at] - self.first[at] == 1


def page_of(text: str) -> Page:
    """The lines of a text, in order."""
    lines = lines_of(text)
    first, end = _groups(lines)
    starts = [at for at in range(len(lines)) if first[at] == at and lines[at].words]
    page_width = _page_width(lines, end)
    widths = [0] * len(lines)
    for at in starts:
        width = _width(lines[at : end[at]], page_width)
        for each in range(at, end[at]) if width else ():
            widths[each] = width
    indents = Counter(line.indent for line in lines if line.words)
    indent = indents.most_common(1)[0][0] if indents else 0
    marks = marks_of(lines, first, widths)
    return Page(text, lines, first, end, widths, marks, siblings_of(lines, marks), page_width, indent)


def _groups(lines: list[Line]) -> tuple[list[int], list[int]]:
    first, end = [0] * len(lines), [0] * len(lines)
    for at, line in enumerate(lines):
        goes_on = at > 0 and line.words and lines[at - 1].words
        first[at] = first[at - 1] if goes_on else at
    for at in range(len(lines) - 1, -1, -1):
        is_last = at + 1 == len(lines) or first[at + 1] != first[at]
        end[at] = at + 1 if is_last else end[at + 1]
    return first, end


def _page_width(lines: list[Line], end: list[int]) -> int:
    """The width at which most of a text is wrapped: where sentences go on with a small letter; 0 where none are."""
    pairs = [(one, two) for at, (one, two) in enumerate(pairwise(lines)) if end[at] > at + 1]
    rights = sorted(one.right for one, two in pairs if is_small(two.words) and not is_list_like(two.words))
    if len(rights) < 3:
        return 0
    width = rights[len(rights) * 9 // 10]
    is_even = 4 * sum(right > 0.75 * width for right in rights) >= 3 * len(rights)
    return width if is_even and width >= _LEAST_PROSE else 0


def _width(lines: Sequence[Line], page_width: int) -> int:
    """The width at which a group is wrapped; 0 where each of its lines stands for itself."""
    if len(lines) < 2:
        return page_width
    own = max(line.right for line in lines)
    if page_width and 0.8 * page_width <= own <= 1.25 * page_width:
        return page_width
    pairs = list(pairwise(lines))
    if _is_wide(lines[0].words):
        longest = max(len(line.words) for line in lines)
        full = [len(one.words) >= longest - 2 for one, _ in pairs]
        open_ends = sum(not one.is_ended for one, _ in pairs)
        return own if all(full) and open_ends and own >= _LEAST_WIDE else 0
    unmarked = [(one, two) for one, two in pairs if not is_list_like(two.words)]
    greedy = sum(room(one, two) > _RAGGED * own for one, two in unmarked)
    small = sum(is_small(two.words) for _, two in unmarked)
    if own < _LEAST_WIDTH or 5 * greedy < 4 * len(unmarked):
        return 0
    if 3 * small >= len(unmarked) and small:
        return own
    unended = sum(not one.is_ended for one, _ in pairs)
    is_ended = lines[-1].is_ended or lines[-1].words.endswith(":")
    return own if own >= _LEAST_PROSE and is_ended and 2 * unended >= len(pairs) else 0


def _goes_on(one: Line, two: Line, width: int) -> bool:
    if _is_wide(one.words):
        return len(one.words) >= width - one.indent - 2
    if is_small(two.words):
        return room(one, two) > 0.6 * width
    if (one.is_ended and two.indent > one.indent + 1) or one.words.endswith(":"):
        return False
    slack = 3 if one.is_ended else 0.08 * width
    return room(one, two) > width - slack


def _is_wide(words: str) -> bool:
    return _WIDE.match(words) is not None
