"""Numbers as a spreadsheet shows them: `1,204.50 €` and `19%`, not what is stored; days in ISO 8601."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<digits>(?:[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+),*)|(?P<other>.)',
    re.DOTALL,
)
_GENERAL_DIGITS = 11
_MOST_DIGITS = 15
_LARGEST = 1e12
_BESIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_PARTED = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_PLAIN = re.compile(r"(?i)general|[@#?0., ]*[#?0] ?[#?0]*/.*|.*[#?0]e[+-].*")


# openpyxl gives one of Excel's own formats without the signs that part its sections.
_UNPARTED = re.compile(r"(_\)|\\\))(?=_\()")


class _Shape(NamedTuple):
    """What stands around a number, and how many digits it has."""

    before: str
    after: str
    has_digits: bool
    least: int
    decimals: int
    optional: int
    groups: bool
    power: int


def shown(value: object, number_format: str) -> str:
    """A cell's value as it is shown; a day, a time or a span of time in ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            return value.isoformat(" ", "seconds").removesuffix(":00")
        shows = set(_BESIDE.sub("", number_format.lower()))
        precise = 10 if "d" in shows or "y" not in shows else 7 if "m" in shows else 4
        return value.date().isoformat()[:precise]
    if isinstance(value, datetime.time):
        return value.isoformat("seconds").removesuffix(":00")
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return " ".join(str(value).split()) if value is not None else ""


def _number(value: int | float, number_format: str) -> str:
    if number_format == "General":
        return _general(value)
    sections = _sections(number_format)
    at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    shape = _shape(sections[at])
    if shape is None or not abs(value) < _LARGEST:
        return _general(value)
    if not shape.has_digits:
        # Accounts show a dash for nothing; a dash would be taken for a cell that is missing.
        is_dash = value == 0 and shape.before.strip() and not re.search(r"\w", shape.before)
        return "0" if is_dash else shape.before.strip()
    exact = Decimal(repr(value)).scaleb(shape.power)
    rounded = exact.quantize(Decimal(1).scaleb(-shape.decimals), ROUND_HALF_UP)
    digits = f"{abs(rounded):{',' if shape.groups else ''}f}"
    whole, _, fraction = digits.partition(".")
    least = len(fraction) - shape.optional
    while fraction and len(fraction) > least and fraction[-1] == "0":
        fraction = fraction[:-1]
    sign = "-" if rounded < 0 else ""
    written = whole.zfill(shape.least) + ("." + fraction if fraction else "")
    return " ".join(f"{sign}{shape.before}{written}{shape.after}".split())


def _general(value: int | float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e16):
        return str(int(value))
    return f"{value:.{_GENERAL_DIGITS - 1}g}"


@lru_cache(maxsize=1000)
def _sections(number_format: str) -> list[str]:
    """What it says of numbers above zero, below it, and of zero."""
    return _PARTED.split(_UNPARTED.sub(r"\1;", number_format or "General"))


@lru_cache(maxsize=1000)
def _shape(section: str) -> _Shape | None:
    """What a section of a number format says; None where the number is shown as it is.

    A number below zero has a minus, also where it is shown in brackets.
    """
    if _PLAIN.fullmatch(section):
        return None
    before, digits, after, power = "", "", "", 0
    for token in _TOKENS.finditer(section):
        words = token["quoted"] or token["escaped"] or token["other"] or ""
        if token["bracket"] and token["bracket"].startswith("$"):
            words = token["bracket"][1:].split("-")[0]
        if token["digits"]:
            digits = digits or token["digits"]
            continue
        power += 2 * (token["other"] == "%")
        words = "" if words in ("(", ")", "-") and "0" in section else words
        if digits:
            after += words
        else:
            before += words
    whole, _, fraction = digits.rstrip(",").partition(".")
    fraction = fraction[:_MOST_DIGITS]
    return _Shape(
        before=before,
        after=after,
        has_digits=bool(digits.strip("?")),
        least=min(whole.count("0"), _MOST_DIGITS),
        decimals=len(fraction),
        optional=len(fraction) - len(fraction.rstrip("#?")),
        groups="," in whole,
        power=power - 3 * (len(digits) - len(digits.rstrip(","))),
    )
