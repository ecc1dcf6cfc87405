"""The text of a document as what it is made of: headings, lists, tables, fields, with the cited words marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup

from rag.domain import Block, BlockKind, Document, Part, Span

_MOST_COLUMNS = 24
_FLOWS_FROM = 60
"""Lines as long as this were wrapped by a program, and may be wrapped anew; shorter ones, as of an address, stay."""
_WORD = re.compile(r"[^\W_]")
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})[^\n]*$", re.MULTILINE)
_HEADINGS = ("h3", "h3", "h4")
_TAGS = {
    BlockKind.CODE: "pre",
    BlockKind.QUOTED: "blockquote",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a document's text: quotes, in order, and which of them is looked at."""

    spans: tuple[Span, ...] = ()
    here: int = 0

    def on(self, text: str, part: Span) -> Markup:
        """The words of a part of the text, the quotes in it marked; each mark tells which quote it is of."""
        pieces, position = [], part.start
        for place, span in enumerate(self.spans):
            start, end = max(span.start, position), min(span.end, part.end)
            if start < end:
                template = Markup('{}<mark data-of="{}"{}>{}</mark>')
                is_here = Markup(' class="here"') if place == self.here else Markup()
                pieces.append(template.format(text[position:start], place, is_here, text[start:end]))
                position = end
        pieces.append(Markup("{}").format(text[position : part.end]))
        return Markup().join(pieces)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a document as HTML, and the part of the text that it shows."""

    span: Span
    html: Markup


@dataclass(slots=True)
class _Row:
    block: Block
    cells: dict[str, Span] = field(default_factory=dict)


def pieces_of(document: Document, shown: Span, marks: Marks) -> Iterator[Piece]:
    """The shown part of a document, block by block; words that stand in none stay where they are."""
    text, position = document.text, shown.start
    blocks = [block for block in document.blocks_in(shown) if block.span]
    for is_table, group in groupby(_apart(blocks), key=lambda block: _cells(text, block) is not None):
        run = list(group)
        if is_table:
            for rows in _tables(text, run):
                yield from _loose(text, Span(position, max(position, rows[0].block.span.start)), marks)
                end = rows[-1].block.span.end
                yield Piece(Span(min(position, end), end), _table(text, rows, marks))
                position = max(position, end)
            continue
        for place, block in enumerate(run):
            start = max(block.span.start, position)
            if start >= block.span.end:
                continue
            gap = Span(position, start)
            lead = ""
            if block.kind is BlockKind.STEP:  # its number stands before it
                line = max(position, text.rfind("\n", position, start) + 1)
                lead, gap = text[line:start].strip(), Span(position, line)
            if block.kind is BlockKind.CODE:
                gap = _without_fence(text, gap)
            yield from _loose(text, gap, marks)
            if not (place == len(run) - 1 and _is_head(text, block, blocks)):
                yield Piece(Span(start, block.span.end), _block(text, block, Span(start, block.span.end), lead, marks))
            position = block.span.end
    yield from _loose(text, Span(position, max(position, shown.end)), marks)


def _apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks in order, without those that lie in one before."""
    end = 0
    for block in sorted(blocks, key=lambda block: block.span):
        if block.span.end > end:
            yield block
            end = block.span.end


def _loose(text: str, gap: Span, marks: Marks) -> Iterator[Piece]:
    """Words between blocks; signs alone, such as those of Markdown, are left out."""
    if gap and _WORD.search(text, gap.start, gap.end):
        yield Piece(gap, Markup('<div class="loose">{}</div>').format(marks.on(text, gap)))


def _without_fence(text: str, gap: Span) -> Span:
    fence = _FENCE.search(text, gap.start, gap.end)
    return Span(gap.start, fence.start()) if fence else gap


def _block(text: str, block: Block, span: Span, lead: str, marks: Marks) -> Markup:
    words = _named(text, block.parts, span, marks) if block.kind in _WITH_NAMES else marks.on(text, span)
    if block.kind is BlockKind.HEADING:
        tag = _HEADINGS[min(block.level, len(_HEADINGS)) - 1] if block.level else "h3"
        return Markup('<{0} class="heading level-{1}">{2}</{0}>').format(Markup(tag), min(block.level, 6), words)
    if block.kind in (BlockKind.ITEM, BlockKind.STEP):
        sign = Markup('<span class="sign">{}</span>').format(lead or "•")
        template = Markup('<div class="item depth-{}">{}<div>{}</div></div>')
        return template.format(min(block.level, 5), sign, words)
    tag = _TAGS.get(block.kind, "p")
    flows = " flows" if block.kind is not BlockKind.CODE and _is_wrapped(span.of(text)) else ""
    return Markup('<{0} class="{1}{2}">{3}</{0}>').format(Markup(tag), block.kind.value, Markup(flows), words)


_WITH_NAMES = frozenset({BlockKind.FIELD, BlockKind.TERM})


def _named(text: str, parts: Sequence[Part], span: Span, marks: Marks) -> Markup:
    """A field or a term with its name standing out."""
    name = parts[0].name if parts else None
    if name is None or not name.within(span):
        return marks.on(text, span)
    before, after = Span(span.start, name.start), Span(name.end, span.end)
    return Markup("{}<b>{}</b>{}").format(marks.on(text, before), marks.on(text, name), marks.on(text, after))


def _is_wrapped(words: str) -> bool:
    return "\n" in words and max(map(len, words.split("\n"))) > _FLOWS_FROM


# -- tables


def _cells(text: str, block: Block) -> dict[str, Span] | None:
    """The cells of a row by the names of their columns; None where it is none, or has words beside its cells."""
    if block.kind is not BlockKind.ROW or not block.parts or len(block.parts) > _MOST_COLUMNS:
        return None
    cells: dict[str, Span] = {}
    left = list(text[block.span.start : block.span.end])
    for place, part in enumerate(block.parts):
        name = " ".join(part.name.of(text).split()) if part.name else ""
        while name in cells or not name:
            name = f"{name}\0{place}"  # a column of its own, though nothing, or another's words, names it
        cells[name] = part.value
        for span in (part.value, part.name):
            if span is not None and span.within(block.span):
                start = span.start - block.span.start
                left[start : start + span.end - span.start] = " " * (span.end - span.start)
    return None if _WORD.search("".join(left)) else cells


def _tables(text: str, blocks: Sequence[Block]) -> Iterator[list[_Row]]:
    """Rows that stand below one another, and share the names of their columns."""
    table: list[_Row] = []
    for block in blocks:
        cells = _cells(text, block) or {}
        if table:
            last = table[-1]
            apart = _WORD.search(text, last.block.span.end, block.span.start)
            if (
                apart
                or not cells.keys() & last.cells.keys()
                or "\n\n\n" in text[last.block.span.end : block.span.start]
            ):
                yield table
                table = []
        table.append(_Row(block, cells))
    if table:
        yield table


def _table(text: str, rows: Sequence[_Row], marks: Marks) -> Markup:
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    has_names = any(not name.startswith("\0") for name in columns)
    heads = Markup().join(Markup('<th scope="col">{}</th>').format(name.partition("\0")[0]) for name in columns)
    head = Markup("<thead><tr>{}</tr></thead>").format(heads) if has_names else Markup()
    body = Markup().join(
        Markup("<tr>{}</tr>").format(
            Markup().join(
                Markup("<td>{}</td>").format(marks.on(text, row.cells[name]) if name in row.cells else "")
                for name in columns
            )
        )
        for row in rows
    )
    return Markup('<div class="table"><table>{}<tbody>{}</tbody></table></div>').format(head, body)


def _is_head(text: str, block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a block is the line with the names of a table's columns, which stands above the table anyway."""
    following = next((other for other in blocks if other.span.start >= block.span.end), None)
    if following is None or _cells(text, following) is None:
        return False
    names = [part.name for part in following.parts if part.name is not None]
    return bool(names) and all(name.within(block.span) for name in names)
