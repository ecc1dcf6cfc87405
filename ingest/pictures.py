"""Pictures of a document's pages, drawn where documents are read: in a process of its own, with its limits."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

from liteparse import LiteParse
from pypdf import PdfReader

from ingest.limits import Limits
from rag.errors import DocumentError

_WIDE_PIXELS = 1100
_MOST_PIXELS = 2200
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to draw: of a file that must still hold the bytes with this sha256."""

    shown: str
    file: Path
    content: str
    page: int
    limits: Limits


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a PNG, and how many points it is wide."""

    png: bytes
    points_wide: float


def drawn(job: PageJob) -> PagePicture:
    """Draws a page of a PDF; raises DocumentError or OSError, or what a parser raises on a damaged file."""
    data = job.file.read_bytes()
    if hashlib.sha256(data).hexdigest() != job.content:
        raise DocumentError(f"Cannot show a page of {job.shown}: the file has changed since it was read.")
    if b"%PDF-" not in data[:1024]:
        raise DocumentError(f"Cannot show a page of {job.shown}: it is no PDF.")
    pages = PdfReader(io.BytesIO(data)).pages
    if not 1 <= job.page <= len(pages):
        raise DocumentError(f"Cannot show page {job.page} of {job.shown}: it has {len(pages):,}.")
    page = pages[job.page - 1]
    wide, high = float(page.cropbox.width), float(page.cropbox.height)
    if page.rotation % 180:
        wide, high = high, wide
    # A page may say that it is a mile wide: the picture never is.
    dots = _POINTS_PER_INCH * min(_WIDE_PIXELS / max(wide, 1), _MOST_PIXELS / max(wide, high, 1))
    [picture] = LiteParse(ocr_enabled=False, quiet=True, dpi=dots).screenshot(job.file, page_numbers=[job.page])
    return PagePicture(picture.image_bytes, picture.width * _POINTS_PER_INCH / dots)
