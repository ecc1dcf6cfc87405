"""The times of records and documents, and whether they lie in those that a question asks of."""

from collections.abc import Sequence
from itertools import groupby

from rag.evidence.tables.table import Cell, Record
from rag.question.limits import Times
from rag.text.moments import Moment, moments_of
from rag.text.words import name_in_words


def in_one(times: Sequence[Times]) -> list[tuple[Times, ...]]:
    """The times that are listed together, such as `March, April and May`: any of them will do."""
    return [tuple(alike) for _, alike in groupby(times, key=lambda one: one.listed)]


def are_all_told(listed: Sequence[Times], told: Sequence[Sequence[Moment]]) -> bool:
    """Whether each of several times that are listed has its record: a sum without one of them is none."""
    return len(listed) < 2 or all(any(within(one, moment) for moments in told for moment in moments) for one in listed)


def moments_of_cell(cell: Cell | None) -> list[Moment]:
    """The times that a cell names."""
    return moments_of(cell.text) if cell is not None else []


def moments_around(record: Record) -> list[Moment]:
    """The times that a record is under: of its headings, or of what its document is called."""
    statement = record.statement
    origin = statement.passage.origin
    texts = [*statement.headed, origin.title or "", name_in_words(origin.path), statement.passage.head]
    return next((moments for text in texts if (moments := moments_of(text))), [])


def within(times: Times, moment: Moment) -> bool:
    """Whether a moment lies in the time that is asked for; without years, by month and day alone."""
    first, last = times.first, times.last
    if first == last and not times.way:
        return first.is_named_by(moment)
    is_yearly = not (first.year or last.year)
    low, high = _key(first, 0, is_yearly), _key(last, 99, is_yearly)
    begin, end = _key(moment, 0, is_yearly), _key(moment, 99, is_yearly)
    if not is_yearly and not moment.year:
        return False
    match times.way:
        case "below":
            return end < low
        case "at_most":
            return end <= high
        case "above":
            return begin > high
        case "at_least":
            return begin >= low
    return low <= begin and end <= high


def _key(moment: Moment, blank: int, is_yearly: bool) -> tuple[int, int, int]:
    month = moment.month or (moment.quarter and (moment.quarter - 1) * 3 + (3 if blank else 1)) or blank
    return (0 if is_yearly else moment.year or 0, month, moment.day or blank)
