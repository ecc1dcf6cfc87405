"""Word documents."""

import io
from datetime import datetime

import docx
import pytest
from docx.document import Document

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
    assert text.split("\n\n") == ["Before the table.", "Toll | 410", "Pilot | 620", "After the table."]


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
