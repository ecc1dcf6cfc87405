"""What marks lines of a plain text as items, steps and clauses: `-`, `3.`, `(a)`, `iv.`, `4.2`, `Step 5.`, `§ 6`."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ingest.readers.plain_lines import Line, room

_MONTHS = re.compile(
    r"(?:jan(?:uary?|uar|vier)?|j[äa]nner|feb(?:ruary?|ruar)?|fév(?:rier)?|mar(?:ch|zo|s)?|märz|apr(?:il)?|avr(?:il)?|"
    r"ma[iy]o?|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|août|agosto|sept?(?:ember|embre|iembre)?|"
    r"o[ck]t(?:ober|obre|ubre)?|nov(?:ember|embre|iembre)?|de[cz](?:ember|embre)?|déc(?:embre)?|dic(?:iembre)?|"
    r"enero|febrero|abril)\b",
    re.IGNORECASE,
)
_BULLETS = "-*•·‣◦▪●○–+o"
_BULLET = re.compile(rf"([{_BULLETS}])[ \t]+(?=\S)")
_NUMBER = re.compile(r"(\(?)(\d{1,3}|[A-Za-z]|[ivxlc]{2,6}|[IVXLC]{2,6})([.)])[ \t]+(?=\S)")
_DEEP = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)\.?[ \t]+(?=\S)")
_BARE = re.compile(r"(\d{1,2})[ \t]+(?=[A-ZÄÖÜÉ][^\W\d_]+)")
_NAMED = re.compile(
    r"(§{1,2}|TOP|Step|Schritt|[ÉE]tape|Paso|Art(?:icle|ikel|ículo|\.)|Clause|Klausel)\s*"
    r"(\d{1,3})[a-z]?(?![\w/-])[.:)]?[ \t]*(?=\S)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Mark(NamedTuple):
    """What marks an item or a clause, and where in the line's words begins what it says."""

    style: str
    number: int
    text: int
    depth: int = 1

    @property
    def is_bullet(self) -> bool:
        """Whether it marks an item of a list without an order."""
        return self.style in _BULLETS


def is_list_like(words: str) -> bool:
    """Whether words begin as an item does, whatever stands before them."""
    mark = _mark(words)
    return mark is not None and not (mark.style == "1." and _MONTHS.match(words, mark.text))


def marks_of(lines: Sequence[Line], first: Sequence[int], widths: Sequence[int]) -> list[Mark | None]:
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
    if above is not None and above.style == mark.style and (mark.is_bullet or above.number == mark.number - 1):
        return True
    is_full = width > 0 and room(previous, line) > width - 3
    if mark.number > 1 and not follows:
        return previous.is_stopped and mark.depth > 1
    if mark.number > 1 and above is None and not previous.is_stopped:
        return False
    return previous.is_stopped or not is_full or line.indent > previous.indent + 1


def _places(line: Line, mark: Mark) -> tuple[tuple[str, int], tuple[str, int]]:
    """Where a marked line begins, and where what it says does; numbers of one list have one of them in common."""
    return ("mark", line.indent), ("words", line.indent + mark.text)


def siblings_of(lines: Sequence[Line], marks: Sequence[Mark | None]) -> dict[tuple[int, int], int]:
    """The next number stands under the last one: where the line begins, or where what it says does."""
    found: dict[tuple[int, int], int] = {}
    for step in (1, -1):
        seen: dict[tuple[str, int, str, int], int] = {}
        for at in range(len(marks))[::-step]:
            mark = marks[at]
            if mark is None or mark.is_bullet:
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
    elif head in _BULLETS:
        bullet = _BULLET.match(words)
        is_aside = bullet is not None and words[-1] == head  # `- called the tenant -`
        return Mark(bullet.group(1), 0, bullet.end()) if bullet and not is_aside else None
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
