"""A document on the page: tables as tables, headings as headings, every quote of an answer marked."""

from rag.domain import Block, BlockKind, Box, Document, Origin, Part, Span
from tests.answers import read_passage
from ui.web.document import document_html

CSV = "Make: Volta; Year: 2019\nMake: Merano; Price: 5200; Year: 2018"


def parsed(text: str) -> Document:
    """A plain text with its blocks."""
    return Document("d", text, Origin("d.txt"), blocks=read_passage(text).blocks)


def span_of(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def row(text: str, *cells: str) -> Block:
    """A row of `Name: value; Name: value`."""
    parts, start = [], text.index("; ".join(cells))
    whole = Span(start, start + len("; ".join(cells)))
    for cell in cells:
        name = cell.partition(":")[0]
        at = text.index(cell, whole.start)
        parts.append(Part(Span(at + len(name) + 2, at + len(cell)), Span(at, at + len(name))))
    return Block(BlockKind.ROW, whole, parts=tuple(parts))


TABLE = Document(
    "t",
    CSV,
    Origin("cars.csv"),
    blocks=(row(CSV, "Make: Volta", "Year: 2019"), row(CSV, "Make: Merano", "Price: 5200", "Year: 2018")),
)


def test_a_table_is_a_table_with_the_names_of_its_columns_once() -> None:
    html = document_html(TABLE)
    assert html.count("<table>") == 1
    assert '<th scope="col">Make</th><th scope="col">Year</th><th scope="col">Price</th>' in html
    assert html.count("Make") == 1


def test_a_cell_that_is_missing_leaves_its_place_empty() -> None:
    assert "<td>Volta</td><td>2019</td><td></td>" in document_html(TABLE)


def test_a_quoted_row_is_marked_cell_by_cell() -> None:
    html = document_html(TABLE, [TABLE.blocks[1].span])
    assert html.count("<mark ") == 3
    assert ">Merano</mark>" in html


def test_a_row_with_words_beside_its_cells_keeps_them() -> None:
    text = "Make: Volta; Year: 2019 (as we believe)"
    block = Block(BlockKind.ROW, Span(0, len(text)), parts=row(text, "Make: Volta", "Year: 2019").parts)
    assert "as we believe" in document_html(Document("d", text, Origin("d.txt"), blocks=(block,)))


def test_a_heading_is_a_heading_and_a_list_a_list() -> None:
    text = "Rules\n\n1. Knock.\n2. Enter."
    blocks = (
        Block(BlockKind.HEADING, Span(0, 5), level=1),
        Block(BlockKind.STEP, Span(10, 16)),
        Block(BlockKind.STEP, Span(20, 26)),
    )
    html = document_html(Document("d", text, Origin("d.txt"), blocks=blocks))
    assert '<h3 class="heading level-1">Rules</h3>' in html
    assert '<span class="sign">1.</span><div>Knock.</div>' in html


def test_words_that_stand_in_no_block_are_shown() -> None:
    text = "Rules\n\nAnd what nobody knew.\n\nEnd"
    blocks = (Block(BlockKind.HEADING, Span(0, 5), level=1), Block(BlockKind.PARAGRAPH, Span(30, 33)))
    assert "And what nobody knew." in document_html(Document("d", text, Origin("d.txt"), blocks=blocks))


def test_all_quotes_of_an_answer_are_marked_and_the_one_that_is_looked_at_is_told() -> None:
    document = parsed("The mill burned. The barn stood. The well was dry.")
    spans = [span_of(document, words) for words in ("The well was dry.", "The mill burned.", "The barn stood.")]
    html = document_html(document, spans, here=spans[0])
    assert html.count("<mark ") == 3
    assert '<mark data-of="2" class="here">The well was dry.</mark>' in html
    assert '<span class="where">3 of 3</span>' in html


def test_one_quote_needs_no_way_to_the_next() -> None:
    document = parsed("The mill burned. The barn stood.")
    assert "data-step" not in document_html(document, [span_of(document, "The barn stood.")])


def test_where_a_quote_stands_on_a_page_is_told_with_its_boxes() -> None:
    block = Block(BlockKind.PARAGRAPH, Span(0, 16), boxes=(Box(2, 60.0, 41.5, 345.9, 54.5),))
    document = Document("d", "The mill burned.", Origin("d.pdf"), blocks=(block,), pages=(0,))
    assert 'data-page="2" data-boxes="60.0,41.5,345.9,54.5"' in document_html(document, [Span(0, 16)])
    assert "data-boxes" not in document_html(document)


def test_hostile_words_in_a_table_are_escaped() -> None:
    text = "Make: <img src=x>; Year: <b>"
    document = Document("d", text, Origin("d.csv"), blocks=(row(text, "Make: <img src=x>", "Year: <b>"),))
    html = document_html(document, [Span(0, len(text))])
    assert "<img" not in html
    assert "<b>" not in html
