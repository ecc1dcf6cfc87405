"""The blocks of a Markdown text as spans of it, by the line ranges that markdown-it tells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers.markdown_paragraph import paragraph_blocks, trimmed
from ingest.structure import leaning
from rag.domain import Block, BlockKind, Part, Span

_LONGEST_ITEM = 300
"""A paragraph of an item that is longer than this ends it; what follows leans on it."""
_NEW_LINE = re.compile(r"\r\n?|\n")  # what markdown-it takes for one
_TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
_COMMENT = re.compile(r"\s*<!--.*?(?:-->|\Z)\s*", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]{0,2000}>")
_SUMMARY = re.compile(r"<summary[^<>]{0,200}>\s*(\S.{0,500}?)\s*</summary>", re.DOTALL | re.IGNORECASE)
_BEFORE_ROW = re.compile(r"[ \t>]*\|?")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class _Reading:
    """A Markdown text being read."""

    text: str
    starts: list[int]
    ends: list[int]
    found: list[Block]
    lists: list[BlockKind]
    items: list[Block | None]
    """Of the lists that are open, the item under way."""
    columns: list[Span | None]
    records: int
    level: int = 0
    """Of the last heading."""
    summary_level: int = 1
    """Of the last summary of what opens at a click."""
    closed: dict[int, int] = field(default_factory=dict)
    """Before which blocks such a part is closed, and of which level it was."""


def markdown_blocks(text: str, start: int, head: Sequence[Block] = ()) -> tuple[Block, ...]:
    """The blocks of a Markdown text from `start` on, after those of its head, each with what it leans on."""
    body = text[start:]
    breaks = list(_NEW_LINE.finditer(body))
    reading = _Reading(
        text,
        starts=[start, *(start + found.end() for found in breaks)],
        ends=[*(start + found.start() for found in breaks), len(text)],
        found=list(head),
        lists=[],
        items=[],
        columns=[],
        records=len(head),
    )
    read = 0
    opened = ""
    for token in MarkdownIt("commonmark").enable("table").disable("inline").parse(body):
        is_leaf = token.type in ("fence", "code_block", "html_block", "hr", "tr_open") or (
            token.type == "inline" and opened in ("heading_open", "paragraph_open")
        )
        if is_leaf and token.map:
            _take_unparsed(reading, read, token.map[0])
            read = max(read, token.map[1])
        _take(reading, token, opened)
        if token.nesting == 1:
            opened = token.type
    _take_unparsed(reading, read, len(reading.starts))
    return leaning(reading.found, text, reading.closed)


def _take(reading: _Reading, token: Token, opened: str) -> None:
    match token.type:
        case "bullet_list_open" | "ordered_list_open":
            reading.lists.append(BlockKind.ITEM if token.type[0] == "b" else BlockKind.STEP)
        case "bullet_list_close" | "ordered_list_close":
            reading.lists.pop()
        case "list_item_open":
            reading.items.append(None)
        case "list_item_close":
            reading.items.pop()
        case "heading_open":
            reading.level = int(token.tag[1])
        case "thead_open":
            reading.columns = []
        case "inline" if opened == "heading_open" and (span := _span_of(reading, token)):
            reading.found.append(Block(BlockKind.HEADING, span, reading.level))
        case "inline" if opened == "paragraph_open" and (span := _span_of(reading, token)):
            _take_paragraph(reading, span)
        case "tr_open":
            _take_row(reading, token, is_head=opened == "thead_open")
        case "fence" | "code_block":
            first = _first_line(token) + (token.type == "fence")
            last = first + token.content.rstrip("\n").count("\n")
            if token.content.strip() and last < len(reading.ends):
                span = Span(reading.starts[first], reading.ends[last])
                reading.found.append(Block(BlockKind.CODE, span, leans_on=_item_above(reading)))
        case "html_block":
            _take_html(reading, token)
        case _:
            pass


def _take_paragraph(reading: _Reading, span: Span) -> None:
    """A paragraph, or of an item its first one; a short item goes on with the next."""
    if not reading.items:
        blocks = paragraph_blocks(reading.text, span, level=reading.level + 1, records=reading.records)
        reading.records = max([reading.records, *(block.record or 0 for block in blocks)])
        reading.found += blocks
        return
    item = reading.items[-1]
    if item is None:
        task = _TASK.match(reading.text, span.start, span.end)
        span = Span(task.end(), span.end) if task else span
        item = Block(reading.lists[-1], span, len(reading.lists) - 1)
        reading.found.append(item)
        reading.items[-1] = item
    elif reading.found[-1] is item and item.span.end - item.span.start < _LONGEST_ITEM:
        reading.found[-1] = reading.items[-1] = replace(item, span=Span(item.span.start, span.end))
    else:
        reading.found.append(Block(BlockKind.PARAGRAPH, span, leans_on=_item_above(reading)))


def _take_row(reading: _Reading, token: Token, *, is_head: bool) -> None:
    cells = _cells(reading, _first_line(token))
    words = [cell for cell in cells if cell]
    if not words:
        return
    whole = Span(words[0].start, words[-1].end)
    if is_head:
        reading.columns = cells
        reading.found.append(Block(BlockKind.FURNITURE, whole))
        return
    names = [*reading.columns, *[None] * len(cells)]
    parts = tuple(Part(cell, name) for cell, name in zip(cells, names, strict=False) if cell)
    reading.found.append(Block(BlockKind.ROW, whole, parts=parts, leans_on=_item_above(reading)))


def _cells(reading: _Reading, line: int) -> list[Span | None]:
    """The words of each cell of a line, None for an empty one."""
    start, end = reading.starts[line], reading.ends[line]
    before = _BEFORE_ROW.match(reading.text, start, end)
    start = before.end() if before else start
    bars = [found.start() for found in _BAR.finditer(reading.text, start, end)]
    if bars and not reading.text[bars[-1] + 1 : end].strip():
        end = bars.pop()
    edges = [start, *(bar + 1 for bar in bars)]
    return [trimmed(reading.text, Span(left, right)) for left, right in zip(edges, [*bars, end], strict=True)]


def _take_html(reading: _Reading, token: Token) -> None:
    first, last = token.map or [0, 0]
    span = trimmed(reading.text, Span(reading.starts[first], reading.ends[min(last, len(reading.ends)) - 1]))
    if span is None:
        return
    if _COMMENT.fullmatch(span.of(reading.text)):
        reading.found.append(Block(BlockKind.FURNITURE, span))
        return
    summary = _SUMMARY.search(reading.text, span.start, span.end)
    if summary:
        asks = summary.group(1).endswith(("?", "？"))
        kind, level = (BlockKind.QUESTION, 0) if asks else (BlockKind.HEADING, reading.level + 1)
        reading.found.append(Block(kind, Span(summary.start(1), summary.end(1)), level))
        reading.summary_level = reading.level + 1
    rest = trimmed(reading.text, Span(summary.end() if summary else span.start, span.end))
    if rest and _TAG.sub("", rest.of(reading.text)).strip():
        reading.found.append(Block(BlockKind.PARAGRAPH, rest, leans_on=_item_above(reading)))
    elif rest and summary is None:
        reading.found.append(Block(BlockKind.FURNITURE, rest))  # a picture, or a frame around what follows
    if "</details" in span.of(reading.text).lower():
        reading.closed[len(reading.found)] = reading.summary_level


def _take_unparsed(reading: _Reading, first: int, last: int) -> None:
    """Lines that are no part of the text to markdown-it, such as those that say where links lead."""
    for line in range(first, last):
        span = trimmed(reading.text, Span(reading.starts[line], reading.ends[line]))
        if span and any(map(str.isalnum, span.of(reading.text))):
            blocks = paragraph_blocks(reading.text, span, level=0, records=0)
            notes = [block for block in blocks if block.kind is BlockKind.FOOTNOTE]
            reading.found += notes or [Block(BlockKind.FURNITURE, span)]


def _item_above(reading: _Reading) -> tuple[Span, ...]:
    return tuple(item.span for item in reading.items if item)


def _span_of(reading: _Reading, token: Token) -> Span | None:
    """Where the words of a heading or a paragraph stand: marks of quotes and lists before them left out."""
    first, last = token.map or [0, 0]
    lines = token.content.split("\n")
    start = _found(reading, first, lines[0].strip())[0]
    end = _found(reading, min(last, len(reading.ends)) - 1, lines[-1].strip())[1]
    return trimmed(reading.text, Span(start, max(start, end)))


def _found(reading: _Reading, line: int, words: str) -> tuple[int, int]:
    start, end = reading.starts[line], reading.ends[line]
    at = reading.text.rfind(words, start, end)
    return (at, at + len(words)) if at >= 0 else (start, end)


def _first_line(token: Token) -> int:
    return token.map[0] if token.map else 0
