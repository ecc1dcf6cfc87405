"""PDF: what its pages say, as headings, paragraphs, lists, tables, fields and notes in reading order.

`liteparse` gives pieces of text with their places, tables, fields and annotations; its recognition of pictures (OCR)
stays off. `ingest/readers/pages` makes lines, columns and blocks of them. `pypdf` gives what stands beside the pages.
"""

import io
import logging
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from liteparse import ParseError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.metadata import stated_in
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.pages.layout import Page, laid_out
from ingest.readers.pages.parsed import Parsed, are_pictures, made_ready, parsed
from ingest.readers.pages.spaced import with_spaces
from ingest.readers.pages.turned import squared, with_places
from ingest.readers.pages.words import Vocabulary
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
_LONGEST_STAMP = 80
_TITLE_WITHIN = 8
_LONGEST_HEAD = 100
# What pypdf raises on the damaged part of a file.
_DAMAGE = (PyPdfError, KeyError, AttributeError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a file states beside its pages."""

    title: str | None = None
    author: str | None = None
    made: str | None = None
    language: str | None = None
    attached: tuple[str, ...] = ()
    scanned: tuple[int, ...] = ()
    """The numbers of the pages without text that draw an image."""


def read_pdf(data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """A PDF file; raises DocumentError where it is damaged, encrypted, holds only images or more than `most_pages`."""
    start = data.find(b"%PDF-", 0, _HEADER_WITHIN)
    if start < 0:
        raise DocumentError(f"Cannot read {name}: it is not a PDF, though its name says so.")
    data, heights = _squared(data[start:])
    found = _parsed(data, name=name, most_pages=most_pages)
    pages = made_ready([replace(page, height=heights.get(page.number, page.height)) for page in found.pages])
    beside = _beside(data, [page.number for page in pages if not (page.body or page.tables)])
    if reason := _no_text(pages, beside.scanned) or _stamped(pages, data, most_pages):
        raise DocumentError(f"Cannot read {name}: {reason}. Run text recognition (OCR) first.")
    vocabulary = Vocabulary(piece.text for page in pages for piece in page.body)
    text, blocks, starts = written(laid_out(_spaced(pages, vocabulary, data), vocabulary), found.number_of_pages)
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
        blocks=with_places(blocks, {page.number: page.turn for page in found.pages if page.turn}),
        title=stated.title,
        outlet=stated.outlet,
        published=stated.published,
        author=stated.author,
        language=language_tag(beside.language),
        how=how,
        known_by=stated.known_by,
        pages=starts,
        notices=tuple(_notices(beside, found.failed, name=name)),
    )


def _parsed(data: bytes, *, name: str, most_pages: int) -> Parsed:
    try:
        found = parsed(data, name=name, most_pages=most_pages)
    except ParseError as error:
        if "password" in str(error):
            raise DocumentError(f"Cannot read {name}: it is encrypted. Save it without a password.") from error
        raise DocumentError(f"Cannot read {name}: the PDF is damaged ({error}).") from error
    if not found.pages:
        raise DocumentError(f"Cannot read {name}: the PDF is damaged (none of its pages can be read).")
    return found


def _no_text(pages: Sequence[Page], scanned: Collection[int]) -> str | None:
    """Why there is nothing to read: pages without text, or with nothing but what comes again on each over a picture."""
    if any(page.body or page.tables or page.notes for page in pages):
        return None
    if not any(page.head or page.foot or page.aside for page in pages):
        return f"its pages ({len(pages)}) hold no text, only images"
    return f"its pages ({len(pages)}) are images with the same line on each" if scanned else None


def _stamped(pages: Sequence[Page], data: bytes, most_pages: int) -> str | None:
    """Why there is nothing to read: no page says more than a short line, as that of an app, over a picture."""
    is_short = all(
        len(page.body) < 2 and not page.tables and sum(len(piece.text) for piece in page.body) <= _LONGEST_STAMP
        for page in pages
    )
    if is_short and are_pictures(data, most_pages=most_pages):
        return f"its pages ({len(pages)}) are images with a line on each"
    return None


def _heading(blocks: Sequence[Block], text: str) -> str | None:
    """The highest heading near the start."""
    said = [block for block in blocks if block.kind is not BlockKind.FURNITURE][:_TITLE_WITHIN]
    headings = [block.span.of(text) for block in said if block.kind is BlockKind.HEADING and block.level == 1]
    return headings[0] if headings and not headings[0][0].isdigit() else None


def _running_head(pages: Sequence[Page]) -> str | None:
    words = " ".join(piece.text for piece in pages[0].head)
    return words if len(words) <= _LONGEST_HEAD and " " in words else None


def _squared(data: bytes) -> tuple[bytes, dict[int, float]]:
    try:
        return squared(data)
    except _DAMAGE:  # what is damaged for one parser may be whole for the other
        return data, {}


def _spaced(pages: Sequence[Page], vocabulary: Vocabulary, data: bytes) -> Sequence[Page]:
    try:
        return with_spaces(pages, vocabulary, data)
    except _DAMAGE:
        return pages


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
            scanned=tuple(page for page in without_text if _shows_an_image(reader, page)),
        )
    except _DAMAGE:
        return _Beside()


def _shows_an_image(reader: PdfReader, page: int) -> bool:
    """Whether a page draws an image; an empty one that does is a scan."""
    try:
        drawn = reader.pages[page - 1]["/Resources"]["/XObject"]  # type: ignore[index]
        return any(part.get_object().get("/Subtype") == "/Image" for part in drawn.values())
    except (*_DAMAGE, IndexError):  # it has none, or damaged ones
        return False


def _notices(beside: _Beside, failed: Sequence[int], *, name: str) -> Iterator[str]:
    if beside.scanned:
        pages = _listed(beside.scanned)
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
