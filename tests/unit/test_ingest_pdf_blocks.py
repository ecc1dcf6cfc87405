"""What the pages of a PDF are made of: printed here, and read."""

from collections.abc import Sequence

import pytest

from ingest.readers.document import ReadDocument
from ingest.readers.pdf import read_pdf
from rag.domain import Block, BlockKind
from rag.errors import DocumentError
from tests.printed import grid, lines, noted, printed, rule, words


def read(*pages: str, notes: Sequence[str] = (), more: str = "") -> ReadDocument:
    return read_pdf(printed(*pages, notes=notes, more=more), name="a.pdf", most_pages=50)


def said(document: ReadDocument, *kinds: BlockKind) -> list[str]:
    """The words of the blocks of these kinds."""
    return [block.span.of(document.text) for block in document.blocks if block.kind in kinds]


def block_of(document: ReadDocument, start: str) -> Block:
    """The block that begins with these words."""
    return next(block for block in document.blocks if block.span.of(document.text).startswith(start))


LEFT = (
    "The survey of the bay was made in\nMarch by the office of Ruben Aske and\nfound that the outer mole had sunk by\n"
    "fourteen centimetres. It says that the\nmole must be raised before the"
)
RIGHT = (
    "winter of the next year. The fleet of\nthe bay counts forty boats. The harbour\nmaster says that fewer fish were "
    "landed\nthan in any of the years before, and\nthat a plant for ice was opened."
)


def test_columns_are_read_one_after_the_other_and_a_sentence_over_them_is_whole() -> None:
    document = read(lines(50, 100, LEFT) + "\n" + lines(320, 100, RIGHT))
    assert said(document, BlockKind.PARAGRAPH) == [" ".join(f"{LEFT}\n{RIGHT}".split("\n"))]


def test_a_block_over_two_columns_has_a_box_in_each() -> None:
    document = read(lines(50, 100, LEFT) + "\n" + lines(320, 100, RIGHT))
    assert [round(box.left) for box in document.blocks[0].boxes] == [50, 320]


def test_a_heading_across_the_columns_comes_first() -> None:
    columns = lines(50, 100, LEFT) + "\n" + lines(320, 100, RIGHT)
    assert read(columns + "\n" + words(150, 60, "The harbour survey of the bay", 20)).text.startswith(
        "The harbour survey"
    )


HEADS = "Varga Heating\nOperating manual\nRevision 7, for internal use"


def printed_pages(*pages: str) -> list[str]:
    """Pages under a head of three lines, over a foot with the number of the page."""
    return [
        f"{lines(50, 30, HEADS)}\n{lines(50, 120, page)}\n{words(480, 780, f'Page {number} of {len(pages)}')}"
        for number, page in enumerate(pages, start=1)
    ]


def test_a_sentence_over_a_page_with_heads_of_several_lines_is_whole() -> None:
    document = read(*printed_pages("The next inspection falls in", "October. The fitter", "writes it down."))
    assert said(document, BlockKind.PARAGRAPH) == ["The next inspection falls in October. The fitter writes it down."]


def test_a_page_begins_within_the_block_that_goes_over_to_it() -> None:
    document = read(*printed_pages("The next inspection falls in", "October. The fitter", "writes it down."))
    assert [document.text[start:].split(" ")[0] for start in document.pages[1:]] == ["October.", "writes"]


def test_a_number_that_does_not_count_pages_is_no_furniture() -> None:
    bills = [
        lines(50, 40, f"Bill of the harbour\nBill number: {number}\n\nTotal: {number}.50") for number in (417, 99, 250)
    ]
    assert "Bill number: 99" in " ".join(said(read(*bills), BlockKind.PARAGRAPH, BlockKind.FIELD))


def test_a_table_of_contents_is_furniture() -> None:
    entries = "\n".join(f"{number} Chapter on gates {'. ' * 20}{number * 4}" for number in range(1, 6))
    document = read(words(50, 80, "Contents", 18) + "\n" + lines(50, 120, entries))
    assert {block.kind for block in document.blocks} == {BlockKind.FURNITURE}


def test_a_table_of_contents_without_leaders_is_furniture() -> None:
    entries = cells(
        120,
        *((f"Chapter on the gates, part {part}", f"{page}") for part, page in zip("abcd", (3, 9, 14, 20), strict=True)),
        lefts=(60, 500),
    )
    document = read(words(50, 80, "Contents", 18) + "\n" + entries)
    assert {block.kind for block in document.blocks} == {BlockKind.FURNITURE}


def test_an_index_is_furniture() -> None:
    entries = "\n".join(
        f"{word}, {page}, {page + 7}" for page, word in enumerate("barge gate harbour keeper lock".split(), 3)
    )
    document = read(words(50, 80, "Index", 18) + "\n" + lines(50, 120, entries))
    assert {block.kind for block in document.blocks} == {BlockKind.FURNITURE}


PROSE = (
    "The gates of the harbour are closed whenever the water stands higher than four metres,\n"
    "and nobody may pass them until the keeper has opened them again."
)


def test_larger_and_bold_lines_are_headings_over_the_text_beneath() -> None:
    page = [words(50, 60, "Manual of the gates", 20), words(50, 100, "Closing", bold=True), lines(50, 120, PROSE)]
    document = read("\n".join(page))
    leant = [span.of(document.text) for span in block_of(document, "The gates").leans_on]
    assert leant == ["Manual of the gates", "Closing"]


def test_the_items_of_a_list_are_whole_and_without_their_marks() -> None:
    listed = "- a lamp that burns for at least eight hours without being\n  filled again\n- a rope"
    page = lines(50, 100, "Each boat has on board:\n" + listed.replace("  filled", "filled"))
    assert said(read(page), BlockKind.ITEM) == [
        "a lamp that burns for at least eight hours without being filled again",
        "a rope",
    ]


def test_a_mark_that_stands_apart_makes_an_item() -> None:
    page = "\n".join([lines(50, 100, "\\267\n\\267", apart=28), lines(70, 100, "a lamp that\nburns\na rope")])
    assert said(read(page), BlockKind.ITEM) == ["a lamp that burns", "a rope"]


def test_numbered_clauses_with_a_hanging_indent_are_whole() -> None:
    page = "\n".join(
        [
            words(50, 100, "1.1 The rent is paid on the third day of each month to the account of the"),
            words(75, 114, "landlord, which the annex names."),
            words(50, 128, "1.2 Late rent bears interest."),
        ]
    )
    document = read(page)
    assert said(document, BlockKind.STEP) == [
        "1.1 The rent is paid on the third day of each month to the account of the landlord, which the annex names.",
        "1.2 Late rent bears interest.",
    ]


def test_a_day_at_the_start_of_a_line_begins_no_list() -> None:
    text = "Das Tor bleibt nach dem Beschluss des Rates vom Montag geschlossen, und zwar bis zum\n3. Mai des Jahres."
    assert said(read(lines(50, 100, text)), BlockKind.STEP) == []


def test_footnotes_are_parted_from_the_text_that_goes_on() -> None:
    first = lines(50, 700, "The charter was sealed by the bishop, who held the lands and levied the toll on")
    notes = lines(50, 760, "3 See the register, folio 12.\n4 Hollis doubts the day.", 8, apart=10)
    document = read(f"{first}\n{notes}", lines(50, 100, "all salt that passed the bridge."))
    assert said(document, BlockKind.FOOTNOTE) == ["3 See the register, folio 12.", "4 Hollis doubts the day."]


def test_the_text_around_a_footnote_is_whole() -> None:
    first = lines(50, 700, "The charter was sealed by the bishop, who held the lands and levied the toll on")
    notes = lines(50, 760, "3 See the register, folio 12.", 8)
    document = read(f"{first}\n{notes}", lines(50, 100, "all salt that passed the bridge."))
    assert said(document, BlockKind.PARAGRAPH)[0].endswith("levied the toll on all salt that passed the bridge.")


def cells(top: float, *rows: Sequence[str], lefts: Sequence[float] = (60, 230, 400), apart: float = 18) -> str:
    """The cells of a table."""
    placed = (
        (left, top + apart * at, cell) for at, row in enumerate(rows) for left, cell in zip(lefts, row, strict=True)
    )
    return "\n".join(words(left, place, cell) for left, place, cell in placed if cell)


PRICES = (
    ("Service", "Unit", "Price"),
    ("Winter storage indoors", "square metre", "62.00"),
    ("Mast lifting", "lift", "95.00"),
)


def test_a_row_of_a_table_names_its_columns() -> None:
    document = read(cells(100, *PRICES))
    assert said(document, BlockKind.ROW)[1] == "Service: Mast lifting; Unit: lift; Price: 95.00"


def test_a_title_over_a_table_is_no_row() -> None:
    document = read(
        words(60, 70, "Prices of the boat yard of Oakmere, from the first of April") + "\n" + cells(100, *PRICES)
    )
    assert said(document, BlockKind.PARAGRAPH) == ["Prices of the boat yard of Oakmere, from the first of April"]


def test_a_caption_is_leant_on_by_the_rows_beneath() -> None:
    document = read(words(60, 80, "Table 1: Prices of the yard") + "\n" + cells(100, *PRICES))
    assert "Table 1: Prices of the yard" in [span.of(document.text) for span in block_of(document, "Service").leans_on]


def test_a_table_that_goes_on_over_the_page_keeps_the_names_of_its_columns() -> None:
    more = cells(60, ("Hull cleaning", "metre", "18.50"), ("Engine service", "flat", "340.00"))
    assert (
        said(read(cells(700, *PRICES), more), BlockKind.ROW)[-1] == "Service: Engine service; Unit: flat; Price: 340.00"
    )


def test_labels_and_values_are_fields_of_one_record() -> None:
    document = read(cells(100, ("Bill number:", "417"), ("Due date:", "11 June 2025"), lefts=(60, 200)))
    fields = [block for block in document.blocks if block.kind is BlockKind.FIELD]
    assert [block.span.of(document.text) for block in fields] == ["Bill number: 417", "Due date: 11 June 2025"]
    assert len({block.record for block in fields}) == 1


def test_the_total_of_a_bill_is_not_named_by_a_column() -> None:
    rows = (
        ("Item", "Unit price", "Amount"),
        ("Blades", "6.40", "76.80"),
        ("Saw", "412.00", "412.00"),
        ("", "Total", "488.80"),
    )
    assert said(read(cells(100, *rows)), BlockKind.FIELD) == ["Total: 488.80"]


def test_lines_that_are_drawn_say_which_words_are_one_cell() -> None:
    drawn = grid([50, 220, 400], [90, 110, 150, 190])
    page = cells(104, ("Right", "Rule"), lefts=(60, 230)) + "\n" + lines(60, 124, "Leave of\nthe Staff") + "\n"
    page += (
        lines(230, 124, "Thirty days a\nYear in all") + "\n" + cells(164, ("Sickness", "Six weeks"), lefts=(60, 230))
    )
    assert "Leave of the Staff: Thirty days a Year in all" in said(read(f"{drawn}\n{page}"), BlockKind.FIELD)


def test_a_cell_over_several_rows_is_in_each_of_them() -> None:
    drawn = "\n".join([
        rule(50, 90, 400, 90), rule(50, 110, 400, 110), rule(150, 130, 400, 130), rule(50, 150, 400, 150),
        *(rule(left, 90, left, 150) for left in (50, 150, 280, 400)),
    ])  # fmt: skip
    rows = (("Group", "Name", "Points"), ("North", "Anna", "12"), ("", "Ben", "9"))
    document = read(drawn + "\n" + cells(104, *rows, lefts=(60, 160, 290), apart=20))
    assert said(document, BlockKind.ROW)[1] == "Group: North; Name: Ben; Points: 9"


def test_a_name_over_several_columns_is_part_of_the_name_of_each() -> None:
    drawn = "\n".join([
        rule(50, 90, 400, 90), rule(150, 110, 400, 110), rule(50, 130, 400, 130), rule(50, 150, 400, 150),
        rule(50, 90, 50, 150), rule(150, 90, 150, 150), rule(280, 110, 280, 150), rule(400, 90, 400, 150),
    ])  # fmt: skip
    rows = (("Floor", "Area", ""), ("", "indoors", "outdoors"), ("First", "98", "12"))
    document = read(drawn + "\n" + cells(104, *rows, lefts=(60, 160, 290), apart=20))
    assert said(document, BlockKind.ROW) == ["Floor: First; Area indoors: 98; Area outdoors: 12"]


def test_a_frame_around_text_is_no_table() -> None:
    document = read(grid([40, 560], [80, 300]) + "\n" + lines(50, 100, PROSE))
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH]


def field(top: float, name: str, value: str, label: str = "") -> str:
    """A field of a form."""
    shown = f"/TU ({label})" if label else ""
    return noted(200, top - 12, 400, top + 4, f"/Subtype /Widget /FT /Tx /T ({name}) {shown} /V ({value})")


def test_a_field_of_a_form_has_its_label_and_its_value() -> None:
    document = read(words(50, 100, "Born on:"), notes=[field(100, "t1", "17 May 1981")])
    assert said(document, BlockKind.FIELD) == ["Born on: 17 May 1981"]


def test_an_empty_field_of_a_form_has_a_label_and_no_value() -> None:
    document = read(words(50, 100, "Phone:"), notes=[field(100, "t1", "")])
    assert [(block.kind, block.parts) for block in document.blocks] == [(BlockKind.FIELD, ())]


@pytest.mark.parametrize(("state", "shown"), [("Yes", "House: Yes"), ("Off", "House:")])
def test_a_box_of_a_form_is_checked_or_not(state: str, shown: str) -> None:
    box = noted(200, 90, 212, 102, f"/Subtype /Widget /FT /Btn /T (b1) /TU (House) /V /{state} /AS /{state}")
    assert said(read(words(220, 100, "House"), notes=[box]), BlockKind.FIELD) == [shown]


def test_what_a_reader_noted_on_a_page_is_read() -> None:
    note = noted(300, 90, 320, 110, "/Subtype /Text /Contents (Ask Mirela before you sign.)")
    assert said(read(lines(50, 100, PROSE), notes=[note]), BlockKind.FOOTNOTE) == ["Ask Mirela before you sign."]


def test_attached_files_are_named() -> None:
    attached = "/Names << /EmbeddedFiles << /Names [(bill.xml) << /Type /Filespec /F (bill.xml) /EF << >> >>] >> >>"
    notices = read(lines(50, 100, PROSE), more=attached).notices
    assert notices == ("a.pdf: the files attached to it were not read: bill.xml. Save them and add them.",)


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("Before any main-", "tenance the mains are off.", "any maintenance the"),
        ("It is a well-", "known weak point.", "a well-known weak"),
        ("A check-", "in of the machine is due.", "A check-in of"),
        ("Die Hafen-", "verwaltung ist geschlossen.", "Die Hafenverwaltung ist"),
        ("Names such as LO-", "CATION are meant.", "as LOCATION are"),
        ("The road Weser-", "Dunmar is shut.", "Weser- Dunmar"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_only_in_words_that_have_one(above: str, below: str, whole: str) -> None:
    assert whole in read(lines(50, 100, f"{above}\n{below}")).text


def test_a_hyphenated_word_is_written_as_elsewhere_in_the_document() -> None:
    text = "The semi-\nfinal is on Monday. Last year the semi-final was lost."
    assert read(lines(50, 100, text)).text.count("semi-final") == 2


def test_ligatures_without_a_name_are_set_right() -> None:
    assert read(words(50, 100, "The o\\016cer of the \\014sheries and the a\\013ected sta\\013")).text == (
        "The officer of the fisheries and the affected staff"
    )


def test_a_raised_figure_is_no_part_of_the_number_before_it() -> None:
    page = [
        words(50, 100, "The charter is of 1287."),
        words(160.1, 93, "1", 6),
        words(166, 100, "It was lost in 1344."),
    ]
    assert "1287.¹ It was lost" in read("\n".join(page)).text


def test_pages_that_are_pictures_under_the_line_of_an_app_are_a_scan() -> None:
    picture = "BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI"
    page = f"q {600} 0 0 {800} 0 0 cm\n{picture}\nQ\n" + words(200, 790, "Made by a scanning app")
    with pytest.raises(DocumentError, match="are images with a line on each"):
        read(page)


def test_every_visible_word_is_in_a_block() -> None:
    document = read(*printed_pages(PROSE, PROSE, PROSE), notes=[field(300, "Town", "Bremen")])
    covered = "".join(block.span.of(document.text) for block in document.blocks)
    assert "".join(document.text.split()) == "".join(covered.split())


def turned(degrees: int) -> bytes:
    """A page of the file that is shown turned by so much, with words beyond the width that it has before."""
    data = printed("0 1 -1 0 800 0 cm\n" + cells(100, *PRICES, lefts=(60, 330, 700)))
    return data.replace(b"/Type /Page ", b"/Type /Page /Rotate %d " % degrees)


def test_the_words_at_the_edge_of_a_turned_page_are_read() -> None:
    document = read_pdf(turned(90), name="a.pdf", most_pages=50)
    assert said(document, BlockKind.ROW)[1] == "Service: Mast lifting; Unit: lift; Price: 95.00"


def test_words_that_are_printed_sideways_are_read_as_if_upright() -> None:
    document = read_pdf(turned(0), name="a.pdf", most_pages=50)
    assert said(document, BlockKind.ROW)[1] == "Service: Mast lifting; Unit: lift; Price: 95.00"


def test_a_box_stands_where_the_words_do_on_the_page_as_it_is_shown() -> None:
    document = read_pdf(turned(0), name="a.pdf", most_pages=50)
    first = block_of(document, "Service: Winter").boxes[0]
    assert first.bottom - first.top > first.right - first.left


def test_words_across_the_page_are_furniture() -> None:
    draft = "BT /F1 60 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (DRAFT) Tj ET"
    assert said(read(f"{draft}\n{lines(50, 100, PROSE)}"), BlockKind.FURNITURE) == ["DRAFT"]


def test_the_last_line_of_a_page_is_a_row_of_the_table_that_goes_on() -> None:
    first = lines(50, 600, PROSE) + "\n" + cells(700, ("March 2024", "The canal is closed.", "Weser"))
    more = cells(60, ("May 2024", "The canal is opened.", "Dunmar"), ("June 2024", "A gate is torn.", "Oxholm"))
    assert said(read(first, more), BlockKind.ROW)[0] == "March 2024; The canal is closed.; Weser"


def test_a_heading_that_asks_is_a_question() -> None:
    page = (
        words(50, 60, "House rules", 20)
        + "\n"
        + words(50, 100, "May I smoke?", bold=True)
        + "\n"
        + lines(50, 120, PROSE)
    )
    assert said(read(page), BlockKind.QUESTION) == ["May I smoke?"]


def test_labels_without_a_colon_beside_their_values_have_no_head() -> None:
    rows = (("Name", "Jonas Brandt"), ("Born", "3 May 1981 in Bremen"), ("Phone", "0421 555 017"))
    document = read(words(50, 60, "Curriculum vitae", 20) + "\n" + cells(100, *rows, lefts=(60, 200)))
    assert said(document, BlockKind.FIELD) == [
        "Name: Jonas Brandt",
        "Born: 3 May 1981 in Bremen",
        "Phone: 0421 555 017",
    ]


def test_a_value_that_wraps_is_one_with_its_label() -> None:
    rows = (("2015 - 2020", "Engineer at the works of Varga, who built the test stand at"), ("", "Lauterbach."))
    rows += (("2021", "Head of service."),)
    assert said(read(cells(100, *rows, lefts=(60, 200))), BlockKind.FIELD)[0].endswith("stand at Lauterbach.")


def test_days_with_what_happened_are_not_one_record() -> None:
    rows = (
        ("March 2024", "The canal is closed."),
        ("May 2024", "The canal is opened."),
        ("June 2024", "A gate is torn."),
    )
    document = read(cells(100, *rows, lefts=(60, 200)))
    assert {block.record for block in document.blocks if block.kind is BlockKind.FIELD} == {None}


def test_words_that_are_placed_each_by_itself_keep_the_space_between_them() -> None:
    placed = {60: "the", 76.7: "miller", 104.4: "Jonas"}  # so near that no space is seen
    each = (f"BT /F1 11 Tf 14 TL 1 0 0 1 {left} 700 Tm ({word}) Tj T* ET" for left, word in placed.items())
    assert read("\n".join(each), lines(50, 100, "The miller is here.")).text.startswith("the miller Jonas")


def test_a_heading_under_columns_heads_the_words_across_them() -> None:
    columns = lines(50, 100, LEFT) + "\n" + lines(320, 100, RIGHT)
    across = "Whoever moors at the mole from November to March does so at a risk of their own, says the office."
    document = read("\n".join([columns, words(50, 210, "Winter", 14, bold=True), lines(50, 235, across)]))
    assert [block.span.of(document.text) for block in document.blocks][-2:] == ["Winter", across]


def test_lines_with_labels_are_fields_of_one_record() -> None:
    document = read(lines(50, 100, "Lock Varga\nDate of birth: 3 May 1979\nBorn in: Linz\nInvoice no. 1083"))
    fields = [block for block in document.blocks if block.kind is BlockKind.FIELD]
    assert [block.span.of(document.text) for block in fields] == [
        "Date of birth: 3 May 1979",
        "Born in: Linz",
        "Invoice no.: 1083",
    ]
    assert len({block.record for block in fields}) == 1


def test_a_sentence_with_a_colon_is_no_field() -> None:
    assert said(read(lines(50, 100, "Note: the boiler is shut from May until the end of June.")), BlockKind.FIELD) == []


def test_labels_beside_each_other_are_fields() -> None:
    document = read(words(50, 100, "Customer: Ann Lee") + "\n" + words(160, 100, "Phone: 0170 555"))
    assert said(document, BlockKind.FIELD) == ["Customer: Ann Lee", "Phone: 0170 555"]


def test_lines_that_begin_with_years_are_items() -> None:
    document = read(lines(50, 100, "2013 to today Own firm, Hull\n2004 to 2013 Fitter, Leeds"))
    assert said(document, BlockKind.ITEM) == ["2013 to today Own firm, Hull", "2004 to 2013 Fitter, Leeds"]


def test_sums_at_the_right_edge_have_the_labels_on_their_lines() -> None:
    table = cells(100, ("Item", "Number", "Sum"), ("Bench", "12", "138.00"), ("Rack", "3", "21.00"))
    sums = [words(470, top, label) + "\n" + words(540, top, value) for top, label, value in SUMS]
    assert said(read(table + "\n" + "\n".join(sums)), BlockKind.FIELD) == ["Net: 159.00", "Total: 190.80"]


SUMS = ((160, "Net", "159.00"), (180, "Total", "190.80"))
