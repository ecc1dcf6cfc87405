"""Amounts with their units, days and times, as cells and sentences write them: `(76.80)`, `1.204,50 €`, `7:15`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rag.domain import Span
from rag.text.moments import moments_of
from rag.text.numbers import number_in_words

DAY, TIME = "day", "time"
"""The units of days, as their ordinals, and of times of day or of a race, in seconds."""
CURRENCIES = {
    "EUR": "€ eur euro euros",
    "GBP": "£ gbp pound pounds",
    "USD": "$ usd us$ dollar dollars",
    "CHF": "chf sfr franken francs",
    "JPY": "¥ jpy yen",
}
_OTHER_UNITS = {
    "%": "% percent pct",
    "m": "m metre metres meter meters",
    "km": "km kilometre kilometres kilometer kilometers",
    "cm": "cm centimetre centimetres",
    "min": "min mins minute minutes",
    "h": "h hr hrs hour hours std stunden",
    "days": "d day days tage",
    "weeks": "week weeks wochen",
    "months": "month months monate",
    "years": "year years yr yrs jahre",
    "m3": "m3 m³",
    "m2": "m2 m² sqm",
    "kg": "kg kilogram kilograms kilos",
    "g": "g gram grams gramme grammes",
    "l": "l litre litres liter liters",
    "ml": "ml",
    "kWh": "kwh",
}
UNITS = {word: unit for unit, words in (CURRENCIES | _OTHER_UNITS).items() for word in words.split()}
_BLANK = re.compile(r"[-–—.]*|n\s?/\s?a\.?|none|nil|unknown|tbd|tba|k\. ?a\.?", re.IGNORECASE)
_SIGN = "[-−–+]"
_FIGURE = r"\d+(?:[.,'’\u00a0\u202f\u2009 ]?\d+)*"
_UNIT = r"[€£$¥%]|us\$|[^\W\d_]+[²³23]?(?:/[^\W\d_]+)?"
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>{_SIGN})?\s*(?:(?P<before>{_UNIT})\s*)?(?P<inner>{_SIGN})?\s*(?P<figure>{_FIGURE})"
    rf"\s*(?:(?P<after>{_UNIT})\.?(?P<more>(?:\s+[^\W\d_]+){{0,3}}))?\s*(?P<trailing>-)?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(
    rf"(?<![\w.,/-])(?:(?P<before>[€£$¥]|us\$|eur|gbp|usd|chf)\s*)?(?P<figure>{_FIGURE})(?![\w/-])"
    rf"(?:[\s\u00a0-]?(?P<scale>million|thousand|billion)\b)?(?:\s?(?P<after>[€£$¥%]|[^\W\d_]+[²³23]?\b))?",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(r"\b(?P<number>[a-z]+(?:-[a-z]+)?)[ -](?P<unit>[a-z]+)\b", re.IGNORECASE)
_DAYS = {
    "min": Decimal(1) / 1440,
    "h": Decimal(1) / 24,
    "days": Decimal(1),
    "weeks": Decimal(7),
    "months": Decimal("30.44"),
    "years": Decimal("365.25"),
}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?:h|uhr))?"
    r"|(?P<only>\d{1,2})\s*(?P<half_of>[ap]\.?m\.?)",
    re.IGNORECASE,
)
_COMMA_DECIMAL = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3},\d|\d,\d{4}")
_POINT_DECIMAL = re.compile(r"\d\.\d{1,2}(?!\d)|\d,\d{3}\.\d|\d\.\d{4}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a cell comes to: an amount of its unit (`EUR`, `kWh`, `%`), a day or a time."""

    value: Decimal
    unit: str = ""
    mark: str = ""
    """`CR` or `DR`, where it is written behind the amount."""
    last: Decimal | None = None
    """Of a month or a year, the ordinal of its last day."""


def is_blank(cell: str) -> bool:
    """Whether a cell says that it holds nothing: `-`, `n/a`."""
    return _BLANK.fullmatch(cell.strip()) is not None


def has_decimal_comma(texts: Sequence[str]) -> bool:
    """Whether numbers are written as `1.204,50`: the texts of one table or document tell it together."""
    amounts = [text for text in texts if _AMOUNT.fullmatch(text.strip()) and not moments_of(text)]
    commas = sum(_COMMA_DECIMAL.search(text) is not None for text in amounts)
    return commas > sum(_POINT_DECIMAL.search(text) is not None for text in amounts)


def amount_of(cell: str, *, comma: bool = False) -> Quantity | None:
    """What a cell amounts to where it is an amount and nothing else; with a decimal `comma`, `1.204` is above 1000."""
    plain, mark = _unmarked(cell.strip())
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        words = plain.split()
        value = number_in_words(words[0]) if 1 <= len(words) <= 3 else None
        return None if value is None else Quantity(Decimal(value), unit_of(" ".join(words[1:])))
    value_of = _figure(match["figure"], comma=comma)
    if value_of is None or (match["before"] and match["before"].lower() not in UNITS):
        return None
    if match["after"] and match["after"].lower() not in UNITS and match["more"].strip():
        return None
    is_negative = bool(match["open"] and match["close"]) or any(
        match[sign] not in (None, "+") for sign in ("sign", "inner", "trailing")
    )
    unit = unit_of(match["before"] or "") or unit_of(match["after"] or "")
    return Quantity(-value_of if is_negative else value_of, unit, mark)


def _unmarked(cell: str) -> tuple[str, str]:
    for mark in ("CR", "DR"):
        if re.search(rf"\d\)?\s*{mark}$", cell, re.IGNORECASE):
            return cell[: -len(mark)].rstrip(), mark
    return cell, ""


def unit_of(written: str) -> str:
    """A unit in its one form: `euros` and `€` are `EUR`; as it is written where it is none of the usual ones."""
    return UNITS.get(written.strip().lower().rstrip("."), written.strip())


def day_of(text: str) -> Quantity | None:
    """The day, month or year that a text names, where it names just one."""
    named = [moment for moment in moments_of(text) if moment.year]
    if len(named) != 1:
        return None
    moment = named[0]
    assert moment.year is not None
    month = moment.month or (moment.quarter or 0) * 3 - 2
    try:
        first = date(moment.year, max(month, 1), moment.day or 1)
    except ValueError:
        return None
    length = 1 if moment.day else 28 if moment.month else 89 if moment.quarter else 364
    return Quantity(Decimal(first.toordinal()), DAY, last=Decimal(first.toordinal() + length - 1))


def time_of(cell: str) -> Quantity | None:
    """A time of day, or one that was run, where the cell is nothing else."""
    match = _CLOCK.fullmatch(cell.strip())
    if match is None:
        return None
    half = (match["half"] or match["half_of"] or "").lower()[:1]
    hour = int(match["hour"] or match["only"])
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    seconds = hour * 3600 + int(match["minute"] or 0) * 60 + int(match["second"] or 0)
    return Quantity(Decimal(seconds), TIME)


def amounts_in(text: str, *, comma: bool = False) -> Iterator[tuple[Span, Quantity]]:
    """The amounts of a sentence, with where they stand: `£61.20`, `48 million pounds`, `38 hours`; no days."""
    dated = [moment.span for moment in moments_of(text)]
    for match in _IN_TEXT.finditer(text):
        span = Span(*match.span("figure"))
        value = _figure(match["figure"], comma=comma)
        if value is None or any(one.start < span.end and span.start < one.end for one in dated):
            continue
        scale = _SCALES.get((match["scale"] or "").lower(), 1)
        is_unit = (match["after"] or "").lower() in UNITS
        unit = unit_of(match["before"] or "") or unit_of(match["after"] or "")
        end = match.end("after") if is_unit else match.end("scale") if match["scale"] else span.end
        begin = match.start("before") if match["before"] else span.start
        yield Span(begin, end), Quantity(value * scale, unit)
    for match in _IN_WORDS.finditer(text):
        number = number_in_words(match["number"])
        if number is not None and match["unit"].lower() in UNITS:
            yield Span(*match.span()), Quantity(Decimal(number), unit_of(match["unit"]))


def lasting(quantity: Quantity) -> Quantity | None:
    """How long a quantity lasts, in days; None for what is no time."""
    days = _DAYS.get(quantity.unit)
    return None if days is None else Quantity(quantity.value * days, "days")


def _figure(written: str, *, comma: bool) -> Decimal | None:
    """The value of digits with their marks; None for what is no number, such as a version or a phone number."""
    plain = re.sub(r"['’\u00a0\u202f\u2009 ](?=\d{3}(?!\d))", "", written)
    if not re.fullmatch(r"[\d.,]+", plain):
        return None
    point, group = (",", ".") if comma else (".", ",")
    if point not in plain and re.search(rf"\{group}\d{{1,2}}$|\{group}\d{{4,}}$", plain):
        point, group = group, point  # `76.80` in a table of commas
    whole, _, fraction = plain.partition(point)
    if point in fraction or group in fraction or not re.fullmatch(rf"\d+|\d{{1,3}}(?:\{group}\d{{3}})+", whole):
        return None
    return Decimal(f"{whole.replace(group, '')}.{fraction}" if fraction else whole.replace(group, ""))
