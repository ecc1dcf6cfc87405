"""How many things are listed: documents of a kind, sections that are called so, items of a list, names in a field."""

import re
from collections.abc import Sequence
from decimal import Decimal

from rag.domain import BlockKind, Passage
from rag.evidence.statement import Statement, statements_of
from rag.evidence.tables.documents import names_of
from rag.evidence.tables.generic import is_nothing_asked
from rag.evidence.tables.result import Operand, Result
from rag.evidence.tables.table import Cell, stems_of
from rag.question.operation import COUNT, Operation
from rag.text.words import STOPWORDS, content_stems, name_in_words, stem, words

_FEWEST = 2
_ITEMS = re.compile(r"\s*(?:[,;]|\band\b)\s*")
_HEAD = 3
"""Statements that a document begins with, which may tell its kind."""
_LONGEST_NAME = 5
"""Words: what stands between the commas of a sentence is no name."""


def count_listed(operation: Operation, documents: Sequence[Sequence[Passage]]) -> Result | None:
    """How many of the things that a question counts are listed in one document, or are documents themselves."""
    if operation.name != COUNT or operation.limits or operation.times or not operation.noun:
        return None
    said = [stem(word) for word in words(operation.left) if word.lower() not in STOPWORDS]
    noun = next((one for one in operation.noun if not is_nothing_asked(one)), "")
    rest = frozenset(one for one in said if one != noun and not is_nothing_asked(one))
    if not noun:
        return None
    for listed in (_headings, _items, _field):
        for document in documents:
            found = listed(noun, rest, document)
            if len(found) >= _FEWEST:
                return _result(found, noun)
    alike = [one for one in documents if _is_kind(noun, rest, one)]
    return _result([_whole(one, name) for one, name in zip(alike, names_of(alike), strict=True)], noun)


def _result(found: Sequence[Operand], noun: str) -> Result | None:
    if len(found) < _FEWEST:
        return None
    return Result(COUNT, tuple(found), Decimal(len(found)), column=noun)


def _headings(noun: str, rest: frozenset[str], document: Sequence[Passage]) -> list[Operand]:
    """The headings that begin with what is counted: `Version 7.4`, `Version 7.3`."""
    found: dict[str, Statement] = {}
    for statement in _statements(document):
        if statement.kind is BlockKind.HEADING and next(iter(content_stems(statement.text)), "") == noun:
            found.setdefault(statement.text, statement)
    return [_operand(one) for one in found.values()] if rest <= _naming(document) else []


def _items(noun: str, rest: frozenset[str], document: Sequence[Passage]) -> list[Operand]:
    """The items of the list that is called by what is counted."""
    by_list: dict[tuple[str, ...], list[Statement]] = {}
    for statement in _statements(document):
        if statement.kind in (BlockKind.ITEM, BlockKind.STEP) and statement.headed:
            by_list.setdefault(statement.headed, []).append(statement)
    for headed, items in by_list.items():
        above = stems_of(headed[-1])
        if noun in above and rest <= _naming(document) | stems_of(" . ".join(headed)):
            return [_operand(one) for one in items]
    return []


def _field(noun: str, rest: frozenset[str], document: Sequence[Passage]) -> list[Operand]:
    """The names in the field that is called by what is counted: `Languages: German, English`."""
    for statement in _statements(document):
        if statement.kind is not BlockKind.FIELD or not statement.values:
            continue
        label, span = statement.values[0]
        text = statement.value(span).rstrip(".")
        parts = [part for part in _ITEMS.split(text) if part]
        around = _naming(document) | stems_of(statement.beside)
        if stems_of(label) == {noun} and rest <= around and all(len(part.split()) <= _LONGEST_NAME for part in parts):
            return [Operand(part, Cell(text, statement, span)) for part in parts]
    return []


def _is_kind(noun: str, rest: frozenset[str], document: Sequence[Passage]) -> bool:
    """Whether a document is of the kind that is counted, as its name or its first fields tell: `Invoice no.: 17`."""
    origin = document[0].origin
    begins = [one.said for one in _statements(document[:1])[:_HEAD] if one.kind is not BlockKind.ROW]
    labelled = {next(iter(content_stems(text)), "") for text in begins}
    return (
        noun in stems_of(f"{origin.title or ''} . {name_in_words(origin.path)}") or noun in labelled
    ) and rest <= _naming(document)


def _whole(document: Sequence[Passage], name: str) -> Operand:
    statement = next(iter(_statements(document)))
    return Operand(name, Cell(statement.text, statement, statement.span))


def _operand(statement: Statement) -> Operand:
    return Operand(statement.text, Cell(statement.text, statement, statement.span))


def _naming(document: Sequence[Passage]) -> frozenset[str]:
    origin = document[0].origin
    return stems_of(f"{origin.title or ''} . {name_in_words(origin.path)} . {document[0].head}")


def _statements(document: Sequence[Passage]) -> list[Statement]:
    return [one for passage in document for one in statements_of(passage)]
