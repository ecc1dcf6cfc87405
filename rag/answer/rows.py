"""The rows of a table that meet what a question says of them: `Which dishes are vegan?`"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.cells import asked_cells, is_given
from rag.answer.matter import Matter
from rag.answer.plan import MOST_LISTED, Plan
from rag.answer.tables import documents_of
from rag.domain import AnswerKind, BlockKind
from rag.evidence.statement import Statement
from rag.evidence.tables.met import RowsMet, rows_met
from rag.evidence.tables.table import joined, tables_of
from rag.question.answer_types import asks_for_several
from rag.question.operation import rows_wanted
from rag.text.words import content_stems, words

_YES = frozenset("yes y x ja j oui si sì sí true ✓ ✔ ☑ ☒".split())
_NO = frozenset(["no", "n", "nein", "non", "false", "-", "–", "—", "✗", "✘", "☐", ""])
_NOT = re.compile(r"\b(?:not|no|without|kein\w*|nicht)\b|n['’]t\b", re.IGNORECASE)
_TABLES_LOOKED_AT = 12
_AS_CLOSE = 3.0
"""A row may be meant as well as another one where the close reader's scores differ by no more."""


def plan_rows(matter: Matter) -> Plan | None:
    """The rows that meet the amounts, times and cells that a question names; None where a table does not tell them.

    Where it asks for no amount and no time, the best row's table is meant, and the question asks for several things.
    """
    wanted = rows_wanted(matter.question)
    if wanted is None:
        return None
    is_none_left = any(limit.is_none_left for limit in wanted.limits)
    if (wanted.limits or wanted.times) and (wanted.noun or wanted.is_of_people or is_none_left):
        documents = documents_of(wanted.left, matter)
    elif asks_for_several(matter.question):
        first = next((one.statement for one in matter.ranked[:1] if one.statement.kind is BlockKind.ROW), None)
        row = first or row_of_flags(matter)
        documents = [matter.library.passages_of(row.passage.document)] if row else []
    else:
        return None
    tables = joined([table for passages in documents for table in tables_of(passages) if not table.is_turned])
    found = [met for table in tables if (met := rows_met(wanted, table))]
    best = max(found, key=lambda one: one.weight, default=None)  # the first stands highest
    return None if best is None else _told(matter, best)


def _told(matter: Matter, met: RowsMet) -> Plan:
    """The rows met, each by the columns that are asked of; a single one by the cell that answers."""
    rows, columns = met.rows[:MOST_LISTED], met.columns
    pointed_at = {one.statement: one.answer for one in matter.ranked}
    left_out = (
        f"Left out, since they have no number there: {', '.join(met.left_out[:MOST_LISTED])}." if met.left_out else ""
    )
    if len(met.rows) == 1:
        asked = asked_cells(matter.question, rows[0], pointed_at.get(rows[0], "")) or _written(rows[0], columns)
        return Plan((replace(rows[0], asked=asked),), notice=left_out, is_certain=met.is_certain)
    rest = len(met.rows) - MOST_LISTED
    more = f"{rest} more in {rows[0].passage.origin.path}." if rest > 0 else ""
    return Plan(
        tuple(replace(row, asked=_written(row, columns)) for row in rows),
        lead=f"{len(met.rows)} entries:",
        notice=" ".join(filter(None, [more, left_out])),
        kind=AnswerKind.LIST,
        is_certain=met.is_certain,
    )


def rows_asked(matter: Matter, best: Statement, table: Sequence[Statement]) -> list[Statement]:
    """The rows whose cells say of the question what the best one says, each as the cells that answer."""
    asked = set(content_stems(matter.question))
    if column := _flag(asked, table):
        wants = not _NOT.search(matter.question)
        met = [row for row in table if (_under(row, column).lower() in _YES) is wants]
    elif _NOT.search(matter.question):
        return []  # what is denied, no column says: all rows would be told, and those that are not meant
    else:
        wanted = asked & _in_cells(best)
        numbers = {
            cell for cell in _cells(best) if is_given(cell[1], asked) and asked.isdisjoint(content_stems(cell[1]))
        }
        met = [row for row in table if wanted <= _in_cells(row) and numbers <= set(_cells(row))]
    pointed_at = {one.statement: one.answer for one in matter.ranked}
    return [replace(row, asked=_shown(matter.question, row, asked, pointed_at.get(row, ""))) for row in met]


def rows_alike(matter: Matter, best: Statement, table: Sequence[Statement]) -> list[Statement]:
    """The rows that have every cell of the best one that the question says; none where it says no whole cell."""
    asked = set(content_stems(matter.question))
    given = {(name, row_value) for name, row_value in _cells(best) if is_given(row_value, asked)}
    met = [row for row in table if given <= set(_cells(row))] if given else []
    close = {one.statement: one.features["close"] for one in matter.ranked if "close" in one.features}
    if best in close:  # of rows with one cell of the question in common, the reader knows which are meant
        met = [row for row in met if close.get(row, close[best]) >= close[best] - _AS_CLOSE]
    return [replace(row, asked=_shown(matter.question, row, asked, "")) for row in met]


def row_of_flags(matter: Matter) -> Statement | None:
    """The first row with a column that says yes or no to what the question asks of each thing: `Vegan: yes`."""
    asked = set(content_stems(matter.question))
    rows = [one.statement for one in matter.ranked if one.statement.kind is BlockKind.ROW and one.fit > 0]
    return next((row for row in rows[:_TABLES_LOOKED_AT] if _flag(asked, [row])), None)


def _flag(asked: set[str], table: Sequence[Statement]) -> str:
    """The column that the question names and that says yes or no of every row; empty where there is none."""
    for name, _ in _cells(table[0]):
        stems = set(content_stems(name))
        values = {_under(row, name).lower() for row in table}
        if stems and stems <= asked and values <= _YES | _NO and values & (_YES | _NO - {""}):
            return name
    return ""


def _shown(question: str, row: Statement, asked: set[str], answer: str) -> str:
    """The cells of a row that answer: what names it with the columns that the question names, where it names some."""
    cells = _cells(row)
    said = {word.lower() for word in words(question)}  # `What` and `Where` may be columns too
    named = [
        (name, value)
        for name, value in cells[1:]
        if name and (set(content_stems(name)) <= asked if content_stems(name) else name.lower() in said)
    ]
    told = [cell for cell in named if not is_given(cell[1], asked)]
    if told and len(cells) > 2 and cells[0][0]:
        return "; ".join(f"{name}: {value}" for name, value in dict.fromkeys([cells[0], *told]))
    return asked_cells(question, row, answer)


def _written(row: Statement, columns: Sequence[str]) -> str:
    """The cells of a row under these columns, as `Part: M8 bolt; In stock: 0`."""
    return "; ".join(f"{name}: {value}" if name else value for name, value in _cells(row) if name in columns)


def _cells(row: Statement) -> list[tuple[str, str]]:
    return [(name, row.value(span)) for name, span in row.values]


def _under(row: Statement, column: str) -> str:
    return next((value for name, value in _cells(row) if name == column), "")


def _in_cells(row: Statement) -> set[str]:
    return {stem for _, value in _cells(row) for stem in content_stems(value)}
