"""PowerPoint: each slide is a page: its title, lists, tables, charts and notes."""

import io
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from ingest.language import language_tag
from ingest.limits import allow_pages
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.labels import labelled
from ingest.readers.number_format import shown
from ingest.readers.table import Grid, write_tables
from ingest.readers.table_heads import Across, Covered
from ingest.readers.word_numbering import number_as
from ingest.readers.zipped import opened_zip
from ingest.structure import TextWriter
from rag.domain import BlockKind
from rag.errors import DocumentError

# What programs write where nobody entered anything.
_NO_TITLES = frozenset({"powerpoint presentation", "presentation"})
_NO_AUTHORS = frozenset({"Steve Canny", "python-pptx"})
_DEEPEST = 20
_LONGEST_REPEATED = 200
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE)
_LISTS = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT)
_FURNITURE = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER)
_NUMBERS = {"arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman",
            "romanUc": "upperRoman"}  # fmt: skip
_AROUND = {"ParenBoth": "({})", "ParenR": "{})", "Period": "{}.", "Plain": "{}"}
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"


def read_pptx(data: bytes, *, name: str, most_pages: int) -> ReadDocument:
    """A .pptx file; raises DocumentError where it is none or has more slides than `most_pages`."""
    opened_zip(data, name=name, what="a PowerPoint file").close()
    try:
        deck = pptx.Presentation(io.BytesIO(data))
        slides = list(deck.slides)
    except (PythonPptxError, KeyError, ValueError, AttributeError) as error:
        raise DocumentError(f"Cannot read {name}: it is not a PowerPoint file ({error}).") from error
    allow_pages(len(slides), most=most_pages, name=name, called="slides")
    writer = TextWriter()
    for number, slide in enumerate(slides, start=1):
        writer.page()
        _write_slide(writer, slide, number)
    properties = deck.core_properties
    author, outlet = split_byline(properties.author if properties.author not in _NO_AUTHORS else None)
    title = properties.title if (properties.title or "").lower() not in _NO_TITLES else None
    return ReadDocument(
        text=writer.text,
        blocks=writer.blocks,
        title=title or next(filter(None, map(_title, slides)), None),
        outlet=outlet,
        author=author,
        language=language_tag(properties.language),
        pages=tuple(min(start, len(writer.text)) for start in writer.pages),
        prose=False,
        how="the file's properties",
    )


def _write_slide(writer: TextWriter, slide: Any, number: int) -> None:
    shapes = list(_flat(slide.shapes))
    titles = [shape for shape in shapes if _place(shape) in _TITLES]
    for shape in titles:
        level = 1 if _place(shape) == PP_PLACEHOLDER.CENTER_TITLE else 2
        writer.add(BlockKind.HEADING, _words(shape.text_frame), level=level)
    is_titled = any(_words(shape.text_frame) for shape in titles)
    if number > 1 and not is_titled and any(map(_says_something, shapes)):
        # Else what it says would seem to be about the title of the slide before.
        writer.add(BlockKind.HEADING, f"Slide {number}", level=2)
    for shape in shapes:
        if shape not in titles and _place(shape) not in _FURNITURE:
            _write_shape(writer, shape)
    # Asking a slide without notes for them would make some.
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    if frame is not None:
        for paragraph in frame.paragraphs:
            writer.add(BlockKind.PARAGRAPH, paragraph.text)
    for shape in shapes:
        if _place(shape) in _FURNITURE and not _words(shape.text_frame).isdigit():
            writer.add(BlockKind.FURNITURE, _words(shape.text_frame))


def _flat(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    """The shapes of a slide as they are read, from its top and its left, those of groups among them."""
    for shape in _in_order(shapes):
        if hasattr(shape, "shapes") and depth < _DEEPEST:
            yield from _flat(shape.shapes, depth + 1)
        else:
            yield shape


def _in_order(shapes: Iterable[Any]) -> Iterator[Any]:
    """Row by row, where shapes stand side by side column by column; the file has them as they were drawn."""
    for row in _apart(shapes, "top", "height"):
        for column in _apart(row, "left", "width"):
            yield from sorted(column, key=lambda shape: shape.top or 0)


def _apart(shapes: Iterable[Any], start: str, size: str) -> Iterator[list[Any]]:
    """Groups of shapes that overlap in one direction, in their order."""
    group: list[Any] = []
    end = 0
    for shape in sorted(shapes, key=lambda shape: getattr(shape, start) or 0):
        at = getattr(shape, start) or 0
        if group and at >= end:
            yield group
            group, end = [], 0
        group.append(shape)
        end = max(end, at + (getattr(shape, size) or 0))
    if group:
        yield group


def _place(shape: Any) -> Any:
    """What part of the slide's layout a shape fills; None for one of its own."""
    return shape.placeholder_format.type if shape.is_placeholder and shape.has_text_frame else None


def _says_something(shape: Any) -> bool:
    if getattr(shape, "has_text_frame", False):
        return bool(_words(shape.text_frame)) and _place(shape) not in _FURNITURE
    return getattr(shape, "has_table", False) or getattr(shape, "has_chart", False) or any(_diagrams(shape))


def _write_shape(writer: TextWriter, shape: Any) -> None:
    if getattr(shape, "has_table", False):
        write_tables(writer, [_grid(shape.table)], level=3)
    elif getattr(shape, "has_chart", False):
        _write_chart(writer, shape.chart)
    elif getattr(shape, "has_text_frame", False):
        _write_text(writer, shape.text_frame, is_list=_place(shape) in _LISTS and _has_dots(shape))
    else:
        for part in _diagrams(shape):
            for point in part.iter(_DIAGRAM + "pt"):
                writer.add(BlockKind.ITEM, " ".join(text.text or "" for text in point.iter(qn("a:t"))))


def _has_dots(shape: Any) -> bool:
    """Whether the paragraphs of a placeholder have dots: where neither it nor its layout takes them away."""
    path = f".//{qn('a:lstStyle')}/{qn('a:lvl1pPr')}/{qn('a:buNone')}"
    layout = shape._base_placeholder
    return all(each.element.find(path) is None for each in (shape, layout) if each is not None)


def _write_text(writer: TextWriter, frame: Any, *, is_list: bool) -> None:
    counts: dict[int, int] = {}
    record: int | None = None
    for paragraph in frame.paragraphs:
        words = " ".join(paragraph.text.split())
        if not words:
            continue
        level, dots = paragraph.level, _dots(paragraph)
        number = dots.get("buAutoNum")
        counts = {at: count for at, count in counts.items() if at < level or (at == level and number is not None)}
        pair = labelled(words) if not is_list else None
        if number is not None:
            counts[level] = counts[level] + 1 if level in counts else int(number.get("startAt", 1))
            writer.add(BlockKind.STEP, f"{_number(counts[level], number.get('type', ''))} {words}", level=level)
        elif "buChar" in dots or "buBlip" in dots or (is_list and "buNone" not in dots):
            writer.add(BlockKind.ITEM, words, level=level)
        elif pair:
            record = record or writer.record()
            writer.pair(BlockKind.FIELD, *pair, record=record)
        else:
            record = None
            writer.add(BlockKind.PARAGRAPH, words)


def _dots(paragraph: Any) -> dict[str, Any]:
    """What a paragraph itself says of the dot or number before it."""
    properties = paragraph._p.pPr
    found = {} if properties is None else {each.tag.rpartition("}")[2]: each for each in properties}
    return {tag: each for tag, each in found.items() if tag in ("buNone", "buAutoNum", "buChar", "buBlip")}


def _number(number: int, kind: str) -> str:
    """A number as slides show it, by the name of its kind: `alphaLcParenR` is `a)`."""
    figures = next((shown for name, shown in _NUMBERS.items() if kind.startswith(name)), "decimal")
    around = next((shown for name, shown in _AROUND.items() if kind.endswith(name)), "{}.")
    return around.format(number_as(number, figures))


def _grid(table: Any) -> Grid:
    """A table with the words of merged cells in each place that they cover."""
    rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows]
    for at, row in enumerate(table.rows):
        for place, cell in enumerate(row.cells):
            words = rows[at][place]
            if cell.is_merge_origin and len(words) <= _LONGEST_REPEATED:
                for covered in rows[at : at + cell.span_height]:
                    width = len(covered[place : place + cell.span_width])
                    first = words if covered is rows[at] else Covered(words)
                    covered[place : place + width] = [first, *[Across(words)] * (width - 1)]
    return Grid(rows, strong=frozenset({0} if table.first_row else ()), strong_labels=table.first_col)


def _write_chart(writer: TextWriter, chart: Any) -> None:
    """A chart as the table that it was drawn from: a row for each category, a column for each series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        writer.add(BlockKind.CAPTION, chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        categories = [str(category.label) for category in plot.categories]
        values = [[_shown(value) for value in each.values] for each in series]
        for row in zip_longest(categories, *values, fillvalue=""):
            writer.row(row, ["", *(each.name for each in series)])


def _shown(value: float | None) -> str:
    return shown(value, "General")


def _diagrams(shape: Any) -> Iterator[Any]:
    """The roots of the parts that hold the words of a diagram."""
    for ids in shape.element.iter(_DIAGRAM + "relIds"):
        yield parse_xml(shape.part.related_part(ids.get(qn("r:dm"))).blob)


def _words(frame: Any) -> str:
    return " ".join(frame.text.split())


def _title(slide: Any) -> str | None:
    title = slide.shapes.title
    return _words(title) or None if title is not None else None
