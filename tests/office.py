"""Documents of office formats as people make them: minutes, accounts, slides, a printed guide, a book."""

import datetime
import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pptx
from openpyxl.styles import Font
from pptx.util import Inches

from tests.printed import grid, lines, printed, words

_SHIFTS = [
    ("Kasse", "9.00–12.00", "Hr. Vogt, Fr. Öz"),
    ("Grill", "11.30–15.00", "Fam. Reuter u. Söhne"),
    ("Abbau", "ab 17.00", "alle"),
]
_ACCOUNTS = [
    (datetime.date(2024, 4, 2), "Opening balance", None, 412.5),
    (datetime.date(2024, 4, 9), "Lamp oil, 2 cans (J. Pike & Sons)", -38.4, None),
    (datetime.date(2024, 4, 17), "Fees of 14 members", 280, None),
    (datetime.date(2024, 5, 3), "Hall, St. Mark's Rd. No. 12", -65, None),
    (datetime.date(2024, 5, 20), "Gift. Given by Mrs. Dow", 50, None),
    (datetime.date(2024, 6, 1), "Stamps", -9.1, None),
]
_LEFT = """Guests reach the hut on foot from Ost-
heim in approx. 2 hours. The path is
marked in red, i.e. with two bars and a
dot, and is shut from Nov. to April.

Water comes from the spring behind
the hut. It is tested every spring by
Dr. Hahn and may be drunk."""
_RIGHT = """Bring your own sheets. The hut has 18
beds in three rooms, and mats for six
more under the roof.

Lights go out at 10 p.m. Whoever leaves
before 6 a.m. eats breakfast from the
tray by the door, see No. 7 below."""
_RULES = """1. Boots stay in the porch, whatever the weather is, and are dried there and never by the
    stove or in the rooms.
2. Dogs sleep in the shed, save on nights of frost, when they may lie in the porch as well.
3. Stoves are lit by the warden only."""
_WARDEN = """The warden may send away whoever keeps others awake. He also decides when the stove is lit, and he"""
_KEY = """rings the bell at 7 a.m. and at 6 p.m. Ask him for the key of the ski room. It costs 5 EUR, which
you get back."""
_PRICES = [
    ("Who", "Bed", "Half board"),
    ("Members", "14.00", "41.00"),
    ("Guests", "22.00", "52.50"),
    ("Under 14", "8.00", "27.00"),
]
_HISTORY = """The hut was built in 1926 by the Alpine Club, Sect. 4, and burned down on 8 Jan. 1931. A new one,
3.5 m wider, was opened on 2 Aug. 1933. Whoever wants to know more may read the book of the hut by F.
Lanz, 2nd ed., pp. 14-31, which lies by the door."""
_CHAPTER = """<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Le moulin</h1>
<p>M. Arnaud, qui habitait au n° 4 de la rue
Mme de Sévigné, avait acheté le moulin en janv. 1887. Il ne tournait plus !</p>
<p>«&#160;Qui le réparera&#160;?&#160;» demanda sa sœur. Personne ne répondit.</p>
<blockquote><p>Le moulin est à vendre. Voir p. 12 du cahier.</p></blockquote>
<h2>El precio</h2>
<p>El Sr. Ruiz ofreció 1.250 pesetas, es decir, aprox. la
mitad. La Sra. Vidal dijo que no. ¡Y se fue!</p>
<ul><li>una rueda de 3,5 m</li><li>dos piedras, una de ellas
rota</li></ul></body></html>"""
_LAST = """<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>The last day</h1>
<p>On the 3rd of May the wheel turned again. Old Dr. Lemaire came
from St. Cyr with both his sons, and so did Capt. Noel
of the U.S. consulate.</p>
<p>磨坊周一不开门。票价每人八元，儿童半价！</p>
<p>“It runs,” he said. “It will run for 5.5 years more.” Nobody laughed…</p>
<table><tr><th>Year</th><th>Sacks</th></tr><tr><td>1888</td><td>310</td></tr><tr><td>1889</td><td>402</td></tr></table>
</body></html>"""
_CONTAINER = '<container xmlns="urn:x"><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
_PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>The mill</dc:title></metadata><manifest>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="one"/><itemref idref="two"/></spine></package>"""


def made(suffix: str) -> bytes:
    """The document of this format."""
    return _MADE[suffix]()


def _minutes() -> bytes:
    document = docx.Document()
    document.add_heading("Protokoll der Sitzung vom 5. Mai 2025", 0)
    document.add_paragraph("Anwesend waren 7 von 9 Mitgliedern, darunter Fr. Dr. Öz und Hr. Vogt. Es fehlten zwei.")
    document.add_heading("Sommerfest", 1)
    broken = document.add_paragraph("Das Fest findet am 21. Juni statt, bei Regen am 28. d. M.")
    broken.add_run().add_break()
    broken.add_run("Beginn ist um 11 Uhr, d. h. nach der Kirche.")
    document.add_paragraph("Zu besorgen sind:")
    for item in ("40 Bratwürste, z. B. von Fa. Kern", "12 Bänke. Sie stehen im Keller der Nr. 8.", "Strom"):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(rows=1, cols=3)
    for cell, name in zip(table.rows[0].cells, ("Dienst", "Zeit", "Wer"), strict=True):
        cell.text = name
    for shift in _SHIFTS:
        for cell, value in zip(table.add_row().cells, shift, strict=True):
            cell.text = value
    document.add_heading("Kasse", 1)
    document.add_paragraph("Der Kassenstand beträgt 1.204,50 €. Er wurde am 30. April geprüft.")
    for step in ("Belege bis zum 15. abgeben.", "Konto schließen (vgl. § 4 Abs. 2 der Satzung).", "Bericht schreiben."):
        document.add_paragraph(step, style="List Number")
    document.add_heading("Sonstiges", 1)
    document.add_paragraph(
        "Der Verein wurde am 3. Mai 1998 gegründet und am 1. Jan. 2000 eingetragen. Die Satzung gilt i. d. F. vom "
        "12. März 2011. Hr. Prof. Kern (geb. 1951, vgl. S. 3) ist Ehrenmitglied. Er wohnt in der Hauptstr. 14."
    )
    document.add_paragraph("Nächste Sitzung: 2. Juni, 19.30 Uhr")
    return _saved(document.save)


def _accounts() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Till"
    sheet.append(["Accounts of the Lantern Club"])
    sheet.append([])
    sheet.append(["Day", "What for", "Amount (GBP)", "Balance (GBP)"])
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    balance = 0.0
    for day, what, amount, opening in _ACCOUNTS:
        balance = round(balance + (opening or amount or 0), 2)
        sheet.append([day, what, amount, balance])
        sheet.cell(sheet.max_row, 1).number_format = "D MMM YYYY"
        for column in (3, 4):
            sheet.cell(sheet.max_row, column).number_format = "0.00"
    people = book.create_sheet("Members")
    people.append(["Name", "Since", "Post"])
    for member in (
        ("A. Dow", 2011, "Chair"),
        ("Bo Lind jun.", 2019, "Till"),
        ("C. O'Hare", 2023, "Lamps, e.g. their oil"),
    ):
        people.append(member)
    return _saved(book.save)


def _slides() -> bytes:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "The new bus line 14"
    first.placeholders[1].text = "Town hall, 9 Sept. 2025"
    second = deck.slides.add_slide(deck.slide_layouts[1])
    second.shapes.title.text = "Why we need it"
    body = second.placeholders[1].text_frame
    body.text = "3,200 people in Upper Lea have no bus"
    for at, text in enumerate(
        ("The school has 410 pupils. Half of them walk along the A 12.", "Line 9 is full by 7.40 a.m.")
    ):
        paragraph = body.add_paragraph()
        paragraph.text, paragraph.level = text, at
    second.notes_slide.notes_text_frame.text = (
        "Thank Mr. Osei for the count. He did it on one morning, i.e. without help."
    )
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "What it costs"
    table = third.shapes.add_table(4, 3, Inches(1), Inches(2), Inches(7), Inches(2)).table
    rows = [
        ("", "2026", "2027"),
        ("Drivers", "310,000", "322,000"),
        ("Buses", "95,000", "20,000"),
        ("Stops", "41,000", "0"),
    ]
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            table.cell(at, column).text = value
    fourth = deck.slides.add_slide(deck.slide_layouts[5])
    fourth.shapes.title.text = "Next steps"
    box = fourth.shapes.add_textbox(Inches(1), Inches(2), Inches(7), Inches(2)).text_frame
    box.text = "The council votes on 30 Sept. If it agrees, the line\vstarts on 14 Dec. 2025."
    box.add_paragraph().text = "Questions go to Ms. Hale, room no. 11."
    return _saved(deck.save)


def _guide() -> bytes:
    head = words(50, 30, "Alder Hut", 9) + "\n" + words(500, 30, "Guide 2025", 9)
    one = [
        head,
        words(50, 80, "Staying at the hut", 18, bold=True),
        lines(50, 120, _LEFT),
        lines(320, 120, _RIGHT),
        words(50, 260, "Rules of the house", 14, bold=True),
        lines(50, 285, _RULES),
        lines(50, 360, _WARDEN),
        words(290, 770, "1", 9),
    ]
    cells = [
        words(left, 180 + 20 * at, text)
        for at, row in enumerate(_PRICES)
        for left, text in zip((60, 230, 400), row, strict=True)
    ]
    two = [
        head,
        lines(50, 80, _KEY),
        words(50, 140, "Prices per night in EUR", 14, bold=True),
        grid([50, 220, 390, 550], [165, 185, 205, 225, 245]),
        *cells,
        lines(50, 290, "Telephone: 0041 81 555 01 44\nOpen: 28 June to 12 Oct. 2025"),
        lines(50, 350, _HISTORY),
        words(290, 770, "2", 9),
    ]
    return printed("\n".join(one), "\n".join(two))


def _book() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, text in {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "book.opf": _PACKAGE,
            "one.xhtml": _CHAPTER,
            "two.xhtml": _LAST,
        }.items():
            archive.writestr(path, text)
    return out.getvalue()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


_MADE = {".docx": _minutes, ".xlsx": _accounts, ".pptx": _slides, ".pdf": _guide, ".epub": _book}
