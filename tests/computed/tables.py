"""Fifteen tables of people's papers, and how each is written in its format."""

import csv
import html
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with what it is called; every cell as the document writes it."""

    file: str
    title: str
    columns: Row
    rows: tuple[Row, ...]

    def column(self, name: str) -> int:
        return self.columns.index(name)


def _table(file: str, title: str, written: str) -> Table:
    lines = [tuple(cell.strip() for cell in line.split("|")) for line in written.strip().splitlines()]
    return Table(file, title, lines[0], tuple(lines[1:]))


TABLES = (
    _table(
        "berths.csv",
        "",
        """Boat | Owner | Pier | Length m | Arrived | Fee paid
        Seagull | Ada Winther | North | 7.5 | 2025-04-02 | yes
        Marlin | Joost Pelle | South | 11.2 | 2025-04-19 | no
        Petrel | Ada Winther | North | 6.8 | 2025-05-03 | yes
        Osprey | Rune Salter | North | 9.4 | 2025-05-11 | no
        Kittiwake | Bea Moreau | South | 8.1 | 2025-06-24 | yes
        Dunlin | Joost Pelle | West | 5.9 | 2025-06-30 | yes""",
    ),
    _table(
        "account_spring.csv",
        "",
        """Date | Payee | Category | Paid out | Paid in
        03.03.2025 | Kirchhof Housing | Rent | 1.140,00 |
        05.03.2025 | Greenline Grocer | Food | 86,35 |
        14.03.2025 | Tallis Books | Salary | | 2.610,40
        02.04.2025 | Kirchhof Housing | Rent | 1.140,00 |
        09.04.2025 | Greenline Grocer | Food | 112,90 |
        14.04.2025 | Tallis Books | Salary | | 2.610,40
        22.04.2025 | Lumen Power | Electricity | 74,15 |
        05.05.2025 | Kirchhof Housing | Rent | 1.185,00 |
        20.05.2025 | Greenline Grocer | Food | 98,05 |""",
    ),
    _table(
        "loans.csv",
        "",
        """Book | Borrower | Lent on | Days late | Fine
        The Tin Harbour | Priya Nand | 2024-11-04 | 12 | £1.20
        Atlas of Moss | Owen Hale | 2024-11-09 | 0 |
        Winter Bread | Priya Nand | 2024-12-01 | 31 | £3.10
        Bridges of Salt | Marta Kosk | 2025-01-17 | 0 |
        A Short Tide | Owen Hale | 2025-02-02 | 7 | £0.70
        The Glass Well | Lev Aronson | 2025-02-20 | 0 |""",
    ),
    _table(
        "crew.xlsx",
        "Crew of the Halcyon",
        """Name | Post | Born | Nationality | Hours
        Ingrid Sole | Captain | 1971-03-14 | Norwegian | 212
        Tomas Vrba | Engineer | 1985-10-02 | Czech | 198
        Aoife Brann | Deckhand | 1999-07-21 | Irish | 176
        Luis Carrasco | Cook | 1978-01-30 | Spanish | 184
        Nils Ekdahl | Deckhand | 2001-05-09 | Norwegian | 169
        Hana Novak | Engineer | 1990-12-11 | Czech | 205""",
    ),
    _table(
        "sales_2024.xlsx",
        "Sales 2024",
        """Region | Product | Units | Revenue GBP
        North | Kettles | 310 | 7750
        North | Toasters | 190 | 5320
        South | Kettles | 275 | 6875
        South | Toasters | 240 | 6720
        East | Kettles | 98 | 2450
        East | Toasters | 131 | 3668
        Total | | 1244 | 32783""",
    ),
    _table(
        "receivables.xlsx",
        "Invoices",
        """Invoice | Client | Issued | Due | Amount EUR | Status
        R-301 | Fenwick Dairy | 2025-01-10 | 2025-02-09 | 1240.50 | paid
        R-302 | Solberg Tiles | 2025-01-22 | 2025-02-21 | 389.00 | overdue
        R-303 | Fenwick Dairy | 2025-02-14 | 2025-03-16 | 905.25 | paid
        R-304 | Amara Choir | 2025-03-03 | 2025-04-02 | 150.00 | open
        R-305 | Solberg Tiles | 2025-03-18 | 2025-04-17 | 2075.80 | open
        R-306 | Quill Press | 2025-03-29 | 2025-04-28 | 612.00 | overdue
        R-307 | Amara Choir | 2025-04-08 | 2025-05-08 | 150.00 | open""",
    ),
    _table(
        "recipes.md",
        "Kitchen cards of the mess hall",
        """Dish | Minutes | Serves | Allergens | Cost per head
        Barley broth | 55 | 12 | celery, gluten | €1.40
        Potato bake | 80 | 10 | milk | €1.15
        Herring salad | 25 | 8 | fish, egg | €2.60
        Chickpea curry | 40 | 14 | celery | €1.75
        Plum dumplings | 70 | 10 | gluten, egg, milk | €1.30
        Bean chili | 45 | 16 | none | €1.55""",
    ),
    _table(
        "race_results.md",
        "Fell race, results",
        """Place | Runner | Club | Age | Time
        1 | Gwen Archer | Moorside Harriers | 34 | 1:12:40
        2 | Dilip Rao | Canal Striders | 29 | 1:14:05
        3 | Petra Lunt | Moorside Harriers | 41 | 1:15:58
        4 | Sam Okello | Quarry Runners | 23 | 1:19:11
        5 | Ruth Feld | Canal Striders | 52 | 1:24:36
        6 | Ian Pask | Moorside Harriers | 38 | 1:30:02""",
    ),
    _table(
        "street_trees.md",
        "Register of street trees",
        """Tree | Species | Street | Planted | Height
        T1 | Lime | Abbot Road | 1962 | 18 m
        T2 | Maple | Abbot Road | 1987 | 12 m
        T3 | Lime | Canal Street | 1975 | 16 m
        T4 | Plane | Mint Lane | 1931 | 24 m
        T5 | Maple | Mint Lane | 2009 | 6 m
        T6 | Rowan | Canal Street | 2014 | 5 m
        T7 | Lime | Mint Lane | 1958 | n/a""",
    ),
    _table(
        "night_trains.html",
        "Night trains from Varn",
        """Train | To | Departs | Arrives | Seat | Sleeper
        NZ 14 | Ostel | 19:35 | 06:10 | €39 | €89
        NZ 22 | Brink | 20:50 | 07:42 | €45 | €104
        NZ 31 | Ostel | 22:15 | 08:25 | €34 | €79
        NZ 40 | Maren | 21:05 | 05:30 | €29 | €69
        NZ 58 | Corvo | 18:20 | 09:55 | €58 | €132""",
    ),
    _table(
        "evening_courses.html",
        "Evening courses, autumn term",
        """Course | Teacher | Weekday | Places | Fee (EUR)
        Pottery | Lena Frisk | Monday | 10 | 120.00
        Bookbinding | Omar Said | Tuesday | 8 | 95.00
        Life drawing | Lena Frisk | Wednesday | 14 | 110.00
        Bread baking | Chiara Moss | Monday | 12 | 64.50
        Beginners' Dutch | Wim Aalst | Thursday | 18 | 140.00
        Choir | Omar Said | Thursday | 40 | 30.00""",
    ),
    _table(
        "quarters.html",
        "Pinnock Ferries: figures of 2024",
        """Thousand EUR | Q1 2024 | Q2 2024 | Q3 2024 | Q4 2024
        Ticket income | 812 | 1,145 | 1,690 | 903
        Fuel costs | 240 | 305 | 411 | 276
        Operating profit | 95 | 188 | 342 | 71
        Passengers | 20,410 | 31,072 | 48,955 | 23,118""",
    ),
    _table(
        "inspection.docx",
        "Inspection of Larkfield House",
        """Room | Fault | Found on | Severity | Repair cost
        Kitchen | dripping tap | 4 June 2025 | low | £85.00
        Hall | cracked tile | 4 June 2025 | low | £40.00
        Bathroom | mould | 6 June 2025 | high | £620.00
        Cellar | damp wall | 9 June 2025 | high | £1,480.00
        Kitchen | loose socket | 9 June 2025 | high | £110.00
        Attic | missing slate | 12 June 2025 | medium | £265.50""",
    ),
    _table(
        "wages.docx",
        "Wages for March",
        """Employee | Department | Gross | Deductions | Net
        Carla Benn | Bakery | 2,310.00 | (412.60) | 1,897.40
        Yusuf Adan | Delivery | 2,050.00 | (355.20) | 1,694.80
        Mina Tolle | Bakery | 2,480.00 | (468.75) | 2,011.25
        Paul Ostrow | Office | 2,890.00 | (590.10) | 2,299.90
        Siri Lang | Delivery | 1,120.00 | (98.00) | 1,022.00""",
    ),
    _table(
        "members.docx",
        "Members of the rowing club",
        """Member | Town | Joined | Share of fee paid | Boat hours
        Arlo Finch | Deanbridge | 12 March 2019 | 100 % | 41
        Nora Quist | Pell | 3 September 2021 | 50 % | 18
        Ben Attar | Deanbridge | 27 January 2023 | 75 % | 33
        Ivy Sund | Holm | 8 May 2016 | 100 % | 57
        Leo Marr | Pell | 19 October 2024 | 25 % |""",
    ),
)
BY_FILE = {table.file.partition(".")[0]: table for table in TABLES}


def write(folder: Path) -> None:
    """Writes each table as a file of its format."""
    for table in TABLES:
        _WRITERS[Path(table.file).suffix](table, folder / table.file)


def _csv(table: Table, path: Path) -> None:
    delimiter = ";" if "," in "".join(table.rows[0]) else ","
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows([table.columns, *table.rows])


def _xlsx(table: Table, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = table.title
    for row in [table.columns, *table.rows]:
        sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in row])
    book.save(path)


def _markdown(table: Table, path: Path) -> None:
    lines = [f"| {' | '.join(row)} |" for row in (table.columns, ("---",) * len(table.columns), *table.rows)]
    path.write_text(f"# {table.title}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _html(table: Table, path: Path) -> None:
    def row(cells: Row, tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    rows = row(table.columns, "th") + "".join(row(cells, "td") for cells in table.rows)
    title = html.escape(table.title)
    path.write_text(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><table>{rows}</table></body></html>",
        encoding="utf-8",
    )


def _docx(table: Table, path: Path) -> None:
    document = docx.Document()
    document.add_heading(table.title, 1)
    written = document.add_table(rows=0, cols=len(table.columns))
    for cells in (table.columns, *table.rows):
        for cell, text in zip(written.add_row().cells, cells, strict=True):
            cell.text = text
    document.save(str(path))


_WRITERS: dict[str, Callable[[Table, Path], None]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".md": _markdown,
    ".html": _html,
    ".docx": _docx,
}
