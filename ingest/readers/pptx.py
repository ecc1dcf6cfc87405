"""PowerPoint: the words of each slide and of its notes; each slide is a page."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pptx
from pptx.exc import PythonPptxError

from ingest.language import language_tag
from ingest.limits import allow_pages
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.zipped import opened_zip
from rag.errors import DocumentError

# What programs write where nobody entered anything.
_NO_TITLES = frozenset({"powerpoint presentation", "presentation"})
_NO_AUTHORS = frozenset({"Steve Canny", "python-pptx"})
_DEEPEST = 20


def read_pptx(data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """A .pptx file; raises DocumentError where it is none or has more slides than `most_pages`."""
    opened_zip(data, name=name, what="a PowerPoint file").close()
    try:
        deck = pptx.Presentation(io.BytesIO(data))
        slides = list(deck.slides)
    except (PythonPptxError, KeyError, ValueError, AttributeError) as error:
        raise DocumentError(f"Cannot read {name}: it is not a PowerPoint file ({error}).") from error
    allow_pages(len(slides), most=most_pages, name=name, called="slides")
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for slide in slides:
        words = "\n\n".join([*_words(slide.shapes), *_notes(slide)])
        starts.append(length)
        pieces.append(words)
        length += len(words) + 2 * bool(words)
    text = "\n\n".join(filter(None, pieces))
    properties = deck.core_properties
    author, outlet = split_byline(properties.author if properties.author not in _NO_AUTHORS else None)
    title = properties.title if (properties.title or "").lower() not in _NO_TITLES else None
    return ReadDocument(
        text=text,
        title=title or next(filter(None, map(_title, slides)), None),
        outlet=outlet,
        author=author,
        language=language_tag(properties.language),
        pages=tuple(min(start, len(text)) for start in starts),
        prose=False,
        how="the file's properties",
    )


def _words(shapes: Iterable[Any], depth: int = 0) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes") and depth < _DEEPEST:
            yield from _words(shape.shapes, depth + 1)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                line = " | ".join(" ".join(cell.text.split()) for cell in row.cells if cell.text.strip())
                if line:
                    yield line
        elif getattr(shape, "has_text_frame", False):
            words = "\n".join(line.text.strip() for line in shape.text_frame.paragraphs if line.text.strip())
            if words:
                yield words.replace("\v", "\n")


def _notes(slide: Any) -> Iterator[str]:
    # Asking a slide without notes for them would make some.
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if frame is not None and frame.text.strip():
        yield frame.text.strip()


def _title(slide: Any) -> str | None:
    title = slide.shapes.title
    return " ".join(title.text.split()) or None if title is not None else None
