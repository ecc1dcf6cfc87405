"""Sentences that speak of all of something (`the most`, `only`, `first`), and whether one statement bears them out.

One row that holds the words of such a sentence says nothing of the other rows: these are looked at too.
"""

from rag.domain import BlockKind, Document, Passage, Span
from rag.evidence.fit import context_of
from rag.evidence.statement import Statement, statements_of
from rag.question.answer_types import asks_how_many
from rag.text.moments import Moment, moments_of
from rag.text.numbers import numbers_of
from rag.text.words import content_stems, words

_MOST = frozenset("most highest largest biggest greatest longest tallest heaviest dearest maximum".split())
_LEAST = frozenset("least lowest smallest fewest shortest lightest cheapest minimum".split())
_LAST = frozenset("last latest newest".split())
_FIRST = frozenset("first earliest oldest".split())
_EACH = frozenset("all every each only none always never everybody everyone nobody solely".split())
_MOST_BLOCKS = 20_000
"""A longer document is not searched for the rest of a table."""


def speaks_of_all(text: str) -> frozenset[str]:
    """The words of a text that make it a sentence about all of something; empty for any other."""
    return frozenset(word.lower() for word in words(text)) & (_MOST | _LEAST | _FIRST | _LAST | _EACH)


def is_borne_out(claim: str, question: str, proof: Statement, document: Document) -> bool:
    """Whether a statement bears out a claim, or a claim that answers such a question, where one of them speaks of all.

    It does where the statement says so itself, or where it is the row of its table for which it is true.
    """
    said = speaks_of_all(f"{proof.said} {context_of(proof)}")
    wanted = speaks_of_all(claim) - said
    asked = (speaks_of_all(question) & (_MOST | _LEAST | _FIRST | _LAST)) - said
    if proof.kind is not BlockKind.ROW:
        return not wanted
    if asks_how_many(question) and not _tells_number(claim, question, proof):
        return False
    wanted |= asked
    return not wanted or (not wanted & _EACH and _is_extreme(f"{claim} {question}", wanted, proof, document))


def _tells_number(claim: str, question: str, row: Statement) -> bool:
    """Whether a row gives the claim's number in a column that is spoken of: that of another column counts nothing."""
    named = set(content_stems(f"{claim} {question}"))
    cells = zip(row.values, _cells(row), strict=True)
    return any(_holds(claim, value) and named & set(content_stems(name)) for (name, _), value in cells)


def _is_extreme(told: str, wanted: frozenset[str], proof: Statement, document: Document) -> bool:
    """Whether no row of the whole table has more, or less, in a column that is spoken of."""
    upward, by_day = bool(wanted & (_MOST | _LAST)), not wanted & (_MOST | _LEAST)
    if (upward and wanted & (_LEAST | _FIRST)) or len(document.blocks) > _MOST_BLOCKS:
        return False
    rows = _table_of(proof, document)
    own = next((at for at, row in enumerate(rows) if row.span == proof.span), None)
    if own is None or len(rows) < 2:
        return False
    columns = [[_amount(value, by_day=by_day) for value in column] for column in zip(*map(_cells, rows), strict=True)]
    named = set(content_stems(told))
    usable = [at for at, column in enumerate(columns) if None not in column]
    spoken_of = [at for at in usable if named & set(content_stems(proof.values[at][0]))]
    chosen = spoken_of or [at for at in usable if _holds(told, _cells(proof)[at])] or usable
    best = max if upward else min
    return bool(chosen) and all(
        columns[at][own] == best(amount for amount in columns[at] if amount is not None) for at in chosen
    )


def _cells(row: Statement) -> list[str]:
    return [row.value(span) for _, span in row.values]


def _table_of(proof: Statement, document: Document) -> list[Statement]:
    """The rows of the table that a row is of, in all of its document."""
    whole = Passage.cut(document, Span(0, len(document.text)))
    columns = [name for name, _ in proof.values]
    return [
        one
        for one in statements_of(whole)
        if one.kind is BlockKind.ROW
        and len(one.context) == len(proof.context)
        and [name for name, _ in one.values] == columns
    ]


def _amount(cell: str, *, by_day: bool) -> float | None:
    """What a cell amounts to, or its day as a number; None where it holds none or several."""
    if by_day:
        days = moments_of(cell)
        return _day_number(days[0]) if len(days) == 1 else None
    numbers = numbers_of(cell)
    return max(numbers[0].values) if len(numbers) == 1 else None


def _day_number(day: Moment) -> float:
    return (day.year or 0) * 10_000.0 + (day.month or 0) * 100 + (day.day or 0)


def _holds(told: str, value: str) -> bool:
    amounts = {amount for number in numbers_of(told) for amount in number.values}
    return any(amounts & number.values for number in numbers_of(value))
