"""What leans on what in a document."""

from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.structure import TextWriter
from rag.domain import BlockKind, Document, Origin


def context(writer: TextWriter, words: str) -> list[str]:
    block = next(block for block in writer.blocks if block.span.of(writer.text) == words)
    return [span.of(writer.text) for span in block.leans_on]


def written(*blocks: tuple[BlockKind, str]) -> TextWriter:
    writer = TextWriter()
    for kind, words in blocks:
        writer.add(kind, words, level=int(kind is BlockKind.HEADING))
    return writer


def test_a_field_after_a_table_is_not_of_its_caption() -> None:
    writer = written((BlockKind.CAPTION, "Tolls"), (BlockKind.ROW, "Barge: 4"), (BlockKind.FIELD, "Clerk: Ann"))
    assert context(writer, "Clerk: Ann") == []


def test_an_item_after_the_second_paragraph_of_another_has_their_lead_in() -> None:
    writer = written((BlockKind.PARAGRAPH, "Bring:"))
    item = writer.add(BlockKind.ITEM, "a rope")
    assert item is not None
    writer.add(BlockKind.PARAGRAPH, "It must be long.", leans_on=[item])
    writer.add(BlockKind.ITEM, "a hook")
    assert context(writer, "a hook") == ["Bring:"]


def test_all_of_a_document_leans_on_the_line_below_its_title() -> None:
    writer = written((BlockKind.HEADING, "Lock council"), (BlockKind.PARAGRAPH, "Minutes of 3 May 2025"))
    writer.add(BlockKind.HEADING, "Tolls", level=2)
    writer.add(BlockKind.PARAGRAPH, "They rise.")
    assert context(writer, "They rise.") == ["Lock council", "Minutes of 3 May 2025", "Tolls"]


def test_a_sentence_below_the_title_is_no_part_of_it() -> None:
    writer = written((BlockKind.HEADING, "Locks"), (BlockKind.PARAGRAPH, "They close."), (BlockKind.PARAGRAPH, "So."))
    assert context(writer, "So.") == ["Locks"]


def test_what_follows_a_closed_part_of_a_page_is_not_of_its_summary() -> None:
    page = b"<h1>Locks</h1><details><summary>Who opens?</summary><p>The clerk.</p></details><p>Tolls rise in May.</p>"
    read = read_html(page, name="a.html")
    last = read.blocks[-1]
    assert [span.of(read.text) for span in last.leans_on] == ["Locks"]


def test_what_follows_a_closed_part_of_a_markdown_text_is_not_of_its_summary() -> None:
    text = "# Locks\n\n<details><summary>Keys</summary>\n\nAt the inn.\n\n</details>\n\nTolls rise in May.\n"
    read = read_markdown(text.encode(), name="a.md")
    assert [span.of(text) for span in read.blocks[-1].leans_on] == ["Locks"]


def test_sheets_without_words_begin_where_the_next_one_does() -> None:
    writer = written((BlockKind.ROW, "a"))
    writer.page()
    writer.page()
    writer.add(BlockKind.ROW, "b")
    assert writer.pages == [2, 2]


def test_a_numbered_clause_of_a_page_is_one() -> None:
    read = read_html(b"<h1>Rules</h1><p>1.1 They hold for all.</p><p>In 2024 they changed.</p>", name="a.html")
    assert [block.kind for block in read.blocks][1:] == [BlockKind.STEP, BlockKind.PARAGRAPH]


def head(*blocks: tuple[BlockKind, str, int]) -> str:
    writer = TextWriter()
    for kind, words, level in blocks:
        writer.add(kind, words, level=level)
    return Document("d", writer.text, Origin("d"), blocks=tuple(writer.blocks)).head


def test_the_head_of_a_document_ends_where_its_sections_begin() -> None:
    prices = [(BlockKind.HEADING, "Room 1", 2), (BlockKind.FIELD, "Price: 40", 0), (BlockKind.HEADING, "Room 2", 2)]
    assert head((BlockKind.HEADING, "Rooms", 1), (BlockKind.PARAGRAPH, "All with a bath.", 0), *prices) == (
        "Rooms. All with a bath."
    )


def test_a_line_below_the_title_is_of_the_head_though_it_is_a_heading() -> None:
    title = [(BlockKind.HEADING, "The lease", 1), (BlockKind.HEADING, "of Anna Berg", 2)]
    assert head(*title, (BlockKind.PARAGRAPH, "The rent is 40.", 0)) == "The lease. of Anna Berg. The rent is 40."
