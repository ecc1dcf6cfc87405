"""Days and periods as questions name them."""

import calendar
import re
from datetime import date, timedelta
from itertools import pairwise

from rag.domain import Period, Span

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NAMED = re.compile(
    rf"(?<![\w-])(?:(?P<iso>\d{{4}}-\d\d(?:-\d\d)?)|(?:(?P<before>{_DAY})\s+(?:of\s+)?)?(?P<month>{_MONTH})"
    rf"(?:\s+(?P<after>{_DAY}))?,?\s+(?:of\s+)?(?P<year>\d{{4}})|(?<=\bin )(?P<only_year>(?:19|20)\d\d))(?![\w-])",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\b(?:before|prior to|until|till|by|up to|no later than)\s+$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:after|since|from|starting(?: in)?)\s+$", re.IGNORECASE)
_RANGE_BEGINS = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_RANGE_GOES_ON = re.compile(r"\s*(?:and|to|until|till|through|[-–])\s*", re.IGNORECASE)


def named_periods(text: str) -> list[tuple[Span, Period]]:
    """The days, months and years that a text names, in order, each with where: `before May 2025`, `on 5 May 2025`.

    A month or a day counts only with its year, and a bare year only after `in`: other numbers may be anything.
    """
    found = [(Span(*match.span()), period) for match in _NAMED.finditer(text) if (period := _period(match)) is not None]
    ranges = {
        first.start: (Span(first.start, second.end), Period(begin.first, end.last))
        for (first, begin), (second, end) in pairwise(found)
        if _RANGE_BEGINS.search(text[: first.start]) and _RANGE_GOES_ON.fullmatch(text, first.end, second.start)
    }
    inside = [span for span, _ in ranges.values()]
    return [
        ranges.get(span.start, (span, _directed(text[: span.start], period)))
        for span, period in found
        if span.start in ranges or not any(span.within(whole) for whole in inside)
    ]


def period_named(written: str) -> Period | None:
    """The days of a date, such as `2025-05-30`, `2025-05` or `2025`; None where it is none."""
    text = f"in {written.strip()}"
    return next((period for span, period in named_periods(text) if span == Span(len("in "), len(text))), None)


def widened(period: Period, *, days: int = 1) -> Period:
    """The period with some days more at both ends: time zones, and reports dated by their evening or next morning."""
    return Period(
        period.first and (date.fromisoformat(period.first) - timedelta(days)).isoformat(),
        period.last and (date.fromisoformat(period.last) + timedelta(days)).isoformat(),
    )


def _directed(before: str, period: Period) -> Period:
    if _UP_TO.search(before):
        return Period(None, period.last)
    return Period(period.first, None) if _FROM.search(before) else period


def _period(match: re.Match[str]) -> Period | None:
    """The days that a match means; None where there is no such day."""
    if match["iso"]:
        year, month, day = ([int(part) for part in match["iso"].split("-")] + [0])[:3]
    elif match["only_year"]:
        year = int(match["only_year"])
        return Period(f"{year}-01-01", f"{year}-12-31")
    else:
        named_day = match["before"] or match["after"]
        year, day = int(match["year"]), int(re.sub(r"\D", "", named_day)) if named_day else 0
        month = _MONTHS.index(match["month"][:3].lower()) + 1
    try:
        first = date(year, month, day or 1)
    except ValueError:
        return None
    return Period(first.isoformat(), first.replace(day=day or calendar.monthrange(year, month)[1]).isoformat())
