"""PDF: the text of its pages, lines joined to paragraphs, with the start of each page."""

import io
import logging
import re
from collections import Counter

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.dates import iso_date
from ingest.language import language_tag
from ingest.limits import allow_pages
from ingest.metadata import stated_in
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.stated import merged, stated_by
from rag.errors import DocumentError

# pypdf reports each oddity of a file as a warning; what stops it is an exception.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_HEADER_WITHIN = 1024
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–— ]*", re.IGNORECASE)
_LIST_ITEM = re.compile(r"[•◦▪‣*–—-] |\(?\d{1,3}[.)] |\(?[a-z][.)] ")
_ENDS_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*$")
_NO_TITLE = re.compile(
    r"microsoft word|untitled|powerpoint|\.(?:docx?|pdf|indd|tex|dvi|qxp|xlsx?|pptx?)$|^slide|^document\d*$",
    re.IGNORECASE,
)
_MOST_NAMED = 20
_FULL_LINE = 0.75
_REPEATED_PAGES = 3


def read_pdf(data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """A PDF file; raises DocumentError where it is damaged, encrypted, holds only images or more than `most_pages`."""
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise DocumentError(f"Cannot read {name}: it is not a PDF, though its name says so.")
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(f"Cannot read {name}: it is encrypted. Save it without a password.")
        allow_pages(len(reader.pages), most=most_pages, name=name)
        pages = [page.extract_text() for page in reader.pages]
        scanned = [at for at, page in enumerate(pages) if not page.strip() and _shows_an_image(reader, at)]
        information = reader.metadata
    except PyPdfError as error:
        raise DocumentError(f"Cannot read {name}: the PDF is damaged ({error}).") from error
    if not any(page.strip() for page in pages):
        raise DocumentError(
            f"Cannot read {name}: its pages ({len(pages)}) hold no text, only images. Run text recognition (OCR) first."
        )
    text, starts = _joined(_without_furniture([_lines(page) for page in pages]))
    author, outlet = split_byline(_clean(information and information.author))
    title = _clean(information and information.title)
    made = iso_date(information and information.creation_date_raw)
    how = "the PDF's properties"
    # What the pages say counts more than when and by whom the file was made; its title, where it has one, was entered.
    stated = merged(
        stated_by(how, title=title if title and not _NO_TITLE.search(title) else None),
        stated_in(text),
        stated_by(how, outlet=outlet, author=author, published=made),
    )
    return ReadDocument(
        text=text,
        title=stated.title,
        outlet=stated.outlet,
        published=stated.published,
        author=stated.author,
        language=language_tag(_language(reader)),
        how=how,
        known_by=stated.known_by,
        pages=tuple(starts),
        notices=_without_text(scanned, name=name),
    )


def _shows_an_image(reader: PdfReader, page: int) -> bool:
    """Whether a page draws an image; an empty one that does is a scan."""
    try:
        drawn = reader.pages[page]["/Resources"]["/XObject"]  # type: ignore[index]
        return any(part.get_object().get("/Subtype") == "/Image" for part in drawn.values())
    except (PyPdfError, KeyError, AttributeError, TypeError, ValueError):  # it has none, or damaged ones
        return False


def _without_text(scanned: list[int], *, name: str) -> tuple[str, ...]:
    if not scanned:
        return ()
    named = ", ".join(str(at + 1) for at in scanned[:_MOST_NAMED]) + ", …" * (len(scanned) > _MOST_NAMED)
    return (f"{name}: these pages hold no text, only images, and were not read: {named}. Run text recognition (OCR).",)


def _language(reader: PdfReader) -> str | None:
    """The language that the catalog of the file names."""
    stated = reader.root_object.get("/Lang")
    return str(stated) if stated else None


def _clean(value: object) -> str | None:
    return " ".join(str(value or "").split()) or None


def _lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.splitlines()]


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """The pages without page numbers and without the first and last lines that most pages repeat."""
    edges = Counter(_shape(line) for page in pages for line in {*_edges(page)})
    needed = max(_REPEATED_PAGES, len(pages) // 2 + 1)
    kept = []
    for page in pages:
        page = _trimmed(page)
        for end in (0, -1):
            while page and (_PAGE_NUMBER.fullmatch(page[end]) or edges[_shape(page[end])] >= needed):
                del page[end]
                page = _trimmed(page)
        kept.append(page)
    return kept


def _edges(page: list[str]) -> list[str]:
    lines = [line for line in page if line]
    return lines[:2] + lines[-2:]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _trimmed(page: list[str]) -> list[str]:
    filled = [at for at, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _joined(pages: list[list[str]]) -> tuple[str, list[int]]:
    """The text of all pages with wrapped lines joined, and where each page starts in it."""
    pieces: list[str] = []
    starts: list[int] = []
    length, previous = 0, ""
    for page in pages:
        width = _width(page)
        for at, line in enumerate([line or "" for line in page] or [""]):
            glue = _glue(previous, line, width, new_page=at == 0) if length else ""
            if glue == "-" and line:
                pieces[-1] = pieces[-1][:-1]  # a word parted by a hyphen at the line's end
                length -= 1
                glue = ""
            if at == 0:
                starts.append(length + len(glue) if line else length)
            if line:
                pieces += [glue, line]
                length += len(glue) + len(line)
            previous = line if line or at else previous
    return "".join(pieces), starts


def _width(page: list[str]) -> int:
    """The width of a full line: nine tenths of the lines are not longer."""
    lengths = sorted(len(line) for line in page if line)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _glue(previous: str, line: str, width: int, *, new_page: bool) -> str:
    """What stands between two lines: a space within a paragraph, a blank line between two, `-` within a word."""
    if not previous or not line or _LIST_ITEM.match(line):
        return "\n\n"
    if re.search(r"[a-z]-$", previous) and line[0].islower():
        return "-"
    if new_page:
        return "\n\n" if _ENDS_SENTENCE.search(previous) or not line[0].islower() else " "
    if line[0].islower():
        return " "
    return " " if len(previous) >= _FULL_LINE * width and not _is_short_end(previous, width) else "\n\n"


def _is_short_end(line: str, width: int) -> bool:
    """Whether a line ends a paragraph: it ends a sentence and leaves room for at least one more word."""
    return bool(_ENDS_SENTENCE.search(line)) and len(line) < 0.88 * width
