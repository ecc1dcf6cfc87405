"""What rows and fields say of a claim, and which cells of a row answer."""

import pytest

from rag.answer.cells import asked_cells
from rag.domain import Verdict
from rag.evidence.records import said_by_record
from tests.answers import stated

TOWNS = "Town    2021   2022   2023\nMolby   3010   3098   3120\nOxholm  4010   4098   4120\n"
STAFF = "Name        Department  Phone\nEdda Falk   Sales       4411\nNils Berg   Stock       4412\n"
BILL = "Electricity bill for April 2025\n\nAmount due: 80.10\nPaid: no\n"


def verdicts(claim: str, text: str) -> set[Verdict]:
    return {said_by_record(claim, one) for one in stated(text)}


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Molby had 3098 in 2022.", TOWNS),
        ("Edda Falk's phone is 4411.", STAFF),
        ("The phone of Nils Berg, department Stock, is 4412.", STAFF),
        ("The amount due for April 2025 is 80.10.", BILL),
        ("The amount due is 80.1 for 2025-04.", BILL),
    ],
)
def test_a_record_says_what_its_values_say_under_their_names(claim: str, text: str) -> None:
    assert Verdict.SUPPORTED in verdicts(claim, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        pytest.param("Molby had 3120 in 2022.", TOWNS, id="another column's value"),
        pytest.param("Molby had 4098 in 2022.", TOWNS, id="another row's value"),
        pytest.param("Edda Falk's phone is 4412.", STAFF, id="another person's number"),
        pytest.param("The amount due for March 2025 is 80.10.", BILL, id="another month"),
        pytest.param("The amount due is 76.80.", BILL, id="another amount"),
        pytest.param("The amount due for April 2025 is not 80.10.", BILL, id="negated"),
        pytest.param("Edda Falk likes her phone 4411.", STAFF, id="what nobody says"),
    ],
)
def test_a_record_says_nothing_else(claim: str, text: str) -> None:
    assert Verdict.SUPPORTED not in verdicts(claim, text)


def test_prose_is_no_record() -> None:
    assert verdicts("The rent is 850 euros.", "The rent is 850 euros.") == {Verdict.UNSUPPORTED}


def cells(question: str, text: str, answer: str = "") -> list[str]:
    return [asked_cells(question, one, answer) for one in stated(text)]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("How many people lived in Molby in 2022?", "Town: Molby; 2022: 3098"),
        ("How many people lived in Molby in 2023?", "Town: Molby; 2023: 3120"),
    ],
)
def test_the_cell_under_the_year_that_is_asked_for_is_shown(question: str, shown: str) -> None:
    assert cells(question, TOWNS)[0] == shown


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What is the phone of Nils Berg?", "Name: Nils Berg; Phone: 4412"),
        ("Which department is Nils Berg in?", "Name: Nils Berg; Department: Stock"),
        ("What is the name and phone in Stock?", "Name: Nils Berg; Department: Stock"),
    ],
)
def test_the_cell_under_the_name_that_is_asked_for_is_shown(question: str, shown: str) -> None:
    assert cells(question, STAFF)[1] == shown


def test_the_cell_that_the_reader_points_at_is_shown() -> None:
    assert cells("How do I reach Edda Falk?", STAFF, answer="4411")[0] == "Name: Edda Falk; Phone: 4411"


def test_what_a_question_gives_is_not_what_it_asks_for() -> None:
    assert "4411" not in cells("Which department has the phone 4411?", STAFF)[0].partition("Department")[2][:9]


def test_where_no_cell_is_asked_for_the_row_is_whole() -> None:
    assert cells("Tell me more.", STAFF) == ["", ""]


def test_what_is_no_row_is_whole() -> None:
    assert cells("What is the amount due?", BILL) == ["", "", ""]


LESSONS = "Time   Monday   Tuesday  Thursday\n10:15  English  Physics  Geography\n11:10  French   Biology  Music\n"
CLASSES = "Class   Day      Starts  Places\nYoga    Monday   18:15   16\nSpin    Tuesday  06:45   20\n"


def test_a_day_that_heads_a_column_answers_what_is_said_under_it() -> None:
    assert "Time: 10:15; Thursday: Geography" in cells("On which day is Geography?", LESSONS, "Thursday")


def test_when_is_answered_by_the_day_and_the_hour() -> None:
    assert "Class: Spin; Day: Tuesday; Starts: 06:45" in cells("When is Spin on?", CLASSES, "Tuesday")


def test_the_cell_that_the_reader_points_at_comes_before_a_column_that_the_question_names_in_part() -> None:
    budget = "Department  Budget EUR  Owner\nSupport     95000       Mei Tan\nTravel      30000       Ines Oka\n"
    assert "Department: Support; Owner: Mei Tan" in cells("Who owns the support budget?", budget, "Mei Tan")


ACCOUNT = "Date        Payee          Paid out\n2025-05-20  Aldous Dental  125.00\n2025-05-23  Penn Market    18.20\n"
PAINTS = "Paint       Pack   Price GBP  In stock\nTeak oil    2.5 l  44.90      9\nTeak oil    0.5 l  11.40      38\n"
WEEK = "Lesson  Monday  Wednesday\n1       Maths   Biology\n2       Music   English\n"


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("When did I pay the dental bill?", ACCOUNT, "Date: 2025-05-20; Payee: Aldous Dental"),
        ("How much is teak oil?", PAINTS, "Paint: Teak oil; Price GBP: 44.90"),
        ("What is the price of 2.5 litres?", PAINTS, "Pack: 2.5 l; Price GBP: 44.90"),
        ("What is on first thing on Wednesday?", WEEK, "Lesson: 1; Wednesday: Biology"),
    ],
)
def test_when_asks_for_a_day_how_much_for_a_price_and_a_weekday_names_no_row(
    question: str, text: str, shown: str
) -> None:
    assert cells(question, text)[0] == shown


def test_cells_as_they_are_written_are_said_by_their_row_even_where_they_say_no() -> None:
    text = "Order  Customer  Paid\n1002   Tom Reed  no\n1003   Ada Krol  yes\n"
    assert Verdict.SUPPORTED in verdicts("Order: 1002; Paid: no", text)
    assert Verdict.SUPPORTED not in verdicts("Order: 1002; Paid: yes", text)
