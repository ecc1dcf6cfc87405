"""Tables in plain text: columns set by white space or cells parted by a sign, and what names the cells."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.readers.plain_lines import TAB, Line
from ingest.readers.plain_page import Page
from rag.domain import Block, BlockKind, Part, Span
from rag.text.moments import moments_of

Found = tuple[list[Block], int]
"""The blocks that were read, and the line after them."""

RULE = re.compile(r"(?=.*([-=_~*#+]))(?:[|+: \t]*\1[|+: \t]*){3,}")
_CELL = re.compile(r"\S+(?:(?: |(?<=[.!?:;]) {2})\S+)*")
_COMMENT = re.compile(r"(?:#+|//+|%+|;+)[ \t]*")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|://")
_AMOUNT = re.compile(r"[\W\d_]*(?:[A-Z]{3}|kr|Euro?|%)?[\W\d_]*")
_SIGNS = "|;:"
_COMMENT_SIGNS = ("#", "//", "%", ";")
_FEWEST_ROWS, _FEWEST_OF_DEFINITION = 3, 4
_LONGEST_LABEL = 45
_LONGEST_ROW = 500
_FIRST_LOOK = 64
_MOST_COMMENTS = 30


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a line that stand apart, with the columns that they cover."""

    span: Span
    left: int
    right: int


def is_rule(words: str) -> bool:
    """Whether a line only parts or underlines: `-----`, `* * *`, `|---|---|`."""
    return words[:1] in "-=_~*#+|:" and RULE.fullmatch(words) is not None


def cells_of(line: Line) -> list[Cell]:
    """What stands in a line parted by tabs or by more than one space; a very long line is one cell."""
    words = line.words
    if ("  " not in words and "\t" not in words) or len(words) > _LONGEST_ROW:
        return [Cell(Span(line.start, line.end), line.indent, line.right)]
    before = " " * line.indent
    return [
        Cell(
            Span(line.start + match.start(), line.start + match.end()),
            left := len((before + words[: match.start()]).expandtabs(TAB)),
            left + match.end() - match.start(),
        )
        for match in _CELL.finditer(words)
    ]


def aligned(page: Page, at: int) -> Found | None:
    """A table whose cells stand in columns, with the rules in it; fields where it is labels and values."""
    if "  " not in page.lines[at].words and "\t" not in page.lines[at].words:
        return None
    table, columns, end = _in_columns(page, at)
    if len(columns) < 2 or sum(len(cells) > 1 for cells in table.values()) < 2:
        return None
    placed = {each: _placed(cells, columns) for each, cells in table.items()}
    has_rule = at + 1 < end and is_rule(page.lines[at + 1].words)
    rows = list(placed.values())
    if has_rule or _is_header(page.text, rows):
        names = {column: span for column, span in enumerate(rows[0]) if span is not None}
    elif len(columns) == 2 and _are_labels(page.text, rows):
        return _labelled(page, placed), end
    else:
        names = {}
    return list(_rows(page, at, end, placed, names)), end


def _in_columns(page: Page, at: int) -> tuple[dict[int, list[Cell]], list[tuple[int, int]], int]:
    """The cells of the lines from here on that stand in columns, where those stand, and the line after them.

    It looks twice as far each time, so that a long text whose lines stand in none costs little.
    """
    best: tuple[dict[int, list[Cell]], list[tuple[int, int]], int] = ({}, [], at)
    table: dict[int, list[Cell]] = {}
    left, end, reach = page.lines[at].indent, at, at + _FIRST_LOOK
    while end < page.end[at]:
        line = page.lines[end]
        cells = cells_of(line)
        is_between = is_rule(line.words)
        if len(cells) < 2 and not is_between and line.indent <= left + 1:
            break
        if not is_between:
            table[end] = cells
        end += 1
        if end == reach:
            columns = _columns(list(table.values()))
            if columns is None:
                return best
            best, reach = (dict(table), columns, end), end + (end - at)
    last = _columns(list(table.values()))
    return best if last is None else (table, last, end)


def _columns(lines: list[list[Cell]]) -> list[tuple[int, int]] | None:
    """Where the columns of these lines stand; None where their cells stand in no columns, as words of prose do not."""
    merged: list[tuple[int, int]] = []
    for left, right in sorted((cell.left, cell.right) for cells in lines for cell in cells):
        if merged and left < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    for cells in lines:
        taken = [_column_at(cell, merged) for cell in cells]
        if len(set(taken)) < len(taken):
            return None
    return merged


def _column_at(cell: Cell, columns: list[tuple[int, int]]) -> int:
    return bisect_right(columns, cell.left, key=lambda column: column[1])


def _placed(cells: list[Cell], columns: list[tuple[int, int]]) -> list[Span | None]:
    row: list[Span | None] = [None] * len(columns)
    for cell in cells:
        row[_column_at(cell, columns)] = cell.span
    return row


def _is_header(text: str, rows: Sequence[Sequence[Span | None]]) -> bool:
    """Whether the first row names the columns: it holds no figure but years and their like, and those below do."""
    cells = [["" if span is None else span.of(text) for span in row] for row in rows]
    first, below = cells[0], cells[1:]
    if len(below) < 2 or not all(first[1:]):
        return False
    if any(_is_figure(name, [row[at] for row in below]) for at, name in enumerate(first)):
        return False
    return len(first) > 2 or (bool(first[0]) and all(_AMOUNT.fullmatch(row[1]) for row in below))


def _is_figure(cell: str, below: Sequence[str]) -> bool:
    """Whether a cell holds a figure; a year over other figures is the name of their column."""
    is_name = _is_moment(cell) and not all(map(_is_moment, below))
    return re.search(r"\d", cell) is not None and not is_name


def _is_moment(cell: str) -> bool:
    """Whether a cell is a year, a month or a day and nothing else."""
    return any(moment.span == Span(0, len(cell)) for moment in moments_of(cell))


def _are_labels(text: str, rows: Sequence[Sequence[Span | None]]) -> bool:
    """Whether the first of two columns holds labels."""
    labels = [row[0].of(text) for row in rows if row[0] is not None]
    if len(labels) < _FEWEST_ROWS and any(re.search(r"\d", label) for label in labels):
        return False  # two things that stand side by side, as at the head of a letter
    return all(len(label) <= _LONGEST_LABEL and re.match(r"[^\W\d_]", label) for label in labels)


def _labelled(page: Page, placed: dict[int, list[Span | None]]) -> list[Block]:
    """Labels and their values, each a field, or a term where all are defined.

    What stands below a value without a label belongs to it.
    """
    values = [value.of(page.text) for label, value in placed.values() if label is not None and value is not None]
    defines = len(values) >= _FEWEST_ROWS and all(map(_defines, values))
    kind = BlockKind.TERM if defines else BlockKind.FIELD
    found: list[Block] = []
    for label, value in placed.values():
        if label is None and value is not None and found:
            above = found[-1]
            parts = (*above.parts, Part(value, above.parts[0].name if above.parts else None))
            found[-1] = Block(kind, Span(above.span.start, value.end), parts=parts)
        elif label is not None:
            name = Span(label.start, label.end - (label.of(page.text)[-1] in ":："))
            parts = (Part(value, name),) if value is not None else ()
            whole = Span(label.start, (value or label).end)
            found.append(Block(kind, whole, parts=parts))
    return found


def _defines(value: str) -> bool:
    """Whether a value says what its label means: in several words, as a sentence goes on."""
    return value[0].islower() and len(value.split()) >= _FEWEST_OF_DEFINITION


def _rows(
    page: Page, at: int, end: int, placed: dict[int, list[Span | None]], names: dict[int, Span]
) -> Iterator[Block]:
    """The rows of a table, the head of its columns and its rules as furniture."""
    row: Block | None = None
    indent = page.lines[at].indent
    for each in range(at, end):
        line = page.lines[each]
        cells = placed.get(each)
        if cells is None or (names and each == at):
            if row is not None:
                yield row
            row = None
            yield Block(BlockKind.FURNITURE, Span(line.start, line.end))
            continue
        parts = tuple(Part(span, names.get(column)) for column, span in enumerate(cells) if span is not None)
        is_more = (cells[0] is None and 2 * len(parts) <= len(cells)) or (len(parts) == 1 and line.indent > indent)
        if row is not None and is_more:
            row = Block(BlockKind.ROW, Span(row.span.start, line.end), parts=(*row.parts, *parts))
            continue
        if row is not None:
            yield row
        row = Block(BlockKind.ROW, Span(line.start, line.end), parts=parts)
    if row is not None:
        yield row


def delimited(page: Page, at: int) -> Found | None:
    """A table whose cells are parted by a sign, and its comments: `AAL:Aalborg:DK` below `# Code:Name:Country`."""
    if not page.lines[at].words.startswith(_COMMENT_SIGNS) and not any(map(page.lines[at].words.count, _SIGNS)):
        return None
    rows = _first_data(page, at)
    sign = _sign(page, rows)
    if sign is None:
        return None
    start = rows[0]
    columns = page.lines[start].words.strip("|").count(sign) + 1
    found: list[Block] = []
    names: list[Span] = []
    each = at
    while each < len(page.lines):
        line = page.lines[each]
        whole = Span(line.start, line.end)
        comment = _COMMENT.match(line.words)
        if not line.words:
            each += 1
            continue
        if comment is not None:
            said = Span(line.start + comment.end(), line.end)
            if columns > 1 and said.of(page.text).count(sign) == columns - 1:
                names = _parted(page.text, said, sign, columns)
                found.append(Block(BlockKind.FURNITURE, whole))
            else:
                found.append(_comment(page.text, said, whole, is_first=each == 0))
        elif is_rule(line.words):
            found.append(Block(BlockKind.FURNITURE, whole))
        elif sign in line.words:
            cells = _parted(page.text, whole, sign, columns)
            if not names and each == start and _names_columns(page, each, sign):
                names = cells
                found.append(Block(BlockKind.FURNITURE, whole))
            else:
                parts = [
                    Part(cell, names[column] if column < len(names) else None)
                    for column, cell in enumerate(cells)
                    if cell.start < cell.end
                ]
                found.append(Block(BlockKind.ROW, whole, parts=tuple(parts)))
        else:
            break
        each += 1
    return found, each


def _first_data(page: Page, at: int) -> list[int]:
    """The first lines from here that are neither blank, nor rules, nor comments."""
    near = range(at, min(at + _MOST_COMMENTS, len(page.lines)))
    data = (each for each in near if _is_data(page.lines[each].words))
    return list(islice(data, _FEWEST_ROWS))


def _is_data(words: str) -> bool:
    return bool(words) and not _COMMENT.match(words) and not is_rule(words)


def _sign(page: Page, rows: Sequence[int]) -> str | None:
    """The sign that parts the cells of these lines, each into as many; None where none does."""
    words = [page.lines[each].words for each in rows]
    if not words or not (len(words) == _FEWEST_ROWS or "|" in words[0]) or any(map(_CLOCK.search, words)):
        return None
    for sign in _SIGNS:
        counts = {line.strip("|").count(sign) for line in words}
        if len(counts) > 1 or not max(counts) or (counts == {1} and sign != "|" and words[0].endswith(sign)):
            continue
        if sign == "|" or not any(f"{sign} " in line for line in words):
            return sign
    return None


def _parted(text: str, span: Span, sign: str, columns: int) -> list[Span]:
    """The cells of a line without the white space around them; what is left over belongs to the last."""
    start, found = span.start, []
    words = span.of(text)
    start += len(words) - len(words.removeprefix("|"))
    for cell in words.removeprefix("|").removesuffix("|").split(sign, columns - 1):
        left = start + len(cell) - len(cell.lstrip())
        found.append(Span(left, left + len(cell.strip())))
        start += len(cell) + 1
    return found


def _names_columns(page: Page, at: int, sign: str) -> bool:
    """Whether the first of the rows names the columns: a rule stands below it, or figures stand below words."""
    if at + 1 < page.end[at] and is_rule(page.lines[at + 1].words):
        return True
    below = page.lines[at + 1].words if at + 1 < page.end[at] else ""
    if sign not in below or not re.search(r"\d", below):
        return False
    pairs = zip(page.lines[at].words.split(sign), below.split(sign), strict=False)
    return not any(_is_figure(name.strip(), [value.strip()]) for name, value in pairs)


def _comment(text: str, said: Span, whole: Span, *, is_first: bool) -> Block:
    """What a comment between rows is: the title, what the rows below it are, or nothing."""
    if said.start == said.end or not re.match(r"[^\W\d_]", said.of(text)):
        return Block(BlockKind.FURNITURE, whole)
    if is_first:
        return Block(BlockKind.HEADING, said)
    return Block(BlockKind.CAPTION, said)
