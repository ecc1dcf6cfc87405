"""Word documents: paragraphs, table rows and text boxes in their order, then the notes, heads and feet."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from ingest.language import language_tag
from ingest.metadata import stated_in
from ingest.outlets import split_byline
from ingest.readers.document import ReadDocument
from ingest.readers.zipped import opened_zip
from ingest.stated import merged, stated_by
from rag.errors import DocumentError

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _PARAGRAPH, _TABLE, _ROW, _CELL, _BOX = (_WORD + tag for tag in ("t", "p", "tbl", "tr", "tc", "txbxContent"))
_BREAKS = {_WORD + "tab": "\t", _WORD + "br": "\n", _WORD + "cr": "\n", _WORD + "noBreakHyphen": "-"}
# What was moved away, and the second form of a drawing, which says the same again for older programs.
_NOT_THERE = {
    _WORD + "moveFrom", _WORD + "pPr", _WORD + "rPr", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}  # fmt: skip
_NOTES = ("footnotes", "endnotes")
_FURNITURE = ("header", "footer")
_PAGE_NUMBER = re.compile(r"(?:page )?\d{0,4}(?: ?(?:of|/) ?\d{0,4})?", re.IGNORECASE)


def read_docx(data: bytes, *, name: str) -> ReadDocument:
    """A .docx file; raises DocumentError where it is none."""
    opened_zip(data, name=name, what="a Word document").close()
    try:
        document = docx.Document(io.BytesIO(data))
        pieces = [*_blocks(document.element.body), *_beside(document, _NOTES)]
        furniture = [line for line in _beside(document, _FURNITURE) if not _PAGE_NUMBER.fullmatch(line)]
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise DocumentError(f"Cannot read {name}: it is not a Word document ({error}).") from error
    text = "\n\n".join([*pieces, *dict.fromkeys(furniture)])  # a head may stand once for each section
    properties = document.core_properties
    # The program's own name stands where no author was entered; the file's own times say nothing of publication.
    author, outlet = split_byline(properties.author if properties.author != "python-docx" else None)
    how = "the file's properties"
    stated = merged(
        stated_by(how, title=properties.title),
        stated_by("the first heading", title=_styled_title(document)),
        stated_in(text),
        stated_by(how, outlet=outlet, author=author),
    )
    return ReadDocument(
        text=text,
        title=stated.title,
        outlet=stated.outlet,
        published=stated.published,
        author=stated.author,
        language=language_tag(properties.language),
        how=how,
        known_by=stated.known_by,
    )


def _blocks(element: Any) -> Iterator[str]:
    """The paragraphs and table rows in an element, through content controls, insertions and whatever holds them.

    The parser refuses what is nested more than 256 deep.
    """
    for inner in element:
        if inner.tag == _PARAGRAPH:
            words = "".join(_words(inner)).strip()
            if words:
                yield words
            for box in inner.iter(_BOX):
                # A box within another one is read with that.
                if next(box.iterancestors(_PARAGRAPH)) is inner and not _is_gone(box):
                    yield from _blocks(box)
        elif inner.tag == _TABLE:
            yield from _rows(inner)
        elif inner.tag not in _NOT_THERE:
            yield from _blocks(inner)


def _is_gone(element: Any) -> bool:
    return any(above.tag in _NOT_THERE for above in element.iterancestors())


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(_ROW):
        if next(row.iterancestors(_TABLE)) is table:  # else it is one of a table in a cell
            cells = (" ".join(" ".join(_blocks(cell)).split()) for cell in row.iter(_CELL)
                     if next(cell.iterancestors(_ROW)) is row)  # fmt: skip
            line = " | ".join(filter(None, cells))
            if line:
                yield line


def _words(element: Any) -> Iterator[str]:
    """The words of a paragraph, without those of a text box in it."""
    for inner in element:
        if inner.tag == _TEXT:
            yield inner.text or ""
        elif inner.tag in _BREAKS:
            yield _BREAKS[inner.tag]
        elif inner.tag != _BOX and inner.tag not in _NOT_THERE:
            yield from _words(inner)


def _beside(document: WordDocument, kinds: Iterable[str]) -> Iterator[str]:
    """The blocks of the parts of these kinds that belong to the document."""
    for kind in kinds:
        for relation in document.part.rels.values():
            if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
                yield from _blocks(parse_xml(relation.target_part.blob))


def _styled_title(document: WordDocument) -> str | None:
    for part in document.paragraphs[:20]:
        if part.text.strip() and part.style is not None and part.style.name in ("Title", "Heading 1"):
            return part.text.strip()
    return None
