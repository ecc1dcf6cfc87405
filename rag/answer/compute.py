"""The path of what is computed: the table that a question means, what it comes to, and the sentence that tells it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from rag.answer.matter import Matter
from rag.answer.plan import Cell, Computation, Plan
from rag.answer.tables import documents_of
from rag.domain import AnswerKind, BlockKind, Passage
from rag.evidence.tables.compute import compute
from rag.evidence.tables.documents import over_documents
from rag.evidence.tables.listed import count_listed
from rag.evidence.tables.result import Operand, Result
from rag.evidence.tables.table import joined, tables_of
from rag.question.operation import AVERAGE, COUNT, DAYS, LOOK_UP, SUM, Operation, operation_of
from rag.text.quantities import DAY, TIME
from rag.text.words import content_stems

_MOST_SHOWN = 12
_MOST_OPERANDS = 100
_FIRST_READ = 3
"""So many of the best statements may say a total themselves, so that none is computed."""
_STORED = re.compile(r"\b(?:total|average|sum)\b", re.IGNORECASE)
_INVERTED = re.compile(r"\b(?:do|does|did|i|we|you)\b", re.IGNORECASE)
_ASKED_COUNT = re.compile(r"^\W*(?:and\s+)?how many\s+(?P<rest>.+?)\W*$", re.IGNORECASE)
_THERE = re.compile(r"\s+(?:are|were|is|was) there\b", re.IGNORECASE)
_COMPARED = re.compile(r"er$|^(?:more|less)\b")


def compute_answer(matter: Matter) -> Plan | None:
    """What is computed of the tables that were found; None where none of them plainly says what is asked."""
    operation = operation_of(matter.question)
    if operation is None:
        return None
    documents = documents_of(operation.left, matter)
    results = [] if _is_stored(operation, matter) else _of_tables(operation, documents, matter.question)
    alike = over_documents(operation, documents, matter.question, matter.close_reader) or count_listed(
        operation, documents
    )
    best = max(results, key=lambda one: (one.weight, len(one.documents)), default=alike)  # the first stands highest
    if best is None:
        return None
    if alike and len(best.documents) < len(alike.documents) == alike.value:
        best = alike  # of more invoices than a list of those paid holds
    if alike and operation.name != COUNT and best.documents <= alike.documents:
        best = alike  # of the bills, and not of the rows of one
    if best.reason:
        return _not_computed(best)
    is_plain = not any(_differ(best, one) for one in results if one.weight == best.weight)
    if best.operation == LOOK_UP:
        return _looked_up(best, is_certain=best.is_certain and is_plain)
    return Plan(
        computation=_told(best, operation, matter.question),
        kind=AnswerKind.COMPUTED,
        notice=_notice(best),
        is_certain=best.is_certain and is_plain,
    )


def _is_stored(operation: Operation, matter: Matter) -> bool:
    """Whether one of the best statements says a total or an average itself: then it is looked up."""
    if operation.name not in (SUM, AVERAGE):
        return False
    asked = set(content_stems(" ".join(_STORED.findall(matter.question))))
    return any(
        one.statement.kind is not BlockKind.ROW and one.fit > 0 and asked & set(content_stems(one.statement.said))
        for one in matter.ranked[:_FIRST_READ]
    )


def _looked_up(result: Result, *, is_certain: bool) -> Plan:
    """The one cell that says what is asked for, with what names its row."""
    cell = result.operands[0].cell
    name = f"{result.group}: {result.operands[0].name}".removeprefix(": ")
    asked = f"{name}; {result.column}: {cell.text}"
    return Plan((replace(cell.statement, asked=asked),), is_certain=is_certain)


def _not_computed(result: Result) -> Plan:
    """Why nothing is computed, and what stands in the rows that are meant."""
    rows = []
    for one in result.operands[:_MOST_SHOWN]:
        text = one.cell.text
        asked = text if one.name == text else f"{one.name}; {result.column}: {text}"
        rows.append(replace(one.cell.statement, asked=asked))
    return Plan(tuple(rows), lead=result.reason, kind=AnswerKind.LIST, is_certain=result.is_certain)


def _of_tables(operation: Operation, documents: Sequence[Sequence[Passage]], question: str) -> list[Result]:
    tables = joined([table for passages in documents for table in tables_of(passages)])
    return [result for table in tables if (result := compute(operation, table, question))]


def _differ(one: Result, other: Result) -> bool:
    """Whether two results cannot both be told, and neither rests on all that the other rests on."""
    held = [{operand.cell.span for operand in each.operands} for each in (one, other)]
    return one.value != other.value and not held[1] <= held[0]


def _told(result: Result, operation: Operation, question: str) -> Computation:
    shown = (
        len(result.operands)
        if _is_chosen(result, operation)
        else result.winners or min(len(result.operands), _MOST_SHOWN)
    )
    return Computation(
        _sentence(result, operation, question),
        result.operation,
        tuple(Cell(one.cell.statement, one.cell.span, one.value) for one in result.operands[:_MOST_OPERANDS]),
        _plain_result(result),
        result.unit if result.unit not in (DAY, TIME) else "",
        shown,
    )


def _plain_result(result: Result) -> str:
    if result.unit in (DAY, TIME):
        return result.operands[0].cell.text
    return format(_rounded(result), "f")


def _sentence(result: Result, operation: Operation, question: str) -> str:
    if result.operation == COUNT and result.group:
        names = _listed([one.name for one in result.operands])
        return f"{result.group} has the {operation.word}: {len(result.operands)}, {names}."
    if result.operation == COUNT:
        return _counted(result, question)
    if result.operation in (SUM, AVERAGE) and not result.winners:
        return _summed(result)
    if result.operation == DAYS:
        first, last = result.operands
        return f"{result.value} days, from {first.cell.text} to {last.cell.text}: {first.name}."
    if result.operation == SUM:
        return _grouped(result, operation)
    return _best(result, operation)


def _counted(result: Result, question: str) -> str:
    question = question[:1] + re.sub(rf"\b{re.escape(result.column)}s?\b", lambda found: found[0].lower(), question[1:])
    names = [one.name for one in result.operands]
    number, listed = len(names), _listed(names)
    rest = _ASKED_COUNT.search(question)
    if rest is None or number == 1:
        return f"{number}: {listed}."
    said = _THERE.sub("", rest["rest"], count=1)
    if _INVERTED.search(said):
        said = re.split(r"\s+(?:do|does|did|have|has|i|we|you)\b", said, maxsplit=1, flags=re.IGNORECASE)[0]
    return f"{number} {said}: {listed}."


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_SHOWN
    return ", ".join(names[:_MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _summed(result: Result) -> str:
    texts = [one.cell.text for one in result.operands]
    kind = "Total" if result.operation == SUM else "Average"
    column = f" {result.column}" if result.column else ""
    total = _written(result)
    if len(texts) > _MOST_SHOWN:
        return f"{kind}{column} of {len(texts)} rows: {total}."
    added = " + ".join(texts)
    return f"{kind}{column}: {added if result.operation == SUM else f'({added}) / {len(texts)}'} = {total}."


def _grouped(result: Result, operation: Operation) -> str:
    added = " + ".join(one.cell.text for one in result.operands[:_MOST_SHOWN])
    return f"{result.group} has the {_superlative(operation)} {result.column}: {added} = {_written(result)}."


def _best(result: Result, operation: Operation) -> str:
    winners = result.operands[: result.winners]
    names = _listed([one.name for one in winners])
    value, are = winners[0].cell.text, "are" if len(winners) > 1 else "is"
    if not result.column:
        told = f"{names}: {value}, the {_superlative(operation)} of {len(result.operands)}"
    elif not operation.hint:
        has = "have" if len(winners) > 1 else "has"
        told = f"{names} {has} the {_superlative(operation)} {result.column}: {value}"
    else:
        told = f"{names} {are} the {operation.word}: {result.column} {value}"
    others = result.operands[result.winners :] if _is_chosen(result, operation) else ()
    return "; ".join([told, *(f"{one.name}: {one.cell.text}" for one in others)]) + "."


def _is_chosen(result: Result, operation: Operation) -> bool:
    """Whether one is chosen from those that the question names: then the others are told too."""
    return 0 < result.winners < len(result.operands) == len(operation.alternatives) and not result.group


def _superlative(operation: Operation) -> str:
    """The superlative as it was asked; `highest` or `lowest` for a comparative, and where `most` stands alone."""
    is_alone = operation.word in ("most", "least") and not operation.measured
    return operation.name if is_alone or _COMPARED.search(operation.word) else operation.word


def _decimals(operands: Sequence[Operand]) -> int:
    exponents = [one.value.as_tuple().exponent for one in operands if one.value is not None]
    return max([0, *(-exponent for exponent in exponents if isinstance(exponent, int))])


def _rounded(result: Result) -> Decimal:
    decimals = _decimals(result.operands)
    if result.operation == AVERAGE and result.value != result.value.to_integral_value():
        decimals = max(decimals, 2)
    return result.value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _written(result: Result) -> str:
    """The result as the operands are written, and its unit."""
    has_comma = any(re.search(r"\d,\d{1,2}(?!\d)", one.cell.text) for one in result.operands)
    is_grouped = any(re.search(r"\d[.,]\d{3}", one.cell.text) for one in result.operands)
    text = format(_rounded(result), ",f" if is_grouped else "f")
    if has_comma:
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{text} {result.unit}".strip()


def _notice(result: Result) -> str:
    told = []
    if result.left_out:
        under = f" under {result.column}" if result.column else ""
        told.append(f"Left out, since they have no number{under}: {_listed(result.left_out)}.")
    if len(result.operands) > _MOST_OPERANDS:
        told.append(f"Of {len(result.operands)} cells, the first {_MOST_OPERANDS} are listed.")
    return " ".join(told)
