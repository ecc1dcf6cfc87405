"""What a passage states, what says nothing, and the context that a statement needs."""

import pytest

from ingest.document import document_of
from ingest.readers.markdown import read_markdown
from rag.domain import Block, BlockKind, Document, Origin, Part, Passage, Span
from rag.evidence.statement import Statement, statements_of
from tests.answers import stated


def said(text: str) -> list[str]:
    return [one.text for one in stated(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Requested amount (EUR):\n",
        "Do you allow pets?\n",
        "Is it large? Is it small?\n",
        "«Wer zahlt?»\n",
        "これは何ですか？\n",
        "You need the following:\n",
        "Rent ........ 3\nNotice ........ 4\n",
        "-----\n",
    ],
)
def test_what_asks_or_leads_or_only_labels_says_nothing(text: str) -> None:
    assert said(text) == []


def test_the_answer_to_a_question_is_stated_with_the_question_as_its_context() -> None:
    (only,) = stated("Do you allow pets?\nYes, small ones.\n")
    assert (only.text, only.headed) == ("Yes, small ones.", ("Do you allow pets?",))


def test_items_have_their_lead_in_as_context() -> None:
    text = "You need the following:\n- a stove\n- two tents\n"
    assert [(one.text, one.headed) for one in stated(text)] == [
        ("a stove", ("You need the following:",)),
        ("two tents", ("You need the following:",)),
    ]


def test_a_label_without_a_value_is_left_out_of_a_form() -> None:
    assert said("Name: Anna Berg\nPhone:\nMail: a@b.example\n") == ["Name: Anna Berg", "Mail: a@b.example"]


def test_a_field_stands_beside_the_other_fields_of_its_record() -> None:
    assert [one.beside for one in stated("Name: Anna Berg\nPhone: 4411\n")] == ["Phone: 4411", "Name: Anna Berg"]


def test_prose_is_stated_sentence_by_sentence() -> None:
    assert said("The lease\n\nThe rent is 850 euros. It is paid\nmonthly.\n")[1:] == [
        "The rent is 850 euros.",
        "It is paid monthly.",
    ]


def test_a_short_item_is_whole_and_a_long_one_is_not() -> None:
    short, long = "Pay the toll. Then go.", "Pay the toll at the lock. " * 15 + "Then go."
    assert len(stated(f"- {short}\n- {long}\n")) == 1 + 16


def test_headings_above_are_the_context_outermost_first() -> None:
    last = stated("1. Rent\n\n1.1 Deposit\n\nIt is 500 euros.\n")[-1]
    assert last.headed == ("1. Rent", "1.1 Deposit")


def test_the_path_reads_like_sentences() -> None:
    assert (
        stated("1. Rent\n\n1.1 Deposit\n\nIt is 500 euros.\n")[-1].reading == "1. Rent. 1.1 Deposit. It is 500 euros."
    )


def test_the_setting_goes_from_the_file_over_title_and_headings() -> None:
    last = stated("1. Rent\n\n1.1 Deposit\n\nIt is 500 euros.\n", path="home/lease_holt.txt", title="The lease")[-1]
    assert last.setting("").startswith("lease holt › The lease › 1. Rent › 1.1 Deposit")


def test_the_setting_says_nothing_twice() -> None:
    last = stated("The lease\n\nIt is 500 euros.\n", path="the_lease.txt", title="The lease")[-1]
    assert last.setting("").split(" · ")[0] == "The lease"


def test_the_setting_of_a_field_ends_with_the_rest_of_its_record() -> None:
    name, phone = stated("Name: Anna Berg\nPhone: 4411\n")
    assert (name.setting("").split(" · ")[-1], phone.setting("").split(" · ")[-1]) == ("Phone: 4411", "Name: Anna Berg")


def test_the_setting_tells_how_its_document_begins() -> None:
    text = "The lease\n\nbetween Anna Berg and Ole Falk\n\nThe rent is 850 euros.\n" + "- It is paid.\n" * 40
    assert "between Anna Berg and Ole Falk" in stated(text, title="The lease")[-1].setting("")


def test_the_setting_begins_with_what_of_the_document_s_beginning_is_asked_for() -> None:
    text = "Halden Water\nBill for August 2025\nCustomer: Signe Aarvik\n\nUsed: 31 m3\nTotal due: 71.30 EUR\n"
    total = next(one for one in stated(text) if "Total" in one.text)
    assert "August 2025" in total.setting("How much is the bill for August?").split(" · ")[1]


def test_a_long_setting_keeps_its_innermost_heading_and_stays_short() -> None:
    headings = "".join(f"{'#' * level} {'Clause ' * 30}{level}\n\n" for level in range(1, 5))
    document = document_of(
        read_markdown(f"{headings}## Deposit\n\nIt is 500 euros.\n".encode(), name="a.md"),
        document_id="d",
        shown="a.md",
    )
    last = statements_of(Passage.cut(document, Span(0, len(document.text))))[-1]
    assert "› Deposit" in last.setting("")
    assert len(last.setting("")) <= 303


TABLE = "Town    People  Dogs\nMolby   3098    12\nOxholm  4098    20\n"


def test_a_row_says_the_names_of_its_columns_where_they_stand_elsewhere() -> None:
    assert [one.said for one in stated(TABLE)] == [
        "Town: Molby; People: 3098; Dogs: 12",
        "Town: Oxholm; People: 4098; Dogs: 20",
    ]


def test_a_row_is_quoted_as_it_stands() -> None:
    assert said(TABLE) == ["Molby 3098 12", "Oxholm 4098 20"]


def written(text: str, kind: BlockKind, *parts: Part, passage: Span | None = None) -> list[Statement]:
    """The statements of a text that is one block of this kind."""
    document = Document(kind, text, Origin("d"), blocks=(Block(kind, Span(0, len(text)), parts=parts),))
    return list(statements_of(Passage.cut(document, passage or Span(0, len(text)))))


def test_a_row_that_names_its_columns_says_no_name_twice() -> None:
    (row,) = written(
        "Town: Molby; Dogs: 12",
        BlockKind.ROW,
        Part(Span(6, 11), Span(0, 4)),
        Part(Span(19, 21), Span(13, 17)),
    )
    assert row.said == "Town: Molby; Dogs: 12"


def test_a_row_with_a_name_and_no_value_says_nothing() -> None:
    assert written("Molby", BlockKind.ROW, Part(Span(0, 5))) == []


@pytest.mark.parametrize("kind", [BlockKind.FURNITURE, BlockKind.QUESTION])
def test_furniture_and_questions_say_nothing(kind: BlockKind) -> None:
    assert written("The rent is 850 euros.", kind) == []


def test_a_block_that_reaches_out_of_its_passage_is_stated_as_far_as_it_goes() -> None:
    text = "The rent is 850 euros. It is paid monthly."
    assert [one.text for one in written(text, BlockKind.PARAGRAPH, passage=Span(0, 22))] == ["The rent is 850 euros."]


def test_a_passage_without_blocks_is_prose() -> None:
    text = "The rent is 850 euros. It is paid monthly."
    passage = Passage.cut(Document("d", text, Origin("d")), Span(0, len(text)))
    assert [one.text for one in statements_of(passage)] == ["The rent is 850 euros.", "It is paid monthly."]


def test_spans_of_statements_are_the_documents_own() -> None:
    text = "The lease\n\nThe rent is 850 euros.\n\nTown    People  Dogs\nMolby   3098    12\nOxholm  4098    20\n"
    assert all(" ".join(one.span.of(text).split()) == one.text for one in stated(text))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The lock is **shut**.", "The lock is shut."),
        ("Ask [the pilot](https://pilot.example.org), then wait.", "Ask the pilot, then wait."),
        ("Il est *fermé* !", "Il est fermé !"),
        ("It is **shut** (_today_) .", "It is shut (today) ."),
    ],
)
def test_marks_leave_no_gap_before_a_stop(written: str, said: str) -> None:
    document = document_of(read_markdown(written.encode(), name="a.md"), document_id="d", shown="a.md")
    (statement,) = statements_of(Passage.cut(document, Span(0, len(written))))
    assert statement.text == said
