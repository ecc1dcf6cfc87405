"""Tables: where they begin, what names their columns, and when they are forms."""

import io

import pytest

from ingest.readers.corpus import MOST_CELLS, read_table
from ingest.readers.document import ReadDocument
from ingest.readers.table import Grid, write_tables
from ingest.readers.table_heads import Across, Covered
from ingest.structure import TextWriter
from rag.errors import DocumentError
from tests.blocks import leant, named, not_covered, said


def written(*grids: Grid, is_named: bool = False) -> ReadDocument:
    writer = TextWriter()
    write_tables(writer, grids, level=1, named=is_named)
    return ReadDocument(text=writer.text, blocks=writer.blocks)


def table(text: str) -> ReadDocument:
    (read,) = read_table(io.BytesIO(text.encode()), name="a.csv")
    assert isinstance(read, ReadDocument)
    return read


PREAMBLE = (
    "Tolls of Weser;;;\nCustomer:;Acme GmbH;;\nPeriod;01.03.2025 - 31.03.2025;;\n;;;\n"
    "Date;Text;Amount;Balance\n03.03.2025;Rent;-850,00;1.204,55\n07.03.2025;Salary;2.310,00;3.514,55\n"
)


def test_what_stands_above_a_table_is_its_title_and_its_fields() -> None:
    assert said(table(PREAMBLE))[:3] == [
        ("heading", "Tolls of Weser"), ("field", "Customer: Acme GmbH"), ("field", "Period: 01.03.2025 - 31.03.2025"),
    ]  # fmt: skip


def test_a_head_below_a_preamble_names_the_cells() -> None:
    read = table(PREAMBLE)
    assert named(read, read.blocks[3]) == [
        ("Date", "03.03.2025"), ("Text", "Rent"), ("Amount", "-850,00"), ("Balance", "1.204,55"),
    ]  # fmt: skip


def test_a_row_leans_on_the_title_of_its_table() -> None:
    read = table(PREAMBLE)
    assert leant(read, read.blocks[-1]) == ["Tolls of Weser"]


def test_fields_above_a_table_are_one_record() -> None:
    read = table(PREAMBLE)
    assert read.blocks[1].record == read.blocks[2].record is not None


def test_the_blocks_of_a_table_cover_its_text() -> None:
    assert not_covered(table(PREAMBLE)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Skagen,2024-01-01,3.4\nRibe,2024-01-02,2.9\n",
        "Skagen,harbour,open\nEsbjerg,harbour,closed\nRibe,town,open\n",
        "jane@a.invalid,Jane,Hull\nolaf@b.invalid,Olaf,York\n",
        "Ann Lee,12 euros,Hull\nBob Low,15 euros,York\n",
        "Ann Lee,2019,Hull\nBob Low,2021,York\n",
    ],
)
def test_a_first_row_of_values_names_no_columns(text: str) -> None:
    read = table(text)
    assert all(name is None for block in read.blocks for name, _ in named(read, block))


@pytest.mark.parametrize(
    "text",
    [
        "lock,2023,2024\nDunmar,400,410\n",
        "lock,Q1,Q2\nDunmar,400,410\n",
        "runner,5 km,10 km\nJane,19:40,41:02\nOlaf,20:10,43:00\n",
        "name,role\nJane,Head of Support\nOlaf,Counsel\n",
    ],
)
def test_a_first_row_of_names_names_the_columns(text: str) -> None:
    read = table(text)
    assert all(name for block in read.blocks for name, _ in named(read, block))


@pytest.mark.parametrize(
    "rows",
    [
        [["Region", "2023", Across("2023"), "2024", Across("2024")],
         [Covered("Region"), "Units", "EUR", "Units", "EUR"]],
        [["Region", "2023", "", "2024", ""], ["", "Units", "EUR", "Units", "EUR"]],
    ],
)  # fmt: skip
def test_names_over_several_columns_come_before_those_beneath(rows: list[list[str]]) -> None:
    read = written(Grid([*rows, ["North", "410", "8200", "455", "9100"], ["South", "300", "6000", "330", "6600"]]))
    assert read.text.startswith("Region: North; 2023 › Units: 410; 2023 › EUR: 8200; 2024 › Units: 455;")


def test_rows_that_stand_apart_keep_the_names_of_the_table_above() -> None:
    read = table("Item,Price\nBolt,1.20\nNut,0.30\n\nScrew,0.10\n")
    assert said(read)[-1] == ("row", "Item: Screw; Price: 0.10")


def test_a_head_said_again_is_no_row() -> None:
    assert len(table("Item,Price\nBolt,1.20\nItem,Price\nNut,0.30\n").blocks) == 2


def test_a_row_that_is_one_cell_from_edge_to_edge_is_about_those_beneath_it() -> None:
    read = written(
        Grid([["Item", "Price"], ["Fruit", Across("Fruit")], ["Plum", "3"], ["Fish", Across("Fish")], ["Eel", "9"]],
             strong=frozenset({0}))
    )  # fmt: skip
    assert leant(read, read.blocks[-1]) == ["Fish"]


def test_a_note_below_a_table_is_no_row() -> None:
    assert said(table("Item,Price,Units\nBolt,1.20,4\nNut,0.30,9\n* without tax,,\n"))[-1] == (
        "paragraph", "* without tax",
    )  # fmt: skip


FORM = [["Name", "Grace Tullow"], ["Born", "1999-02-03"], ["Base", "Hull"]]


def test_labels_beside_values_of_several_kinds_are_a_form() -> None:
    read = written(Grid(FORM))
    assert said(read) == [("field", "Name: Grace Tullow"), ("field", "Born: 1999-02-03"), ("field", "Base: Hull")]


def test_a_form_is_one_record() -> None:
    assert len({block.record for block in written(Grid(FORM)).blocks}) == 1


def test_two_columns_under_a_marked_head_are_no_form() -> None:
    read = written(Grid([["Branch", "Manager"], ["Quayside", "Ines Carvalho"]], strong=frozenset({0})))
    assert said(read) == [("row", "Branch: Quayside; Manager: Ines Carvalho")]


def test_two_columns_with_values_of_one_kind_under_words_are_no_form() -> None:
    read = written(Grid([["Ticket", "Price"], ["Adult", "14"], ["Child", "6"]]))
    assert said(read)[0] == ("row", "Ticket: Adult; Price: 14")


def test_notes_as_wide_as_a_table_are_not_its_head() -> None:
    rows = [
        ["see the", "", "notes"],
        ["at", "the", ""],
        ["Lock", "Toll", "Since"],
        ["Pell", "4", "2019"],
        ["Dun", "5", "2020"],
    ]
    assert said(written(Grid(rows)))[-1] == ("row", "Lock: Dun; Toll: 5; Since: 2020")


def test_a_table_of_too_many_cells_is_refused() -> None:
    wide = "a" + "," * (MOST_CELLS // 10)
    with pytest.raises(DocumentError, match="as one document it has more than 1,000,000 cells"):
        table("\n".join([wide] * 11))


def test_only_the_corner_of_a_matrix_is_empty() -> None:
    read = written(Grid([["", "2025-01", "410"], ["Rent", "850", "4"], ["Power", "96", "5"]]))
    assert said(read)[0] == ("row", "Rent; 2025-01: 850; 410: 4")


def test_pairs_beside_each_other_are_a_form() -> None:
    read = written(Grid([["Name:", "Jo Park", "Date:", "12 May"], ["Site:", "Yard 3", "Time:", "14:20"]]))
    assert [words for _, words in said(read)] == ["Name: Jo Park", "Date: 12 May", "Site: Yard 3", "Time: 14:20"]


def test_words_that_begin_a_row_are_no_value_of_the_columns_they_reach_into() -> None:
    rows = [["Item", "Units", "EUR"], ["Rope", "4", "480"], ["Total", Across("Total"), "480"]]
    assert said(written(Grid(rows)))[-1] == ("row", "Item: Total; EUR: 480")


def test_labels_and_values_apart_above_a_wider_table_are_fields() -> None:
    read = table("Holder;Ann Lee\nPage;2/2025\nOpening;1.842,10\n\nDate;Text;Sum\n03.03.2025;Rent;690,00\n")
    assert said(read)[:3] == [("field", "Holder: Ann Lee"), ("field", "Page: 2/2025"), ("field", "Opening: 1.842,10")]


@pytest.mark.parametrize("title", ["Weser Tolls: money received", Across("Weser Tolls: 2025")])
def test_a_title_with_a_colon_is_a_title(title: str) -> None:
    cells = ["Weser Tolls: 2025", title, title] if isinstance(title, Across) else [title, "", ""]
    rows = [cells, ["Bill", "Paid on", "How"], ["17", "5 May", "cash"], ["18", "9 May", "cash"]]
    assert said(written(Grid(rows)))[0] == ("heading", cells[0])
