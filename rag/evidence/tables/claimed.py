"""Claims that count, add up or tell the highest: tables decide them by computing, not by one row that looks alike."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rag.domain import Document, Passage, Span, Verdict
from rag.evidence.statement import Statement
from rag.evidence.tables.compute import computed
from rag.evidence.tables.result import Result
from rag.evidence.tables.table import Record, Table, stems_of, tables_of
from rag.question.operation import COUNT, HIGHEST, LOOK_UP, LOWEST, operation_of
from rag.search.orders import without_instructions
from rag.text.numbers import number_in_words
from rag.text.quantities import amounts_in
from rag.text.words import words

_MOST_PROOFS = 12
_NEAREST = 5
_LONGEST_COMPUTED = 300_000
"""Characters: of a longer document no table is computed."""
_COUNTS = re.compile(
    r"^\W*(?:there (?:are|were|is|was)\s+)?(?:(?:only|exactly|just|all)\s+)?(?P<number>\d{1,4}|[a-z]+(?:-[a-z]+)?)\s+"
    r"(?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_COMES_TO = re.compile(r"\b(?:is|was|are|were|comes? to|came to|amounts? to|of)\s+(?=[€£$]?\s?\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a table says of a claim, and the rows that decide it."""

    verdict: Verdict
    proofs: tuple[Statement, ...]


def said_by_documents(claim: str, passages: Sequence[Passage], document: Callable[[str], Document]) -> Decided | None:
    """What the tables of the nearest documents say of a claim that counts, adds up or tells the highest."""
    if not (_counted_in(claim) or _COMES_TO.search(claim) or _speaks_of_all(claim)):
        return None  # most sentences; else each would have the tables of whole documents read
    nearest = list(dict.fromkeys(passage.document for passage in passages))[:_NEAREST]
    stored = [one for one in map(document, nearest) if len(one.text) <= _LONGEST_COMPUTED]
    whole = [without_instructions(Passage.cut(one, Span(0, len(one.text)))) for one in stored]
    return said_by_tables(claim, [table for passage in whole for table in tables_of([passage])])


def _speaks_of_all(claim: str) -> bool:
    """Whether a claim tells the highest or lowest of something."""
    operation = operation_of(f"Which {claim}?")
    return operation is not None and operation.name in (HIGHEST, LOWEST)


def said_by_tables(claim: str, tables: Sequence[Table]) -> Decided | None:
    """What tables say of a claim, where it counts, adds up or tells the highest, and one plainly decides it."""
    for decide in (_counted, _highest, _added):
        told = [one for table in tables if (one := decide(claim, table))]
        if told and len({one.verdict for one in told}) == 1:
            return told[0]
    return None


def _counted_in(claim: str) -> tuple[int, str] | None:
    """How many a claim counts, and of what."""
    match = _COUNTS.match(claim)
    number = match and (int(match["number"]) if match["number"].isdigit() else number_in_words(match["number"]))
    return (number, match["rest"]) if match and number is not None else None


def _counted(claim: str, table: Table) -> Decided | None:
    if (told := _counted_in(claim)) is None:
        return None
    number, rest = told
    question = f"How many {rest}?"
    operation = operation_of(question)
    if operation is None or operation.name != COUNT:
        return None
    result = computed(operation, table, question)
    return _compared(result, Decimal(number)) if result else None


def _added(claim: str, table: Table) -> Decided | None:
    match = _COMES_TO.search(claim)
    given = [amount for _, amount in amounts_in(claim[match.end() :])] if match else []
    if match is None or len(given) != 1:
        return None
    question = f"What is {claim[: match.start()]}?"
    operation = operation_of(question)
    if operation is None or operation.name in (COUNT, HIGHEST, LOWEST):
        return None
    result = computed(operation, table, question)
    if result and given[0].unit and result.unit and given[0].unit != result.unit:
        return None
    return _compared(result, given[0].value) if result else None


def _compared(result: Result, value: Decimal) -> Decided | None:
    """Whether a claim gives the result, rounded as it may be."""
    if result.operation == LOOK_UP or not result.is_certain:
        return None
    exponent = value.as_tuple().exponent
    is_same = isinstance(exponent, int) and abs(result.value - value) <= Decimal(1).scaleb(exponent) / 2
    verdict = Verdict.SUPPORTED if is_same else Verdict.CONTRADICTED
    return Decided(verdict, tuple(dict.fromkeys(one.cell.statement for one in result.operands))[:_MOST_PROOFS])


def _highest(claim: str, table: Table) -> Decided | None:
    """A claim that one record is the highest: the one that it names is taken out, and the rest asked of all of them."""
    named = _record(claim, table)
    if named is None or any(letter == "?" for letter in claim):
        return None
    name = named.cells[table.name].text
    rest = " ".join(word for word in words(claim) if word.lower() not in {one.lower() for one in words(name)})
    operation = operation_of(f"Which {rest}?")
    if operation is None or operation.name not in (HIGHEST, LOWEST) or operation.alternatives:
        return None
    result = computed(operation, table, rest)
    if result is None or not result.winners or result.group:
        return None
    winners = [one.cell.statement for one in result.operands[: result.winners]]
    is_so = named.statement in winners
    proofs = winners if is_so else [*winners, named.statement]
    return Decided(Verdict.SUPPORTED if is_so else Verdict.CONTRADICTED, tuple(proofs))


def _record(claim: str, table: Table) -> Record | None:
    """The one record that a claim names."""
    said = stems_of(claim)
    found = [
        record
        for record in table.records
        if not table.is_turned and table.name in record.cells and stems_of(record.cells[table.name].text) <= said
    ]
    return found[0] if len(found) == 1 and stems_of(found[0].cells[table.name].text) else None
