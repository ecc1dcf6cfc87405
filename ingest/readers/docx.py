"""Word documents: paragraphs and table rows in the order of the document."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.table import Table

from ingest.language import language_tag
from ingest.metadata import split_byline, stated_in
from ingest.readers.document import ReadDocument
from ingest.readers.zipped import opened_zip
from ingest.stated import merged, stated_by
from rag.errors import DocumentError


def read_docx(data: bytes, *, name: str) -> ReadDocument:
    """A .docx file; raises DocumentError where it is none."""
    opened_zip(data, name=name, what="a Word document").close()
    try:
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise DocumentError(f"Cannot read {name}: it is not a Word document ({error}).") from error
    text = "\n\n".join(_blocks(document))
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


def _blocks(document: WordDocument) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        elif block.text.strip():
            yield block.text


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = dict.fromkeys(row.cells)  # a merged cell is listed once for each column it covers
        line = " | ".join(" ".join(cell.text.split()) for cell in cells if cell.text.strip())
        if line:
            yield line


def _styled_title(document: WordDocument) -> str | None:
    for part in document.paragraphs[:20]:
        if part.text.strip() and part.style is not None and part.style.name in ("Title", "Heading 1"):
            return part.text.strip()
    return None
