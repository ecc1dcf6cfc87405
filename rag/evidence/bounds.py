"""What a claim bounds (`more than 20`, `before May 2020`), said with the number or day that a text gives for it.

Whether 22 is more than 20 is computed; what a model is asked is whether the text says 22.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from rag.domain import Span
from rag.evidence.exact import Wording
from rag.text.moments import Moment, moments_of
from rag.text.numbers import Number, numbers_of
from rag.text.quantities import UNITS
from rag.text.words import STOPWORDS, stem, words

_MOST = 4
"""So many ways to say a claim with numbers of a text are tried."""
_NO = r"(?:no|not|never)\s+"
_LEAST = rf"at least|{_NO}(?:less|fewer|lower) than|a minimum of"
_MORE = r"(?:more|greater|higher|larger) than|over|above|exceed(?:s|ed|ing)|in excess of|upwards of"
_AT_MOST = rf"at most|up to|{_NO}(?:more|greater|higher|larger) than|a maximum of"
_LESS = r"(?:less|fewer|lower|smaller) than|under|below"
_NEARLY = r"nearly|almost|close to|just under"
_AMOUNTS = re.compile(
    rf"\b(?:(?P<least>{_LEAST})|(?P<most>{_AT_MOST})|(?P<more>{_MORE})|(?P<less>{_LESS}|{_NEARLY}))\s+(?:[£€$]\s?)?$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b(?:(?P<most>{_NO}later than)|(?P<less>before|prior to|earlier than)|(?P<more>after|later than))\s+$",
    re.IGNORECASE,
)
_LONGEST_BOUND = 24
_ASSERTED = re.compile(rf"(?:{_NEARLY})\s+$", re.IGNORECASE)
"""`Nearly 100` bounds what a text says; of a claim it says the number itself."""
_AS_OF = re.compile(r"\bas (?:of|at)\s+$", re.IGNORECASE)
_SIGNS = "£€$"
_UNIT = re.compile(rf"\s?(?:([%{_SIGNS}])|([^\W\d_]+))")


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A number or a moment of a text with the words that bound it; `span` is that of both."""

    span: Span
    what: Number | Moment
    unit: str = ""
    is_upper: bool | None = None
    """Whether it is less than this, or more; None where nothing bounds it."""
    is_met_at: bool = False
    """Whether the number itself is within the bound."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text gives, and how many words it shares with the claim."""

    text: str
    shared: int
    bounded: tuple[_Bounded, ...]


def told_exactly(claim: str, texts: Sequence[str]) -> list[str]:
    """A claim with what statements give in the place of its bounds, the nearest first: `more than 20` as `22`.

    Those statements count that share most words with it. A claim that bounds nothing, or of which they have no number,
    stays; empty where no number is within.
    """
    bounds = [one for one in _bounded(claim) if one.is_upper is not None and not _is_asserted(claim, one)]
    if not bounds or Wording.of(claim).is_negated:
        return [claim]
    bounds.sort(key=lambda one: one.span)
    asked = {token for token in Wording.of(claim).matter if not token[0].isdigit()}
    told = [_Told(text, len(asked & set(Wording.of(text).tokens)), tuple(_bounded(text))) for text in texts]
    ways = [list(_ways(one, told, claim)) for one in bounds]
    return [_said(claim, bounds, chosen) for chosen in islice(product(*ways), _MOST)]


def _is_asserted(claim: str, bound: _Bounded) -> bool:
    return _ASSERTED.search(claim, bound.span.start, bound.what.span.start) is not None


def _ways(bound: _Bounded, told: Sequence[_Told], claim: str) -> Iterator[str]:
    """What may stand in a bound's place; itself where the texts have nothing of the kind, or bound it so too."""
    alike = [(each, one) for each in told for one in each.bounded if isinstance(one.what, type(bound.what))]
    if isinstance(bound.what, Number):
        alike = [pair for pair in alike if pair[1].unit == bound.unit] or [
            (each, one) for each, one in alike if not _is_dated(one, each.bounded)
        ]
    compared = [(order, *pair) for pair in alike if (order := _order(pair[1].what, bound.what)) is not None]
    most = max((each.shared for _, each, _ in compared), default=0)
    compared = [one for one in compared if one[1].shared == most]
    if not compared or (not most and len(told) > 1):
        yield bound.span.of(claim)
        return
    if isinstance(bound.what, Number):  # of `more than 20 boats`, `fewer than 20 boats` decides, and no other number
        compared = [one for one in compared if not one[0]] or compared
    before = "" if isinstance(bound.what, Number) or _AS_OF.search(claim[: bound.span.start]) else "on "
    within = sorted((one for one in compared if _is_met(bound, one[2], one[0])), key=lambda one: abs(one[0]))
    yield from dict.fromkeys(
        bound.span.of(claim) if not order and one.is_upper is not None else _written(one, each.text, before)
        for order, each, one in within
    )


def _written(one: _Bounded, text: str, before: str) -> str:
    if isinstance(one.what, Moment) and before and not one.what.day:
        before = "in "
    sign = text[one.what.span.start - 1 : one.what.span.start]
    return before + (sign if sign and sign in _SIGNS else "") + one.what.span.of(text).rstrip(".")


def _is_met(bound: _Bounded, told: _Bounded, order: float) -> bool:
    if told.is_upper is not None and told.is_upper is not bound.is_upper:
        return False
    if told.is_upper and told.is_met_at and bound.is_met_at:
        return not order  # what is paid up to 300 is not paid up to 400
    if not order:
        return bound.is_met_at or (told.is_upper is bound.is_upper and not told.is_met_at)
    return (order < 0) is bound.is_upper


def _order(told: Number | Moment, bound: Number | Moment) -> float | None:
    """How much more a text's number or moment is than a bound; None where that cannot be told."""
    if isinstance(told, Number) and isinstance(bound, Number):
        return min((one - other for one in told.values for other in bound.values), key=abs)
    if isinstance(told, Moment) and isinstance(bound, Moment):
        return _days_between(told, bound)
    return None


def _days_between(told: Moment, bound: Moment) -> float | None:
    """About how many days one moment is after another, as far as both are named."""
    pairs = ((told.year, bound.year, 365), (told.month, bound.month, 31), (told.day, bound.day, 1))
    is_finer = True
    found: float | None = None
    for mine, theirs, days in pairs:
        if theirs is None:
            continue
        if mine is None:
            is_finer = found is None  # a year that one of them leaves out is the same
            continue
        found = (found or 0.0) + (mine - theirs) * days
        if found:
            return found
    return found if is_finer else None


def _is_dated(number: _Bounded, told: Sequence[_Bounded]) -> bool:
    return any(isinstance(one.what, Moment) and number.what.span.within(one.what.span) for one in told)


def _said(claim: str, bounds: Sequence[_Bounded], chosen: Sequence[str]) -> str:
    for bound, written in zip(reversed(bounds), reversed(chosen), strict=True):
        claim = claim[: bound.span.start] + written + claim[bound.span.end :]
    return claim


def _bounded(text: str) -> Iterator[_Bounded]:
    """The numbers and moments of a text with what bounds them."""
    for number in numbers_of(text):
        yield _found(text, number, _AMOUNTS, _unit(text, number))
    for moment in moments_of(text):
        if not _AMOUNTS.search(text[max(0, moment.span.start - _LONGEST_BOUND) : moment.span.start]):
            yield _found(text, moment, _TIMES)  # `more than 1850 cases` is no year


def _found(text: str, what: Number | Moment, bounds: re.Pattern[str], unit: str = "") -> _Bounded:
    start = max(0, what.span.start - _LONGEST_BOUND)
    match = bounds.search(text[start : what.span.start])
    if match is None:
        return _Bounded(what.span, what, unit)
    kind = match.lastgroup or ""
    return _Bounded(
        Span(start + match.start(), what.span.end), what, unit, kind in ("most", "less"), kind in ("most", "least")
    )


def _unit(text: str, number: Number) -> str:
    """What a number counts: money, a share or a measure, or the next word that is none of the usual ones."""
    sign = text[number.span.start - 1 : number.span.start]
    if sign and sign in _SIGNS:
        return UNITS[sign]
    after = _UNIT.match(text, number.span.end)
    if after is None:
        return ""
    if after[1]:
        return UNITS[after[1]]
    counted = next((word for word in words(text[number.span.end :])[:2] if word.lower() not in STOPWORDS), "")
    return UNITS.get(counted.lower()) or stem(counted)
