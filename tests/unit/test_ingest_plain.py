"""The structure of plain text: what each piece is, and what it needs to be understood."""

import pytest

from ingest.document import document_of
from ingest.readers.document import ReadDocument
from ingest.readers.markdown import read_markdown
from ingest.readers.plain import blocks_of_text
from ingest.readers.text import read_text
from rag.domain import Block, BlockKind

HEADING, PARAGRAPH, ITEM, STEP = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.STEP
ROW, FIELD, TERM, QUESTION = BlockKind.ROW, BlockKind.FIELD, BlockKind.TERM, BlockKind.QUESTION
CODE, QUOTED, FURNITURE = BlockKind.CODE, BlockKind.QUOTED, BlockKind.FURNITURE

WRAPPED = """\
The mill on the river burned down on Monday night after a lamp had fallen over in
the storeroom, and two horses died. The fire brigade of Oxholm came too late, since
the bridge was closed to lorries. Nobody else was hurt.
"""


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    assert said(WRAPPED) == [(PARAGRAPH, " ".join(WRAPPED.split()))]


def test_the_next_paragraph_may_begin_by_an_indented_line() -> None:
    text = (
        WRAPPED
        + "  The owner, Emil Brandt, said that he would build it up again before the winter comes\nto the valley.\n"
    )
    assert [kind for kind, _ in said(text)] == [PARAGRAPH, PARAGRAPH]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg\n12 Rook Street\nDunmar DM1 4QA",
        "Roses are red,\nViolets are blue,\nSugar is sweet,\nAnd so are you.",
        "On 03/04/2025 the gate was stuck.\nOn 5.6.2025 a barge struck it.\nIn week 33 the keeper was on leave.",
        "12/03/2025, 09:15 - Mara: Who brings the tent?\n12/03/2025, 09:16 - Idris: I do\n13/03/2025, 18:02 - Pia: ok",
        "The council met on Monday and talked until late in the evening. Nothing was decided.\n"
        "On Tuesday it met again. The mayor, who had been ill, was there. She spoke for an hour about the new bridge.\n"
        "Nobody asked her anything.",
    ],
    ids=["address", "verse", "log", "chat", "a paragraph a line"],
)
def test_lines_that_stand_for_themselves_stay_apart(text: str) -> None:
    assert said(text) == [(PARAGRAPH, line) for line in text.split("\n")]


def test_a_chat_message_of_two_lines_is_one() -> None:
    text = "[09:15] Mara: I bring the tent\nand the stove\n[09:16] Idris: good"
    assert [words for _, words in said(text)] == ["[09:15] Mara: I bring the tent and the stove", "[09:16] Idris: good"]


def test_a_short_first_line_is_the_title_and_all_else_leans_on_it() -> None:
    blocks = blocks_of_text("Policy of Rasmus Toft\n\nThe policy covers the boat.\n")
    assert (blocks[0].kind, blocks[0].level, blocks[1].leans_on) == (HEADING, 1, (blocks[0].span,))


@pytest.mark.parametrize(
    "heading",
    [
        "4.2 Termination", "§ 2 Miete", "Article I", "Section 2", "CHAPTER 3", "2. Payment", "NO WARRANTY",
        "Statement of Purpose", "IV. The lock", "Anhang B", "               The Second Part",
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_number_its_letters_or_its_place(heading: str) -> None:
    text = f"The lease\n\n{WRAPPED}\n{heading}\n\n{WRAPPED}"
    assert (HEADING, heading.strip()) in said(text)


def test_an_underline_makes_a_heading_and_is_furniture() -> None:
    text = "Release notes\n=============\n\nNew things\n----------\n\nThe pump starts by itself."
    assert said(text) == [
        (HEADING, "Release notes"),
        (FURNITURE, "============="),
        (HEADING, "New things"),
        (FURNITURE, "----------"),
        (PARAGRAPH, "The pump starts by itself."),
    ]


def test_numbered_headings_are_nested_by_their_numbers() -> None:
    text = "1. Term\n\nIt is long.\n\n1.1 Begin\n\nIt begins in May.\n\n2. Rent\n\nIt is low.\n"
    blocks = blocks_of_text(text)
    assert [block.level for block in blocks if block.kind is HEADING] == [1, 2, 1]
    assert leaning_of(text, "It begins in May.") == ["1. Term", "1.1 Begin"]


def test_a_title_without_a_number_is_over_the_numbered_ones_that_follow() -> None:
    text = "House rules\n\n1. Quiet\n\nFrom ten at night.\n\n2. Stairs\n\nThey are swept.\n"
    assert leaning_of(text, "They are swept.") == ["House rules", "2. Stairs"]


def test_a_clause_with_its_text_on_the_line_is_a_step() -> None:
    text = "1. Rent. The monthly rent is 890 pounds.\n2. Notice. The notice period is three months."
    assert said(text) == [(STEP, line) for line in text.split("\n")]


def test_a_wrapped_item_is_whole_and_leans_on_what_leads_into_it() -> None:
    text = "We need for Saturday:\n\n- plates and cups for twelve people, the big ones\n  from the cellar\n- a stove\n"
    assert said(text)[1:] == [
        (ITEM, "plates and cups for twelve people, the big ones from the cellar"),
        (ITEM, "a stove"),
    ]
    assert leaning_of(text, "a stove") == ["We need for Saturday:"]


def test_an_item_leans_on_the_item_that_it_is_nested_in() -> None:
    text = "Bring:\n- tents\n    - the green one\n- a stove"
    assert leaning_of(text, "the green one") == ["Bring:", "tents"]


def test_letters_under_a_number_are_nested_without_indentation_too() -> None:
    text = "1. The tenant pays:\n(a) the rent;\n(b) the water.\n2. The landlord pays the rest."
    assert [block.level for block in blocks_of_text(text)] == [0, 1, 1, 0]


def test_lines_below_a_colon_that_stand_for_themselves_are_items() -> None:
    text = "Ingredients:\n200 g flour\n2 eggs\na pinch of salt\n"
    assert kinds(text) == [PARAGRAPH, ITEM, ITEM, ITEM]


@pytest.mark.parametrize("mark", ["1)", "(1)", "i.", "(a)", "Step 1.", "§ 1", "TOP 1:", "a)"])
def test_ordered_marks_make_steps(mark: str) -> None:
    assert kinds(f"{mark} Open the valve of the stove.\n") == [STEP]


def test_a_number_or_a_dash_that_only_the_width_put_first_marks_nothing() -> None:
    text = (
        "Der Verein lädt alle Mitglieder zur Sitzung ein. Sie findet wie immer am\n"
        "3. Mai 2025 im Rathaus statt, und der Saal ist offen – oder war es doch\n"
        "- im letzten Jahr jedenfalls - bis in die Nacht hinein."
    )
    assert kinds(text) == [PARAGRAPH]


def test_labels_and_values_are_fields_of_a_record() -> None:
    text = "Name: Anna Berg\nPhone: 0800 44\n\nName: Nils Okafor\nPhone: 0800 45\n"
    assert fields(text) == [
        ("Name", "Anna Berg", 1),
        ("Phone", "0800 44", 1),
        ("Name", "Nils Okafor", 2),
        ("Phone", "0800 45", 2),
    ]


def test_a_value_may_stand_below_its_label_and_be_of_several_lines() -> None:
    text = "Due date:\n3 July 2025\n\nCustomer:   Ashby Theatre\n            4 Mill Lane\nContact:    Mia\n"
    assert [value.split() for _, value, _ in fields(text)] == [
        ["3", "July", "2025"], ["Ashby", "Theatre"], ["4", "Mill", "Lane"], ["Mia"],
    ]  # fmt: skip


def test_a_label_with_nothing_filled_in_has_no_value() -> None:
    assert fields("Name: ________   Date: 3 May\nSigned: ______") == [("Date", "3 May", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "See https://a.example/b for more.",
        "We meet at 9:15.",
        "He said: we go, and we go now, all of us. Then he left.",
    ],
)
def test_a_colon_in_a_sentence_makes_no_field(text: str) -> None:
    assert kinds(text) == [PARAGRAPH]


def test_what_people_say_is_no_field() -> None:
    text = (
        "Priya: The import job is done.\nJakob: I am blocked by the bank.\nPriya: I asked them on Monday.\nLena: Fine."
    )
    assert kinds(text) == [PARAGRAPH] * 4


def test_a_date_line_of_a_report_is_a_field() -> None:
    assert fields("Mill burns down\n\nDate: 2025-01-28\n\nThe mill burned.") == [("Date", "2025-01-28", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Q: Where can I park?\nA: In the yard.",
        "Question: Where can I park?\nAnswer: In the yard.",
        "F: Wo kann ich parken?\nA: Im Hof.",
        "Where can I park?\nIn the yard behind the hotel.",
        "Where can I park?\n\nIn the yard behind the hotel.",
    ],
)
def test_an_answer_leans_on_its_question(text: str) -> None:
    question, answer = blocks_of_text(text)
    assert (question.kind, answer.kind, answer.leans_on) == (QUESTION, PARAGRAPH, (question.span,))


@pytest.mark.parametrize(
    ("text", "term", "definition"),
    [
        ('"Premises" means the shop and its yard.', "Premises", "the shop and its yard."),
        ("„Mietsache“ bezeichnet die Wohnung.", "Mietsache", "die Wohnung."),
    ],
)
def test_a_definition_is_a_term(text: str, term: str, definition: str) -> None:
    assert parts(text) == [(TERM, term, definition)]


def test_terms_and_dashes_are_terms_where_several_follow_each_other() -> None:
    text = "Weir - a low dam across a river\nLock - a chamber that lifts boats\nTowpath - a path for horses"
    assert [(kind, term) for kind, term, _ in parts(text)] == [(TERM, "Weir"), (TERM, "Lock"), (TERM, "Towpath")]


def test_definitions_indented_below_their_terms_are_terms() -> None:
    text = "grave\n     makes the whole ship unusable\n\nminor\n     hurts nobody and is easily mended\n"
    assert [(kind, term) for kind, term, _ in parts(text)] == [(TERM, "grave"), (TERM, "minor")]


TABLE = """\
Item                     Qty     Price
--------------------------------------
Chisel, 12 mm              4      8.50
Plane, hand made           1    120.00
  of beech wood
Glue                              3.20
"""


def test_columns_set_by_spaces_are_rows_named_by_their_head() -> None:
    assert [one[1:] for one in parts(TABLE)] == [
        ("Item", "Chisel, 12 mm"), ("Qty", "4"), ("Price", "8.50"),
        ("Item", "Plane, hand made"), ("Qty", "1"), ("Price", "120.00"), ("Item", "of beech wood"),
        ("Item", "Glue"), ("Price", "3.20"),
    ]  # fmt: skip


def test_a_cell_wrapped_onto_the_next_line_belongs_to_its_row() -> None:
    assert kinds(TABLE) == [FURNITURE, FURNITURE, ROW, ROW, ROW]


def test_the_head_of_columns_needs_no_rule() -> None:
    assert parts(
        "Role        Person         Since\nChair       Hettie Vance   2019\nTreasurer   Martin Oduya   2021\n"
    )[:2] == [
        (ROW, "Role", "Chair"),
        (ROW, "Person", "Hettie Vance"),
    ]


def test_two_columns_without_a_head_are_labels_and_values() -> None:
    assert fields("Opening       9 to 5\nSunday        closed\n") == [("Opening", "9 to 5", 1), ("Sunday", "closed", 1)]


def test_a_line_right_over_columns_is_their_caption() -> None:
    assert leaning_of("Opening hours\nMonday    9 to 5\nSunday    closed\n", "Sunday closed") == ["Opening hours"]


@pytest.mark.parametrize(
    "text",
    [
        "# Code:City:Country\nAAL:Aalborg:DK\nABD:Abadan:IR\nORK:Cork:\n",
        "Code|City|Country\n----|----|-------\nAAL|Aalborg|DK\nABD|Abadan|IR\nORK|Cork|\n",
        "| Code | City | Country |\n|------|------|---------|\n"
        "| AAL | Aalborg | DK |\n| ABD | Abadan | IR |\n| ORK | Cork | |\n",
    ],
)
def test_cells_parted_by_a_sign_are_named_by_the_first_line(text: str) -> None:
    assert [one[1:] for one in parts(text)] == [
        ("Code", "AAL"), ("City", "Aalborg"), ("Country", "DK"), ("Code", "ABD"), ("City", "Abadan"), ("Country", "IR"),
        ("Code", "ORK"), ("City", "Cork"),
    ]  # fmt: skip


def test_a_comment_in_a_table_says_what_the_rows_below_it_are() -> None:
    text = "# Code : Region\n\n# States\nAL:Alabama\nAK:Alaska\n\n# Islands\nGU:Guam\n"
    assert leaning_of(text, "GU:Guam") == ["Islands"]


def test_words_after_two_spaces_are_no_table() -> None:
    text = "The mill burned down.  Nobody was hurt there.\nIt was old.  The owner will build it up again.\n"
    assert ROW not in kinds(text)


@pytest.mark.parametrize("text", ["* * *", "________", "- 3 -", "Page 4 of 12", "17", "Safety ..... 5\nFire ....... 6"])
def test_rules_page_numbers_and_tables_of_contents_are_furniture(text: str) -> None:
    assert (FURNITURE, text.replace("\n", " ")) in said(f"{WRAPPED}\n{text}\n\n{WRAPPED}")


def test_leaders_to_prices_are_fields() -> None:
    assert fields("Coffee ........ 3.50\nTea ........... 2.80\n") == [("Coffee", "3.50", 1), ("Tea", "2.80", 1)]


def test_what_a_mail_quotes_is_quoted_by_its_paragraphs() -> None:
    text = "Yes, I come.\n\n> On Monday you said that\n> you would come.\n>\n> Is that still so?\n-- \nAnna Berg\n"
    assert kinds(text) == [PARAGRAPH, QUOTED, FURNITURE, QUOTED, FURNITURE, PARAGRAPH]


def test_indented_commands_are_code_and_lean_on_their_lead_in() -> None:
    text = f"{WRAPPED}Then run:\n\n    $ dryer --check\n    $ dryer start\n\n{WRAPPED}"
    assert leaning_of(text, "$ dryer --check $ dryer start") == ["Then run:"]
    assert CODE in kinds(text)


def test_chinese_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    text = "本学期将于九月一日开学，校长表示今年新生共\n有百二十八名，食堂每天供应两餐，每餐八元，图\n书馆周一开放。"
    assert kinds(text) == [PARAGRAPH]


def test_windows_line_ends_change_nothing() -> None:
    text = f"Policy\n\n{WRAPPED}\n- one\n- two\n\n{TABLE}"
    assert said(text.replace("\n", "\r\n")) == said(text)


def test_a_text_file_and_a_record_without_blocks_get_them() -> None:
    text = "Policy\n\nIt covers the boat.\n"
    read = document_of(ReadDocument(text=text), document_id="d", shown="d")
    assert read_text(text.encode(), name="a.txt").blocks == read.blocks == blocks_of_text(text)


@pytest.mark.parametrize(
    "read",
    [
        read_text(b"Month    Rent\nMarch    850\nApril    860\nMay      870\n", name="a.txt"),
        read_markdown(b"|Month|Rent|\n|---|---|\n|May|850|\n", name="a.md"),
    ],
    ids=["plain text", "Markdown"],
)
def test_the_names_of_columns_stay_in_what_is_searched(read: ReadDocument) -> None:
    names = [part.name for block in read.blocks for part in block.parts if part.name]
    searched = document_of(read, document_id="d", shown="d").search_text
    assert {name.of(searched) for name in names} == {"Month", "Rent"}


def said(text: str) -> list[tuple[BlockKind, str]]:
    return [(block.kind, words_of(text, block)) for block in blocks_of_text(text)]


def words_of(text: str, block: Block) -> str:
    return (
        " ".join(block.span.of(text).split())
        if block.kind is not FURNITURE
        else " ".join(block.span.of(text).split("\n"))
    )


def kinds(text: str) -> list[BlockKind]:
    return [block.kind for block in blocks_of_text(text)]


def parts(text: str) -> list[tuple[BlockKind, str | None, str]]:
    return [
        (block.kind, part.name.of(text) if part.name else None, part.value.of(text))
        for block in blocks_of_text(text)
        for part in block.parts
    ]


def fields(text: str) -> list[tuple[str, str, int | None]]:
    return [
        (part.name.of(text), part.value.of(text), block.record)
        for block in blocks_of_text(text)
        if block.kind is FIELD
        for part in block.parts
        if part.name
    ]


def leaning_of(text: str, words: str) -> list[str]:
    (block,) = (block for block in blocks_of_text(text) if words_of(text, block) == words)
    return [" ".join(span.of(text).split()) for span in block.leans_on]


@pytest.mark.parametrize(
    "text",
    [
        "Town    2021   2022\nMolby   3010   3098\nOxholm  4010   4098\n",
        "        2021   2022\nMolby   3010   3098\nOxholm  4010   4098\n",
        "Town;2021;2022\nMolby;3010;3098\nOxholm;4010;4098\n",
    ],
)
def test_years_over_figures_name_their_columns(text: str) -> None:
    rows = [block for block in blocks_of_text(text) if block.kind is ROW]
    assert [part.name and part.name.of(text) for part in rows[0].parts][1:] == ["2021", "2022"]


@pytest.mark.parametrize(
    "text", ["Oxholm  2019\nDunmar  2021\nMolby   2022\n", "Oxholm;2019\nDunmar;2021\nMolby;2022\n"]
)
def test_years_in_a_column_of_years_name_nothing(text: str) -> None:
    assert not any(block.kind is FURNITURE for block in blocks_of_text(text))


LETTER = "VARGA LOCKS plc                 Customer service 0800 555 0199\nBill for water\n\n"


def test_a_letterhead_and_the_line_below_it_are_what_a_bill_is_about() -> None:
    text = LETTER + "Holder      Ann Lee\nTotal       48.99\n"
    assert leaning_of(text, "Total 48.99") == ["VARGA LOCKS plc", "Bill for water"]


def test_a_title_with_a_day_apart_is_one_title() -> None:
    text = "TOLLS OF THE WESER   (from 1 March 2025)\n\nZone   Toll   Day\nA      4.90   Monday\nB      8.90   Friday\n"
    assert leaning_of(text, "A 4.90 Monday") == ["TOLLS OF THE WESER (from 1 March 2025)"]


def test_a_title_in_capitals_may_have_a_colon() -> None:
    assert kinds("POCKET LEDGER: WHAT'S NEW\n\nIt opens.\n")[0] is BlockKind.HEADING


def test_a_short_line_right_over_items_is_their_title_and_of_nothing_further() -> None:
    text = "THE LOCK\n\nVersion 7.4, 22 January 2025\n * Open it\n * Shut it\n\nThe lock is old.\n"
    assert leaning_of(text, "Open it") == ["THE LOCK", "Version 7.4, 22 January 2025"]
    assert leaning_of(text, "The lock is old.") == ["THE LOCK"]


def test_a_number_and_a_title_over_deeper_numbers_are_a_heading() -> None:
    text = "Rules\n\n1. Scope\n1.1 They hold for all.\n\n2. Meals\n2.1 Dinner is paid.\n2.2 Wine is not.\n"
    assert leaning_of(text, "2.2 Wine is not.") == ["Rules", "2. Meals"]
    assert kinds(text)[1] is BlockKind.HEADING


def test_a_message_is_one_with_who_wrote_it() -> None:
    text = "Yael  9:04 AM\nthe site is down\n\nBram  9:11 AM\nlooking\n"
    assert [one.kind for one in blocks_of_text(text)] == [BlockKind.PARAGRAPH] * 2


def test_a_day_at_the_break_of_a_line_does_not_part_a_paragraph() -> None:
    text = (
        "im Jahr 2024 haben Sie 9.840 kWh Gas verbraucht. Dafür berechnen wir Ihnen\n"
        "1.131,60 Euro. Ihre Zahlungen betrugen bisher 1.260,00 Euro, sodass wir Ihnen ein\n"
        "Guthaben von 128,40 Euro erstatten. Den Betrag überweisen wir bis zum\n4. April 2025 auf Ihr Konto.\n"
    )
    assert kinds(text) == [BlockKind.PARAGRAPH]


def test_words_beside_what_they_mean_are_terms() -> None:
    text = (
        "Lock      a gate that holds the water\nSill      the stone below a gate\nToll      what a barge pays to pass\n"
    )
    assert kinds(text) == [BlockKind.TERM] * 3


def test_a_phrase_that_goes_on_in_its_items_is_no_title() -> None:
    assert kinds("Rules\n\nThe fitter may\n- open it\n- shut it\n")[1] is BlockKind.PARAGRAPH


def test_a_glossary_is_called_by_the_heading_that_it_begins_with() -> None:
    text = "WORDS OF LOCKS\n\nLock    a gate that holds\nSill    the stone below it\nToll    what a barge pays\n"
    assert document_of(ReadDocument(text=text), document_id="a", shown="a.txt").origin.title == "WORDS OF LOCKS"


@pytest.mark.parametrize(
    "chat",
    [
        "03/04/2025, 08:10 - Ola Brandt: Who feeds the cat?\n03/04/2025, 08:12 - Per: I do\n"
        "03/04/2025, 08:15 - Ola Brandt: Thank you\n",
        "Ola  8:10 AM\nWho feeds the cat?\n\nPer  8:12 AM\nI do\n\nOla  8:15 AM\nThank you\n",
        "Ola: Who feeds the cat?\nPer: I do it gladly.\nOla: Thank you very much.\nPer: It is a nice cat.\n",
    ],
    ids=["stamped", "sender above", "spoken"],
)
def test_what_is_written_right_after_a_question_leans_on_its_words(chat: str) -> None:
    leant = [[span.of(chat) for span in block.leans_on] for block in blocks_of_text(chat)]
    assert leant[:3] == [[], ["Who feeds the cat?"], []]
