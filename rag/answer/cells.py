"""Which cells of a row a question asks for: an answer shows these with what names the row, and quotes the row."""

from collections.abc import Sequence

from rag.domain import BlockKind, Span
from rag.evidence.statement import Statement
from rag.evidence.tables.columns import kin_of, tells_money
from rag.question.answer_types import asks_how_many, asks_how_much, asks_when, tells_when
from rag.text.moments import Moment, moments_of
from rag.text.numbers import numbers_of
from rag.text.quantities import UNITS
from rag.text.words import content_stems

_COUNTING = frozenset(content_stems("quantity qty count units pieces pcs number menge anzahl stück"))
_FEWEST = 3
"""A row of fewer cells is shown whole."""
_KINDRED = 0.5
"""How much it counts that the question says a word of the same family."""
_POINTED_AT = 0.95
"""How much it counts that the reader points at a cell; 1 is that the question holds the whole name of its column."""


def asked_cells(question: str, statement: Statement, answer: str) -> str:
    """The cells of a row that say what is asked for and what names the row, as `Town: Molby; 2022: 3098`.

    `answer` are the words that the reader points at. The whole row where nothing tells which cell is asked for; empty
    for what is no row.
    """
    cells = [(name, statement.value(span)) for name, span in statement.values]
    if statement.kind is not BlockKind.ROW or len(cells) < _FEWEST:
        return ""
    asked, moments = set(content_stems(question)), moments_of(question)
    worth = [_worth(name, value, asked, moments, answer) for name, value in cells]
    if asks_how_many(question):
        counts = tells_money if asks_how_much(question) and any(tells_money(name) for name, _ in cells) else _counts
        worth = [each + _KINDRED * counts(name) for each, (name, _) in zip(worth, cells, strict=True)]
    if asks_when(question) and any(tells_when(value) and not is_given(value, asked) for _, value in cells):
        # `When did I pay the dentist?` asks for no sum that was paid.
        worth = [
            (each or _KINDRED * (not is_given(value, asked))) * tells_when(value)
            for each, (_, value) in zip(worth, cells, strict=True)
        ]
    if not cells[0][0] and any(name for name, _ in cells):
        worth[0] = 0.0  # it names the row
    wanted = max(range(len(cells)), key=lambda at: (worth[at], -at))
    if worth[wanted] <= 0:
        # `On which day is Geography?` is answered by the name of a column: what is said under it is given.
        named = [at for at, (name, value) in enumerate(cells) if name and name == answer and is_given(value, asked)]
        if len(named) != 1:
            return ""
        return _written([cells[at] for at in sorted({0, *named})])
    given = {at for at, (_, value) in enumerate(cells) if is_given(value, asked)}
    shown = {wanted, *(given or {_naming(cells, wanted)})}
    if asks_when(question) and not _named(cells[wanted][0], asked, moments) and tells_when(cells[wanted][1]):
        shown |= {at for at, (_, value) in enumerate(cells) if tells_when(value)}  # the day and the hour
    return _written([cell for at, cell in enumerate(cells) if at in shown]) if len(shown) > 1 else ""


def _worth(name: str, value: str, asked: set[str], moments: Sequence[Moment], answer: str) -> float:
    """How likely a cell is what is asked for; 0 for what the question itself gives."""
    if is_given(value, asked):
        return 0.0
    # What the question says in part names the row, and is not what is asked for.
    is_naming = any(stem.isalpha() for stem in asked.intersection(content_stems(value)))
    pointed = bool(answer) and not is_naming and (value in answer or answer in value)
    return _named(name, asked, moments) + _POINTED_AT * pointed


def _named(name: str, asked: set[str], moments: Sequence[Moment]) -> float:
    """How much of a column's name a question says: its words, and its day, month or year in any form."""
    dated = moments_of(name)
    plain = set(content_stems(_without(name, [moment.span for moment in dated])))
    shares = [len(plain & asked) / len(plain) or _KINDRED * _is_kindred(plain, asked)] if plain else []
    if dated:
        shares.append(float(any(one.agrees(other) for one in dated for other in moments)))
    return sum(shares) / len(shares) if shares else 0.0


def _counts(name: str) -> bool:
    """Whether a column tells how many: `Qty`, `No. of pieces`."""
    return not _COUNTING.isdisjoint(content_stems(name))


def _is_kindred(plain: set[str], asked: set[str]) -> bool:
    """Whether a question says a word of the same family as a column's name: `paid` of `Debit`."""
    return any(kin_of(one) & plain for one in asked)


def _without(text: str, spans: Sequence[Span]) -> str:
    for span in reversed(spans):
        text = text[: span.start] + text[span.end :]
    return text


def is_given(value: str, asked: set[str]) -> bool:
    """Whether a question says the words of a cell, or its number: then it tells which row is meant."""
    held = set(content_stems(value))
    if held and held <= asked:
        return True
    value = _without_unit(value)
    amounts = numbers_of(value)
    told = {amount for stem in asked if stem[0].isdigit() for number in numbers_of(stem) for amount in number.values}
    return len(amounts) == 1 and not any(map(str.isalpha, value)) and bool(amounts[0].values & told)


def _without_unit(value: str) -> str:
    """A cell without the unit after its number, which a question may write otherwise: `2.5 l`."""
    number, _, unit = value.partition(" ")
    return number if unit.lower().rstrip(".") in UNITS else value


def restates(question: str, statement: Statement) -> bool:
    """Whether a field or row holds no value but what the question itself says, such as the month of a bill."""
    if not statement.values:
        return False
    asked, moments = set(content_stems(question)), moments_of(question)
    return all(
        is_given(value, asked) or _is_of_asked_time(value, moments)
        for value in (statement.value(span) for _, span in statement.values)
    )


def _is_of_asked_time(value: str, moments: Sequence[Moment]) -> bool:
    told = moments_of(value)
    plain = content_stems(_without(value, [moment.span for moment in told]))
    return bool(told) and not plain and all(any(asked.is_named_by(one) for asked in moments) for one in told)


def _naming(cells: Sequence[tuple[str, str]], wanted: int) -> int:
    """The cell that names the row: the first with letters, else the first; of `Monday, Tuesday …` none names it."""
    is_of_series = tells_when(cells[wanted][0])
    for at, (name, value) in enumerate(cells):
        is_alike = is_of_series and tells_when(name)
        if at != wanted and not is_alike and any(map(str.isalpha, value)):
            return at
    return 0


def _written(cells: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {value}" if name else value for name, value in cells)
