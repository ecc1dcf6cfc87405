"""The rows of a table that meet what a question says of them: `Which dishes are vegan?`"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.cells import asked_cells, is_given
from rag.answer.matter import Matter
from rag.domain import BlockKind
from rag.evidence.statement import Statement
from rag.text.words import content_stems, words

_YES = frozenset("yes y x ja j oui si sì sí true ✓ ✔ ☑ ☒".split())
_NO = frozenset(["no", "n", "nein", "non", "false", "-", "–", "—", "✗", "✘", "☐", ""])
_NOT = re.compile(r"\b(?:not|no|without|kein\w*|nicht)\b|n['’]t\b", re.IGNORECASE)
_TABLES_LOOKED_AT = 12


def rows_asked(matter: Matter, best: Statement, table: Sequence[Statement]) -> list[Statement]:
    """The rows whose cells say of the question what the best one says, each as the cells that answer."""
    asked = set(content_stems(matter.question))
    if column := _flag(asked, table):
        wants = not _NOT.search(matter.question)
        met = [row for row in table if (_under(row, column).lower() in _YES) is wants]
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


def _cells(row: Statement) -> list[tuple[str, str]]:
    return [(name, row.value(span)) for name, span in row.values]


def _under(row: Statement, column: str) -> str:
    return next((value for name, value in _cells(row) if name == column), "")


def _in_cells(row: Statement) -> set[str]:
    return {stem for _, value in _cells(row) for stem in content_stems(value)}
