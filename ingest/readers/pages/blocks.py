"""The lines of pages as blocks: headings, paragraphs, items, steps, captions, footnotes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.labels import labelled
from ingest.readers.pages.order import Flow, Region
from ingest.readers.pages.pieces import BULLET, NUMBERED, SYMBOL, Piece
from ingest.readers.pages.words import Vocabulary
from rag.domain import BlockKind, Box

_ENDS = re.compile(r"[.!?…:;。！？][\"'”’»)\]⁰¹²³⁴⁵⁶⁷⁸⁹\d]{0,3}$")
_CAPTION = re.compile(
    r"(?:table|tab\.|figure|fig\.|chart|tabelle|abbildung|abb\.|tableau|graphique|tabla|figura|gráfico|图|表)"
    r"\s?\d+(?:\.\d+)*\s*[.:–—-]?\s",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:[\d¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|[*†‡]{1,3})[.)]?\s?(?=\S)")
_LEADERS = re.compile(r"(?:[.…·_]\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})?$")
_ENTRY = re.compile(r"[^\W\d][^\d]{0,3},(?: ?\d{1,4}(?:[-–]\d{1,4})?,)* ?\d{1,4}(?:[-–]\d{1,4})?$")
"""The end of a line of an index: a word and pages."""
_DATED = re.compile(
    r"(?:(?:[Ss]ince|[Ss]eit|[Dd]epuis|[Dd]esde|[Ff]rom|[Aa]b) )?(?:[A-Z]\w{2,8}\.? |\d{1,2}[./-])?(?:19|20)\d\d\b"
    r"(?: ?(?:[-–—/]|to|bis|until|à|a) ?(?:[A-Z]\w+\.? |\d{1,2}[./-])?(?:(?:19|20)\d\d\b|\w+)?)?[:,]? +(?=\S)"
)
"""A year or a time at the beginning of a line, as those of a career."""
_ASKS = re.compile(r"(?:Q|Question|F|Frage) ?\d{0,3}[:.] .*[?？]$")
_DEPTH = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]?\s")
_LARGER, _SMALLER = 1.12, 0.92
_LONGEST_HEADING = 150
_PARTED, _INDENTED = 1.22, 0.7
"""Distances: of paragraphs, in distances of lines; of a first line from the margin, in heights of the type."""
_LONG_NUMBERED = 60
_LONGEST_FIELD = 100
_LONGEST = 8000
"""Of a block that goes on over pages, in characters: text without the ends of sentences is no prose."""
_LOW = 0.6
"""Where on a page footnotes may begin, in its heights."""


@dataclass(slots=True)
class Draft:
    """A block in the making."""

    kind: BlockKind
    text: str
    lines: list[Piece]
    level: int = 0
    name: str = ""
    """Of a field: its label."""
    breaks: list[tuple[int, int]] = field(default_factory=list)
    """Where in the text a page begins, and which."""

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.lines[0].page

    @property
    def last(self) -> Piece:
        """Its last line."""
        return self.lines[-1]

    @property
    def boxes(self) -> list[Box]:
        """Where it stands: a box for each page and column."""
        return boxes_of(self.lines)

    def take(self, line: Piece, vocabulary: Vocabulary) -> None:
        """Adds a line to the end."""
        text = vocabulary.joined(self.text, line.text)
        if line.page != self.last.page:
            self.breaks.append((len(text) - len(line.text), line.page))
        self.text = text
        self.lines.append(line)


def boxes_of(lines: Iterable[Piece]) -> list[Box]:
    """Boxes around lines: one for each page and column that they stand in."""
    boxes: list[Box] = []
    for line in lines:
        box = Box(line.page, line.left, line.top, line.right, line.bottom)
        last = boxes[-1] if boxes else None
        if last and last.page == box.page and last.top <= box.top and box.left < last.right and last.left < box.right:
            boxes[-1] = Box(
                box.page,
                min(last.left, box.left),
                last.top,
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
        else:
            boxes.append(box)
    return boxes


@dataclass(frozen=True, slots=True)
class Type:
    """How the text of a document is set."""

    size: float
    """Of most of its text."""
    is_bold: bool
    pitches: dict[float, float]
    """The usual distance of two lines, for each size."""

    def pitch(self, size: float) -> float:
        """The usual distance of two lines of a size."""
        return self.pitches.get(round(size, 1), 1.3 * size)


def type_of(regions: Iterable[Region]) -> Type:
    """How the lines of a document are set."""
    sizes: Counter[tuple[float, bool]] = Counter()
    pitches: dict[float, Counter[float]] = {}
    for region in regions:
        for line in region.lines:
            sizes[round(line.size, 1), line.is_bold] += len(line.text)
        for above, below in pairwise(region.lines if isinstance(region, Flow) else ()):
            size = round(below.size, 1)
            if size == round(above.size, 1) and 0.8 * size < below.top - above.top < 2.5 * size:
                pitches.setdefault(size, Counter())[round((below.top - above.top) * 2) / 2] += 1
    (size, bold), _ = sizes.most_common(1)[0] if sizes else ((10.0, False), 0)
    return Type(size, bold, {size: counted.most_common(1)[0][0] for size, counted in pitches.items()})


def drafts_of(flow: Flow, kind_of_type: Type, vocabulary: Vocabulary) -> Iterator[Draft]:
    """The blocks of a column, from the top."""
    groups: list[list[Piece]] = []
    for line in flow.lines:
        if groups and not _begins_anew(groups[-1], line, flow.right, kind_of_type):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        yield _draft(group, kind_of_type, vocabulary)


def _begins_anew(block: Sequence[Piece], line: Piece, right: float, setting: Type) -> bool:
    """Whether a line begins a new block after the lines of the one above."""
    above = block[-1]
    size = above.size
    if abs(line.size - size) > 0.08 * size or _leads_to_page(above) or _leads_to_page(line):
        return True
    if line.top - above.top > _PARTED * setting.pitch(size) + 0.5 or line.top < above.top:
        return True
    if _ENTRY.search(above.text) and _ENTRY.search(line.text):
        return True
    ends = bool(_ENDS.search(above.text))
    is_short = _is_short(above, line, right)
    # A line is bold by its first word, so that a bold word in the midst of a text may begin one.
    if line.is_bold != above.is_bold and (ends or is_short) and not _goes_on(above, line):
        return True
    if labelled(line.text) and labelled(block[0].text):
        return True
    if _DATED.match(line.text) and _DATED.match(block[0].text):
        return True
    if line.is_marked or (line.is_listed and _is_wanted(block, line, ends or is_short)):
        return True
    if line.text[0].islower() or above.text.endswith("-"):
        return False
    indent = line.left - above.left
    first = block[0]
    if first.is_listed and line.left > first.left + 0.3 * size:
        return False  # the hanging lines of an item
    if indent > _INDENTED * size:
        return ends or is_short
    if indent < -_INDENTED * size:
        return len(block) > 1 or first.is_listed
    return is_short


def _goes_on(above: Piece, line: Piece) -> bool:
    return line.text[0].islower() or above.text.endswith((",", "-"))


def _is_short(above: Piece, line: Piece, right: float) -> bool:
    """Whether a line leaves room for the first word of the next one, as the last line of a paragraph does."""
    word = (line.right - line.left) / max(len(line.text), 1) * (len(line.text.split(" ", 1)[0]) + 1)
    slack = 0.05 if _ENDS.search(above.text) else 0.2
    return right - above.right > word + slack * (right - above.left)


def _is_wanted(block: Sequence[Piece], line: Piece, is_ended: bool) -> bool:
    """Whether what looks like the mark of a list is one: `3. May` at the start of a line may be a day."""
    first = block[0]
    if is_ended or abs(line.left - first.left) > 0.3 * line.size:
        return True
    return first.is_listed and abs(line.left - first.left) <= 0.3 * line.size and len(block) == 1


def _leads_to_page(line: Piece) -> bool:
    return bool(_LEADERS.search(line.text))


def _draft(lines: list[Piece], setting: Type, vocabulary: Vocabulary) -> Draft:
    draft = Draft(BlockKind.PARAGRAPH, lines[0].text, lines[:1])
    for line in lines[1:]:
        draft.take(line, vocabulary)
    first, text = lines[0], draft.text
    if _leads_to_page(first):
        draft.kind = BlockKind.FURNITURE
    elif _CAPTION.match(text) and len(text) < 2 * _LONGEST_HEADING:
        draft.kind = BlockKind.CAPTION
    elif _ASKS.match(text):
        draft.kind = BlockKind.QUESTION
    elif _heads(draft, setting):
        draft.kind = BlockKind.HEADING
    elif match := BULLET.match(text) or (first.is_marked and SYMBOL.match(text)) or None:
        draft.kind, draft.text = BlockKind.ITEM, text[match.end() :].lstrip()
    elif first.is_listed:
        draft.kind = BlockKind.STEP
    elif len(lines) == 1 and len(text) <= _LONGEST_FIELD and (pair := labelled(text)):
        draft.kind, (draft.name, draft.text) = BlockKind.FIELD, pair
    return draft


def _heads(draft: Draft, setting: Type) -> bool:
    """Whether a block is set as a heading: larger or bolder than the text, or in capitals; short, and no sentence."""
    line, text = draft.lines[0], draft.text
    if len(text) > _LONGEST_HEADING or text.endswith((",", ";", ":")) or not any(map(str.isalpha, text)):
        return False
    if line.size > _LARGER * setting.size:
        return len(draft.lines) < 5 and not BULLET.match(text)
    if len(draft.lines) > 2 or line.size < _SMALLER * setting.size or text.endswith("."):
        return False
    if BULLET.match(text):
        return False
    is_bold = line.is_bold and not setting.is_bold
    return (is_bold and not labelled(text)) or (text.isupper() and len(text) > 3 and " " not in text[:2])


def set_levels(drafts: Sequence[Draft]) -> None:
    """Gives headings and items their levels.

    The larger type is the higher heading, then the bold, then the shorter number; items are nested by their indents.
    """
    indents: list[float] = []
    for draft in drafts:
        if draft.kind in (BlockKind.ITEM, BlockKind.STEP):
            indents = [left for left in indents if left < draft.lines[0].left - 0.3 * draft.lines[0].size]
            draft.level = len(indents)
            indents.append(draft.lines[0].left)
        elif draft.kind is not BlockKind.FURNITURE:
            indents = []
    headings = [draft for draft in drafts if draft.kind is BlockKind.HEADING]
    styles = sorted({_style(draft) for draft in headings}, reverse=True)
    for draft in headings:
        draft.level = min(styles.index(_style(draft)) + 1, 6)


def _style(draft: Draft) -> tuple[float, bool, int]:
    numbered = _DEPTH.match(draft.text)
    depth = numbered[1].count(".") if numbered else 0
    return round(draft.lines[0].size), draft.lines[0].is_bold, -depth


def footnotes_of(lines: Sequence[Piece], setting: Type, height: float) -> int:
    """How many lines at the end of a column are footnotes: set smaller, each begun by its mark, low on the page."""
    at = len(lines)
    while at and lines[at - 1].size < _SMALLER * setting.size:
        at -= 1
    low = height * _LOW
    starts = [each for each in range(at, len(lines)) if lines[each].top > low and _NOTE.match(lines[each].text)]
    return len(lines) - starts[0] if starts else 0


def notes_of(lines: Sequence[Piece], vocabulary: Vocabulary) -> Iterator[Draft]:
    """Footnotes from their lines: each begins with its mark."""
    note: Draft | None = None
    for line in lines:
        if note is None or _NOTE.match(line.text):
            if note is not None:
                yield note
            note = Draft(BlockKind.FOOTNOTE, line.text, [line])
        else:
            note.take(line, vocabulary)
    if note is not None:
        yield note


def is_open(draft: Draft) -> bool:
    """Whether a block may go on in the next column or on the next page: its last sentence has no end."""
    going_on = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.STEP)
    return draft.kind in going_on and len(draft.text) < _LONGEST and not _ENDS.search(draft.text)


def goes_on(draft: Draft, line: Piece) -> bool:
    """Whether a line at the top of a column or page goes on with this block."""
    if not is_open(draft) or line.is_listed or abs(line.size - draft.last.size) > 0.08 * line.size:
        return False
    return line.is_bold == draft.last.is_bold or line.text[0].islower()


def is_question(draft: Draft, after: Draft | None) -> bool:
    """Whether a heading asks what the text beneath answers."""
    is_answered = after is not None and after.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.STEP)
    return draft.kind is BlockKind.HEADING and draft.text.endswith(("?", "？")) and is_answered


def is_dated(draft: Draft) -> bool:
    """Whether a paragraph begins with a year or a time, as the entries of a career do."""
    return draft.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and _DATED.match(draft.text) is not None


def is_numbered_heading(draft: Draft, after: Draft | None) -> bool:
    """Whether a numbered line is a heading of what follows: a few words without an end, and no item of a list."""
    if draft.kind is not BlockKind.STEP or len(draft.lines) > 1 or len(draft.text) > _LONG_NUMBERED:
        return False
    if _ENDS.search(draft.text) or not NUMBERED.match(draft.text) or draft.text[0] == "(":
        return False
    return after is not None and after.kind is BlockKind.PARAGRAPH
