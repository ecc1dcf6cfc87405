"""What a question wants computed: how many, the total, the highest; of which things, and within which limits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rag.domain import Span
from rag.text.moments import Moment, moments_of
from rag.text.numbers import number_in_words
from rag.text.quantities import UNITS, Quantity, amount_of, time_of
from rag.text.words import content_stems, words

COUNT, SUM, AVERAGE, HIGHEST, LOWEST, DAYS = "count", "sum", "average", "highest", "lowest", "days between"
LOOK_UP = "look-up"
"""What is left of a sum over one cell: the cell says it itself."""

_COUNT = re.compile(r"\b(?:how many|the number of|number of|wie viele)\b", re.IGNORECASE)
_SUM = re.compile(
    r"\b(?:in total|the total|total|sum of|sum|altogether|overall|together|combined|in all|adds? up to|insgesamt)\b",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(?:on average|average|mean|im durchschnitt|durchschnittlich)\b", re.IGNORECASE)
_DAYS = re.compile(
    r"\bhow (?:many days|long)\b[^?]*\b(?:between|from)\b[^?]*\b(?:and|to|until|till)\b|\bhow many days after\b",
    re.IGNORECASE,
)
_HOW_MUCH_OVER = re.compile(r"\bhow much\b[^?]*\b(?:from|between)\b", re.IGNORECASE)

MONEY, BIRTH, LENGTH, HEIGHT, WEIGHT, WHEN, PACE, HEAT = "money birth length height weight when pace heat".split()
_OLD = {"oldest": LOWEST, "older": LOWEST, "elder": LOWEST, "eldest": LOWEST, "youngest": HIGHEST, "younger": HIGHEST}
_SUPERLATIVES: dict[str, tuple[str, str]] = {
    **dict.fromkeys("most more highest higher largest larger biggest bigger greatest greater".split(), (HIGHEST, "")),
    **dict.fromkeys("least less fewest fewer lowest lower smallest smaller".split(), (LOWEST, "")),
    **dict.fromkeys(("most expensive", "more expensive", "dearest", "dearer", "priciest"), (HIGHEST, MONEY)),
    **dict.fromkeys(("least expensive", "less expensive", "cheapest", "cheaper"), (LOWEST, MONEY)),
    **{word: (way, BIRTH) for word, way in _OLD.items()},
    **dict.fromkeys(("longest", "longer"), (HIGHEST, LENGTH)),
    **dict.fromkeys(("shortest", "shorter"), (LOWEST, LENGTH)),
    **dict.fromkeys(("tallest", "taller"), (HIGHEST, HEIGHT)),
    **dict.fromkeys(("heaviest", "heavier"), (HIGHEST, WEIGHT)),
    **dict.fromkeys(("lightest", "lighter"), (LOWEST, WEIGHT)),
    **dict.fromkeys(("fastest", "faster", "quickest", "quicker"), (LOWEST, PACE)),
    **dict.fromkeys(("slowest", "slower"), (HIGHEST, PACE)),
    **dict.fromkeys(("hottest", "warmest", "hotter", "warmer"), (HIGHEST, HEAT)),
    **dict.fromkeys(("coldest", "coolest", "colder", "cooler"), (LOWEST, HEAT)),
    **dict.fromkeys(("earliest", "earlier", "first"), (LOWEST, WHEN)),
    **dict.fromkeys(("latest", "later", "last", "most recent", "most recently", "newest"), (HIGHEST, WHEN)),
}
_SUPERLATIVE = re.compile(
    rf"\b(?:{'|'.join(sorted(_SUPERLATIVES, key=len, reverse=True))})\b(?! than\b)", re.IGNORECASE
)
HINTED = {
    MONEY: "price cost fee amount rent premium charge fare total sum value rate salary due preis kosten betrag",
    BIRTH: "born birth birthday age geboren alter planted built founded established erected made installed year",
    LENGTH: "length long duration minute hour time day distance kilometre metre km min h dauer länge",
    HEIGHT: "height tall high metre altitude höhe",
    WEIGHT: "weight heavy kg gewicht",
    WHEN: "date day time year when born opened founded started begin on at datum",
    PACE: "time duration minute speed zeit",
    HEAT: "temperature degree heat",
}
"""Words of the columns that a superlative may mean."""
_EARNING = "paid in credit income deposit received earned salary eingang gutschrift"
_SPENDING = (
    "paid out debit payment spent expense withdrawal amount cost price total due paid ausgang lastschrift betrag"
)
_SPENDS = re.compile(r"\b(?:spend|spent|spending|pay|paid|cost|costs|expenses|ausgegeben|bezahlt)\b", re.IGNORECASE)
_EARNS = re.compile(r"\b(?:earn|earned|receive|received|income|get paid|got paid|verdient)\b", re.IGNORECASE)

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
_ALTERNATIVES = re.compile(
    r"[,:]\s*(?P<listed>[^,:?]+(?:,[^,:?]+)*?,?\s+(?:or|oder)\s+[^,:?]+)\s*\??\s*$"
    r"|\b(?:is|was|are|were|costs?|has|have|does|did)\s+(?P<two>[^,?]+?\s+or\s+[^,?]+?)\s*\??\s*$",
    re.IGNORECASE,
)
_NOUN_ENDS = re.compile(
    r"\b(?:are|is|was|were|be|been|do|does|did|has|have|had|can|could|may|will|would|there|in|on|at|of|from|to|with|for"
    r"|by|we|i|you|he|she|it|they|that|which|who|came|come|went|got|get|took|cost|sind|hat|haben|gibt)\b|[?,.;:]",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    rf"\b(?:which|what|whose)\s+(?:of the (?:\w+ )?)?(?P<noun>(?:(?!{_NOUN_ENDS.pattern})\S+\s+){{1,3}})", re.IGNORECASE
)
"""The things that one is chosen from: `which branch`, `in what month`."""


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


@dataclass(frozen=True, slots=True)
class Operation:
    """What is to be computed, with the words of the question that say it taken out of what is left to match."""

    name: str
    word: str = ""
    """The superlative as the question has it."""
    hint: str = ""
    noun: tuple[str, ...] = ()
    """The stems of what is counted, or of what one is chosen from."""
    measured: tuple[str, ...] = ()
    """The stems of what a superlative is said of: `the most boats`, `the highest fine`."""
    limits: tuple[Limit, ...] = ()
    times: tuple[Times, ...] = ()
    alternatives: tuple[str, ...] = ()
    left: str = ""
    """The question without the words of the operation, its limits and its times."""
    money: str = ""
    """The words of columns of money that the question's verb means: spent, or earned."""


def operation_of(question: str) -> Operation | None:
    """What a question wants computed; None where it wants nothing of the kind."""
    alternatives, cut = _alternatives(question)
    times = _times(question)
    limits = _limits(question, times)
    spans = [*(one.span for one in limits), *(one.span for one in times)]
    if cut and (superlative := _SUPERLATIVE.search(question[: cut.start])):
        spans.append(cut)
        name, hint = _SUPERLATIVES[superlative.group().lower()]
        return _operation(question, name, superlative, spans, limits, times, hint=hint, alternatives=alternatives)
    for name, asks in ((DAYS, _DAYS), (COUNT, _COUNT), (AVERAGE, _AVERAGE)):
        match = asks.search(question)
        if match and name == COUNT and _AVERAGE.search(question):
            continue
        if match:
            return _operation(question, name, match, spans, limits, times)
    for match in _SUPERLATIVE.finditer(question):
        if not any(one.start <= match.start() < one.end for one in spans):
            name, hint = _SUPERLATIVES[match.group().lower()]
            return _operation(question, name, match, spans, limits, times, hint=hint)
    if match := _SUM.search(question):
        return _operation(question, SUM, match, spans, limits, times)
    if times and times[0].first != times[0].last and (match := _HOW_MUCH_OVER.search(question)):
        return _operation(question, SUM, None, spans, limits, times)
    return None


def _operation(
    question: str,
    name: str,
    match: re.Match[str] | None,
    spans: list[Span],
    limits: tuple[Limit, ...],
    times: tuple[Times, ...],
    *,
    hint: str = "",
    alternatives: tuple[str, ...] = (),
) -> Operation:
    taken = list(spans)
    noun: tuple[str, ...] = ()
    if match and name != DAYS:
        taken.append(Span(*match.span()))
    taken += [Span(*one.span()) for asks in (_SUM, _AVERAGE) for one in asks.finditer(question)]
    if match and name == COUNT:
        after = question[match.end() :]
        end = min([len(after), *(one.start - match.end() for one in spans if one.start >= match.end())])
        noun = tuple(content_stems(after[: min(end, found.start())] if (found := _NOUN_ENDS.search(after)) else after))
    if asked := _ASKED_FOR.search(question) if name in (HIGHEST, LOWEST) else None:
        noun = tuple(one for one in content_stems(asked["noun"]) if one not in _SUPERLATIVES)
    measured: tuple[str, ...] = ()
    if match and name in (HIGHEST, LOWEST) and not hint:
        after = question[match.end() :]
        measured = tuple(content_stems(after[: found.start()] if (found := _NOUN_ENDS.search(after)) else after))
    left = question
    for span in sorted(set(taken), reverse=True):
        left = f"{left[: span.start]} {left[span.end :]}"
    money = _SPENDING if _SPENDS.search(question) else _EARNING if _EARNS.search(question) else ""
    word = match.group().lower() if match and name in (HIGHEST, LOWEST) else ""
    return Operation(name, word, hint, noun, measured, limits, times, alternatives, left, money)


def _alternatives(question: str) -> tuple[tuple[str, ...], Span | None]:
    """The things that a question lets choose from: `Who was born first, Ann or Bo?`, and where they stand."""
    match = _ALTERNATIVES.search(question)
    if match is None:
        return (), None
    group = "listed" if match["listed"] else "two"
    named = re.split(r"\s*,\s*(?:or|oder)?\s*|\s+(?:or|oder)\s+", match[group])
    plain = tuple(re.sub(r"^(?:the|a|an|der|die|das)\s+", "", one, flags=re.IGNORECASE).strip() for one in named if one)
    return (plain, Span(*match.span(group))) if len(plain) > 1 and all(plain) else ((), None)


def _times(question: str) -> tuple[Times, ...]:
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


def _limits(question: str, times: tuple[Times, ...]) -> tuple[Limit, ...]:
    found = []
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


def plain_words(operation: Operation) -> list[str]:
    """The words that are left of a question, as it writes them."""
    return words(operation.left)
