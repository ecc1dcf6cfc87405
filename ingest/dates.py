"""Dates as documents write them, in ISO 8601 to the precision stated."""

import re
from datetime import datetime

from dateutil import parser

# January to December in German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish, Russian and Indonesian,
# where English begins them otherwise.
_NAMES = """januar janvier enero gennaio janeiro januari stycznia января | februar février febrero febbraio fevereiro
februari lutego февраля | märz mars marzo março maart marca марта maret | avril abril aprile kwietnia апреля | mai mayo
maggio maio mei maj maja мая | juni juin junio giugno junho czerwca июня | juli juillet julio luglio julho lipca июля |
août agosto augustus augusti sierpnia августа agustus | septembre septiembre settembre setembro września сентября |
oktober octobre octubre ottobre outubro października октября | novembre noviembre novembro listopada ноября | dezember
décembre diciembre dicembre dezembro grudnia декабря desember"""
_ENGLISH = "January February March April May June July August September October November December".split()
_MONTHS = {name: month for month, names in zip(_ENGLISH, _NAMES.split("|"), strict=True) for name in names.split()}
_OTHER_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b", re.IGNORECASE)
# `4. März`, `1er mars`, `4 de marzo de 2025`.
_AROUND_MONTH = re.compile(r"(?<=\d)(?:er|º|ª)?\.?(?=\s)|\b(?:de|del|di)\b", re.IGNORECASE)
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년](?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?)?")
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)(?:[T ]\d.*)?\s*$", re.DOTALL)
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{4,6}Z?|\d{4}|\d{6})?$")
_PDF = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
MONTH = rf"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}}\.?|{_OTHER_MONTH.pattern})"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º)?"
WRITTEN_DATE = (
    rf"(?:\d{{4}}[-/]\d\d[-/]\d\d|{_DAY}\.?(?:\s+(?:of|de|di))?\s+{MONTH}(?:\s+del?)?,?\s+\d{{4}}"
    rf"|{MONTH}\s+{_DAY},?\s+\d{{4}}|{MONTH}(?:\s+de)?,?\s+\d{{4}}|\d{{4}}\s?[年년](?:\s?\d+\s?[月월](?:\s?\d+\s?[日일])?)?)"
)
"""A pattern for dates that name their month or are ISO, so that they cannot be mistaken for other numbers."""
# dateutil fills what is missing from a default: what follows the default was not stated.
_DEFAULTS = (datetime(1903, 1, 1), datetime(1904, 2, 2))
_YEARS = range(1400, 2200)
_LONGEST = 80


def iso_date(written: object, *, day_first: bool = False) -> str | None:
    """`May 30, 2025 12:02 PM` gives `2025-05-30`, `May 2025` gives `2025-05`.

    None for what is no date, states no year, or can be read two ways (`03/04/2025`), unless it is known that the day
    comes first. Never filled from today.
    """
    text = str(written or "").strip()
    if not text or len(text) > _LONGEST or not re.search(r"\d{4}", text):
        return None
    matches = (pattern.match(text) for pattern in (_PDF, _PACKED, _ISO, _EAST_ASIAN))
    numeric = next(filter(None, matches), None)
    if numeric:
        return _checked(*(int(part) for part in numeric.groups() if part))
    text = _in_english(text)
    readings = set()
    for dayfirst in (True,) if day_first else (False, True):
        try:
            found = [parser.parse(text, default=default, dayfirst=dayfirst, ignoretz=True) for default in _DEFAULTS]
        except (ValueError, OverflowError):
            return None
        readings.add((found[0].date(), found[1].date()))
    if len(readings) > 1:
        return None
    first, second = readings.pop()
    if first.year != second.year:
        return None
    if first.month != second.month:
        return _checked(first.year)
    if first.day != second.day:
        return _checked(first.year, first.month)
    return _checked(first.year, first.month, first.day)


def _checked(*parts: int) -> str | None:
    """Year, month and day as ISO 8601, as many as are given; None where there is no such date."""
    year, month, day = (*parts, 1, 1)[:3]
    try:
        datetime(year, month, day)
    except ValueError:
        return None
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in parts[1:])]) if year in _YEARS else None


def _in_english(text: str) -> str:
    if not _OTHER_MONTH.search(text):
        return text
    return _OTHER_MONTH.sub(lambda month: _MONTHS[month.group().lower()], _AROUND_MONTH.sub("", text))
