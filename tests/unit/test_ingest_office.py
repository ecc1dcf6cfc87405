"""Slides, sheets and books."""

import datetime
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pptx
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation
from pptx.util import Inches

from ingest.readers.document import ReadDocument
from ingest.readers.epub import read_epub
from ingest.readers.pptx import read_pptx
from ingest.readers.xlsx import read_xlsx
from ingest.readers.zipped import opened_zip
from rag.domain import BlockKind
from rag.errors import DocumentError
from tests.blocks import leant, named, not_covered, said

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
    assert read_pptx(out.getvalue(), name="a.pptx", most_pages=9).text == "Dunmar: 410\n\nAsk the pilot."


def test_too_many_slides_are_refused() -> None:
    with pytest.raises(DocumentError, match="3 slides; at most 2"):
        read_pptx(deck("a", "b", "c"), name="a.pptx", most_pages=2)


def test_each_sheet_stands_under_its_name_and_is_no_page() -> None:
    read = read_xlsx(
        sheets(
            Tolls=[["lock", "toll", "since"], ["Dunmar", 410.0, datetime.datetime(2024, 3, 1)], [None, 620, None]],
            Sheet2=[["Only words here"]],
        ),
        name="a.xlsx",
        most_pages=9,
    )
    rows = "lock: Dunmar; toll: 410; since: 2024-03-01\ntoll: 620"
    assert (read.text, read.pages) == (f"Tolls\n\n{rows}\n\nSheet2\n\nOnly words here", ())


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
    assert read.text == "Tolls\n\nTolls of Weser\n\nlock: Dunmar; 2023: 400; 2024: 410"


def test_a_sheet_without_names_gives_its_rows() -> None:
    rows: list[list[object]] = [["Dunmar", 400, "open"], ["Pell", 620, "open"]]
    read = read_xlsx(sheets(Tolls=rows), name="a.xlsx", most_pages=9)
    assert read.text == "Tolls\n\nDunmar; 400; open\nPell; 620; open"


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


def read_deck(presentation: Presentation) -> ReadDocument:
    out = io.BytesIO()
    presentation.save(out)
    return read_pptx(out.getvalue(), name="a.pptx", most_pages=9)


def slide_with_text(words: str, markup: str = "") -> ReadDocument:
    """A slide with these lines in its list, the last of them with this markup before it."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes.title.text = "Locks"
    slide.placeholders[1].text_frame.text = words
    if markup:
        for paragraph in slide.placeholders[1].text_frame.paragraphs:
            paragraph._p.get_or_add_pPr().append(parse_xml(f"<a:{markup} {nsdecls('a')}/>"))
    return read_deck(presentation)


def test_lines_in_the_list_of_a_slide_are_items_under_its_title() -> None:
    read = slide_with_text("Pell is shut.\nDun is open.")
    assert said(read) == [("heading", "Locks"), ("item", "Pell is shut."), ("item", "Dun is open.")]
    assert leant(read, read.blocks[2]) == ["Locks"]


def test_numbered_lines_of_a_slide_are_steps() -> None:
    read = slide_with_text("Shut.\nPump.", 'buAutoNum type="alphaLcParenR"')
    assert said(read)[1:] == [("step", "a) Shut."), ("step", "b) Pump.")]


def test_lines_without_a_dot_are_paragraphs() -> None:
    assert said(slide_with_text("The lock of Pell is shut.", "buNone"))[1][0] == "paragraph"


def test_a_chart_is_a_row_for_each_category() -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Tolls"
    data = CategoryChartData()
    data.categories = ["2023", "2024"]
    data.add_series("Barges", (410, 620.5))
    data.add_series("Boats", (7, None))
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, Inches(1), Inches(2), Inches(4), Inches(3), data)
    assert said(read_deck(presentation))[1:] == [("row", "2023; Barges: 410; Boats: 7"), ("row", "2024; Barges: 620.5")]


def test_a_merged_cell_of_a_slide_counts_in_each_row() -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    table = slide.shapes.add_table(3, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for row, words in zip(table.rows, (("Lock", "Toll"), ("Pell", "4"), ("", "5")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    assert said(read_deck(presentation))[-1] == ("row", "Lock: Pell; Toll: 5")


def test_a_slide_is_read_from_its_top_whatever_was_drawn_first() -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    for top, words in ((4, "It shuts in May."), (1, "The lock is old.")):
        slide.shapes.add_textbox(Inches(1), Inches(top), Inches(4), Inches(1)).text_frame.text = words
    assert [words for _, words in said(read_deck(presentation))] == ["The lock is old.", "It shuts in May."]


def test_a_slide_without_a_title_does_not_lean_on_the_one_before() -> None:
    presentation = pptx.Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[5]).shapes.title.text = "Tolls"
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1)).text_frame.text = "The lock is old."
    read = read_deck(presentation)
    assert leant(read, read.blocks[-1]) == ["Slide 2"]


def test_a_slide_of_pictures_has_no_words() -> None:
    presentation = pptx.Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[5]).shapes.title.text = "Tolls"
    presentation.slides.add_slide(presentation.slide_layouts[6])
    read = read_deck(presentation)
    assert (read.text, read.pages) == ("Tolls", (0, 5))


def test_the_words_of_a_diagram_are_items() -> None:
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1)).text_frame.text = "How a lock works."
    space = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    words = "".join(f"<d:pt><d:t><a:p><a:r><a:t>{step}</a:t></a:r></a:p></d:t></d:pt>" for step in ("Fill", "Open"))
    model = f'<d:dataModel xmlns:d="{space}" {nsdecls("a")}><d:ptLst>{words}</d:ptLst></d:dataModel>'
    part = Part(PackURI("/ppt/diagrams/data1.xml"), "application/xml", slide.part.package, model.encode())
    related = slide.part.relate_to(part, f"{space}Data")
    frame = slide.shapes.add_table(1, 1, Inches(1), Inches(3), Inches(4), Inches(1))._element
    data = frame.graphic.graphicData
    data.clear()
    data.set("uri", space)
    data.append(parse_xml(f'<d:relIds xmlns:d="{space}" {nsdecls("r")} r:dm="{related}"/>'))
    assert said(read_deck(presentation))[1:] == [("item", "Fill"), ("item", "Open")]


def workbook(fill: Callable[[Worksheet], None]) -> ReadDocument:
    """The only sheet of a workbook, named Tolls, once it is filled."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "Tolls"
    fill(book.active)
    book.save(out)
    return read_xlsx(out.getvalue(), name="a.xlsx", most_pages=9)


def filled(sheet: Worksheet, *rows: list[object]) -> None:
    for row in rows:
        sheet.append(row)


def test_cells_are_read_as_they_are_shown() -> None:
    def fill(sheet: Worksheet) -> None:
        filled(sheet, ["lock", "share", "toll"], ["Pell", 0.0375, 1250000])
        sheet["B2"].number_format, sheet["C2"].number_format = "0.00%", '#,##0.00 "CHF"'

    assert said(workbook(fill))[1] == ("row", "lock: Pell; share: 3.75%; toll: 1,250,000.00 CHF")


def test_merged_cells_count_in_each_row_and_name_columns_together() -> None:
    def fill(sheet: Worksheet) -> None:
        filled(sheet, ["lock", "2023", None], [None, "barges", "EUR"], ["Pell", 4, 400], [None, 5, 500])
        for cells in ("A1:A2", "B1:C1", "A3:A4"):
            sheet.merge_cells(cells)

    assert said(workbook(fill))[2] == ("row", "lock: Pell; 2023 › barges: 5; 2023 › EUR: 500")


def test_tables_of_one_sheet_have_their_own_names() -> None:
    def fill(sheet: Worksheet) -> None:
        filled(sheet, ["lock", "toll", None, "pilot", "since"], ["Pell", 4, None, "Ann", 2019])
        filled(sheet, ["Dun", 5, None, "Bob", 2020], [], ["gate", "width"], ["north", 7], ["south", 8])

    assert [words for _, words in said(workbook(fill))[1:]] == [
        "lock: Pell; toll: 4", "lock: Dun; toll: 5", "pilot: Ann; since: 2019", "pilot: Bob; since: 2020",
        "gate: north; width: 7", "gate: south; width: 8",
    ]  # fmt: skip


def test_a_hidden_sheet_is_marked() -> None:
    def fill(sheet: Worksheet) -> None:
        filled(sheet, ["lock", "toll"], ["Pell", 4], ["Dun", 5])
        hidden = sheet.parent.create_sheet("Old")
        filled(hidden, ["lock", "toll"], ["Pell", 3], ["Dun", 4])
        hidden.sheet_state = "hidden"

    read = workbook(fill)
    assert ("heading", "Old (hidden)") in said(read)
    assert read.notices == ("a.xlsx: the sheet Old is hidden; it was read.",)


def test_hidden_rows_are_told() -> None:
    def fill(sheet: Worksheet) -> None:
        filled(sheet, ["lock", "toll"], ["Pell", 4])
        sheet.row_dimensions[2].hidden = True

    assert workbook(fill).notices == ("a.xlsx: the sheet Tolls has hidden rows or columns; they were read.",)


def test_a_formula_without_a_value_is_told_and_gives_none() -> None:
    def fill(sheet: Worksheet) -> None:
        filled(sheet, ["lock", "toll"], ["Pell", 4], ["Dun", 5], ["all", "=SUM(B2:B3)"])

    read = workbook(fill)
    assert said(read)[-1] == ("row", "lock: all")
    assert "formulas without a value in Tolls: 1" in read.notices[0]


def test_a_row_in_bold_is_a_head() -> None:
    def fill(sheet: Worksheet) -> None:
        filled(sheet, ["branch", "manager"], ["Quayside", "Ann Lee"], ["Millpond", "Bob Low"])
        sheet["A1"].font = sheet["B1"].font = Font(bold=True)

    assert said(workbook(fill))[1] == ("row", "branch: Quayside; manager: Ann Lee")


def test_a_sheet_of_labels_and_values_is_a_form() -> None:
    read = workbook(lambda sheet: filled(sheet, ["Firm", "Acme"], ["Founded", 1999], ["Seat", "Hull"]))
    assert said(read)[1:] == [("field", "Firm: Acme"), ("field", "Founded: 1999"), ("field", "Seat: Hull")]


def test_a_sheet_of_merged_cells_without_end_stays_small() -> None:
    def fill(sheet: Worksheet) -> None:
        filled(sheet, ["lock", "toll"], ["Pell", 4])
        for row in range(1, 50):
            sheet.merged_cells.add(f"A{row}:XFD1048576")

    assert len(workbook(fill).text) < 1000


def test_the_blocks_of_a_sheet_cover_its_text_and_name_its_cells() -> None:
    read = workbook(lambda sheet: filled(sheet, ["lock", "toll"], ["Pell", 4], ["Dun", 5]))
    assert (not_covered(read), named(read, read.blocks[1])) == ("", [("lock", "Pell"), ("toll", "4")])
