"""Days, months, quarters and years that a text names, in any usual form: `17 April 2025`, `2025-04-17`, `17.4.2025`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.domain import Span

# The months of English, German, French and Spanish by how they begin.
_MONTHS = {
    beginning: month
    for month, beginnings in enumerate(
        (
            "jan ene", "feb fév fev", "mar mär mrz", "apr avr abr", "may mai", "jun juin", "jul juil",
            "aug aoû aou ago", "sep", "oct okt", "nov", "dec dez déc dic",
        ),
        1,
    )
    for beginning in beginnings.split()
}  # fmt: skip
_NAMES = (
    r"jan(?:uary|uar|vier)?|enero|feb(?:ruary|ruar|rero)?|f[ée]vrier|mar(?:ch|s|zo)?|märz|mrz|apr(?:il)?|avril|abril"
    r"|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|août|agosto"
    r"|sept?(?:ember)?|septembre|septiembre|oct(?:ober)?|okt(?:ober)?|octobre|octubre|nov(?:ember)?|novembre|noviembre"
    r"|dec(?:ember)?|dez(?:ember)?|d[ée]cembre|diciembre"
)
_MONTH = rf"(?P<month>{_NAMES})\.?(?![\w’'])"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_NO_RANGE = r"-\d(?!(?<=-1)[5-9]\d\d(?!\d)|(?<=-2)0\d\d(?!\d))"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\w-]){_YEAR}-(?P<number>\d\d)(?:-(?P<day>\d\d))?(?![\w-])",
        r"(?<![\d./-])(?P<day>\d{1,2})[./](?P<number>\d{1,2})[./](?P<year>(?:1[5-9]|20)\d\d)(?![\d/-])",
        r"(?<![\w./-])(?P<number>0[1-9]|1[0-2]|[1-9](?=/))[./](?P<year>(?:1[5-9]|20)\d\d)(?![\w/-]|[.,]\d)",
        rf"(?<![\w.,]){_DAY}\s+(?:of\s+|de\s+)?{_MONTH}(?:,?\s+(?:of\s+|de\s+)?{_YEAR}(?!\d))?",
        rf"(?<!\w){_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.,]*\d)(?:,?\s+{_YEAR}(?!\d))?",
        rf"(?<!\w){_MONTH},?\s+(?:of\s+|de\s+)?{_YEAR}(?!\d)",
        rf"(?<!\w)q(?P<quarter>[1-4])(?:[\s/-]*{_YEAR}(?!\d))?(?!\w)",
        rf"(?<!\w)(?P<ordinal>first|second|third|fourth)\s+quarter(?:\s+(?:of\s+)?{_YEAR}(?!\d))?",
        rf"(?<!\w){_MONTH}",
        rf"(?<![\w.,/£$€-]){_YEAR}(?![\w,/]|\.\d|{_NO_RANGE})",
        rf"(?<=[12]\d\d\d[-–/]){_YEAR}(?![\w,]|\.\d|{_NO_RANGE})",
    )
)
_ORDINALS = "first second third fourth".split()
# `may` and `mar` and their like are other words, save written large where a month can stand.
_ALSO_WORDS = frozenset("may mar jan jun jul dec sept ago mars mai march".split())
_BEFORE_A_MONTH = re.compile(
    r"(?:\b(?:in|of|for|last|next|since|until|till|early|mid|late|from|to|and|between|by|during|through|what about"
    r"|how about|im|seit|bis|vom|zum|ab|für|en|de)|[-–,(/:;|]|^[\d.()]*)\s*$",
    re.IGNORECASE,
)

_NUMBERING = " 0123456789.()"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month, quarter or year, as precisely as it is named; `span` is where."""

    span: Span
    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    def agrees(self, other: "Moment") -> bool:
        """Whether nothing that both name differs, and both name something in common."""
        pairs = [(mine, theirs) for mine, theirs in zip(self._parts, other._parts, strict=True) if mine and theirs]
        return bool(pairs) and all(mine == theirs for mine, theirs in pairs)

    def is_named_by(self, other: "Moment") -> bool:
        """Whether the other one names all that this one does, and the same: 17 April 2025 names April."""
        return all(not mine or mine == theirs for mine, theirs in zip(self._parts, other._parts, strict=True))

    @property
    def _parts(self) -> tuple[int | None, ...]:
        quarter = self.quarter or (self.month and (self.month + 2) // 3)
        return self.year, self.month, self.day, quarter


def moments_of(text: str) -> list[Moment]:
    """The moments that a text names, in order. A bare year counts; `may` only where a month can stand."""
    taken: list[Span] = []
    found = []
    for form in _FORMS:
        for match in form.finditer(text):
            span = Span(*match.span())
            if any(span.start < other.end and other.start < span.end for other in taken):
                continue
            moments = list(_moments(match, text))
            found += moments
            if moments:
                taken.append(span)
    return sorted(found, key=lambda moment: moment.span)


def _moments(match: re.Match[str], text: str) -> Iterator[Moment]:
    groups = match.groupdict()
    span = Span(*match.span())
    year = int(groups["year"]) if groups.get("year") else None
    day = int(groups["day"]) if groups.get("day") else None
    if groups.get("quarter") or groups.get("ordinal"):
        quarter = int(groups["quarter"]) if groups.get("quarter") else _ORDINALS.index(groups["ordinal"].lower()) + 1
        yield Moment(span, year, quarter=quarter)
        return
    month = int(groups["number"]) if groups.get("number") else None
    if named := groups.get("month"):
        if day is None and year is None and not _is_month(named, text, match.start()):
            return
        lowered = named.lower()
        month = next(_MONTHS[lowered[:length]] for length in (4, 3) if lowered[:length] in _MONTHS)
    if day and month and month > 12 >= day:
        day, month = month, day
    if (month or 1) <= 12 and (day or 1) <= 31 and (month or year):
        yield Moment(span, year, month, day)


_TITLED = re.compile(rf" (?:{_NAMES})\b", re.IGNORECASE)


def _is_month(named: str, text: str, at: int) -> bool:
    """Whether the bare name of a month is one; `March` at the beginning of a sentence may be."""
    if named.lower() not in _ALSO_WORDS:
        return not named.islower() or len(named) > 3
    before, after = text[:at].strip(_NUMBERING), text[at + len(named) :]
    if re.match(r" [A-Z][a-z]", after) and not _TITLED.match(after):
        return False  # `May Smith`
    if not before and re.match(r"\s+\w", after):
        return False  # `May I …`
    return named[0].isupper() and _BEFORE_A_MONTH.search(text[:at]) is not None
