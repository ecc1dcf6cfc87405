"""Which part of the library a person means, checked: what matches nothing is told before anything is searched."""

from collections.abc import Sequence
from datetime import date

from rag.domain import Period, Within
from rag.errors import InputError
from rag.library.catalog import Catalog
from rag.text.dates import period_named

_MOST_NAMES = 50
_LONGEST_NAME = 500


def scope_of(
    catalog: Catalog,
    *,
    only: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> Within:
    """The documents meant; raises InputError where a date is none, or where no document is meant.

    Each of `only` names documents by a file or folder, a tag, or words of an outlet or a title: any of them will do.
    `since` and `until` are days, months or years, each whole; `as_of` is a day.
    """
    first, last = _named("since", since), _named("until", until)
    published = Period(first.first if first else None, last.last if last else None) if first or last else None
    within = Within(published=published, as_of=_day(as_of), only=tuple(only))
    if len(only) > _MOST_NAMES or any(len(name) > _LONGEST_NAME for name in only):
        raise InputError(
            f"Name at most {_MOST_NAMES} parts of the library, each with at most {_LONGEST_NAME} characters."
        )
    for name in only:
        if not name.strip() or not catalog.holds_any(Within(only=(name,))):
            raise InputError(
                f"No document fits '{name}'. Name a file or folder as the library shows it, a tag, or words of an "
                "outlet or a title."
            )
    if published and not catalog.holds_any(Within(published=published, only=within.only)):
        ends = [f"since {since}" if since else "", f"until {until}" if until else ""]
        among = "None of these documents" if only else "No document"
        raise InputError(f"{among} says that it was published {' '.join(filter(None, ends))}. Choose other days.")
    return within


def _named(end: str, written: str | None) -> Period | None:
    if written is None:
        return None
    period = period_named(written)
    if period is None:
        raise InputError(f"'{written}' is no day, month or year for {end}. Write it like 2025-05-30, 2025-05 or 2025.")
    return period


def _day(written: str | None) -> str | None:
    try:
        return None if written is None else date.fromisoformat(written).isoformat()
    except ValueError:
        raise InputError(f"'{written}' is no day. Write it like 2025-05-30.") from None
