"""PDF: what its pages say, as headings, paragraphs, lists, tables, fields and notes in reading order.

`liteparse` gives pieces of text with their places, tables, fields and annotations; its recognition of pictures (OCR)
stays off. `ingest/readers/pages` makes lines, columns and blocks of them. `pypdf` gives what stands beside the pages.
"""

import io
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from liteparse import AnnotationRect, LayoutBlock, LiteParse, ParsedPage, ParseError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.limits import allow_pages
from ingest.metadata import stated_in
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.pages.forms import forms_of
from ingest.readers.pages.furniture import parted
from ingest.readers.pages.layout import Page, laid_out
from ingest.readers.pages.pieces import Piece, is_bold
from ingest.readers.pages.raised import is_tall, with_raised
from ingest.readers.pages.ruled import Rules, ruled_tables, rules_of
from ingest.readers.pages.tables import Table, seen_table
from ingest.readers.pages.words import Vocabulary, with_ligatures
from ingest.readers.pages.write import written
from ingest.stated import merged, stated_by
from rag.domain import Block, BlockKind
from rag.errors import DocumentError

# pypdf reports each oddity of a file as a warning; what stops it is an exception.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_HEADER_WITHIN = 1024
_NO_NAME = re.compile(r"\(?(?:anonymous|unspecified|unknown|untitled|none)\)?", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"microsoft word|untitled|powerpoint|\.(?:docx?|pdf|indd|tex|dvi|qxp|xlsx?|pptx?)$|^slide|^document\d*$",
    re.IGNORECASE,
)
_MOST_NAMED = 20
_PAGES_AT_ONCE = 50
_NOT_NOTES = ("widget", "link", "popup")
_LONGEST_STAMP = 80
_TITLE_WITHIN = 8
_LONGEST_HEAD = 100
_NO_TEXT = "Cannot read {name}: its pages ({pages}) hold no text, only images. Run text recognition (OCR) first."
_STAMPED = (
    "Cannot read {name}: its pages ({pages}) are images with the same line on each. Run text recognition (OCR) first."
)
# What pypdf raises on the damaged part of a file.
_DAMAGE = (PyPdfError, KeyError, AttributeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A page as the parser gives it."""

    height: float
    pieces: Sequence[Piece]
    aside: Sequence[Piece]
    rules: Rules
    seen: Sequence[LayoutBlock]
    forms: Sequence[Table]
    notes: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a file states beside its pages."""

    title: str | None = None
    author: str | None = None
    made: str | None = None
    language: str | None = None
    attached: tuple[str, ...] = ()
    scanned: tuple[int, ...] = ()
    """The pages without text that draw an image, from 0."""


def read_pdf(data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """A PDF file; raises DocumentError where it is damaged, encrypted, holds only images or more than `most_pages`."""
    start = data.find(b"%PDF-", 0, _HEADER_WITHIN)
    if start < 0:
        raise DocumentError(f"Cannot read {name}: it is not a PDF, though its name says so.")
    data = data[start:]
    raw, failed = _parsed(data, name=name, most_pages=most_pages)
    pages = _pages(raw)
    beside = _beside(data, [at for at, page in enumerate(pages) if not (page.body or page.tables)])
    has_body = len(beside.scanned) < len(pages) and any(page.body or page.tables or page.notes for page in pages)
    if not has_body and (beside.scanned or not any(page.head or page.foot or page.aside for page in pages)):
        is_blank = not any(page.head or page.foot for page in pages)
        raise DocumentError((_NO_TEXT if is_blank else _STAMPED).format(name=name, pages=len(pages)))
    if _may_be_stamped(pages) and all(page.full_page_image for page in _parser(max_pages=most_pages).is_complex(data)):
        raise DocumentError(_STAMPED.format(name=name, pages=len(pages)))
    vocabulary = Vocabulary(piece.text for page in pages for piece in page.body)
    text, blocks, starts = written(laid_out(pages, vocabulary), len(pages))
    author, outlet = split_byline(beside.author)
    how, heading = "the PDF's properties", _heading(blocks, text)
    # What the pages say counts more than when and by whom the file was made; its title, where it has one, was entered.
    stated = merged(
        stated_by(how, title=beside.title if beside.title and not _NO_TITLE.search(beside.title) else None),
        stated_by("its first heading", title=heading if heading and " " in heading else None),
        stated_in("\n\n".join(block.span.of(text) for block in blocks if block.kind is not BlockKind.FURNITURE)),
        stated_by("its first heading", title=heading),
        stated_by("its running head", title=_running_head(pages)),
        stated_by(how, outlet=outlet, author=author, published=beside.made),
    )
    return ReadDocument(
        text=text,
        blocks=blocks,
        title=stated.title,
        outlet=stated.outlet,
        published=stated.published,
        author=stated.author,
        language=language_tag(beside.language),
        how=how,
        known_by=stated.known_by,
        pages=starts,
        notices=tuple(_notices(beside, failed, name=name)),
    )


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


def _parsed(data: bytes, *, name: str, most_pages: int) -> tuple[list[_Raw], list[int]]:
    """The pages, and the numbers of those that are damaged."""
    pages: list[_Raw] = []
    failed: list[int] = []
    try:
        for batch in _parser(max_pages=most_pages).parse_batches(data, _PAGES_AT_ONCE):
            if not pages:
                allow_pages(batch.total_pages, most=most_pages, name=name)
            pages += [_raw(page) for page in _with_raised(batch.result.pages, data)]
            failed += [error.page_num for error in batch.result.page_errors]
    except ParseError as error:
        if "password" in str(error):
            raise DocumentError(f"Cannot read {name}: it is encrypted. Save it without a password.") from error
        raise DocumentError(f"Cannot read {name}: the PDF is damaged ({error}).") from error
    if not pages:
        raise DocumentError(f"Cannot read {name}: the PDF is damaged (none of its pages can be read).")
    return pages, failed


def _with_raised(pages: Sequence[ParsedPage], data: bytes) -> Sequence[ParsedPage]:
    """The pages with their raised figures as such; those that have some are parsed again for the boxes of words."""
    tall = {page.page_num: page for page in pages if any(map(is_tall, page.text_items))}
    if tall:
        wanted = ",".join(map(str, tall))
        for again in _parser(target_pages=wanted, emit_word_boxes=True).parse(data).pages:
            items = tall[again.page_num].text_items
            for item, boxed in zip(items, again.text_items, strict=False):
                if is_tall(item) and item.text == boxed.text:
                    item.text = with_raised(item.text, boxed.words)
    return pages


def _raw(page: ParsedPage) -> _Raw:
    pieces: list[Piece] = []
    aside: list[Piece] = []
    for item in page.text_items:
        words = " ".join(with_ligatures(item.text, item.char_codes).split())
        if words:
            size = item.font_height or item.height
            right, bottom = item.x + item.width, item.y + item.height
            bold = is_bold(item.font_name, item.font_weight)
            piece = Piece(words, page.page_num, item.x, item.y, right, bottom, size, bold)
            (aside if item.rotation % 360 else pieces).append(piece)
    forms, left = forms_of(page.form_fields or [], pieces, page=page.page_num)
    seen = [block for block in page.blocks or [] if block.kind == "table" and block.bbox is not None]
    shown = {piece.text for piece in pieces}
    notes = [
        Piece(words, page.page_num, box.x, box.y, box.x + box.width, box.y + box.height, 10.0)
        for note in page.annotations or []
        if (box := note.rect) and note.subtype.lower() not in _NOT_NOTES
        if (words := " ".join((note.contents or "").split())) and words not in shown
    ]
    return _Raw(page.height, left, aside, rules_of(page.vector_graphics), seen, forms, notes)


def _pages(raw: Sequence[_Raw]) -> list[Page]:
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
        pages.append(Page(page.height, parts.head, body, parts.foot, [*page.forms, *tables], page.notes, page.aside))
    return pages


def _is_in(piece: Piece, box: AnnotationRect) -> bool:
    x, y = piece.middle
    return bool(box.x - 1 <= x <= box.x + box.width + 1 and box.y - 1 <= y <= box.y + box.height + 1)


def _outside(tables: Sequence[Table], pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that stand in none of these tables."""
    return [piece for piece in pieces if not any(table.holds(piece) for table in tables)]


def _may_be_stamped(pages: Sequence[Page]) -> bool:
    """Whether no page says more than a short line, as that of an app that made pictures of the pages."""
    return all(
        len(page.body) < 2 and not page.tables and sum(len(piece.text) for piece in page.body) <= _LONGEST_STAMP
        for page in pages
    )


def _heading(blocks: Sequence[Block], text: str) -> str | None:
    """The highest heading near the start."""
    said = [block for block in blocks if block.kind is not BlockKind.FURNITURE][:_TITLE_WITHIN]
    headings = [block.span.of(text) for block in said if block.kind is BlockKind.HEADING and block.level == 1]
    return headings[0] if headings and not headings[0][0].isdigit() else None


def _running_head(pages: Sequence[Page]) -> str | None:
    words = " ".join(piece.text for piece in pages[0].head)
    return words if len(words) <= _LONGEST_HEAD and " " in words else None


def _beside(data: bytes, without_text: Sequence[int]) -> _Beside:
    """What the file states of itself; nothing where that part of it is damaged."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return _Beside()
        information = reader.metadata
        language = reader.root_object.get("/Lang")
        return _Beside(
            title=_clean(information and information.title),
            author=_clean(information and information.author),
            made=iso_date(information and information.creation_date_raw),
            language=str(language) if language else None,
            attached=tuple(filter(None, map(_clean, reader.attachments))),
            scanned=tuple(at for at in without_text if _shows_an_image(reader, at)),
        )
    except _DAMAGE:
        return _Beside()


def _shows_an_image(reader: PdfReader, page: int) -> bool:
    """Whether a page draws an image; an empty one that does is a scan."""
    try:
        drawn = reader.pages[page]["/Resources"]["/XObject"]  # type: ignore[index]
        return any(part.get_object().get("/Subtype") == "/Image" for part in drawn.values())
    except (*_DAMAGE, IndexError):  # it has none, or damaged ones
        return False


def _notices(beside: _Beside, failed: Sequence[int], *, name: str) -> Iterator[str]:
    if beside.scanned:
        pages = _listed(at + 1 for at in beside.scanned)
        yield f"{name}: these pages hold no text, only images, and were not read: {pages}. Run text recognition (OCR)."
    if failed:
        yield f"{name}: these pages are damaged and were not read: {_listed(failed)}."
    if beside.attached:
        yield f"{name}: the files attached to it were not read: {_listed(beside.attached)}. Save them and add them."


def _listed(found: Iterable[object]) -> str:
    names = [str(each) for each in found]
    return ", ".join(names[:_MOST_NAMED]) + ", …" * (len(names) > _MOST_NAMED)


def _clean(value: object) -> str | None:
    """A value in one line; None where it is what a program writes that knows none."""
    words = " ".join(str(value or "").split())
    return None if not words or _NO_NAME.fullmatch(words) else words
