"""The limits and times that a question gives: `more than 5`, `before 10:30`, `from March to May 2025`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.domain import Span
from rag.text.moments import Moment, moments_of
from rag.text.numbers import number_in_words
from rag.text.quantities import UNITS, Quantity, amount_of, time_of
from rag.text.words import content_stems

_MORE = (
    r"(?:more|greater|higher|longer|older|larger|taller|later|bigger|heavier|dearer|slower) than|over|above|exceeding"
    r"|mehr als|über"
)
_LESS = (
    r"(?:less|fewer|lower|shorter|younger|smaller|cheaper|earlier|lighter|faster) than|under|below|weniger als|unter"
)
_AT_LEAST, _AT_MOST = r"at least|no less than|not less than|mindestens", r"at most|no more than|up to|höchstens"
_NUMBER = r"[€£$]?\s?(?:\d[\d.,:]*|[a-z]+(?:-[a-z]+)?)(?:\s?(?:[€£$%]|[^\W\d_]+))?"
_CLOCK = r"\d{1,2}[:.][0-5]\d(?!\d|\.)(?:\s?[ap]\.?m\b)?|\d{1,2}\s?[ap]\.?m\b"
_LIMITS = re.compile(
    rf"\b(?:(?P<between>between)\s+(?P<low>{_NUMBER})\s+and\s+(?P<high>{_NUMBER})|"
    rf"(?:(?P<at_least>{_AT_LEAST})|(?P<at_most>{_AT_MOST})|(?P<above>{_MORE})|(?P<below>{_LESS}))"
    rf"\s+(?P<limit>{_NUMBER})"
    rf"|(?:(?P<later>after|later than|nach)|(?P<earlier>before|earlier than|vor)|(?P<from>from|since|ab)"
    rf"|(?P<until>until|till|by|bis))\s+(?P<clock>{_CLOCK}))",
    re.IGNORECASE,
)
_WAYS = {
    "at_least": (True, False, False), "from": (True, False, False), "above": (True, False, True),
    "later": (True, False, True), "at_most": (False, True, False), "until": (False, True, False),
    "below": (False, True, True), "earlier": (False, True, True), "between": (True, True, False),
}  # fmt: skip
"""Of each way to limit: whether the limit is the lower bound, the upper one, and whether it is itself left out."""
_NONE_LEFT = re.compile(
    r"\b(?:out of stock|not (?:in stock|available)|n['’]t in stock|sold out|none left|used up|run out|nicht (?:vorrätig"
    r"|auf lager|lieferbar)|ausverkauft)\b",
    re.IGNORECASE,
)
_LEFT = frozenset(
    content_stems("stock left quantity qty available remaining pieces inventory bestand vorrat lager menge")
)
"""The words of columns that tell how many of a thing are left."""
_BEFORE = re.compile(
    r"\b(?:(?P<below>before|earlier than|prior to|vor)|(?P<at_most>until|till|up to|by|bis(?: zum)?))\W*(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:(?P<above>after|later than|nach)|(?P<at_least>since|from|starting|seit|ab))\W*(?:the\s+)?$", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:and|to|until|till|through|bis|und|[-–])\s*(?:the\s+)?", re.IGNORECASE)
_LISTED = re.compile(
    r"\s*(?:,\s*(?:(?:and|or|und|oder)\s+)?|(?:and|or|&|und|oder)\s+)(?:(?:in|of|for|the)\s+)*", re.IGNORECASE
)
_RANGE_BEGINS = re.compile(r"\b(?:between|from|von|zwischen)\W*(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limit:
    """Bounds that a value must keep, both optional; `low` and `high` are values themselves where not `is_open`."""

    span: Span
    low: Quantity | None = None
    high: Quantity | None = None
    is_open: bool = False
    """Whether the bounds themselves are left out: `more than 5`."""
    stems: frozenset[str] = frozenset()
    """The words of its comparison and unit: they may name a column."""
    is_none_left: bool = False
    """Whether it asks for what there is nothing of, `out of stock`; a column may say that by a plain no."""

    def holds(self, value: Decimal) -> bool:
        """Whether a value keeps the bounds."""
        if self.low and (value < self.low.value or (self.is_open and value == self.low.value)):
            return False
        return not (self.high and (value > self.high.value or (self.is_open and value == self.high.value)))


@dataclass(frozen=True, slots=True)
class Times:
    """A moment, or the time from one to another, that a question asks of; `way` is "", `below`, `above` and so on."""

    span: Span
    first: Moment
    last: Moment
    way: str = ""
    listed: int = 0
    """Times that are listed together have the same number: any of them will do."""


def times_in(question: str) -> tuple[Times, ...]:
    """The times that a question asks of, in the order in which it names them."""
    found: list[Times] = []
    moments = moments_of(question)
    at = 0
    while at < len(moments):
        first = last = moments[at]
        before, way = question[: first.span.start], ""
        joined = at + 1 < len(moments) and _RANGE.fullmatch(question, first.span.end, moments[at + 1].span.start)
        if joined and _RANGE_BEGINS.search(before):
            at += 1
            last = moments[at]
            if last.year and not first.year:
                first = Moment(first.span, last.year, first.month, first.day, first.quarter)
        elif match := _BEFORE.search(before) or _AFTER.search(before):
            way = str(match.lastgroup)
        found.append(Times(Span(first.span.start, last.span.end), first, last, way))
        at += 1
    return _as_listed(found, question)


def _as_listed(found: Sequence[Times], question: str) -> tuple[Times, ...]:
    """The times, with those that are listed together marked, and in one year: `May and June 2025`."""
    told = [replace(one, listed=place) for place, one in enumerate(found)]
    for place in range(len(told) - 2, -1, -1):
        one, after = told[place], told[place + 1]
        if one.way or after.way or not _LISTED.fullmatch(question, one.span.end, after.span.start):
            continue
        told[place] = replace(one, listed=after.listed)
        if one.first == one.last and after.first.year and not one.first.year:
            moment = replace(one.first, year=after.first.year)
            told[place] = replace(told[place], first=moment, last=moment)
    return tuple(told)


def limits_in(question: str, times: Sequence[Times]) -> tuple[Limit, ...]:
    """The bounds that a question sets to values, beside its times."""
    found = [
        Limit(Span(*match.span()), high=Quantity(Decimal()), stems=_LEFT, is_none_left=True)
        for match in _NONE_LEFT.finditer(question)
    ]
    for match in _LIMITS.finditer(question):
        if any(match.start() < one.span.end and one.span.start < match.end() for one in times):
            continue
        is_low, is_high, is_open = next(bounds for name, bounds in _WAYS.items() if match[name])
        written = match["limit"] or match["clock"]
        low, high = _value(match["low"] or written), _value(match["high"] or written)
        if low and high:
            span = Span(match.start(), match.end() - _after_unit(match["high"] or written))
            stems = frozenset(content_stems(match.group()))
            found.append(Limit(span, low if is_low else None, high if is_high else None, is_open, stems))
    return tuple(found)


def _value(written: str) -> Quantity | None:
    """A number with its unit, or a time of day; what follows it and is no unit is left out."""
    parts = written.strip().rstrip(".,").split()
    for end in range(len(parts), 0, -1):
        text = " ".join(parts[:end])
        if clock := time_of(text):
            return clock
        if end == 1 or parts[-1].lower().rstrip(".") in UNITS:
            amount = amount_of(text)
            if amount is None and (number := number_in_words(parts[0])) is not None:
                amount = Quantity(Decimal(number))
            if amount is not None:
                return amount
    return None


def _after_unit(written: str) -> int:
    """How many characters at the end of a limit are a word that is no unit of it: `more than 10 days late`."""
    parts = written.split()
    return len(parts[-1]) if len(parts) > 1 and parts[-1].lower().rstrip(".") not in UNITS else 0
