"""Documents that are alike as records: each month's bill, each applicant's life, each offer, by what each says itself.

Of each document the statement is taken that gives what is asked for: an amount of money, of a unit, or a day.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.domain import BlockKind, Passage
from rag.evidence.statement import Statement, statements_of
from rag.evidence.tables.columns import kin_of
from rag.evidence.tables.generic import is_nothing_asked
from rag.evidence.tables.result import Operand, Result
from rag.evidence.tables.table import TOTALS, Cell, stems_of
from rag.evidence.tables.times import are_all_told, in_one, within
from rag.ports import CloseReader, Said
from rag.question.operation import (
    AVERAGE,
    BIRTH,
    HEIGHT,
    HIGHEST,
    HINTED,
    LENGTH,
    LOWEST,
    MONEY,
    SUM,
    WEIGHT,
    WHEN,
    Operation,
)
from rag.question.subjects import moments_in
from rag.text.moments import Moment
from rag.text.numbers import number_in_words
from rag.text.quantities import (
    CURRENCIES,
    DAY,
    UNITS,
    Quantity,
    amount_of,
    amounts_in,
    day_of,
    has_decimal_comma,
    lasting,
)
from rag.text.words import STOPWORDS, name_in_words, stem, words

_PAID = stems_of(
    "bill invoice price cost rent fee premium salary offer quote charge payment spend spent pay paid earn rechnung"
)
"""Of what such a word names, the amount of money is meant where nothing else is named."""
_TOTAL = stems_of("total gross gesamt gesamtbetrag endbetrag insgesamt")
_DUE = stems_of("due pay payable amount price cost rent fee premium salary betrag")
_MONTHS = frozenset("month quarter year".split())
_RATE = re.compile(r"\b(?:per|an?|each|every) (?:hour|day|week|month|year)\b", re.IGNORECASE)
_BORN = stems_of("born birth birthday geboren")
_PERIOD = stems_of("period zeitraum")
_OF_ALL = re.compile(r"\bof (?:the|these|those|all|our|my) (?P<number>two|three|four|five|six)\b", re.IGNORECASE)
_HOW = {
    MONEY: "How much does {0} cost in all?",
    LENGTH: "How long is {0}?",
    HEIGHT: "How high is {0}?",
    WEIGHT: "How heavy is {0}?",
    BIRTH: "When was it born or made?",
    WHEN: "When is {0}?",
}
"""What is asked of each of several documents, by what a superlative is of."""
_LENGTHS = frozenset("cm m km".split())
_MOST_READ = 24
"""So many statements of a document that hold a value of the right kind are read for it."""
_HEAD = 4
"""Passages of a document that are looked at for what it is called."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of each document is asked for."""

    stems: frozenset[str]
    """The words of the question that a document must say, in its name or in the statement."""
    beside: frozenset[str]
    """All of its words: those that a statement says too speak for it."""
    units: frozenset[str]
    is_day: bool
    hints: frozenset[str]
    is_lasting: bool = False
    """Whether it is how long something lasts: `two years` and `60 days` can then be compared."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What one document says: its statement and the value in it."""

    document: Sequence[Passage]
    name: str
    cell: Cell
    value: Quantity


def over_documents(
    operation: Operation,
    documents: Sequence[Sequence[Passage]],
    question: str,
    close_reader: CloseReader | None = None,
) -> Result | None:
    """What an operation comes to over documents; None where fewer than two say what is asked, or not plainly.

    Where the words of a document do not plainly tell which of its values is meant, the close reader does.
    """
    if operation.name not in (SUM, AVERAGE, HIGHEST, LOWEST) or operation.limits:
        return None
    asked = _asked(operation, question)
    number = _number_of_all(question)
    if not (asked.stems or operation.alternatives or number):
        return None
    of_each = _question_of_each(operation, asked)
    if operation.hint == LENGTH:
        asked = replace(asked, is_lasting=True)
    if operation.alternatives:
        chosen = [_named(one, documents) for one in operation.alternatives]
        told = [
            _told(asked, document, name=name) or _read(asked, document, of_each, close_reader) if document else None
            for name, document in zip(operation.alternatives, chosen, strict=True)
        ]
        if not all(told):
            return None
        silent: list[Sequence[Passage]] = []
    else:
        alike = [one for one in documents if number or _is_alike(asked, one, operation)]
        read = [(one, _told(asked, one) or _read(asked, one, of_each, close_reader)) for one in alike]
        months = [_moments(one) for one, said in read if said]
        if not all(are_all_told(listed, months) for listed in in_one(operation.times)):
            return None
        told = [one for _, one in read]
        silent = [one for one, said in read if said is None]
    found = [one for one in told if one is not None]
    if number and len(found) != number:
        return None
    if len(found) < 2 or len({one.value.unit for one in found if one.value.unit}) > 1:
        return None
    return _result(operation, found, silent, question)


def _asked(operation: Operation, question: str) -> _Asked:
    said = [word for word in words(_RATE.sub(" ", operation.left)) if word.lower() not in STOPWORDS]
    stems = frozenset(stem(word) for word in said)
    measures = {word for word in said if word.lower() in UNITS or word.lower() in _MONTHS}
    units = frozenset(UNITS[word.lower()] for word in measures if word.lower() not in _MONTHS)
    is_day = operation.hint == BIRTH or (operation.hint == WHEN and not stems & _PAID)
    is_money = operation.hint == MONEY or operation.money or stems & _PAID
    if not units and is_money and not is_day:
        units = frozenset(CURRENCIES)
    hints = _BORN if operation.hint == BIRTH else stems_of(HINTED.get(operation.hint, ""))
    asked = frozenset(stem(word) for word in said if word not in measures and not is_nothing_asked(word))
    return _Asked(asked, stems, units, is_day, hints)


def _number_of_all(question: str) -> int | None:
    """How many there are to choose from, where a question says so: `which of the three`."""
    said = _OF_ALL.search(question)
    return number_in_words(said["number"]) if said else None


def _question_of_each(operation: Operation, asked: _Asked) -> str:
    """What is asked of each document, to compare them: `How long is the guarantee?` of `Who gives the longest …?`"""
    noun = " ".join(word.lower() for word in words(operation.left) if stem(word) in asked.stems)
    how = _HOW.get(operation.hint)
    if how is None or operation.name not in (HIGHEST, LOWEST):
        return ""
    return how.format(f"the {noun}" if noun and stem(noun.split()[-1]) not in operation.noun else "it")


def _read(asked: _Asked, document: Sequence[Passage], question: str, close_reader: CloseReader | None) -> _Told | None:
    """The statement of a document that answers what is asked of each, as the close reader finds it, with its value."""
    if close_reader is None or not question:
        return None
    comma = has_decimal_comma([passage.search_text for passage in document])
    valued = [(one, values) for one in _statements(document) if (values := _values(one, asked, comma=comma))]
    valued = valued[:_MOST_READ]
    said = [Said(one.setting(question), one.said) for one, _ in valued]
    readings = close_reader.read(question, said) if said else []
    best = max(range(len(valued)), key=lambda at: readings[at].score, default=None)
    if best is None or readings[best].score <= 0:
        return None
    statement, values = valued[best]
    pointed = readings[best].answer
    answer = pointed.of(statement.said) if pointed else ""
    cell, value = next(((cell, value) for cell, value in values if cell.text and cell.text in answer), values[0])
    return _Told(document, "", cell, value)


def _naming(document: Sequence[Passage]) -> frozenset[str]:
    """The words of what a document is called: title, file name, how it begins, its first headings."""
    first = document[0]
    headed = [text for passage in document[:_HEAD] for one in statements_of(passage)[:3] for text in one.headed]
    return stems_of(" . ".join([first.origin.title or "", name_in_words(first.origin.path), first.head, *headed]))


def _named(name: str, documents: Sequence[Sequence[Passage]]) -> Sequence[Passage] | None:
    """The one document that is called by a name, or else the one that names it at all."""
    wanted = stems_of(name)
    for held in (_titled, _naming, _whole):
        found = [one for one in documents if wanted <= held(one)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _titled(document: Sequence[Passage]) -> frozenset[str]:
    return stems_of(f"{document[0].origin.title or ''} . {name_in_words(document[0].origin.path)}")


def _whole(document: Sequence[Passage]) -> frozenset[str]:
    return stems_of(" . ".join(passage.search_text for passage in document[:_HEAD]))


def _is_alike(asked: _Asked, document: Sequence[Passage], operation: Operation) -> bool:
    """Whether a document says the words that the question asks of each, and is of the time that it asks of."""
    if operation.times:
        moments = _moments(document)
        if not all(
            any(within(times, one) for times in any_of for one in moments) for any_of in in_one(operation.times)
        ):
            return False
    missing = asked.stems - _naming(document)
    return not missing or any(not _lacking(missing, one) for one in _statements(document))


def _lacking(wanted: frozenset[str], statement: Statement) -> set[str]:
    """The words that a statement does not say, be it in a word of the same family."""
    said = stems_of(statement.said)
    return {one for one in wanted if one not in said and not kin_of(one) & said}


def _moments(document: Sequence[Passage]) -> list[Moment]:
    """The months that a document is of, as what names it first says: a month alone before a day, such as a date."""
    first = document[0]
    begun = [one.text for one in statements_of(first) if one.kind is BlockKind.HEADING]
    periods = [one.said for one in _statements(document[:1]) if stems_of(one.said) & _PERIOD]
    for text in (first.origin.title or "", name_in_words(first.origin.path), *begun, first.head, *periods):
        named = [one for one in moments_in(text) if one.month or one.quarter]
        if named and (named[0].day is None or text in periods):
            return named[:1]
    fields = [one.said for one in _statements(document[:1]) if one.kind is BlockKind.FIELD]
    headed = [text for one in _statements(document[:1])[:3] for text in one.headed]
    for text in (
        first.origin.title or "",
        name_in_words(first.origin.path),
        *headed,
        *fields,
        first.origin.published or "",
    ):
        if moments := [one for one in moments_in(text) if one.month or one.quarter]:
            return moments[:1]
    return []


def _statements(document: Sequence[Passage]) -> list[Statement]:
    return [
        one
        for passage in document
        for one in statements_of(passage)
        if one.kind in (BlockKind.FIELD, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.STEP) or _is_total(one)
    ]


def _is_total(statement: Statement) -> bool:
    return statement.kind is BlockKind.ROW and TOTALS.fullmatch(statement.value(statement.values[0][1])) is not None


def _told(asked: _Asked, document: Sequence[Passage], name: str = "") -> _Told | None:
    """The statement of a document that plainly gives what is asked for, with its value."""
    naming = _naming(document) | stems_of(name)
    called = _titled(document) | stems_of(document[0].head) | stems_of(name)
    comma = has_decimal_comma([passage.search_text for passage in document])
    scored: list[tuple[float, Cell, Quantity]] = []
    for statement in _statements(document):
        said = stems_of(statement.said)
        hits = {one for one in asked.stems if one in said or kin_of(one) & said}
        if asked.stems - naming - hits:
            continue
        hinted = len(said & asked.hints)
        if asked.is_day and not (hinted or hits - called):
            continue
        for cell, value in _values(statement, asked, comma=comma)[:1]:
            due = 2.0 * bool(said & _TOTAL) + bool(said & _DUE) if asked.units & set(CURRENCIES) else 0.0
            scored.append((2 * len(hits - called) + len(said & asked.beside) / 2 + hinted + due, cell, value))
    if not scored:
        return None
    best = max(score for score, _, _ in scored)
    first = [(cell, value) for score, cell, value in scored if score == best]
    if len({value.value for _, value in first}) > 1:
        return None
    return _Told(document, name, *first[0])


def _values(statement: Statement, asked: _Asked, *, comma: bool) -> list[tuple[Cell, Quantity]]:
    """The values in a statement that are of the kind that is asked for, in order."""
    if asked.is_day:
        texts = [(span, statement.value(span)) for _, span in statement.values] or [(statement.span, statement.text)]
        days = [(Cell(text, statement, span), day_of(text)) for span, text in texts]
        return [(cell, day) for cell, day in days if day is not None]
    found = []
    for name, span in statement.values:
        text = statement.value(span)
        value = amount_of(text, comma=comma)
        if value is not None:
            unit = value.unit or next((UNITS[word.lower()] for word in words(name) if word.lower() in UNITS), "")
            found.append((Cell(text, statement, span), Quantity(value.value, unit)))
    if not found:
        place = statement.span.shifted(-statement.passage.span.start)
        for span, value in amounts_in(place.of(statement.passage.search_text), comma=comma):
            inside = span.shifted(statement.span.start)
            found.append((Cell(statement.value(inside), statement, inside), value))
    if asked.is_lasting:
        return [(cell, lasting(one) or one) for cell, one in found if lasting(one) or one.unit in _LENGTHS]
    if asked.units >= set(CURRENCIES) and stems_of(statement.said) & (_TOTAL | _DUE):
        begun = (not statement.values, statement.span.start)  # `3. Rent` is numbered, and no amount
        return [
            (cell, value)
            for cell, value in found
            if value.unit in asked.units or (not value.unit and (True, cell.span.start) != begun)
        ]
    return [(cell, value) for cell, value in found if not asked.units or value.unit in asked.units]


def _result(
    operation: Operation, found: Sequence[_Told], silent: Sequence[Sequence[Passage]], question: str
) -> Result | None:
    is_timed = bool({word.lower() for word in words(question)} & (_MONTHS | {"when"}))
    called = names_of([one.document for one in found], is_timed=is_timed)
    if is_timed:
        called = [_with_month(name, one.document) for one, name in zip(found, called, strict=True)]
    names = [one.name or name for one, name in zip(found, called, strict=True)]
    unit = max(one.value.unit for one in found)  # the one that is told
    operands = [Operand(name, one.cell, one.value.value) for name, one in zip(names, found, strict=True)]
    left_out = tuple(names_of(silent)) if silent else ()
    if operation.name in (SUM, AVERAGE):
        total = sum((one.value.value for one in found), start=0 * found[0].value.value)
        value = total if operation.name == SUM else total / len(found)
        return Result(operation.name, tuple(operands), value, unit, left_out=left_out)
    is_high = operation.name == HIGHEST
    order = sorted(operands, key=lambda one: (one.value is not None and one.value) or 0, reverse=is_high)
    best = order[0].value
    assert best is not None
    if unit == DAY and _overlap(found, best):
        return None
    name = operation.name if unit != DAY else "last" if is_high else "first"
    winners = sum(one.value == best for one in order)
    return Result(name, tuple(order), best, unit, winners=winners, left_out=left_out)


def _with_month(name: str, document: Sequence[Passage]) -> str:
    """What a document is called, with its month where that says none."""
    if moments_in(name):
        return name
    months = [f"{calendar.month_name[one.month]} {one.year or ''}".strip() for one in _moments(document) if one.month]
    return f"{name} ({months[0]})" if months else name


def _overlap(found: Sequence[_Told], best: object) -> bool:
    """Whether another time overlaps the best one without being it: 1988 and a day in it."""
    one = next(told.value for told in found if told.value.value == best)
    return any(
        other.value != one
        and other.value.last is not None
        and one.last is not None
        and other.value.value <= one.last
        and one.value <= other.value.last
        for other in found
    )


def names_of(documents: Sequence[Sequence[Passage]], *, is_timed: bool = False) -> list[str]:
    """What tells documents apart: their titles, a field of their heads, or file names; where timed, with a day."""
    fields = [[one for one in _statements(document[:1]) if one.kind is BlockKind.FIELD] for document in documents]
    heads = [{name: one.value(span) for one in told for name, span in one.values} for told in fields]
    options = [[document[0].origin.title or "" for document in documents], list(map(_heading, documents))]
    headed = [
        [one.text for one in statements_of(document[0]) if one.kind is BlockKind.HEADING] for document in documents
    ]
    options += [list(texts) for texts in zip(*headed, strict=False)]
    paths = [name_in_words(document[0].origin.path) for document in documents]
    if _are_called_apart(paths):
        options.append(paths)
    for label in heads[0] if heads else ():
        options.append([f"{label}: {head[label]}" if label in head else "" for head in heads])
    options.append(paths)
    for texts in options:
        is_apart = all(texts) and len(set(texts)) == len(texts)
        if is_apart and (not is_timed or all(moments_in(text) for text in texts)):
            return texts
    return options[-1] if documents else []


def _are_called_apart(paths: Sequence[str]) -> bool:
    """Whether each file name has a word, and no mere number, that no other has: `offer Swift`, `offer Haddow`."""
    named = [{one for one in stems_of(path) if one.isalpha()} for path in paths]
    return all(
        one.difference(*(other for place, other in enumerate(named) if place != at)) for at, one in enumerate(named)
    )


def _heading(document: Sequence[Passage]) -> str:
    """The last of the headings that a document begins with."""
    return next((text for one in _statements(document[:1])[:1] for text in reversed(one.headed)), "")
