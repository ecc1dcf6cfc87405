"""Questions on the tables as people word them, each with what it comes to, computed here in another way."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tests.computed.tables import BY_FILE

Cells = dict[str, str]
Result = int | Decimal | str | None


@dataclass(frozen=True)
class Question:
    """A question on a table and its right result: a number, or the name of a row; None where none may be computed."""

    table: str
    text: str
    result: Result


def _rows(table: str) -> list[Cells]:
    one = BY_FILE[table]
    return [dict(zip(one.columns, row, strict=True)) for row in one.rows if row[0] != "Total"]


def _number(written: str) -> Decimal:
    plain = written.strip("€£()% m")
    if "," in plain and (plain[-3] == "," or "." in plain[: plain.index(",")]):
        plain = plain.replace(".", "").replace(",", ".")
    return Decimal(plain.replace(",", ""))


def _is_number(written: str) -> bool:
    return any(letter.isdigit() for letter in written)


def _day(written: str) -> date:
    months = "January February March April May June July August September October November December".split()
    if " " in written:
        day, month, year = written.split()
        return date(int(year), months.index(month) + 1, int(day))
    if "." in written:
        day, month, year = written.split(".")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(written)


def _count(where: Callable[[Cells], bool]) -> Callable[[list[Cells]], Result]:
    return lambda rows: sum(map(where, rows))


def _sum(column: str, where: Callable[[Cells], bool] = lambda _: True) -> Callable[[list[Cells]], Result]:
    return lambda rows: sum((_number(row[column]) for row in rows if where(row) and _is_number(row[column])), Decimal())


def _mean(column: str, where: Callable[[Cells], bool] = lambda _: True) -> Callable[[list[Cells]], Result]:
    def mean(rows: list[Cells]) -> Result:
        values = [_number(row[column]) for row in rows if where(row) and _is_number(row[column])]
        return sum(values, Decimal()) / len(values)

    return mean


def _best(
    name: str,
    column: str,
    best: Callable[..., Cells] = max,
    where: Callable[[Cells], bool] = lambda _: True,
    by: Callable[[str], object] = _number,
) -> Callable[[list[Cells]], Result]:
    return lambda rows: best(
        (row for row in rows if where(row) and _is_number(row[column])), key=lambda row: by(row[column])
    )[name]


_ASKED: dict[str, Sequence[tuple[str, Callable[[list[Cells]], Result]]]] = {
    "berths": (
        ("How many boats are moored at the north pier?", _count(lambda row: row["Pier"] == "North")),
        ("How many boats does Joost Pelle own?", _count(lambda row: row["Owner"] == "Joost Pelle")),
        ("Which boat is the longest?", _best("Boat", "Length m")),
        (
            "Which boat at the north pier is the shortest?",
            _best("Boat", "Length m", min, lambda row: row["Pier"] == "North"),
        ),
        ("How many boats arrived in May 2025?", _count(lambda row: _day(row["Arrived"]).month == 5)),
        ("Which boat arrived last?", _best("Boat", "Arrived", by=_day)),
        ("How many boats are longer than 8 m?", _count(lambda row: _number(row["Length m"]) > 8)),
        ("How many boats have a sauna?", lambda _: None),
    ),
    "account_spring": (
        ("How much did we spend on food in total?", _sum("Paid out", lambda row: row["Category"] == "Food")),
        ("How much rent did we pay altogether?", _sum("Paid out", lambda row: row["Category"] == "Rent")),
        ("How much was paid out from March to April 2025?", _sum("Paid out", lambda row: _day(row["Date"]).month < 5)),
        ("How many payments went to Greenline Grocer?", _count(lambda row: row["Payee"] == "Greenline Grocer")),
        ("What is the total of the salary?", _sum("Paid in", lambda row: row["Category"] == "Salary")),
        ("What did we pay for food on average?", _mean("Paid out", lambda row: row["Category"] == "Food")),
        ("How much did we spend on petrol in total?", lambda _: None),
        ("How much was the electricity from Lumen Power?", lambda _: None),
    ),
    "loans": (
        ("How many books has Priya Nand borrowed?", _count(lambda row: row["Borrower"] == "Priya Nand")),
        ("What is the total of all fines?", _sum("Fine")),
        ("Which book has the highest fine?", _best("Book", "Fine")),
        (
            "How many books were lent before 1 January 2025?",
            _count(lambda row: _day(row["Lent on"]) < date(2025, 1, 1)),
        ),
        ("Which book was lent first?", _best("Book", "Lent on", min, by=_day)),
        ("How many days late was Winter Bread?", lambda _: None),
        ("How many books are more than 10 days late?", _count(lambda row: _number(row["Days late"]) > 10)),
        ("What is the average fine?", _mean("Fine")),
    ),
    "crew": (
        ("How many engineers are there in the crew?", _count(lambda row: row["Post"] == "Engineer")),
        ("Who is the oldest of the crew?", _best("Name", "Born", min, by=_day)),
        ("Who is the youngest deckhand?", _best("Name", "Born", max, lambda row: row["Post"] == "Deckhand", _day)),
        ("How many hours did the deckhands work in total?", _sum("Hours", lambda row: row["Post"] == "Deckhand")),
        ("How many Norwegians are in the crew?", _count(lambda row: row["Nationality"] == "Norwegian")),
        ("Who worked the most hours?", _best("Name", "Hours")),
        ("How many hours did Hana Novak work?", lambda _: None),
        ("Who was born first, Tomas Vrba or Luis Carrasco?", lambda _: "Luis Carrasco"),
    ),
    "sales_2024": (
        ("How many kettles were sold in total?", _sum("Units", lambda row: row["Product"] == "Kettles")),
        ("What was the total revenue in the South?", _sum("Revenue GBP", lambda row: row["Region"] == "South")),
        ("How many toasters were sold in the East?", lambda _: None),
        (
            "What revenue did we make with toasters altogether?",
            _sum("Revenue GBP", lambda row: row["Product"] == "Toasters"),
        ),
        ("What is the total number of units sold in the North?", _sum("Units", lambda row: row["Region"] == "North")),
        (
            "In which region were the fewest kettles sold?",
            _best("Region", "Units", min, lambda row: row["Product"] == "Kettles"),
        ),
        ("How many blenders were sold in total?", lambda _: None),
        (
            "How many toasters did we sell in the North and the South together?",
            _sum("Units", lambda row: row["Product"] == "Toasters" and row["Region"] != "East"),
        ),
    ),
    "receivables": (
        ("How many invoices are overdue?", _count(lambda row: row["Status"] == "overdue")),
        ("What is the total of the open invoices?", _sum("Amount EUR", lambda row: row["Status"] == "open")),
        ("Which invoice is the highest?", _best("Invoice", "Amount EUR")),
        ("How many invoices did Solberg Tiles get?", _count(lambda row: row["Client"] == "Solberg Tiles")),
        ("How many invoices are over 500 euros?", _count(lambda row: _number(row["Amount EUR"]) > 500)),
        (
            "What is the sum of the invoices issued in March 2025?",
            _sum("Amount EUR", lambda row: _day(row["Issued"]).month == 3),
        ),
        ("What is the amount of invoice R-303?", lambda _: None),
        ("Which open invoice is the lowest?", lambda _: "R-304, R-307"),
    ),
    "recipes": (
        ("How many dishes contain celery?", _count(lambda row: "celery" in row["Allergens"])),
        ("Which dish is the cheapest?", _best("Dish", "Cost per head", min)),
        ("Which dish takes the longest?", _best("Dish", "Minutes")),
        ("How many dishes are there?", _count(lambda _: True)),
        ("How many dishes take less than 50 minutes?", _count(lambda row: _number(row["Minutes"]) < 50)),
        ("What do the dishes cost per head on average?", _mean("Cost per head")),
        ("Which dish serves the most?", _best("Dish", "Serves")),
        ("How many calories does the potato bake have?", lambda _: None),
    ),
    "race_results": (
        ("How many runners of Moorside Harriers took part?", _count(lambda row: row["Club"] == "Moorside Harriers")),
        ("Who is the oldest runner?", _best("Runner", "Age")),
        ("Who was faster, Dilip Rao or Petra Lunt?", lambda _: "Dilip Rao"),
        ("What is the average age of the runners?", _mean("Age")),
        ("How many runners are under 35?", _count(lambda row: _number(row["Age"]) < 35)),
        ("Who was the slowest runner of Canal Striders?", lambda _: "Ruth Feld"),
        ("How old is Sam Okello?", lambda _: None),
        ("How many clubs took part?", lambda rows: len({row["Club"] for row in rows})),
    ),
    "street_trees": (
        ("How many limes are there in the register?", _count(lambda row: row["Species"] == "Lime")),
        ("Which tree is the tallest?", _best("Tree", "Height")),
        ("How many trees stand in Mint Lane?", _count(lambda row: row["Street"] == "Mint Lane")),
        ("Which is the oldest tree in Abbot Road?", lambda _: "T1"),
        ("How many trees were planted before 1980?", _count(lambda row: int(row["Planted"]) < 1980)),
        ("What is the average height of the trees?", _mean("Height")),
        ("Which maple was planted last?", lambda _: "T5"),
        ("How many oaks are there?", lambda _: None),
    ),
    "night_trains": (
        ("How many night trains go to Ostel?", _count(lambda row: row["To"] == "Ostel")),
        ("Which train leaves first?", lambda _: "NZ 58"),
        ("Which train has the cheapest sleeper?", _best("Train", "Sleeper", min)),
        ("What does a seat cost on average?", _mean("Seat")),
        ("How many trains leave after 21:00?", _count(lambda row: row["Departs"] > "21:00")),
        ("What is cheaper with a sleeper, NZ 14 or NZ 22?", lambda _: "NZ 14"),
        ("How much is a seat on NZ 40?", lambda _: None),
        ("Which train arrives last?", lambda _: "NZ 58"),
    ),
    "evening_courses": (
        ("How many courses does Lena Frisk teach?", _count(lambda row: row["Teacher"] == "Lena Frisk")),
        ("How many courses are there on Thursday?", _count(lambda row: row["Weekday"] == "Thursday")),
        ("Which course is the most expensive?", _best("Course", "Fee (EUR)")),
        ("How many places do all the evening courses have together?", _sum("Places")),
        ("Which course has the fewest places?", _best("Course", "Places", min)),
        ("How many courses cost less than 100 euros?", _count(lambda row: _number(row["Fee (EUR)"]) < 100)),
        ("What is the fee for pottery?", lambda _: None),
        ("How many places are there in the choir?", lambda _: None),
    ),
    "quarters": (
        ("In which quarter were the fuel costs highest?", lambda _: "Q3 2024"),
        ("In which quarter was the operating profit lowest?", lambda _: "Q4 2024"),
        ("What was the ticket income in total in 2024?", lambda _: Decimal(812 + 1145 + 1690 + 903)),
        ("How many passengers were there altogether in 2024?", lambda _: Decimal(20410 + 31072 + 48955 + 23118)),
        ("What were the average fuel costs per quarter?", lambda _: Decimal(240 + 305 + 411 + 276) / 4),
        ("When did Pinnock Ferries have the most passengers?", lambda _: "Q3 2024"),
        ("How many passengers were there in the second quarter of 2024?", lambda _: None),
        ("In which quarter were there the most accidents?", lambda _: None),
    ),
    "inspection": (
        ("How many faults have a high severity?", _count(lambda row: row["Severity"] == "high")),
        ("What do all the repairs cost in total?", _sum("Repair cost")),
        ("Which repair is the most expensive?", lambda _: "damp wall"),
        ("How many faults were found in the kitchen?", _count(lambda row: row["Room"] == "Kitchen")),
        ("What is the total repair cost of the kitchen?", _sum("Repair cost", lambda row: row["Room"] == "Kitchen")),
        ("How many faults were found after 5 June 2025?", _count(lambda row: _day(row["Found on"]) > date(2025, 6, 5))),
        ("In which room is the cheapest repair?", lambda _: "Hall"),
        ("How many faults were found in the garage?", lambda _: None),
    ),
    "wages": (
        ("Who has the highest net wage?", _best("Employee", "Net")),
        ("What is the total gross of the bakery?", _sum("Gross", lambda row: row["Department"] == "Bakery")),
        ("How many employees work in Delivery?", _count(lambda row: row["Department"] == "Delivery")),
        ("What is the sum of all deductions?", _sum("Deductions")),
        ("Who earns the least gross?", _best("Employee", "Gross", min)),
        ("What is the average net wage?", _mean("Net")),
        ("What is the net wage of Mina Tolle?", lambda _: None),
        ("How many employees have a gross of more than 2,300?", _count(lambda row: _number(row["Gross"]) > 2300)),
    ),
    "members": (
        ("How many members live in Deanbridge?", _count(lambda row: row["Town"] == "Deanbridge")),
        ("Who joined the rowing club first?", _best("Member", "Joined", min, by=_day)),
        ("Which member has the most boat hours?", _best("Member", "Boat hours")),
        ("How many members joined after 2020?", _count(lambda row: _day(row["Joined"]).year > 2020)),
        ("How many boat hours do the members have altogether?", _sum("Boat hours")),
        ("How many members have paid 100 % of the fee?", _count(lambda row: row["Share of fee paid"] == "100 %")),
        ("Who joined last, Nora Quist or Ben Attar?", lambda _: "Ben Attar"),
        ("What is the average age of the members?", lambda _: None),
    ),
}


def questions() -> Iterator[Question]:
    """Every question with its result."""
    for table, asked in _ASKED.items():
        rows = _rows(table)
        for text, result in asked:
            yield Question(table, text, result(rows))
