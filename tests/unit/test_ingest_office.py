"""Slides, sheets and books."""

import datetime
import io
import zipfile

import openpyxl
import pptx
import pytest
from pptx.util import Inches

from ingest.readers.document import ReadDocument
from ingest.readers.epub import read_epub
from ingest.readers.pptx import read_pptx
from ingest.readers.xlsx import read_xlsx
from ingest.readers.zipped import opened_zip
from rag.domain import BlockKind
from rag.errors import DocumentError

CONTAINER = '<container xmlns="urn:x"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>The Locks</dc:title><dc:creator>Jane Doe</dc:creator><dc:publisher>Weser Press</dc:publisher>
<dc:date>2019-03</dc:date><dc:language>EN_gb</dc:language></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="gone"/><itemref idref="two"/></spine></package>"""


def deck(*slides: str, title: str = "") -> bytes:
    presentation = pptx.Presentation()
    for words in slides:
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = words
        box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(4), Inches(1))
        box.text_frame.text = f"Body of {words}."
    presentation.core_properties.title = title
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def sheets(**tables: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


PAGE_ONE = "<html><body><h1>One</h1><p>The lock is&#160;shut.</p></body></html>"
CONTENTS = "<html><body><p>Contents</p></body></html>"


def book(package: str = PACKAGE, *, one: str = PAGE_ONE, contents: str = CONTENTS) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OEBPS/book.opf", package)
        archive.writestr("OEBPS/nav.xhtml", contents)
        archive.writestr("OEBPS/one.xhtml", one)
        archive.writestr("OEBPS/two b.xhtml", "<html><body><p>The toll is 410 florins.</p></body></html>")
    return out.getvalue()


def book_blocks(data: bytes, *, furniture: bool = False) -> list[str]:
    """The words of each block of a book that is furniture, or is none."""
    read = read_epub(data, name="a.epub")
    return [block.span.of(read.text) for block in read.blocks if (block.kind is BlockKind.FURNITURE) == furniture]


def page_texts(read: ReadDocument) -> list[str]:
    ends = [*read.pages[1:], len(read.text)]
    return [read.text[start:end].strip() for start, end in zip(read.pages, ends, strict=True)]


def test_each_slide_is_a_page() -> None:
    read = read_pptx(deck("Tolls", "Locks"), name="a.pptx", most_pages=9)
    assert page_texts(read) == ["Tolls\n\nBody of Tolls.", "Locks\n\nBody of Locks."]


def test_the_first_slide_names_a_deck_without_a_title() -> None:
    assert read_pptx(deck("Tolls"), name="a.pptx", most_pages=9).title == "Tolls"
    assert read_pptx(deck("Tolls", title="Canal fees"), name="a.pptx", most_pages=9).title == "Canal fees"


def test_tables_and_notes_of_a_slide_are_read() -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "Dunmar", "410"
    slide.notes_slide.notes_text_frame.text = "Ask the pilot."
    out = io.BytesIO()
    presentation.save(out)
    assert read_pptx(out.getvalue(), name="a.pptx", most_pages=9).text == "Dunmar | 410\n\nAsk the pilot."


def test_too_many_slides_are_refused() -> None:
    with pytest.raises(DocumentError, match="3 slides; at most 2"):
        read_pptx(deck("a", "b", "c"), name="a.pptx", most_pages=2)


def test_each_sheet_is_a_page_of_named_values() -> None:
    read = read_xlsx(
        sheets(
            Tolls=[["lock", "toll", "since"], ["Dunmar", 410.0, datetime.datetime(2024, 3, 1)], [None, 620, None]],
            Sheet2=[["Only words here"]],
        ),
        name="a.xlsx",
        most_pages=9,
    )
    assert page_texts(read) == ["Tolls\n\nlock: Dunmar\ntoll: 410\nsince: 2024-03-01\n\ntoll: 620", "Only words here"]


def test_chapters_are_read_in_the_order_of_the_book() -> None:
    assert book_blocks(book()) == ["One", "The lock is shut.", "The toll is 410 florins."]


def test_the_package_of_a_book_gives_its_metadata() -> None:
    read = read_epub(book(), name="a.epub")
    stated = (read.title, read.author, read.outlet, read.published, read.language)
    assert stated == ("The Locks", "Jane Doe", "Weser Press", "2019-03", "en-GB")


@pytest.mark.parametrize("package", ["<package", "no XML", ""])
def test_a_book_with_a_damaged_package_is_refused(package: str) -> None:
    with pytest.raises(DocumentError, match="not an EPUB"):
        read_epub(book(package), name="a.epub")


def test_xml_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">]>' + PACKAGE
    with pytest.raises(DocumentError, match="declares XML entities"):
        read_epub(book(bomb), name="a.epub")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(4):
            archive.writestr(f"{part}.xml", bytes(80 * 1024 * 1024))
    with pytest.raises(DocumentError, match="320 MB; at most 300 MB"):
        opened_zip(out.getvalue(), name="a.docx", what="a Word document")


def test_the_head_of_a_sheet_may_stand_below_its_title_and_hold_years() -> None:
    rows: list[list[object]] = [["Tolls of Weser"], [], ["lock", 2023, 2024], ["Dunmar", 400, 410]]
    read = read_xlsx(sheets(Tolls=rows), name="a.xlsx", most_pages=9)
    assert read.text == "Tolls\n\nTolls of Weser\n\nlock: Dunmar\n2023: 400\n2024: 410"


def test_a_sheet_without_names_gives_its_rows() -> None:
    read = read_xlsx(sheets(Tolls=[["Dunmar", 400], ["Pell", 620]]), name="a.xlsx", most_pages=9)
    assert read.text == "Tolls\n\nDunmar | 400\n\nPell | 620"


def test_all_authors_and_the_day_of_publication_are_told() -> None:
    package = PACKAGE.replace(
        "<dc:date>2019-03</dc:date>",
        '<dc:date opf:event="modification">2022</dc:date><dc:date opf:event="publication">2019-03</dc:date>',
    ).replace("</dc:creator>", "</dc:creator><dc:creator>Olaf Brand</dc:creator>")
    read = read_epub(book(package.replace("<package ", '<package xmlns:opf="urn:o" ')), name="a.epub")
    assert (read.author, read.published) == ("Jane Doe, Olaf Brand", "2019-03")


def test_a_chapter_named_by_a_place_in_it_is_read() -> None:
    assert "410 florins" in read_epub(book(PACKAGE.replace("two%20b.xhtml", "two%20b.xhtml#top")), name="a.epub").text


def test_the_head_and_the_notes_of_a_chapter_are_read() -> None:
    page = "<html><body><header><h1>One</h1></header><p>Shut.</p><aside>A note.</aside></body></html>"
    assert book_blocks(book(one=page)) == ["One", "Shut.", "A note.", "The toll is 410 florins."]


def test_the_table_of_contents_of_a_book_is_furniture() -> None:
    assert book_blocks(book(), furniture=True) == ["Contents"]


def test_a_chapter_without_a_heading_stands_under_its_title_in_the_contents() -> None:
    contents = '<html><body><nav><a href="one.xhtml">One</a><a href="two%20b.xhtml">The toll</a></nav></body></html>'
    read = read_epub(book(contents=contents), name="a.epub")
    assert [block.span.of(read.text) for block in read.blocks if block.kind is BlockKind.HEADING] == ["One", "The toll"]


def test_the_notes_of_a_chapter_are_told_from_its_text() -> None:
    page = (
        '<html><body><p>Marta paid<a epub:type="noteref" href="#n">1</a> the toll.</p>'
        '<aside epub:type="footnote" id="n"><p>Two pence.</p></aside></body></html>'
    )
    read = read_epub(book(one=page), name="a.epub")
    kinds = {block.span.of(read.text): block.kind for block in read.blocks}
    assert (kinds["Marta paid the toll."], kinds["Two pence."]) == (BlockKind.PARAGRAPH, BlockKind.FOOTNOTE)
