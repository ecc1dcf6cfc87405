"""The verbatim gate: no marker for words that are not in the stored document."""

from dataclasses import replace

import pytest

from rag.domain import Block, BlockKind, Document, Origin, Part, Passage, Quote, Span
from rag.evidence.cite import Footnotes, path_of

DOCUMENT = Document(id="d", text="The mill burned.\fNobody was hurt.", origin=Origin("d.pdf"), pages=(0, 17))
PASSAGE = Passage.cut(DOCUMENT, Span(0, 33))


def footnotes() -> Footnotes:
    return Footnotes({"d": DOCUMENT}.__getitem__)


def test_a_quote_is_the_stored_text() -> None:
    notes = footnotes()
    notes.add(PASSAGE, Span(0, 16))
    assert notes.citations[0].quote == "The mill burned."


def test_a_citation_names_its_page() -> None:
    notes = footnotes()
    notes.add(PASSAGE, Span(17, 33))
    assert notes.citations[0].page == 2


def test_the_same_words_have_one_marker() -> None:
    notes = footnotes()
    assert [notes.add(PASSAGE, span) for span in (Span(0, 16), Span(17, 33), Span(0, 16))] == [1, 2, 1]


@pytest.mark.parametrize(
    ("passage", "span"),
    [
        pytest.param(replace(PASSAGE, text=PASSAGE.text.replace("mill", "moll")), Span(0, 16), id="other words"),
        pytest.param(Passage.cut(DOCUMENT, Span(0, 16)), Span(0, 20), id="outside the passage"),
        pytest.param(PASSAGE, Span(16, 17), id="nothing visible"),
        pytest.param(PASSAGE, Span(20, 90), id="beyond the text"),
    ],
)
def test_words_that_are_not_there_get_no_marker(passage: Passage, span: Span) -> None:
    notes = footnotes()
    assert notes.add(passage, span) is None
    assert notes.citations == []


TABLE = "Rents\n\n| Month | Rent |\n| March | 850 |"
HEADING = Span(0, 5)
ROW = Block(
    BlockKind.ROW,
    Span(26, 37),
    leans_on=(HEADING,),
    parts=(Part(Span(26, 31), Span(9, 14)), Part(Span(34, 37), Span(17, 21))),
)


def context_in(text: str, block: Block) -> list[str]:
    document = Document("d", text, Origin("d.md"), blocks=(Block(BlockKind.HEADING, HEADING), block))
    notes = Footnotes({"d": document}.__getitem__)
    notes.add(Passage.cut(document, block.span), block.span)
    return [quote.text for quote in notes.citations[0].context]


def test_a_row_is_understood_by_the_line_that_names_its_columns() -> None:
    assert context_in(TABLE, ROW) == ["Rents", "Month | Rent"]


def test_a_row_that_names_its_columns_needs_no_line_for_them() -> None:
    named = "Rents\n\nMonth: March; Rent: 850"
    parts = (Part(Span(14, 19), Span(7, 12)), Part(Span(27, 30), Span(21, 25)))
    assert context_in(named, Block(BlockKind.ROW, Span(7, 30), leans_on=(HEADING,), parts=parts)) == ["Rents"]


def words_around(*texts: str) -> list[Quote]:
    return [Quote(Span(0, len(text)), text) for text in texts]


def test_a_path_leaves_out_the_title_told_beside_it() -> None:
    assert path_of(words_around("Electricity  bill", "Amount due"), title="Electricity bill") == "Amount due"


def test_a_path_of_many_parts_keeps_the_outermost_and_the_nearest() -> None:
    assert path_of(words_around(*"abcdefg")) == "a › … › f › g"


def test_a_long_part_of_a_path_is_cut_short() -> None:
    assert len(path_of(words_around("The following applies to all " * 20))) == 80
