"""Markdown: its blocks are spans of the file."""

import pytest

from ingest.readers.document import ReadDocument
from ingest.readers.markdown import read_markdown
from rag.domain import Block, BlockKind


def read(text: str) -> ReadDocument:
    return read_markdown(text.encode(), name="a.md")


def told(text: str) -> list[tuple[BlockKind, str]]:
    """The kind and the words of each block."""
    return [(block.kind, block.span.of(text)) for block in read(text).blocks]


def block(text: str, words: str) -> Block:
    return next(block for block in read(text).blocks if block.span.of(text) == words)


def context(text: str, words: str) -> list[str]:
    return [span.of(text) for span in block(text, words).leans_on]


def parts(text: str) -> list[dict[str, str]]:
    return [
        {part.name.of(text) if part.name else "": part.value.of(text) for part in block.parts}
        for block in read(text).blocks
        if block.parts
    ]


@pytest.mark.parametrize("heading", ["## Tolls ##", "Tolls\n---", "## Tolls"])
def test_a_heading_is_its_words_and_its_level(heading: str) -> None:
    found = block(f"{heading}\n\nA barge pays 410.\n", "Tolls")
    assert (found.kind, found.level) == (BlockKind.HEADING, 2)


def test_words_lean_on_their_headings() -> None:
    assert context("# Locks\n\n## Tolls\n\nA barge pays 410.\n", "A barge pays 410.") == ["Locks", "Tolls"]


def test_a_wrapped_paragraph_is_one_block() -> None:
    assert told("The lock is shut\nuntil May.\n") == [(BlockKind.PARAGRAPH, "The lock is shut\nuntil May.")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_items_are_their_words_without_marks(newline: str) -> None:
    assert told(newline.join(["- [x] Tie up.", "- Pay", "  the toll.", "* Go."])) == [
        (BlockKind.ITEM, "Tie up."),
        (BlockKind.ITEM, f"Pay{newline}  the toll."),
        (BlockKind.ITEM, "Go."),
    ]


def test_the_marks_of_a_quotation_are_not_among_its_words() -> None:
    quoted = read("> The lock is\n> shut > 2 m.\n\n```\na\n> b\n```\n")
    assert quoted.search_text == "> The lock is\n  shut > 2 m.\n\n```\na\n> b\n```\n"


def test_numbered_items_are_steps() -> None:
    assert told("1. 1\n2. Pay.\n") == [(BlockKind.STEP, "1"), (BlockKind.STEP, "Pay.")]


def test_an_item_leans_on_the_item_above_and_the_sentence_that_leads_in() -> None:
    text = "Do this:\n\n- Tie up.\n  - Use two ropes.\n"
    assert (context(text, "Use two ropes."), block(text, "Use two ropes.").level) == (["Do this:", "Tie up."], 1)


def test_short_paragraphs_of_an_item_are_one_block() -> None:
    assert told("1. Tie up.\n\n   Wait.\n2. Pay.\n")[0] == (BlockKind.STEP, "Tie up.\n\n   Wait.")


def test_what_follows_a_list_within_an_item_leans_on_it() -> None:
    assert context("- Tie up.\n  - Twice.\n\n  Then wait.\n", "Then wait.") == ["Tie up."]


TABLE = "| Lock | Toll |\n|---|---|\n| Dunmar | 410 |\n| Pell \\| Weser | |\n"


def test_the_cells_of_a_row_are_named_by_its_columns() -> None:
    assert parts(TABLE) == [{"Lock": "Dunmar", "Toll": "410"}, {"Lock": "Pell \\| Weser"}]


def test_a_row_is_its_line_without_the_outer_bars() -> None:
    assert told(TABLE)[1] == (BlockKind.ROW, "Dunmar | 410")


def test_a_table_may_have_no_outer_bars_and_stand_in_a_quote() -> None:
    assert parts("> Lock | Toll\n> --- | ---\n> Dunmar | 410\n") == [{"Lock": "Dunmar", "Toll": "410"}]


@pytest.mark.parametrize("code", ["```sh\nlock --shut\n\n# now\n```\n", "~~~\nlock --shut\n\n# now"])
def test_code_is_what_stands_inside_its_fence(code: str) -> None:
    assert told(code) == [(BlockKind.CODE, "lock --shut\n\n# now")]


def test_code_of_a_step_leans_on_it() -> None:
    assert context("1. Shut it:\n\n   ```\n   lock --shut\n   ```\n", "   lock --shut") == ["Shut it:"]


def test_comments_and_pictures_are_furniture() -> None:
    assert told("<!-- not for\n\nguests -->\n\n![The lock](lock.png)\n") == [
        (BlockKind.FURNITURE, "<!-- not for\n\nguests -->"),
        (BlockKind.FURNITURE, "![The lock](lock.png)"),
    ]


def test_where_links_lead_is_furniture() -> None:
    assert told("See [the tolls][t].\n\n[t]: https://weser.invalid/tolls\n")[1][0] is BlockKind.FURNITURE


@pytest.mark.parametrize("note", ["Measured in May.", "Measured"])
def test_a_footnote_is_one(note: str) -> None:
    assert told(f"It takes ten minutes[^1].\n\n[^1]: {note}\n")[-1] == (BlockKind.FOOTNOTE, note)


def test_a_bold_label_names_its_value() -> None:
    assert parts("**Lock:** Dunmar\n**Toll**: 410\n") == [{"Lock": "Dunmar"}, {"Toll": "410"}]


def test_fields_of_one_paragraph_are_one_record() -> None:
    text = "**Lock:** Dunmar\n**Toll:** 410\n\n**Lock:** Pell\n**Toll:** 9\n"
    assert [block.record for block in read(text).blocks] == [1, 1, 2, 2]


def test_a_bold_question_is_one_and_its_answer_leans_on_it() -> None:
    assert context("**Is it open?**\n\nFrom May on.\n", "From May on.") == ["Is it open?"]


def test_a_term_is_paired_with_its_definition() -> None:
    assert parts("Pound\n: A reach between\n  two locks.\n") == [{"Pound": "A reach between\n  two locks."}]


def test_a_summary_that_asks_is_a_question() -> None:
    text = "<details>\n<summary>Is it open?</summary>\n\nFrom May on.\n\n</details>\n"
    assert context(text, "From May on.") == ["Is it open?"]


def test_front_matter_is_fields() -> None:
    assert parts("---\ntitle: Locks\nowner: Jane Doe\ntags:\n- tolls\n---\nWords.\n") == [
        {"title": "Locks"}, {"owner": "Jane Doe"}, {"tags": "- tolls"},
    ]  # fmt: skip


def test_fields_of_front_matter_that_say_more_than_what_it_is_can_be_searched() -> None:
    assert (read("---\ntitle: Locks\nowner: Jane Doe\n---\nWords.\n").search_text or "").split() == [
        "owner:", "Jane", "Doe", "Words.",
    ]  # fmt: skip


@pytest.mark.parametrize("marks", ["> ", "- ", "[", "| a ", "1. > - "])
def test_what_is_nested_without_end_is_read(marks: str) -> None:
    assert read(f"{marks * 9_000}x\n").text == f"{marks * 9_000}x\n"


def test_blocks_cover_the_words_in_order() -> None:
    text = f"# Locks\n\nShut\nnow.\n\n1. Tie up.\n   - Twice.\n\n> Quoted.\n\n{TABLE}\n```\ncode\n```\n[t]: /x\n"
    spans = [block.span for block in read(text).blocks]
    between = [
        text[a:b] for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True)
    ]
    assert not any(map(str.isalnum, "".join(between).replace("1", "")))
