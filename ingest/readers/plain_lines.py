"""The lines of a plain text: where they stand, which of them are marked as items, and which go on on the next."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

TAB = 8
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]』」]*$")
_STOPPED = re.compile(r"[.!?…。！？:;：；,][\"'”’»)\]』」*]*$")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]")
_GOES_ON = re.compile(r"[^\W\d_A-Z]|[),;…&]")
_LEAST_WIDTH = 30
_LEAST_WIDE = 12
_LEAST_PROSE = 40
_FEW = 8

_MONTHS = re.compile(
    r"(?:jan(?:uary?|uar|vier)?|j[äa]nner|feb(?:ruary?|ruar)?|fév(?:rier)?|mar(?:ch|zo|s)?|märz|apr(?:il)?|avr(?:il)?|"
    r"ma[iy]o?|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|août|agosto|sept?(?:ember|embre|iembre)?|"
    r"o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember|embre)?|déc(?:embre)?|dic(?:iembre)?|"
    r"enero|febrero|abril)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"([-*•·‣◦▪●○–+o])[ \t]+(?=\S)")
_NUMBER = re.compile(r"(\(?)(\d{1,3}|[A-Za-z]|[ivxlc]{2,6}|[IVXLC]{2,6})([.)])[ \t]+(?=\S)")
_DEEP = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)\.?[ \t]+(?=\S)")
_BARE = re.compile(r"(\d{1,2})[ \t]+(?=[A-ZÄÖÜÉ][^\W\d_]+)")
_NAMED = re.compile(
    r"(§{1,2}|Step|Schritt|[ÉE]tape|Paso|Art(?:icle|ikel|ículo|\.)|Clause|Klausel)\s*"
    r"(\d{1,3})[a-z]?(?![\w/-])[.:)]?[ \t]*(?=\S)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


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
        return _ENDED.search(self.words) is not None

    @property
    def is_stopped(self) -> bool:
        """Whether it ends with any mark that parts sentences or their pieces."""
        return _STOPPED.search(self.words) is not None


class Mark(NamedTuple):
    """What marks an item or a clause, and where in the line's words begins what it says."""

    style: str
    number: int
    text: int
    depth: int = 1


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
        return _goes_on(self.lines[at], self.lines[at + 1], self.widths[at])

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
    lines = _lines(text)
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
    marks = _marks(lines, first, widths)
    return Page(text, lines, first, end, widths, marks, _siblings(lines, marks), page_width, indent)


def _lines(text: str) -> list[Line]:
    found, start = [], 0
    for whole in text.splitlines(keepends=True):
        left = whole.lstrip()
        words = left.rstrip()
        at = start + len(whole) - len(left)
        blank = whole[: len(whole) - len(left)]
        found.append(Line(at, at + len(words), len(blank.expandtabs(TAB)) if words else 0, words))
        start += len(whole)
    return found


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
    rights = sorted(one.right for one, two in pairs if is_small(two.words) and not _is_list_like(two.words))
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
    unmarked = [(one, two) for one, two in pairs if not _is_list_like(two.words)]
    greedy = sum(room(one, two) > own for one, two in unmarked)
    small = sum(is_small(two.words) for _, two in unmarked)
    if own < _LEAST_WIDTH or 5 * greedy < 4 * len(unmarked):
        return 0
    if 3 * small >= len(unmarked) and small:
        return own
    unended = sum(not one.is_ended for one, _ in pairs)
    return own if own >= _LEAST_PROSE and lines[-1].is_ended and 2 * unended >= len(pairs) else 0


def _goes_on(one: Line, two: Line, width: int) -> bool:
    if not width:
        return False
    if _is_wide(one.words):
        return len(one.words) >= width - one.indent - 2
    if is_small(two.words):
        return room(one, two) > 0.6 * width
    if (one.is_ended and two.indent > one.indent + 1) or one.words.endswith(":"):
        return False
    slack = 3 if one.is_ended else 0.08 * width
    return room(one, two) > width - slack


def room(one: Line, two: Line) -> int:
    """The column that a line would reach with the first word of the next."""
    word = two.words.split(maxsplit=1)[0] if two.words else ""
    return one.right + 1 + len(word)


def is_small(words: str) -> bool:
    """Whether words go on with a sentence: they begin with a small letter."""
    return words[:1].islower() or words[:1] in ")],;…"


def _is_wide(words: str) -> bool:
    return _WIDE.match(words) is not None


def _is_list_like(words: str) -> bool:
    return _mark(words) is not None


def _marks(lines: list[Line], first: list[int], widths: list[int]) -> list[Mark | None]:
    """What marks each line; a number or a dash that only the width of the text put first marks nothing."""
    found: list[Mark | None] = [None] * len(lines)
    last: dict[tuple[str, str, int], int] = {}
    above: Mark | None = None
    rings = sum(line.words.startswith("o ") for line in lines)
    numbered = any(_DEEP.match(line.words) for line in lines)
    for at, line in enumerate(lines):
        if first[at] == at:
            above = None
        mark = _mark(line.words) if line.words else None
        if mark is None or (mark.style == "o" and rings < 2) or (mark.style == "1" and not numbered):
            continue
        mark = _as_letter(mark, line, last)
        previous = lines[at - 1] if first[at] < at else None
        places = [(mark.style, *place) for place in _places(line, mark)]
        follows = any(last.get(place) == mark.number - 1 for place in places)
        if _is_accepted(mark, line, previous, widths[at], above, follows=follows):
            found[at] = above = mark
            last.update(dict.fromkeys(places, mark.number))
    return found


def _is_accepted(
    mark: Mark, line: Line, previous: Line | None, width: int, above: Mark | None, *, follows: bool
) -> bool:
    if mark.style in ("a.", "A.", "i.", "I.", "A)") and not (follows or mark.number == 1):
        return False
    if mark.style == "1." and _MONTHS.match(line.words, mark.text):
        return False
    if previous is None:
        return mark.style not in ("A.", "1") or (follows or mark.number == 1)
    if mark.style == "1":
        return False
    if above is not None and above.style == mark.style and (not mark.number or above.number == mark.number - 1):
        return True
    is_full = width > 0 and room(previous, line) > width - 3
    if mark.number > 1 and not follows:
        return previous.is_stopped and mark.depth > 1
    return previous.is_stopped or not is_full or line.indent > previous.indent + 1


def _places(line: Line, mark: Mark) -> tuple[tuple[str, int], tuple[str, int]]:
    """Where a marked line begins, and where what it says does; numbers of one list have one of them in common."""
    return ("mark", line.indent), ("words", line.indent + mark.text)


def _siblings(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[tuple[int, int], int]:
    """The next number stands under the last one: where the line begins, or where what it says does."""
    found: dict[tuple[int, int], int] = {}
    for step in (1, -1):
        seen: dict[tuple[str, int, str, int], int] = {}
        for at in range(len(marks))[::-step]:
            mark = marks[at]
            if mark is None or not mark.number:
                continue
            places = _places(lines[at], mark)
            near = [seen[key] for place in places if (key := (mark.style, mark.number + step, *place)) in seen]
            if near:
                found[at, step] = min(near, key=lambda one: abs(one - at))
            for place in places:
                seen[(mark.style, mark.number, *place)] = at
    return found


def _mark(words: str) -> Mark | None:
    """What might mark this line."""
    head = words[0]
    if head.isalpha():
        if len(words) > 2 and words[1] in " \t" and head == "o":
            return Mark("o", 0, 2)
        if named := _NAMED.match(words):
            return Mark(named.group(1)[:3].lower(), int(named.group(2)), named.end())
        if len(words) > 7 and not any(sign in words[:7] for sign in ".)"):
            return None
    elif head in "-*•·‣◦▪●○–+":
        bullet = _BULLET.match(words)
        return Mark(bullet.group(1), 0, bullet.end()) if bullet else None
    elif head == "§":
        section = _NAMED.match(words)
        return Mark("§", int(section.group(2)), section.end()) if section else None
    elif not head.isdigit() and head != "(":
        return None
    if deep := _DEEP.match(words):
        numbers = deep.group(1).split(".")
        return Mark("1." * len(numbers), int(numbers[-1]), deep.end(), len(numbers))
    if number := _NUMBER.match(words):
        return _numbered(number.group(2), number.group(1), number.group(3), number.end())
    bare = _BARE.match(words)
    return Mark("1", int(bare.group(1)), bare.end()) if bare else None


def _numbered(number: str, opening: str, closing: str, text: int) -> Mark:
    style, value = "1", 0
    if number.isdigit():
        value = int(number)
    elif number.lower() in ("i", "v", "x") or len(number) > 1:
        style, value = ("i" if number.islower() else "I"), _roman(number.lower())
    else:
        style, value = ("a" if number.islower() else "A"), ord(number.lower()) - ord("a") + 1
    return Mark(opening + style + closing, value, text)


def _as_letter(mark: Mark, line: Line, last: Mapping[tuple[str, str, int], int]) -> Mark:
    """An `i` that comes after an `h` is a letter, not a one."""
    letter = line.words.lstrip("(")[0].lower()
    style = mark.style.replace("i", "a").replace("I", "A")
    if style == mark.style or letter not in "ivx":
        return mark
    number = ord(letter) - ord("a") + 1
    is_next = any(last.get((style, *place)) == number - 1 for place in _places(line, mark))
    return mark._replace(style=style, number=number) if is_next else mark


def _roman(number: str) -> int:
    values = [_ROMAN[digit] for digit in number]
    return sum(-value if at + 1 < len(values) and value < values[at + 1] else value for at, value in enumerate(values))
