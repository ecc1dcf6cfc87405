"""Lists and tables whole: all items, steps or rows around one of them, in the document's order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.domain import Block, BlockKind, Document, Span
from rag.evidence.statement import Statement, statements_of
from rag.ports import Library
from rag.search.orders import without_instructions

LISTED = frozenset({BlockKind.ITEM, BlockKind.STEP})
_MOST_BLOCKS = 400
"""A longer list is not taken whole."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a document: what each of its blocks says, in order, and what all of it stands under."""

    members: tuple[Statement, ...]
    above: tuple[str, ...]
    """Its headings and lead-in, outermost first, each on one line."""
    levels: tuple[int, ...]
    """How deep each member is nested, from 0."""


def listing_around(said: Statement, library: Library) -> Listing | None:
    """The list, steps or table that a statement stands in; None where it stands in none."""
    document = library.document(said.passage.document)
    at = _at(document, said.span)
    block = document.blocks[at] if at is not None else None
    if at is None or block is None or block.kind not in LISTED | {BlockKind.ROW}:
        return None
    base = _base(document, block)
    up = list(_run(document, base, block.kind, range(at - 1, -1, -1)))[::-1]
    down = list(_run(document, base, block.kind, range(at + 1, len(document.blocks))))
    return _listing(document, base, [*up, block, *down], library)


def listing_below(said: Statement, library: Library) -> Listing | None:
    """The first list right below a heading, or that a sentence leads to; None where there is none."""
    document = library.document(said.passage.document)
    at = _at(document, said.span)
    if at is None:
        return None
    head = document.blocks[at].span
    for place in range(at + 1, min(at + _MOST_BLOCKS, len(document.blocks))):
        block = document.blocks[place]
        if not any(_shares(said.span, one) or _shares(head, one) for one in block.leans_on):
            if block.kind is BlockKind.FURNITURE:
                continue
            return None
        if block.kind in LISTED:
            base = _base(document, block)
            run = list(_run(document, base, block.kind, range(place + 1, len(document.blocks))))
            return _listing(document, base, [block, *run], library)
    return None


def _run(document: Document, base: tuple[Span, ...], kind: BlockKind, places: range) -> Iterator[Block]:
    """The blocks that go on a list, one way, up to where another begins."""
    for taken, place in enumerate(places):
        block = document.blocks[place]
        if taken > _MOST_BLOCKS:
            return
        if block.kind is BlockKind.FURNITURE:
            continue
        if _base(document, block) != base or (block.kind is not kind and block.leans_on == base):
            return
        yield block


def _base(document: Document, block: Block) -> tuple[Span, ...]:
    """What a block stands under, without the items above it of its own list."""
    return tuple(
        one for one in block.leans_on if not any(above.kind in LISTED for above in document.blocks_in(one)[:1])
    )


def _listing(document: Document, base: tuple[Span, ...], blocks: Sequence[Block], library: Library) -> Listing | None:
    whole = Span(blocks[0].span.start, blocks[-1].span.end)
    said: dict[int, Statement] = {}
    for passage in library.passages_of(document.id):
        if _shares(passage.span, whole):
            for one in statements_of(without_instructions(passage)):
                said.setdefault(one.span.start, one)
    found = []
    for block in blocks:
        inside = [start for start in said if block.span.start <= start < block.span.end]
        if inside and block.kind in LISTED | {BlockKind.ROW}:
            found.append((said[min(inside)], len(block.leans_on) - len(base)))
    if not found:
        return None
    above = tuple(" ".join(one.of(document.search_text).split()) for one in base)
    return Listing(tuple(one for one, _ in found), above, tuple(level for _, level in found))


def _at(document: Document, span: Span) -> int | None:
    """The place of the block that holds where a span begins."""
    held = document.blocks_in(Span(span.start, span.start + 1))
    return document.blocks.index(held[0]) if held else None


def _shares(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
