"""Dates as documents write them, in ISO 8601 to the precision stated."""

import re
from datetime import datetime

from dateutil import parser

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)(?:[T ]\d.*)?\s*$", re.DOTALL)
_PDF = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
WRITTEN_DATE = (
    rf"(?:\d{{4}}-\d\d-\d\d|{_DAY}(?:\s+of)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+{_DAY},?\s+\d{{4}}|{_MONTH},?\s+\d{{4}})"
)
"""A pattern for dates that name their month or are ISO, so that they cannot be mistaken for other numbers."""
# dateutil fills what is missing from a default: what follows the default was not stated.
_DEFAULTS = (datetime(1903, 1, 1), datetime(1904, 2, 2))
_YEARS = range(1400, 2200)
_LONGEST = 80


def iso_date(written: object) -> str | None:
    """`May 30, 2025 12:02 PM` gives `2025-05-30`, `May 2025` gives `2025-05`.

    None for what is no date, states no year, or can be read two ways (`03/04/2025`). Never filled from today.
    """
    text = str(written or "").strip()
    if not text or len(text) > _LONGEST or not re.search(r"\d{4}", text):
        return None
    numeric = _PDF.match(text) or _ISO.match(text)
    if numeric:
        return _checked(*(int(part) for part in numeric.groups() if part))
    readings = set()
    for dayfirst in (False, True):
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
