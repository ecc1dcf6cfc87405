"""Word documents."""

import io
from datetime import datetime

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers.docx import read_docx
from rag.errors import DocumentError


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_and_table_rows_are_read_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("Before the table.")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells), ("Toll", "410", "Pilot", "620"), strict=True
    ):
        cell.text = words
    document.add_paragraph("After the table.")
    text = read_docx(saved(document), name="a.docx").text
    assert text.split("\n") == ["Before the table.", "", "Toll: 410", "Pilot: 620", "", "After the table."]


def test_a_merged_cell_is_read_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Tolls"
    assert read_docx(saved(document), name="a.docx").text == "Tolls"


def test_the_properties_give_title_and_author() -> None:
    document = docx.Document()
    document.add_paragraph("The harbour was shut on Monday.")
    document.core_properties.title, document.core_properties.author = "Harbour shut", "Jane Doe, Weser Gazette"
    read = read_docx(saved(document), name="a.docx")
    assert (read.title, read.author, read.outlet) == ("Harbour shut", "Jane Doe", "Weser Gazette")


def test_the_time_of_the_file_is_no_date_of_publication() -> None:
    document = docx.Document()
    document.add_paragraph("The harbour was shut on Monday.")
    document.core_properties.created = datetime(2024, 9, 9)
    assert read_docx(saved(document), name="a.docx").published is None


def test_a_heading_is_the_title() -> None:
    document = docx.Document()
    document.add_heading("Harbour shut", level=1)
    document.add_paragraph("The harbour was shut on Monday.")
    assert read_docx(saved(document), name="a.docx").title == "Harbour shut"


def test_what_is_no_docx_is_refused() -> None:
    with pytest.raises(DocumentError, match="not a Word"):
        read_docx(b"PK", name="a.docx")


BOX = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"


def written(markup: str) -> str:
    """The text of a document with this markup as its paragraph."""
    document = docx.Document()
    paragraph = (
        f"<w:p {nsdecls('w', 'wp', 'a')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
    )
    document.element.body.insert(0, parse_xml(f"{paragraph}{markup}</w:p>"))
    return read_docx(saved(document), name="a.docx").text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<w:ins><w:r><w:t>new words</w:t></w:r></w:ins>", "new words"),
        ("<w:del><w:r><w:delText>old words</w:delText></w:r></w:del><w:r><w:t>new</w:t></w:r>", "new"),
        ("<w:moveFrom><w:r><w:t>old place</w:t></w:r></w:moveFrom><w:r><w:t>new</w:t></w:r>", "new"),
        ("<w:sdt><w:sdtContent><w:r><w:t>chosen words</w:t></w:r></w:sdtContent></w:sdt>", "chosen words"),
        ("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:noBreakHyphen/><w:t>fold</w:t></w:r>", "one two-fold"),
        (f"<w:r><w:t>See.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
         f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
         "See.\n\nIn a box"),
    ],
)  # fmt: skip
def test_every_word_that_is_shown_is_read_once(markup: str, text: str) -> None:
    assert written(markup) == text


def test_a_table_in_a_cell_is_read_with_the_cell() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Dunmar"
    table.cell(0, 1).add_table(rows=1, cols=1).cell(0, 0).text = "410"
    assert read_docx(saved(document), name="a.docx").text == "Dunmar: 410"


def test_a_block_in_a_content_control_is_read() -> None:
    document = docx.Document()
    block = "<w:sdtContent><w:p><w:r><w:t>A cover page.</w:t></w:r></w:p></w:sdtContent>"
    document.element.body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}>{block}</w:sdt>"))
    assert read_docx(saved(document), name="a.docx").text == "A cover page."


def test_notes_heads_and_feet_follow_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("The harbour was shut.")
    document.sections[0].header.paragraphs[0].text = "For the board"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 3"
    words = "<w:footnote><w:p><w:r><w:t>By a storm.</w:t></w:r></w:p></w:footnote>"
    note = f"<w:footnotes {nsdecls('w')}>{words}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", note.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    text = read_docx(saved(document), name="a.docx").text
    assert text.split("\n\n") == ["The harbour was shut.", "By a storm.", "For the board"]


def test_boxes_in_boxes_are_read_once() -> None:
    nested = "<w:r><w:t>In a box</w:t></w:r>"
    for _ in range(40):
        nested = f"<w:r><w:txbxContent><w:p>{nested}</w:p></w:txbxContent></w:r>"
    assert written(nested) == "In a box"
