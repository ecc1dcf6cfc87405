"""Blocks in the making: readers say what each piece of a document is, and the text and what leans on what follow.

Formats whose stored text is made here, such as web pages and office files, write it with `TextWriter`. Formats whose
stored text is the file itself, such as Markdown, name spans of it and have them lean with `leaning`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rag.domain import Block, BlockKind, Box, Part, Span

_LISTED = (BlockKind.ITEM, BlockKind.STEP)
_LED_IN = (*_LISTED, BlockKind.ROW, BlockKind.FIELD, BlockKind.TERM, BlockKind.CODE)
_BETWEEN_CELLS = "; "
_MOST_SUBTITLES, _LONGEST_SUBTITLE, _BELOW_TITLE = 2, 80, 0.5
_MOST_DIGITS = 8
_ENDED = re.compile(r"[.!?…:;,。！？：；，][\"'”’»)\]*_]*$")
_BYLINE = re.compile(r"(?:by|von|par|por|photo|foto|image|bild)\b|.*(?:@|://|www\.)", re.IGNORECASE | re.DOTALL)


def leaning(blocks: Iterable[Block], text: str, ends: Mapping[int, int] | None = None) -> tuple[Block, ...]:
    """The blocks of a document in order, each with what it leans on; what its reader made it lean on comes last.

    A block leans on the headings above it, and on short lines right below the title, which go on with it; on the
    question before it, up to the next question or heading; an item, row, field or code on a paragraph right before its
    list that ends with a colon, and an item on the item that it is nested in; a row on its caption. `ends` tells the
    blocks, by their places from 0, before which a section ends that has no heading after it, and of which level it was.
    """
    headings: list[tuple[float, Span]] = []
    question: Span | None = None
    lead_in: Span | None = None
    above: list[Block] = []
    found: list[Block] = []
    before, may_go_on = None, 0
    for at, block in enumerate(blocks):
        if ends and at in ends:
            headings = [heading for heading in headings if heading[0] < ends[at]]
            question, lead_in, above = None, None, []
        if block.kind is BlockKind.FURNITURE:
            found.append(block)
            continue
        is_within = any(item.span in block.leans_on for item in above)
        if block.kind is BlockKind.HEADING:
            headings = [heading for heading in headings if heading[0] < block.level]
            question, lead_in, above = None, None, []
        elif block.kind is BlockKind.QUESTION:
            question, lead_in, above = None, None, []
        elif block.kind not in _LED_IN or (before is BlockKind.ROW is not block.kind):
            lead_in, above = (lead_in, above) if is_within else (None, [])
        elif block.kind in _LISTED:
            above = [item for item in above if item.level < block.level]
        elif not is_within:
            above = []
        leant = [span for _, span in headings]
        leant += [span for span in (question, lead_in) if span is not None]
        leant += [item.span for item in above if not is_within or item.span in block.leans_on]
        found.append(replace(block, leans_on=tuple(dict.fromkeys([*leant, *block.leans_on]))))
        may_go_on = max(may_go_on - 1, 0)
        if block.kind is BlockKind.HEADING:
            may_go_on = _MOST_SUBTITLES + 1 if before is None else 0
            headings.append((block.level, block.span))
        elif block.kind is BlockKind.QUESTION:
            question = block.span
        elif block.kind in _LISTED:
            above.append(block)
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.CAPTION) and not is_within:
            words = block.span.of(text).rstrip()
            leads = block.kind is BlockKind.CAPTION or words.endswith((":", "："))
            lead_in = block.span if leads else None
            if block.kind is BlockKind.CAPTION or leads or _is_prose(words):
                may_go_on = 0
            elif may_go_on > 0 and not _is_aside(words):
                headings.append((headings[0][0] + _BELOW_TITLE, block.span))
        before = block.kind
    return tuple(found)


def _is_prose(words: str) -> bool:
    """Whether a paragraph below the title is more than a line that goes on with it, such as `Minutes of 3 May`."""
    return len(words) > _LONGEST_SUBTITLE or "\n" in words or _ENDED.search(words) is not None


def _is_aside(words: str) -> bool:
    """Whether a line below the title says who wrote it or how to reach them, and so nothing of the rest."""
    return _BYLINE.match(words) is not None or sum(map(str.isdigit, words)) > _MOST_DIGITS


def shifted(block: Block, by: int, *, records: int = 0) -> Block:
    """The same block, `by` code points further on in a longer text that has so many records before it."""
    return replace(
        block,
        span=block.span.shifted(by),
        leans_on=tuple(span.shifted(by) for span in block.leans_on),
        parts=tuple(Part(part.value.shifted(by), part.name and part.name.shifted(by)) for part in block.parts),
        record=None if block.record is None else block.record + records,
    )


class TextWriter:
    """Writes the stored text of a document block by block; the white space of words is squeezed, save that of code."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._records = 0
        self._ends: dict[int, int] = {}
        self.pages: list[int] = []
        """The start of each page or sheet in the text."""

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks so far, each with what it leans on."""
        return leaning(self._blocks, self.text, self._ends)

    def page(self) -> None:
        """A new page, slide or sheet begins with the next block."""
        self.pages.append(self._length + (2 if self._length else 0))

    def end_section(self, level: int) -> None:
        """What follows belongs neither to the headings of this level and below it nor to the question above."""
        self._ends[len(self._blocks)] = min(level, self._ends.get(len(self._blocks), level))

    def record(self) -> int:
        """A number for the blocks of one record, such as the fields of a form."""
        self._records += 1
        return self._records

    def add(
        self,
        kind: BlockKind,
        words: str,
        *,
        level: int = 0,
        leans_on: Sequence[Span] = (),
        boxes: Sequence[Box] = (),
        record: int | None = None,
    ) -> Span | None:
        """A block of these words; None, and no block, where there are none."""
        squeezed = words.strip("\n") if kind is BlockKind.CODE else " ".join(words.split())
        if not squeezed.strip():
            return None
        return self._write(kind, squeezed, (), level, leans_on, boxes, record)

    def pair(
        self,
        kind: BlockKind,
        name: str,
        value: str,
        *,
        leans_on: Sequence[Span] = (),
        boxes: Sequence[Box] = (),
        record: int | None = None,
    ) -> Span | None:
        """A field and its label, or a term and its definition: `Due date: 3 July`. Without a value it has no part."""
        name, value = " ".join(name.split()).rstrip(":： "), " ".join(value.split())
        if not name or not value:
            return self.add(kind, f"{name}:" if name else value, leans_on=leans_on, boxes=boxes, record=record)
        start = len(name) + 2
        part = Part(Span(start, start + len(value)), Span(0, len(name)))
        return self._write(kind, f"{name}: {value}", (part,), 0, leans_on, boxes, record)

    def row(
        self,
        cells: Sequence[str],
        columns: Sequence[str] = (),
        *,
        leans_on: Sequence[Span] = (),
        boxes: Sequence[Box] = (),
    ) -> Span | None:
        """A row of a table, its cells named by their columns so that it can be read alone: `Month: March; Rent: 850`.

        Cells without words are left out.
        """
        written, parts = "", []
        for at, cell in enumerate(cells):
            value = " ".join(cell.split())
            column = " ".join(columns[at].split()) if at < len(columns) else ""
            if not value:
                continue
            written += _BETWEEN_CELLS if written else ""
            start = len(written)
            written += f"{column}: {value}" if column else value
            name = Span(start, start + len(column)) if column else None
            parts.append(Part(Span(len(written) - len(value), len(written)), name))
        return self._write(BlockKind.ROW, written, parts, 0, leans_on, boxes, None) if written else None

    def insert(self, text: str, blocks: Sequence[Block]) -> None:
        """A text as it stands, such as the plain part of a mail, with its blocks; their records become this text's."""
        if not text.strip():
            return
        start = self._length + (2 if self._length else 0)
        self._pieces.append("\n\n" * bool(self._length) + text)
        self._length = start + len(text)
        self._blocks += [shifted(block, start, records=self._records) for block in blocks]
        self._records = max([self._records, *(block.record or 0 for block in self._blocks)])

    def _write(
        self,
        kind: BlockKind,
        words: str,
        parts: Sequence[Part],
        level: int,
        leans_on: Sequence[Span],
        boxes: Sequence[Box],
        record: int | None,
    ) -> Span:
        if self._length:
            between = "\n" if self._is_close(kind) else "\n\n"
            self._pieces.append(between)
            self._length += len(between)
            begun = len(self.pages)
            while begun and self.pages[begun - 1] > self._length:
                begun -= 1
                self.pages[begun] = self._length
        start = self._length
        self._pieces.append(words)
        self._length += len(words)
        span = Span(start, self._length)
        moved = shifted(Block(kind, Span(0, len(words)), level, parts=tuple(parts), record=record), start)
        self._blocks.append(replace(moved, leans_on=tuple(leans_on), boxes=tuple(boxes)))
        return span

    def _is_close(self, kind: BlockKind) -> bool:
        """Whether a block stands on the line after the one before it: rows, items and fields of one group do."""
        close = (*_LISTED, BlockKind.ROW, BlockKind.FIELD, BlockKind.TERM)
        return kind in close and bool(self._blocks) and self._blocks[-1].kind in close
