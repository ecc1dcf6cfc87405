"""Writes the blocks and tables of pages as the text of a document."""

from collections.abc import Sequence

from ingest.readers.pages.blocks import Draft, boxes_of
from ingest.readers.pages.layout import Laid
from ingest.readers.pages.tables import Table, lines_of, names_of_columns, pairs_of, sum_of, words_of
from ingest.structure import TextWriter
from rag.domain import Block, BlockKind, Span


def written(laid: Sequence[Laid], pages: int) -> tuple[str, tuple[Block, ...], tuple[int, ...]]:
    """The text of a document, its blocks, and where each of its pages begins in the text."""
    writer = TextWriter()
    starts: dict[int, int] = {}
    form = writer.record()
    record: int | None = None
    names: tuple[str, ...] = ()
    above: Laid | None = None
    for each in laid:
        before, above = above, each
        if isinstance(each, Table):
            if each.is_form:
                record = form
            elif names and record is not None and isinstance(before, Table):
                pass  # the sums below a table
            elif pairs := pairs_of(each):
                # Days or numbers with what they stand for are not about one thing, as the labels of a bill are.
                counted = sum(any(map(str.isdigit, words_of(label))) for label, _ in pairs)
                record = writer.record() if counted * 2 <= len(pairs) else None
            names, first = _table(each, writer, names, record)
            if first is not None:
                starts.setdefault(each.page, first.start)
            continue
        if each.kind is not BlockKind.FURNITURE:
            names = ()
        if each.name and not (isinstance(before, Draft) and before.name):
            record = writer.record()
        span = _draft(each, writer, record)
        if span is not None:
            starts.setdefault(each.page, span.start)
            for at, page in each.breaks:
                starts.setdefault(page, span.start + at)
    return writer.text, writer.blocks, _every_page(starts, pages, len(writer.text))


def _draft(draft: Draft, writer: TextWriter, record: int | None) -> Span | None:
    if draft.name:
        return writer.pair(draft.kind, draft.name, draft.text, boxes=draft.boxes, record=record)
    return writer.add(draft.kind, draft.text, level=draft.level, boxes=draft.boxes)


def _table(
    table: Table, writer: TextWriter, before: tuple[str, ...], record: int | None
) -> tuple[tuple[str, ...], Span | None]:
    """Writes a table; gives the names of its columns and where its first row stands.

    `before` are the names of the table before it, which goes on in this one where this one has none of its own.
    `record` is that of the fields: those of the table, or those above it, which say whose sums it ends with.
    """
    first: Span | None = None
    span: Span | None
    pairs = pairs_of(table)
    if table.is_form or pairs:
        for label, value in pairs or table.rows:
            boxes = boxes_of([*label, *value])
            span = writer.pair(BlockKind.FIELD, words_of(label), words_of(value), boxes=boxes, record=record)
            first = first or span
        return (), first
    names, head = names_of_columns(table)
    if not head and len(before) == len(table.rows[0]):
        names = before
    named: Span | None = None
    for row in table.rows[head:]:
        boxes = boxes_of(lines_of(row))
        if total := sum_of(row, table, names):
            span = writer.pair(BlockKind.FIELD, words_of(total[0]), words_of(total[1]), boxes=boxes, record=record)
        else:
            # A row without a name of its own has that of the row above, whose cell reaches over both.
            leans_on = [named] if named is not None and not row[0] else []
            span = writer.row([words_of(cell) for cell in row], names, leans_on=leans_on, boxes=boxes)
            named = span if row[0] else named
        first = first or span
    return names, first


def _every_page(starts: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    """The starts of all pages; a page without words begins where the next one does."""
    found: list[int] = []
    for page in range(pages, 0, -1):
        end = min(end, starts.get(page, end))
        found.append(end)
    return tuple(reversed(found))
