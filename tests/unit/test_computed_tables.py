"""What tables come to, and when nothing is computed of them."""

import pytest

from rag.domain import Verdict
from rag.evidence.tables.claimed import said_by_tables
from rag.evidence.tables.compute import compute
from rag.evidence.tables.documents import over_documents
from rag.evidence.tables.listed import count_listed
from rag.evidence.tables.result import Result
from rag.evidence.tables.table import joined
from rag.question.operation import operation_of
from tests.tables import passage_of, tables

KENNEL = """Dog | Breed | Weight | Born | Chipped
Bruno | Beagle | 12.5 kg | 2019-04-02 | yes
Ada | Collie | 19 kg | 2021-11-15 | yes
Tilly | Beagle | 11 kg | 2016-01-30 | no
Odin | Mastiff | n/a | 2020-07-08 | yes"""
TILL = """Day | Bread | Cakes
Monday | 110 | 34
Tuesday | 95 | 41
Total | 205 | 75"""
QUARTERS = """EUR | Q1 2024 | Q2 2024
Income | 900 | 1,100
Costs | 700 | 650"""
BILL = "# Gas bill for {month} 2025\n\nYou used {used} kWh.\n\nTotal to pay: £{paid}\n"


def computed(question: str, rows: str = KENNEL, title: str = "Dogs of the kennel") -> Result | None:
    operation = operation_of(question)
    assert operation is not None
    told = [one for table in tables(rows, title=title) if (one := compute(operation, table, question))]
    return told[0] if told else None


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many beagles are there?", 2),
        ("How many dogs are chipped?", 3),
        ("How many dogs are not chipped?", 1),
        ("How many dogs were born before 2020?", 2),
        ("How many dogs are heavier than 12 kg?", 2),
        ("How many breeds are there?", 3),
    ],
)
def test_rows_that_meet_the_question_are_counted(question: str, value: int) -> None:
    result = computed(question)
    assert result is not None
    assert result.value == value


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Which dog is the heaviest?", "Ada"),
        ("Which dog is the oldest?", "Tilly"),
        ("Which beagle is the lightest?", "Tilly"),
    ],
)
def test_the_highest_is_named(question: str, name: str) -> None:
    result = computed(question)
    assert result is not None
    assert [one.name for one in result.operands[: result.winners]] == [name]


@pytest.mark.parametrize(
    "question",
    [
        "How many dogs have fleas?",
        "Which dog is the fastest?",
        "What is the total price of the dogs?",
        "Which cat is the oldest?",
    ],
)
def test_what_the_table_does_not_say_is_not_computed(question: str) -> None:
    assert computed(question) is None


def test_what_has_no_number_is_left_out_and_told() -> None:
    result = computed("What is the average weight of the dogs?")
    assert result is not None
    assert result.left_out == ("Odin",)


def test_a_row_of_totals_is_not_added() -> None:
    result = computed("How much bread was sold in total?", TILL, "Bakery till")
    assert result is not None
    assert result.value == 205


def test_one_cell_is_looked_up() -> None:
    result = computed("How many cakes were there in total on Monday?", TILL, "Bakery till")
    assert result is not None
    assert (result.operation, result.operands[0].cell.text) == ("look-up", "34")


def test_columns_of_quarters_are_compared() -> None:
    result = computed("In which quarter were the costs lowest?", QUARTERS, "Accounts")
    assert result is not None
    assert result.operands[0].name == "Q2 2024"


def test_records_that_share_the_best_value_are_all_named() -> None:
    result = computed("Which stall has the lowest fee?", "Stall | Fee\nA4 | 10\nB2 | 10\nC7 | 15", "Market")
    assert result is not None
    assert [one.name for one in result.operands[: result.winners]] == ["A4", "B2"]


def test_the_most_of_what_no_column_counts_are_records() -> None:
    result = computed("Which breed has the most dogs?")
    assert result is not None
    assert (result.group, result.value) == ("Beagle", 2)


def test_a_price_is_not_how_many() -> None:
    assert computed("How many seats does the hall have?", "Hall | Seat\nA4 | €10\nB2 | €12", "Halls") is None


SEATS = """Tour | Guide | Seats | Sold | Full
Harbour | Ines | 20 | 18 | no
Castle | Odo | 12 | 12 | yes
Old mill | Ines | 15 | 4 | no"""


def test_what_was_done_with_the_things_is_summed() -> None:
    result = computed("How many seats are sold in all the tours together?", SEATS, "Tours")
    assert result is not None
    assert (result.column, result.value) == ("Sold", 34)


@pytest.mark.parametrize(
    "question",
    [
        "How many seats are left on the tours?",
        "How many tours are sold out?",
        "How many litres of oil are there in total?",
    ],
)
def test_what_no_column_plainly_says_is_not_computed(question: str) -> None:
    assert computed(question, SEATS + "\n", "Tours") is None


def test_a_number_of_each_thing_is_summed() -> None:
    result = computed("How many lamps were set up in all?", "Lamp | Number set up\nDesk | 4\nFloor | 2", "Office")
    assert result is not None
    assert (result.operation, result.value) == ("sum", 6)


def test_yes_and_no_are_not_counted() -> None:
    rows = "Service | Price | Bulbs included\nWiring | 50 | yes\nTest | 20 | no"
    assert computed("How many bulbs are on the list?", rows, "Prices") is None


def test_a_phrase_that_names_the_place_sets_no_condition() -> None:
    question = "What costs more at the little bakery, a roll or a bun?"
    result = computed(question, "Bread | Price\nRoll | 0.40\nBun | 0.90\nLoaf | 3.10", "Bakery")
    assert result is not None
    assert [one.name for one in result.operands] == ["Bun", "Roll"]


def test_the_same_table_of_two_documents_is_one() -> None:
    one, other = (tables(TILL, path=f"till_{month}.md") for month in ("may", "june"))
    assert [len(table.records) for table in joined([*one, *other])] == [2, 2, 4]


def test_alike_documents_are_compared() -> None:
    bills = [("March", 210, "60.10"), ("April", 180, "75.25"), ("May", 240, "55.00")]
    documents = [
        [passage_of(BILL.format(month=month, used=used, paid=paid), f"{month}.md")] for month, used, paid in bills
    ]
    operation = operation_of("In which month was the gas bill highest?")
    assert operation is not None
    result = over_documents(operation, documents, "In which month was the gas bill highest?")
    assert result is not None
    assert result.operands[0].name == "Gas bill for April 2025"


DATED = "# Harbour Gas\n\n## Gas bill for {month} 2025\n\nBill date: 2 {after} 2025\n\nTotal to pay: £{paid}\n"
MONTHS = [("March", "April", "60.10"), ("April", "May", "75.25"), ("May", "June", "55.00")]


def over_bills(question: str) -> Result | None:
    documents = [
        [passage_of(DATED.format(month=month, after=after, paid=paid), f"{place}.md")]
        for place, (month, after, paid) in enumerate(MONTHS)
    ]
    operation = operation_of(question)
    assert operation is not None
    return over_documents(operation, documents, question)


def test_the_bills_of_the_months_that_are_named_are_added() -> None:
    result = over_bills("What do the gas bills for April and May 2025 come to together?")
    assert result is not None
    assert [one.cell.text for one in result.operands] == ["£75.25", "£55.00"]


def test_bills_are_not_added_where_one_of_the_months_has_none() -> None:
    assert over_bills("What do the gas bills for May and June 2025 come to together?") is None


def test_two_that_are_named_are_compared_by_what_their_documents_say() -> None:
    leases = [
        [passage_of(f"# Lease of {name}\n\n3. Rent\n\nThe rent is £{rent} a month.\n", f"{name}.md")]
        for name, rent in (("Ada Voss", 700), ("Bo Quill", 820))
    ]
    question = "Who pays the higher rent, Ada Voss or Bo Quill?"
    operation = operation_of(question)
    assert operation is not None
    result = over_documents(operation, leases, question)
    assert result is not None
    assert [one.name for one in result.operands] == ["Bo Quill", "Ada Voss"]


def test_a_name_that_no_document_has_is_not_compared() -> None:
    assert over_bills("Which was higher, March or Neptune?") is None


def test_the_items_of_a_list_are_counted() -> None:
    operation = operation_of("How many rules are there?")
    assert operation is not None
    result = count_listed(operation, [[passage_of("# Rules\n\n- No smoking\n- No dogs\n- No noise\n")]])
    assert result is not None
    assert result.value == 3


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Two dogs are beagles.", Verdict.SUPPORTED),
        ("Three dogs are beagles.", Verdict.CONTRADICTED),
        ("Ada is the heaviest dog.", Verdict.SUPPORTED),
        ("Bruno is the heaviest dog.", Verdict.CONTRADICTED),
    ],
)
def test_a_claim_over_all_rows_is_computed(claim: str, verdict: Verdict) -> None:
    decided = said_by_tables(claim, tables(KENNEL, title="Dogs of the kennel"))
    assert decided is not None
    assert decided.verdict is verdict


def test_a_claim_on_what_no_row_says_is_not_decided() -> None:
    assert said_by_tables("Two dogs have fleas.", tables(KENNEL, title="Dogs of the kennel")) is None


TRIPS = """Trip | Cost
Oslo | EUR 310.00
Leeds | £120.00
Basel | CHF 95.50"""
STOCK = """Item | Qty
Bolts | 120
Nuts |
Screws | 310"""


@pytest.mark.parametrize("question", ["What did the trips cost in total?", "Which trip has the highest cost?"])
def test_amounts_in_several_currencies_are_not_computed_and_that_is_said(question: str) -> None:
    result = computed(question, TRIPS, "Trips")
    assert result is not None
    assert result.reason == "What stands under Cost is in EUR, GBP and CHF, so it is not computed."


@pytest.mark.parametrize("cells", [("5", "7"), ("£5", "7")])
def test_a_column_that_names_two_currencies_is_not_computed(cells: tuple[str, str]) -> None:
    rows = f"Trip | Cost EUR/USD\nOslo | {cells[0]}\nLeeds | {cells[1]}"
    assert computed("What did the trips cost in total?", rows, "Trips") is None


def test_a_blank_cell_that_is_asked_for_is_told_to_be_blank() -> None:
    result = computed("How many nuts are there?", STOCK, "Stock")
    assert result is not None
    assert (result.reason, [one.name for one in result.operands]) == ("Nothing stands under Qty.", ["Nuts"])
