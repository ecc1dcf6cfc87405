"""The numbers that Word shows before paragraphs, which no paragraph holds: `4.2`, `a)`, or the dot of a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_DEEPEST = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class Level:
    """How paragraphs of one level of a list are numbered."""

    kind: str = "decimal"
    shown: str = "%1."
    start: int = 1
    is_legal: bool = False
    """Whether the numbers of the levels above are shown as `1` whatever they are."""
    style: str | None = None
    """The paragraph style whose paragraphs are of this level."""


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each of them has been counted."""

    levels: Mapping[str, Mapping[int, Level]]
    """Of each list by its id."""
    counted_with: Mapping[str, str]
    """The lists that count on where another one stopped: the same for all of these."""
    restarts: Mapping[str, Mapping[int, int]]
    """Where a list starts anew, with which number."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of(self, list_id: str, style: str | None) -> int:
        """The level of a list that paragraphs of a style have."""
        return next((at for at, level in self.levels.get(list_id, {}).items() if level.style == style), 0)

    def mark(self, list_id: str, level: int) -> str | None:
        """The next number of a list at a level from 0, as it is shown; empty for a dot, None where there is no list."""
        levels = self.levels.get(list_id)
        how = levels.get(level) if levels else None
        if levels is None or how is None or how.kind == "none":
            return None
        if how.kind == "bullet":
            return ""
        counts = self._counts.setdefault(self.counted_with[list_id], {})
        restart = self.restarts.get(list_id, {}).get(level)
        if restart is not None and (list_id, level) not in self._begun:
            counts[level] = restart
        else:
            counts[level] = counts[level] + 1 if level in counts else how.start
        self._begun.add((list_id, level))
        for deeper in range(level + 1, _DEEPEST):
            counts.pop(deeper, None)
        words = how.shown
        for at in range(level, -1, -1):
            above = levels.get(at, how)
            number = counts.setdefault(at, above.start)
            words = words.replace(f"%{at + 1}", number_as(number, "decimal" if how.is_legal else above.kind))
        return words.strip() or None


def numbering_of(root: Any) -> Numbering:
    """The lists that a `numbering.xml` describes; none where it is None."""
    abstract = {each.get(qn("w:abstractNumId")): each for each in _inner(root, "w:abstractNum")}
    styled = {_value(link): key for key, each in abstract.items() for link in _inner(each, "w:styleLink")}
    levels, counted_with, restarts = {}, {}, {}
    lists = {each.get(qn("w:numId")): each for each in _inner(root, "w:num")}
    for list_id, each in lists.items():
        key = next(map(_value, _inner(each, "w:abstractNumId")), "")
        # A list can be that of a list style, which stands elsewhere.
        link = next(map(_value, _inner(abstract.get(key), "w:numStyleLink")), "")
        key = styled.get(link, key)
        found = {int(level.get(qn("w:ilvl"), 0)): _level(level) for level in _inner(abstract.get(key), "w:lvl")}
        anew: dict[int, int] = {}
        for override in _inner(each, "w:lvlOverride"):
            at = int(override.get(qn("w:ilvl"), 0))
            found.update((at, _level(level)) for level in _inner(override, "w:lvl"))
            anew.update((at, int(_value(start) or 1)) for start in _inner(override, "w:startOverride"))
        levels[list_id], counted_with[list_id], restarts[list_id] = found, key, anew
    return Numbering(levels, counted_with, restarts)


def number_as(number: int, kind: str) -> str:
    """A number as lists show it: `3`, `c`, `iii`."""
    if not 0 < number < _LARGEST:
        return str(number)
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman"):
        letters, rest = "", number
        for value, sign in _ROMAN:
            letters += sign * (rest // value)
            rest %= value
        return letters.upper() if kind == "upperRoman" else letters
    return f"{number:02}" if kind == "decimalZero" else str(number)


def _level(level: Any) -> Level:
    said = {
        name: next(map(_value, _inner(level, f"w:{name}")), None) for name in ("numFmt", "lvlText", "start", "pStyle")
    }
    legal = next(_inner(level, "w:isLgl"), None)
    return Level(
        kind=said["numFmt"] or "decimal",
        shown=said["lvlText"] or "",
        start=int(said["start"] or 0),
        is_legal=legal is not None and _value(legal) not in ("0", "false"),
        style=said["pStyle"],
    )


def _inner(element: Any, tag: str) -> Iterator[Any]:
    if element is not None:
        yield from element.iterchildren(qn(tag))


def _value(element: Any) -> str:
    return element.get(qn("w:val")) or ""
