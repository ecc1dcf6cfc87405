"""What a column is called by, and what it holds: words, yes and no, units."""

import re
from collections.abc import Iterator

from rag.evidence.tables.table import Table, stems_of
from rag.question.limits import Times
from rag.question.operation import HINTED
from rag.text.moments import moments_of
from rag.text.quantities import CURRENCIES, UNITS
from rag.text.words import content_stems

_KIN = (
    "price cost fee charge fare rent premium amount expensive cheap",
    "staff employee people worker crew",
    "leave depart departure start",
    "arrive arrival",
    "born birth birthday",
    "teach teacher trainer instructor tutor",
    "customer client buyer",
    "article product item thing",
    "pay paid payment spend spent debit withdrawal",
    "receive received earn earned credit deposit",
    "town city place",
    "owner own belong",
    "sell sold sale unit",
    "age old",
    "length long",
    "height tall high",
    "payee payment recipient shop",
    "place seat space",
    "name who person people",
    "month quarter year day date when",
    "use used usage consumption",
    "work hour",
    "employer company firm",
)
"""Words of which a question may say one where a column is called by another."""
_KINDRED = [frozenset(content_stems(group)) for group in _KIN]
TIMES = frozenset(content_stems("month quarter year day trip"))
_YES = frozenset("yes y true x ✓ ✔ ja j oui si sí".split())
_NO = frozenset("no n false ✗ ✘ nein non".split())


def holds_item(table: Table, column: str, root: str, stems: frozenset[str]) -> bool:
    """Whether a cell of a column, or an item of the list in it, is this word, or words that are all in the question."""
    for record in table.records:
        cell = record.cells.get(column)
        if cell is None:
            continue
        held = stems_of(cell.text)
        if root not in held:
            continue
        if held <= stems or any(item and root in item and item <= stems for item in _items(cell.text)):
            return True
    return False


def _items(text: str) -> Iterator[frozenset[str]]:
    for item in re.split(r"[,;/]|\band\b", text):
        yield stems_of(item)


def holds_part(table: Table, column: str, root: str) -> bool:
    """Whether a cell of a column holds this word, which is no number."""
    return (
        any(root in stems_of(record.cells[column].text) for record in table.records if column in record.cells)
        and not root.isdigit()
    )


def columns_named(root: str, table: Table) -> set[str]:
    """The columns whose name holds a word, be it grown: `own` in `Owner`."""
    return {
        column
        for column, stems in table.column_stems.items()
        if root in stems or any(_is_grown(root, other) for other in stems)
    }


def _is_grown(short: str, long: str) -> bool:
    if len(short) > len(long):
        short, long = long, short
    ends = long[len(short) :] if long.startswith(short) else None
    return (
        len(short) >= 3 and ends is not None and ends in ("er", "or", "ner", "ter", "al", "ure", "ment", "s", "e", "i")
    )


def kindred_columns(root: str, table: Table) -> set[str]:
    """The columns that are called by a word of the same family."""
    kin = kin_of(root)
    return {column for column, stems in table.column_stems.items() if stems & kin} | (
        {table.columns[0]} if table.is_turned and root in TIMES else set()
    )


def kin_of(root: str) -> frozenset[str]:
    """The words of the same family."""
    return frozenset().union(*(group for group in _KINDRED if root in group))


def is_flag(table: Table, column: str) -> bool:
    """Whether a column says yes or no, and somewhere yes."""
    texts = {record.cells[column].text.strip().lower() for record in table.records if column in record.cells}
    return bool(texts) and texts <= _YES | _NO and bool(texts & _YES)


def is_yes(text: str) -> bool:
    """Whether the text of a cell says yes."""
    return text.strip().lower() in _YES


def is_headed(column: str, times: Times) -> bool:
    """Whether a column is called by this time."""
    return any(times.first.is_named_by(one) for one in moments_of(column))


def units_of(table: Table, column: str) -> set[str]:
    """The units of a column, by its cells and its name."""
    told = {one.unit for one in table.amounts.get(column, ()) if one is not None and one.unit}
    named = {UNITS[word] for word in re.findall(r"[^\W\d_]+[23²³]?|[€£$%]", column.lower()) if word in UNITS}
    return told | named


def tells_money(column: str) -> bool:
    """Whether a column is called by what is paid, or by a currency: `Price GBP`."""
    named = re.findall(r"[^\W\d_]+|[€£$]", column.lower())
    return any(UNITS.get(word) in CURRENCIES for word in named) or bool(stems_of(column) & stems_of(HINTED["money"]))


def has_money(table: Table, column: str) -> bool:
    """Whether a column is of money, by its unit or its name."""
    return bool(units_of(table, column) & set(CURRENCIES)) or tells_money(column)
