"""Blocks in the making: what is written, what it leans on, and where everything stands."""

import pytest

from ingest.structure import TextWriter, leaning, shifted
from rag.domain import Block, BlockKind, Part, Span

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW
FIELD, QUESTION, CODE, CAPTION = BlockKind.FIELD, BlockKind.QUESTION, BlockKind.CODE, BlockKind.CAPTION


def leant(*pieces: tuple[BlockKind, str] | tuple[BlockKind, str, int]) -> list[str]:
    """What the last of these blocks leans on, in a text that is made of them."""
    text, blocks = "", []
    for kind, words, *level in pieces:
        blocks.append(Block(kind, Span(len(text), len(text) + len(words)), level=level[0] if level else 0))
        text += words + "\n"
    return [span.of(text) for span in leaning(blocks, text)[-1].leans_on]


def test_words_lean_on_the_headings_above_them_outermost_first() -> None:
    assert leant((HEADING, "A", 1), (HEADING, "B", 2), (PARAGRAPH, "p")) == ["A", "B"]


def test_a_heading_ends_those_of_its_level_and_below() -> None:
    assert leant((HEADING, "A", 1), (HEADING, "B", 2), (HEADING, "C", 3), (HEADING, "D", 2), (PARAGRAPH, "p")) == [
        "A",
        "D",
    ]


def test_an_answer_leans_on_its_question_up_to_the_next() -> None:
    assert leant((QUESTION, "Pets?"), (PARAGRAPH, "Yes."), (PARAGRAPH, "Small ones.")) == ["Pets?"]
    assert leant((QUESTION, "Pets?"), (PARAGRAPH, "Yes."), (QUESTION, "Cats?"), (PARAGRAPH, "No.")) == ["Cats?"]


def test_a_heading_ends_the_answer() -> None:
    assert leant((QUESTION, "Pets?"), (HEADING, "Rent", 1), (PARAGRAPH, "It is low.")) == ["Rent"]


@pytest.mark.parametrize("kind", [ITEM, BlockKind.STEP, ROW, FIELD, BlockKind.TERM, CODE])
def test_what_follows_a_colon_leans_on_it(kind: BlockKind) -> None:
    assert leant((PARAGRAPH, "You need:"), (kind, "one"), (kind, "two")) == ["You need:"]


def test_a_paragraph_without_a_colon_leads_to_nothing() -> None:
    assert leant((PARAGRAPH, "You need much."), (ITEM, "one")) == []


def test_a_paragraph_ends_what_a_colon_leads_to() -> None:
    assert leant((PARAGRAPH, "You need:"), (ITEM, "one"), (PARAGRAPH, "That is all."), (ITEM, "two")) == []


def test_furniture_ends_nothing_and_leans_on_nothing() -> None:
    assert leant((PARAGRAPH, "You need:"), (BlockKind.FURNITURE, "Page 3"), (ITEM, "one")) == ["You need:"]
    assert leant((HEADING, "A", 1), (BlockKind.FURNITURE, "Page 3")) == []


def test_rows_lean_on_their_caption() -> None:
    assert leant((CAPTION, "Table 1. Rents"), (ROW, "March")) == ["Table 1. Rents"]


def test_an_item_leans_on_the_items_that_it_is_nested_in() -> None:
    assert leant((ITEM, "tents", 0), (ITEM, "green", 1), (ITEM, "large", 2)) == ["tents", "green"]
    assert leant((ITEM, "tents", 0), (ITEM, "green", 1), (ITEM, "stove", 0)) == []


def test_what_a_reader_adds_comes_last() -> None:
    blocks = [Block(HEADING, Span(0, 1), 1), Block(ROW, Span(2, 3), leans_on=(Span(4, 5),))]
    assert leaning(blocks, "A b c")[-1].leans_on == (Span(0, 1), Span(4, 5))


def test_a_row_names_its_columns() -> None:
    writer = TextWriter()
    writer.row(["March", "", "850"], ["Month", "Paid", "Rent"])
    assert writer.text == "Month: March; Rent: 850"
    assert [
        (part.name and part.name.of(writer.text), part.value.of(writer.text)) for part in writer.blocks[0].parts
    ] == [
        ("Month", "March"),
        ("Rent", "850"),
    ]


def test_a_row_without_words_is_none() -> None:
    writer = TextWriter()
    assert (writer.row(["", " "], ["Month", "Rent"]), writer.text, writer.blocks) == (None, "", ())


def test_a_field_is_its_label_and_its_value() -> None:
    writer = TextWriter()
    writer.pair(FIELD, "Due  date:", "3\nJuly")
    (block,) = writer.blocks
    assert writer.text == "Due date: 3 July"
    assert [(part.name and part.name.of(writer.text), part.value.of(writer.text)) for part in block.parts] == [
        ("Due date", "3 July")
    ]


def test_a_label_without_a_value_has_no_part() -> None:
    writer = TextWriter()
    writer.pair(FIELD, "Phone", " ")
    assert (writer.text, writer.blocks[0].parts) == ("Phone:", ())


def test_white_space_is_squeezed_save_in_code() -> None:
    writer = TextWriter()
    writer.add(PARAGRAPH, "The rent\n  is due.")
    writer.add(CODE, "if x:\n    y()")
    assert writer.text == "The rent is due.\n\nif x:\n    y()"


def test_spans_of_blocks_are_their_words() -> None:
    writer = TextWriter()
    writer.add(HEADING, "Rent", level=1)
    writer.add(ITEM, "in advance")
    writer.add(ITEM, "in cash")
    writer.row(["March", "850"])
    assert [block.span.of(writer.text) for block in writer.blocks] == ["Rent", "in advance", "in cash", "March; 850"]


def test_pages_begin_where_their_first_block_does() -> None:
    writer = TextWriter()
    for words in ("one", "two"):
        writer.page()
        writer.add(PARAGRAPH, words)
    assert [writer.text[start : start + 3] for start in writer.pages] == ["one", "two"]


def test_the_records_of_an_inserted_text_are_not_those_before_it() -> None:
    writer = TextWriter()
    writer.pair(FIELD, "From", "Anna", record=writer.record())
    writer.insert("Name: Nils", [Block(FIELD, Span(0, 10), parts=(Part(Span(6, 10), Span(0, 4)),), record=1)])
    writer.pair(FIELD, "Phone", "4411", record=writer.record())
    assert [block.record for block in writer.blocks] == [1, 2, 3]


def test_what_is_inserted_keeps_its_places() -> None:
    writer = TextWriter()
    writer.add(PARAGRAPH, "Hello.")
    writer.insert("Name: Nils", [Block(FIELD, Span(0, 10), parts=(Part(Span(6, 10), Span(0, 4)),))])
    part = writer.blocks[-1].parts[0]
    assert (part.name and part.name.of(writer.text), part.value.of(writer.text)) == ("Name", "Nils")


def test_a_shifted_block_keeps_what_it_is() -> None:
    block = Block(FIELD, Span(0, 10), 1, (Span(0, 1),), (Part(Span(6, 10), Span(0, 4)), Part(Span(6, 7))), record=2)
    assert shifted(shifted(block, 5, records=3), 0, records=-3) == shifted(block, 5)
    assert shifted(block, 5).parts[1] == Part(Span(11, 12), None)
