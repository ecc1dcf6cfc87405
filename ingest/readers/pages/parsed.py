"""The pages of a PDF as its parser gives them: upright, their furniture told apart, with their tables.

`liteparse` gives pieces of text with their places, tables, lines, fields and notes. Its recognition of pictures (OCR)
stays off: it fetches data of its languages.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from liteparse import AnnotationRect, LayoutBlock, LiteParse, ParsedPage

from ingest.limits import allow_pages
from ingest.readers.pages.forms import forms_of
from ingest.readers.pages.furniture import parted
from ingest.readers.pages.layout import Page
from ingest.readers.pages.pieces import Piece, is_bold
from ingest.readers.pages.raised import is_tall, with_raised
from ingest.readers.pages.ruled import Rules, ruled_tables, rules_of
from ingest.readers.pages.spaced import are_placed
from ingest.readers.pages.tables import Table, seen_table
from ingest.readers.pages.turned import Turn, turn_of
from ingest.readers.pages.words import with_ligatures

_PAGES_AT_ONCE = 50
_NOT_NOTES = ("widget", "link", "popup")


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as the parser gives it, upright."""

    number: int
    height: float
    pieces: Sequence[Piece]
    aside: Sequence[Piece]
    rules: Rules
    seen: Sequence[LayoutBlock]
    forms: Sequence[Table]
    notes: Sequence[Piece]
    are_placed: bool
    turn: Turn | None = None
    """How its words are turned on the page as it is shown."""


def _parser(**options: Any) -> LiteParse:
    return LiteParse(
        ocr_enabled=False,  # it fetches data of its languages
        quiet=True,
        num_workers=1,
        continue_on_page_error=True,
        extract_blocks=True,
        extract_form_fields=True,
        extract_annotations=True,
        extract_text_metadata=True,
        extract_vector_graphics=True,
        **options,
    )


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the parser gives of a file."""

    pages: Sequence[RawPage]
    number_of_pages: int
    failed: Sequence[int] = ()
    """The numbers of the pages that are damaged."""


def parsed(data: bytes, *, name: str, most_pages: int) -> Parsed:
    """The pages of a PDF; raises ParseError where it is damaged, DocumentError where it has more than `most_pages`."""
    pages: list[RawPage] = []
    failed: list[int] = []
    total = 0
    for batch in _parser(max_pages=most_pages).parse_batches(data, _PAGES_AT_ONCE):
        if not total:
            total = batch.total_pages
            allow_pages(total, most=most_pages, name=name)
        found = {page.page_num: page for page in batch.result.pages}
        turns = {number: turn for number, page in found.items() if (turn := turn_of(page))}
        upright = {"page_orientation_corrections": [(number, turn.degrees) for number, turn in turns.items()]}
        found |= _again(turns, data, **upright)
        tall = [number for number, page in found.items() if any(map(is_tall, page.text_items))]
        boxed = _again(tall, data, emit_word_boxes=True, **upright)
        pages += [_raw(page, boxed.get(number), turns.get(number)) for number, page in found.items()]
        failed += [error.page_num for error in batch.result.page_errors]
    return Parsed(pages, total, failed)


def are_pictures(data: bytes, *, most_pages: int) -> bool:
    """Whether each page is a picture over the whole of it."""
    return all(page.full_page_image for page in _parser(max_pages=most_pages).is_complex(data))


def _again(pages: Collection[int], data: bytes, **options: Any) -> dict[int, ParsedPage]:
    """These pages parsed once more in another way, by their numbers."""
    if not pages:
        return {}
    parser = _parser(target_pages=",".join(map(str, pages)), **options)
    return {page.page_num: page for page in parser.parse(data).pages}


def _raw(page: ParsedPage, boxed: ParsedPage | None, turn: Turn | None) -> RawPage:
    """A page; `boxed` is the same with the boxes of its words, where some may be raised."""
    pieces: list[Piece] = []
    aside: list[Piece] = []
    for at, item in enumerate(page.text_items):
        text = with_ligatures(item.text, item.char_codes)
        if boxed and is_tall(item) and at < len(boxed.text_items):
            text = with_raised(text, boxed.text_items[at].words)
        words = " ".join(text.split())
        if words:
            size = item.font_height or item.height
            right, bottom = item.x + item.width, item.y + item.height
            bold = is_bold(item.font_name, item.font_weight)
            piece = Piece(words, page.page_num, item.x, item.y, right, bottom, size, bold)
            (aside if 1 < item.rotation % 360 < 359 else pieces).append(piece)
    forms, left = forms_of(page.form_fields or [], pieces, page=page.page_num)
    seen = [block for block in page.blocks or [] if block.kind == "table" and block.bbox is not None]
    shown = {piece.text for piece in pieces}
    notes = [
        Piece(words, page.page_num, box.x, box.y, box.x + box.width, box.y + box.height, 10.0)
        for note in page.annotations or []
        if (box := note.rect) and note.subtype.lower() not in _NOT_NOTES
        if (words := " ".join((note.contents or "").split())) and words not in shown
    ]
    rules, placed = rules_of(page.vector_graphics), are_placed(page.text_items)
    return RawPage(page.page_num, page.height, left, aside, rules, seen, forms, notes, placed, turn)


def made_ready(raw: Sequence[RawPage]) -> list[Page]:
    """The pages with their furniture told from what they say, and their tables."""
    split = parted([page.pieces for page in raw], [page.height for page in raw])
    pages = []
    for page, parts in zip(raw, split, strict=True):
        body, tables = parts.body, ruled_tables(page.rules, parts.body)
        body = _outside(tables, body)
        for block in page.seen:
            table = seen_table(block, [piece for piece in body if block.bbox and _is_in(piece, block.bbox)])
            if table is not None:
                tables.append(table)
                body = _outside([table], body)
        said = (parts.head, body, parts.foot, [*page.forms, *tables], page.notes, page.aside)
        pages.append(Page(page.number, page.height, *said, page.are_placed))
    return pages


def _is_in(piece: Piece, box: AnnotationRect) -> bool:
    x, y = piece.middle
    return bool(box.x - 1 <= x <= box.x + box.width + 1 and box.y - 1 <= y <= box.y + box.height + 1)


def _outside(tables: Sequence[Table], pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that stand in none of these tables."""
    return [piece for piece in pieces if not any(table.holds(piece) for table in tables)]
