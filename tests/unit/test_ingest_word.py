"""What Word says of the parts of a document: numbers, headings, lists, tables, fields, notes."""

import io
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers.document import ReadDocument
from ingest.readers.docx import read_docx
from ingest.readers.word_numbering import number_as
from rag.domain import BlockKind
from tests.blocks import leant, named, not_covered, said

LEVELS = """
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{0}"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
"""
LISTS = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="70">{LEVELS.format("decimal")}</w:abstractNum>
<w:abstractNum w:abstractNumId="71"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="72">{LEVELS.format("upperRoman")}</w:abstractNum>
<w:num w:numId="70"><w:abstractNumId w:val="70"/></w:num>
<w:num w:numId="71"><w:abstractNumId w:val="71"/></w:num>
<w:num w:numId="72"><w:abstractNumId w:val="72"/></w:num>
<w:num w:numId="73"><w:abstractNumId w:val="70"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""
Line = tuple[str, int, int]
"""Words, the list and the level they stand in."""


def read(document: Document) -> ReadDocument:
    out = io.BytesIO()
    document.save(out)
    return read_docx(out.getvalue(), name="a.docx")


def listed(*lines: Line) -> ReadDocument:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for element in parse_xml(LISTS):
        numbering.append(element)
    for words, list_id, level in lines:
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
        )
    return read(document)


def lines(made: ReadDocument) -> list[str]:
    return [words for _, words in said(made)]


def of_body(markup: str) -> ReadDocument:
    document = docx.Document()
    mathematics = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    holder = parse_xml(f"<w:body {nsdecls('w')} {mathematics}>{markup}</w:body>")
    for at, element in enumerate(list(holder)):
        document.element.body.insert(at, element)
    return read(document)


def test_numbers_of_clauses_are_written_as_they_are_shown() -> None:
    made = listed(("Definitions.", 70, 0), ("Site means the yard.", 70, 1), ("Term.", 70, 0), ("In May.", 70, 1),
                  ("By letter.", 70, 2), ("By mail.", 70, 2))  # fmt: skip
    assert lines(made) == [
        "1. Definitions.", "1.1 Site means the yard.", "2. Term.", "2.1 In May.", "a) By letter.", "b) By mail.",
    ]  # fmt: skip


def test_a_clause_leans_on_the_clause_it_is_in() -> None:
    made = listed(("Term.", 70, 0), ("It ends in May.", 70, 1))
    assert leant(made, made.blocks[1]) == ["1. Term."]


def test_a_list_with_its_own_start_begins_there() -> None:
    assert lines(listed(("One.", 70, 0), ("Five.", 73, 0), ("Six.", 73, 0))) == ["1. One.", "5. Five.", "6. Six."]


def test_a_list_of_another_kind_has_numbers_of_its_own() -> None:
    assert lines(listed(("One.", 70, 0), ("First.", 72, 0), ("Two.", 70, 0))) == ["1. One.", "I. First.", "2. Two."]


def test_dots_make_items_without_their_dot() -> None:
    made = listed(("Bolts", 71, 0), ("of brass", 71, 1))
    assert [(block.kind.value, block.level) for block in made.blocks] == [("item", 0), ("item", 1)]


def test_items_lean_on_the_words_that_lead_in() -> None:
    document = docx.Document()
    document.add_paragraph("The following are approved:")
    document.add_paragraph("Calder Valves", style="List Bullet")
    made = read(document)
    assert leant(made, made.blocks[1]) == ["The following are approved:"]


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
        (14, "lowerRoman", "xiv"),
        (4, "decimalZero", "04"),
        (0, "x", "0"),
    ],
)
def test_numbers_are_shown_in_letters_and_romans(number: int, kind: str, words: str) -> None:
    assert number_as(number, kind) == words


def test_headings_nest_under_the_title() -> None:
    document = docx.Document()
    document.add_heading("Handbook", level=0)
    document.add_heading("Leave", level=1)
    document.add_heading("Unpaid", level=2)
    document.add_paragraph("Ask your manager.")
    made = read(document)
    assert leant(made, made.blocks[-1]) == ["Handbook", "Leave", "Unpaid"]


def test_a_style_with_an_outline_level_is_a_heading() -> None:
    document = docx.Document()
    style = document.styles.add_style("Kapitel", WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>'))
    document.add_paragraph("Urlaub.", style="Kapitel")
    assert said(read(document)) == [("heading", "Urlaub.")]


def test_a_short_paragraph_all_in_bold_is_a_heading() -> None:
    document = docx.Document()
    document.add_paragraph("The fee is due in May.")
    document.add_paragraph().add_run("Cancellation").bold = True
    document.add_paragraph("It takes a month.")
    assert said(read(document))[1] == ("heading", "Cancellation")


def test_a_question_in_bold_is_one_and_its_answer_leans_on_it() -> None:
    document = docx.Document()
    document.add_paragraph("Please read this first.")
    document.add_paragraph().add_run("Do you allow pets?").bold = True
    document.add_paragraph("Only small ones.")
    made = read(document)
    assert (made.blocks[1].kind.value, leant(made, made.blocks[2])) == ("question", ["Do you allow pets?"])


def table_of(*rows: list[str], prepare: Callable[[docx.table.Table], None] = lambda table: None) -> ReadDocument:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    prepare(table)
    return read(document)


def mark_head(table: docx.table.Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def bold_head(table: docx.table.Table) -> None:
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True


@pytest.mark.parametrize("prepare", [mark_head, bold_head])
def test_a_marked_head_names_the_columns(prepare: Callable[[docx.table.Table], None]) -> None:
    made = table_of(["Branch", "Manager"], ["Quayside", "Ines Carvalho"], prepare=prepare)
    assert named(made, made.blocks[0]) == [("Branch", "Quayside"), ("Manager", "Ines Carvalho")]


def test_a_table_of_labels_and_values_is_fields_of_one_record() -> None:
    made = table_of(["Name", "Grace Tullow"], ["Role", "Fitter"], ["Since", "2 May 2016"])
    assert [block.kind.value for block in made.blocks] == ["field"] * 3
    assert len({block.record for block in made.blocks}) == 1


def test_a_cell_merged_down_counts_in_each_row() -> None:
    def prepare(table: docx.table.Table) -> None:
        mark_head(table)
        table.cell(1, 0).merge(table.cell(2, 0))

    made = table_of(
        ["Bath", "Day", "Hours"], ["Northgate", "Sunday", "9 to 17"], ["", "Monday", "closed"], prepare=prepare
    )
    assert lines(made)[1] == "Bath: Northgate; Day: Monday; Hours: closed"


def test_a_cell_merged_across_counts_in_each_column() -> None:
    def prepare(table: docx.table.Table) -> None:
        mark_head(table)
        table.cell(1, 1).merge(table.cell(1, 2))

    made = table_of(["Bath", "Saturday", "Sunday"], ["Northgate", "closed", ""], prepare=prepare)
    assert lines(made) == ["Bath: Northgate; Saturday: closed; Sunday: closed"]


def test_long_words_of_a_merged_cell_stand_once() -> None:
    def prepare(table: docx.table.Table) -> None:
        mark_head(table)
        table.cell(1, 0).merge(table.cell(2, 0))

    made = table_of(["Why", "Day"], ["storm " * 60, "Monday"], ["", "Sunday"], prepare=prepare)
    assert lines(made)[1] == "Day: Sunday"


def test_a_table_around_headings_is_read_through() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).paragraphs[0].text = "Experience"
    table.cell(0, 0).paragraphs[0].style = document.styles["Heading 1"]
    table.cell(0, 0).add_paragraph("Fitter at the depot.")
    table.cell(0, 1).text = "Born in Hull."
    assert said(read(document)) == [
        ("heading", "Experience"), ("paragraph", "Fitter at the depot."), ("paragraph", "Born in Hull."),
    ]  # fmt: skip


def test_a_row_that_was_deleted_is_not_read() -> None:
    def prepare(table: docx.table.Table) -> None:
        mark_head(table)
        table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="1"/>'))

    assert lines(table_of(["Lock", "Toll"], ["Pell", "4"], ["Dun", "5"], prepare=prepare)) == ["Lock: Dun; Toll: 5"]


def test_a_label_in_bold_and_its_value_are_a_field() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Responsible person:").bold = True
    paragraph.add_run(" The manager of the depot decides on every loan.")
    assert said(read(document)) == [
        ("field", "Responsible person: The manager of the depot decides on every loan."),
    ]  # fmt: skip


def test_a_label_and_a_value_apart_by_a_tab_are_a_field() -> None:
    document = docx.Document()
    document.add_paragraph("Please pay in time.")
    document.add_paragraph("Invoice no.\t4711")
    assert said(read(document))[1] == ("field", "Invoice no.: 4711")


def test_lines_apart_by_tabs_are_a_table() -> None:
    document = docx.Document()
    for words in ("Item\tUnits\tPrice", "Bolt\t4\t1.20", "Nut\t9\t0.30"):
        document.add_paragraph(words).paragraph_format.tab_stops.add_tab_stop(900000, WD_TAB_ALIGNMENT.LEFT)
    assert lines(read(document)) == ["Item: Bolt; Units: 4; Price: 1.20", "Item: Nut; Units: 9; Price: 0.30"]


def test_fields_one_below_the_other_are_one_record() -> None:
    document = docx.Document()
    for words in ("Name: Grace Tullow", "Role: Fitter"):
        document.add_paragraph(words)
    assert len({block.record for block in read(document).blocks}) == 1


def test_a_sentence_with_a_colon_is_no_field() -> None:
    document = docx.Document()
    document.add_paragraph("Remember: the valve must be shut before the pump is opened.")
    assert said(read(document))[0][0] == "paragraph"


def test_a_table_of_contents_is_furniture() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Leave\t4", style=style)
    assert said(read(document)) == [("furniture", "Leave 4")]


def test_a_caption_is_one_and_rows_lean_on_it() -> None:
    document = docx.Document()
    document.add_paragraph("Table 1: Tolls", style="Caption")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip((cell for row in table.rows for cell in row.cells), "Lock Toll Pell 4".split(), strict=True):
        cell.text = words
    mark_head(table)
    made = read(document)
    assert leant(made, made.blocks[1]) == ["Table 1: Tolls"]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<w:p><m:oMath><m:r><m:t>v</m:t></m:r><m:r><m:t>=</m:t></m:r><m:f><m:num><m:r><m:t>s</m:t></m:r></m:num>"
         "<m:den><m:r><m:t>t</m:t></m:r></m:den></m:f></m:oMath></w:p>", "v=s/t"),
        ('<w:p><w:r><w:t>Angle</w:t><w:tab/><w:sym w:font="Symbol" w:char="F061"/></w:r></w:p>', "Angle: α"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:br/><w:t>paid</w:t></w:r></w:p>', "☑ paid"),
        ("<w:p><w:r><w:t>Shown.</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden.</w:t></w:r></w:p>", "Shown."),
        ("<w:p><w:r><w:t>Name</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r>"
         "<w:t>Click to enter</w:t></w:r></w:sdtContent></w:sdt></w:p>", "Name"),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>to</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r></w:rubyBase>"
         "</w:ruby></w:r></w:p>", "東"),
        ('<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">It is </w:t></w:r></w:p>'
         "<w:p><w:r><w:t>shut.</w:t></w:r></w:p>", "It is shut."),
    ],
)  # fmt: skip
def test_words_are_read_as_they_are_seen(markup: str, words: str) -> None:
    assert lines(of_body(markup)) == [words]


def test_a_footnote_leans_on_what_it_is_to() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The harbour was shut.")
    paragraph.runs[0]._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
    words = "<w:footnote w:id='2'><w:p><w:r><w:t>By a storm.</w:t></w:r></w:p></w:footnote>"
    note = f"<w:footnotes {nsdecls('w')}>{words}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", note.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    made = read(document)
    assert (said(made)[1], leant(made, made.blocks[1])) == (("footnote", "By a storm."), ["The harbour was shut."])


def test_comments_in_the_margin_are_left_out_and_told() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The fee is 40 euros.")
    document.add_comment(paragraph.runs, text="Should be 60?", author="Jane")
    made = read(document)
    assert (lines(made), made.notices) == (
        ["The fee is 40 euros."], ("a.docx: comments in the margin were left out: 1.",),
    )  # fmt: skip


def test_heads_of_pages_are_furniture_and_blocks_cover_the_text() -> None:
    document = docx.Document()
    document.add_paragraph("The harbour was shut.")
    document.sections[0].header.paragraphs[0].text = "For the board"
    made = read(document)
    assert (said(made)[-1], not_covered(made)) == (("furniture", "For the board"), "")


def test_a_merged_cell_of_any_width_stays_small() -> None:
    words = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    cell = f'<w:tc {nsdecls("w")}><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{words}</w:tc>'
    made = table_of(["a", "b"], ["c", "d"], prepare=lambda table: table.rows[1]._tr.append(parse_xml(cell)))
    assert len(made.text) < 200


def test_a_short_numbered_line_in_bold_is_a_heading() -> None:
    document = docx.Document()
    document.add_paragraph("This is agreed.")
    document.add_paragraph(style="List Number").add_run("Fees").bold = True
    document.add_paragraph("The fee is due in May.")
    made = read(document)
    assert leant(made, made.blocks[2]) == ["1. Fees"]


def test_an_answer_leans_on_its_question() -> None:
    document = docx.Document()
    for words in ("Q: May I bring a dog?", "A: Yes, on a lead."):
        document.add_paragraph(words)
    made = read(document)
    assert leant(made, made.blocks[1]) == ["Q: May I bring a dog?"]


def test_typed_numbers_and_dots_make_steps_and_items() -> None:
    document = docx.Document()
    for words in ("1) Shut the valve.", "2.1 Open the pump.", "• Bolts", "2.5 million barges pass."):
        document.add_paragraph(words)
    assert [kind for kind, _ in said(read(document))] == ["step", "step", "item", "paragraph"]


def test_a_first_line_without_a_full_stop_is_what_the_document_is_called() -> None:
    document = docx.Document()
    for words in ("Opening hours of the baths", "They are open all year."):
        document.add_paragraph(words)
    made = read(document)
    assert leant(made, made.blocks[1]) == ["Opening hours of the baths"]


def test_a_first_line_above_a_heading_is_a_paragraph() -> None:
    document = docx.Document()
    document.add_paragraph("Harbour Market Digest")
    document.add_heading("Talks break up", level=1)
    assert said(read(document))[0] == ("paragraph", "Harbour Market Digest")


def test_fields_go_on_in_the_form_right_below_them() -> None:
    document = docx.Document()
    document.add_paragraph("Employer: Weser Locks")
    form = document.add_table(rows=2, cols=2)
    for at, (label, value) in enumerate((("Job", "fitter"), ("First day", "3 May 2025"))):
        form.cell(at, 0).text, form.cell(at, 1).text = label, value
    assert len({block.record for block in read(document).blocks}) == 1


@pytest.mark.parametrize(
    ("line", "kind"),
    [("2010: diploma in building, Graz", BlockKind.PARAGRAPH), ("§ 3 Stairs: They are swept.", BlockKind.STEP)],
)
def test_a_year_is_no_label_and_a_section_is_a_clause(line: str, kind: BlockKind) -> None:
    document = docx.Document()
    document.add_heading("Ann Lee")
    document.add_paragraph(line)
    assert read(document).blocks[-1].kind is kind
