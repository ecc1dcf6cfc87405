"""Blocks as the catalog keeps them with each passage: short JSON, with the words around that stand elsewhere."""

import json
from functools import lru_cache

from rag.domain import Block, BlockKind, Box, Part, Passage, Quote, Span

_KINDS = tuple(BlockKind)
_Stored = tuple[tuple[Block, ...], tuple[Quote, ...], str]


def stored_blocks(passage: Passage) -> str:
    """The blocks of a passage, the words around them and the head of its document, as one text."""
    places = {quote.span: place for place, quote in enumerate(passage.around)}
    blocks = [
        [
            _KINDS.index(block.kind),
            *_ends(block.span),
            block.level,
            [places[span] for span in block.leans_on],
            [
                [part.value.start, part.value.end, -1 if part.name is None else places[part.name]]
                for part in block.parts
            ],
            [
                [box.page, *(round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom))]
                for box in block.boxes
            ],
            block.record,
        ]
        for block in passage.blocks
    ]
    around = [[*_ends(one.span), *([] if one.span.within(passage.span) else [one.text])] for one in passage.around]
    return json.dumps([blocks, around, passage.head], ensure_ascii=False, separators=(",", ":"))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@lru_cache(maxsize=2048)
def kept_blocks(stored: str, start: int, search_text: str) -> _Stored:
    """As `blocks_from`, of passages that questions ask for again and again."""
    return blocks_from(stored, start, search_text)


def blocks_from(stored: str, start: int, search_text: str) -> _Stored:
    """Blocks, the words around and the head of the document; `search_text` begins at `start`, and holds the passage."""
    if not stored:
        return (), (), ""
    blocks, around, head = json.loads(stored)
    quotes = tuple(_quote(one, start, search_text) for one in around)
    return (
        tuple(
            Block(
                kind=_KINDS[kind],
                span=Span(first, last),
                level=level,
                leans_on=tuple(quotes[place].span for place in leans_on),
                parts=tuple(
                    Part(Span(begin, end), None if name < 0 else quotes[name].span) for begin, end, name in parts
                ),
                boxes=tuple(Box(*box) for box in boxes),
                record=record,
            )
            for kind, first, last, level, leans_on, parts, boxes, record in blocks
        ),
        quotes,
        head,
    )


def _quote(one: list[int | str], start: int, search_text: str) -> Quote:
    first, last, *elsewhere = one
    span = Span(int(first), int(last))
    return Quote(span, str(elsewhere[0]) if elsewhere else span.shifted(-start).of(search_text))
