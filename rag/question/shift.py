"""The year or the month before or after one that is named: `the year before` after `in 2023` is 2022."""

import calendar
import re

_RELATIVE = re.compile(
    r"\W*(?:(?:and|what about|how about|in)\b\s*)*(?:the |a |one )?"
    r"(?:(?P<first>previous|last|preceding|next|following) )?"
    r"(?P<unit>year|month)(?: (?P<then>before|earlier|after|later))?(?: that)?\W*",
    re.IGNORECASE,
)
_BACK = frozenset("previous last preceding before earlier".split())
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_MONTHS = [*calendar.month_name][1:]
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")


def shifted(question: str, earlier: str) -> str | None:
    """The earlier question with its time moved as this one says; None where it says no such thing, or there is none."""
    found = _RELATIVE.fullmatch(question)
    direction = found and (found["first"] or found["then"])
    years, months = list(_YEAR.finditer(earlier)), list(_MONTH.finditer(earlier))
    if not found or not direction or len(years) > 1 or len(months) > 1:
        return None
    step = -1 if direction.lower() in _BACK else 1
    if found["unit"].lower() == "year":
        return _put(earlier, years[0], str(int(years[0].group()) + step)) if years else None
    if not months:
        return None
    place = _MONTHS.index(months[0].group()) + step
    moved = earlier
    if years and place not in range(12):  # the year comes after the month, and is moved first
        moved = _put(moved, years[0], str(int(years[0].group()) + step))
    return _put(moved, months[0], _MONTHS[place % 12])


def _put(text: str, found: re.Match[str], words: str) -> str:
    return text[: found.start()] + words + text[found.end() :]
