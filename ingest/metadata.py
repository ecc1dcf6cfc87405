"""Title, outlet, date and author that a plain text states about itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from ingest.dates import MONTH, WRITTEN_DATE, iso_date
from ingest.language import language_of
from ingest.outlets import copyright_owner, is_known_outlet, is_outlet, split_byline
from ingest.readers.plain_page import page_of
from ingest.stated import Stated
from ingest.titles import is_title

_HEAD_LINES, _TAIL_LINES, _HEAD_CHARACTERS = 10, 8, 4000
_HEADLINE_WITHIN = 6
_LONGEST_LINE, _LONGEST_HEADLINE = 120, 160
_LONGEST_KICKER, _LONGEST_NAME, _SHORTEST_HEADLINE = 5, 4, 4

_PUBLICATION = (
    r"(?:first |originally |date )?(?:published|publication date|posted|date|issued|released?|release date"
    r"|veröffentlicht|erschienen|publié|publicado|pubblicato|gepubliceerd|发布时间|公開日|配信)(?: online| date)?"
    r"(?: on| at| am| le| el| em| il| op)?"
)
_PUBLISHED = re.compile(rf"{_PUBLICATION}\s*[:：]\s*(.+)", re.IGNORECASE)
# Without a colon only where nothing but a date follows.
_PUBLISHED_ON = re.compile(rf"{_PUBLICATION}\s+(?!date\b)(.+)", re.IGNORECASE)
_UPDATED = re.compile(r"(?:last )?(?:updated|modified|revised)(?: on| at)?\s*[:：]?\s+(.+)", re.IGNORECASE)
_LEADING_DATE = re.compile(
    rf"\s*(?:date\s*:?\s+({WRITTEN_DATE}|\d{{4}}(?:-\d\d)?)(?![-/\w])"
    r"|(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d\S*)?\s+(?=(?-i:[A-Z\"“])))\s*",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\b(?:at|à|um|kl\.?)\s+)?\b(?:\d{1,2}(?:[:h]\d\d(?::\d\d)?|\.\d\d(?![.\d]))(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)"
    r"(?:\s+(?:on|Uhr|[A-Z]{2,4}(?:[+-]\d+)?)\b)?,?",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_DATED = re.compile(rf"{_WEEKDAY}({WRITTEN_DATE})(?!\w)", re.IGNORECASE)
_AFTER_DATE = re.compile(r"\s*[,|·•.–—-]|\s+(?:(?:at|à|um) )?\d|\s+\(?[A-Z]{2,4}\b|\s+by\b")
_NUMERIC = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}\b")
_SHORT_DATE = rf"(?:{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH})\b"
_NO_YEAR = re.compile(rf"{_WEEKDAY}{_SHORT_DATE}[\W\d]*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{{2,4}})?", re.IGNORECASE)
_AGENCY = r"(?:\(([A-Z][\w .&]{1,30})\)|/([A-Z][\w .&]{1,30})/)"
_DATELINE = re.compile(
    rf"[A-Z][A-Z .'’/-]{{2,40}}(?:,[^()/]{{0,40}})?{_AGENCY}\W{{0,3}}[-–—.]"
    rf"|[A-Z][\w .'’/-]{{1,40}},\s+(?i:{_SHORT_DATE})\.?\s*{_AGENCY}"
)
_OUTLET = re.compile(
    r"(?:source|outlet|publisher|publication|newspaper|quelle|fuente|fonte|来源|來源|出典)\s*[:：]\s*(.+)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:title|headline)\s*[:：]\s*(.+)", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:authors?|written by|story by|text by|byline)\s*[:：]\s*(.+)", re.IGNORECASE)
_NAME = r"[^\W\d_a-z][\w'’.-]*(?: (?:(?:de|van|von|der|bin|al|el|la|da|del|di|du)\b|[^\W\d_a-z][\w'’.-]*)){1,4}"
_NAMES = rf"{_NAME}(?:(?:,| and|, and| &| und| et| y) {_NAME}){{0,4}}"
_BYLINE = re.compile(rf"(?:[Bb]y|BY|[Ww]ritten by|[Ss]tory by|[Tt]ext by) ({_NAMES})")
_PLACE = re.compile(r"in [A-Z][\w .,’'-]{2,40}")
_FOREIGN_BYLINE = re.compile(rf"(?:Von|Par|Por|Door|Di) ({_NAMES})(?:,? \([^()]{{2,60}}\)|, [A-Z]\w+)?")
_STAFF = re.compile(
    rf"({_NAME}),? (?:[A-Z]\w+ )?(?i:(?:(?:senior|chief|staff|special) )?(?:writer|reporter|correspondent|columnist)s?)"
)
_SIGNATURE = re.compile(rf"({_NAME}) \((?:[Aa]ccording to|[Ww]ith|[Ff]rom|[Ss]ources?:?) [^()]{{2,80}}\)\.?")
_REPORTED = re.compile(rf"\(?(?:[Rr]eporting by|[Bb]y|[Ww]ritten by) ({_NAMES})(?:[;)(.,].*|$)")
_SECTION = re.compile(r"[A-Z][A-Z &'-]*(?:\s*[/>|]\s*[A-Z][A-Z &'-]*)+")
_LABEL = re.compile(
    r"[A-Z][a-z]+(?: [a-z]+)?\s*:|https?://|©|Photo\b|Image\b|(?:Last )?[Uu]pdated\b|\d+ (?:min|hour|day)s?\b.{0,12}$"
    r"|By [A-Z][\w ]{2,40}$|[<{]|FILE [-–—]|(?i:for immediate release|press release)\b|[-*•◦▪] |.*\.{4}"
)
_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*")
_UNDERLINE = re.compile("={3,}|-{3,}")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)(.+?)(?<=\S)[*_]{1,3}")
_UNPARTED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# A line that ends with one of these goes on in the next.
_OPEN_WORDS = frozenset(
    "a an and as at but by for from in is its of on or that the their to was were who which with".split()
)


# What follows tells when an earlier version was made.
_EARLIER = re.compile(
    r"(?:^|[.;:,(–—-]\s*|\b(?:it|this|which|and|version|edition|policy|document)\s+)(?:supersed(?:es|ing)|replac(?:es|ing)"
    r"|repeal(?:s|ing)|(?:previous|earlier|prior|former) (?:versions?|editions?|issues?|revisions?)"
    r"|ersetzt|remplace|sustituye)\b",
    re.IGNORECASE,
)
_CELL_ENDS = re.compile(r"\s*\|\s*|\t+|\s{3,}")
_FEWEST_CELLS = 3


_Found = tuple[str | None, str]
"""What a line states, and which kind of line it is."""


def stated_in(text: str) -> Stated:
    """What the first and last lines of a text say about it. Give the search text: it is free of markup."""
    lines = [_plain(line) for line in text[:_HEAD_CHARACTERS].split("\n")]
    head = [line for line in lines if line][:_HEAD_LINES]
    dated = [line for line in map(_plain, _of_this_version(_outside_tables(text[:_HEAD_CHARACTERS]))) if line]
    tail = [line for line in map(_plain, text[-_HEAD_CHARACTERS:].split("\n")) if line][-_TAIL_LINES:]
    leading = _LEADING_DATE.match(text)
    # Only English has countries that write the month first.
    day_first = any(map(_NUMERIC.search, [*head, *tail])) and language_of(text) not in (None, "en")
    title_at, title = _headline(lines, head)
    author, beside = _author(head)
    found: dict[str, _Found] = {
        "title": _first((_labelled(_TITLE, head), "a line 'Title: …'"), (title, "the headline")),
        "outlet": _first(
            _outlet(head, tail, title_at), (beside, "the byline"), (copyright_owner([*tail, *head]), "a copyright line")
        ),
        "published": _first(
            (leading and iso_date(leading.group(1) or leading.group(2)), "a leading date"),
            _published([line for line in dated if line in head], tail, day_first=day_first),
        ),
        "author": _first((_labelled(_AUTHOR, head), "a line 'Author: …'"), (author, "the byline"), _signed(tail)),
    }
    known_by = {name: how for name, (value, how) in found.items() if value}
    return Stated(**{name: value for name, (value, _) in found.items()}, known_by=known_by)


def published_in(lines: Sequence[str]) -> str | None:
    """The day that one of these lines gives as that of publication."""
    return _published(list(lines), [])[0]


def _outside_tables(text: str) -> list[str]:
    """The lines of a text, those that are rows of a table left empty: a row beside one with as many cells."""
    lines = text.split("\n")
    cells = [len(_CELL_ENDS.split(line.strip(" |"))) for line in lines]
    written = [at for at, line in enumerate(lines) if line.strip()]
    rows = {at for pair in pairwise(written) for at in pair if cells[pair[0]] == cells[pair[1]] >= _FEWEST_CELLS}
    return ["" if at in rows else line for at, line in enumerate(lines)]


def _of_this_version(lines: Iterable[str]) -> Iterator[str]:
    """The lines without what they say of earlier versions, which goes on to the end of its paragraph or a label."""
    is_earlier = False
    for line in lines:
        line = line.strip()
        is_earlier = is_earlier and bool(line) and _LABEL.match(line) is None
        found = _EARLIER.search(line)
        yield "" if is_earlier else line[: found.start()] if found else line
        is_earlier = is_earlier or found is not None


def _first(*found: _Found) -> _Found:
    return next((one for one in found if one[0]), (None, ""))


def _plain(line: str) -> str:
    """A line without Markdown emphasis; no-break spaces become spaces."""
    return _EMPHASIS.sub(r"\1", " ".join(line.split()))


def _parts(line: str) -> list[str]:
    """The parts of a line such as `Xinhua | Updated: 2025-03-04`; none of a long one."""
    return re.split(r"\s*[|·•]\s*", line) if len(line) <= _LONGEST_LINE else []


def _labelled(label: re.Pattern[str], lines: list[str]) -> str | None:
    for part in (part for line in lines for part in _parts(line)):
        found = label.match(part)
        if found:
            return found.group(1).strip(" .") or None
    return None


def _dated_parts(line: str) -> Iterator[tuple[str, str]]:
    """The parts of a short line such as `Tollmere Courier, 15 March 2025`: what stands before a date, and the date."""
    if len(line) > _LONGEST_LINE:
        return
    found = _DATED.search(line)
    if not found:
        return
    before, after = line[: found.start()], line[found.end() :]
    # A sentence that mentions a date says nothing about when it was published.
    starts_a_part = before.strip().lower() in ("", "on") or before.rstrip()[-1:] in ",|·•.–—-"
    if starts_a_part and (not after or _AFTER_DATE.match(after)):
        yield before.rstrip(" ,|·•.–—-"), found.group(1)


def _date_alone(words: str, *, day_first: bool) -> str | None:
    """The date of words that hold nothing else but a time."""
    without_time = " ".join(_TIME.sub(" ", words).split()).strip(" ,.")
    numeric = _NUMERIC.match(words)
    parts = [date for text in (without_time, words) for _, date in _dated_parts(text)]
    dates = [words, without_time, *parts, numeric and numeric.group()]
    return next(filter(None, (iso_date(date, day_first=day_first) for date in dates)), None)


def _published(head: list[str], tail: list[str], *, day_first: bool = False) -> _Found:
    # `Date: 4 May` below a text is that of a match or a meeting.
    below = [part for line in tail for part in _parts(line) if not part.lower().startswith("date:")]
    parts = [part for line in head for part in _parts(line)] + below
    for label, how in ((_PUBLISHED, "a line 'Published: …'"), (_PUBLISHED_ON, "a line 'Published: …'")):
        for part in parts:
            found = label.match(part)
            stated = found and _date_alone(found.group(1), day_first=day_first)
            if stated:
                return stated, how
    lines = [iso_date(date) for line in head for before, date in _dated_parts(line) if len(before.split()) <= 8]
    # A line with nothing but numbers: `24.03.2025, 15:12 Uhr`.
    lines += [_date_alone(line, day_first=day_first) for line in head if _is_numeric_date(line)]
    updates = (_date_alone(found.group(1), day_first=day_first) for part in parts if (found := _UPDATED.match(part)))
    return _first(
        (next(filter(None, updates), None), "a line 'Updated: …'"),
        (next(filter(None, lines), None), "a line with a date"),
    )


def _is_numeric_date(line: str) -> bool:
    return bool(_NUMERIC.match(line)) and not _NUMERIC.sub("", _TIME.sub("", line)).strip(" ,|-")


def _outlet(head: list[str], tail: list[str], title_at: int | None) -> _Found:
    labelled = _labelled(_OUTLET, head)
    if labelled:
        return labelled, "a line 'Source: …'"
    before_title = head[: title_at + 1] if title_at is not None else head[:1]
    for line in before_title:
        if is_outlet(line) or (_is_kicker(line) and line.startswith("THE ") and line != head[title_at or 0]):
            return line, "the masthead"
    for line in head:
        for before, _ in _dated_parts(line):
            if is_outlet(before):
                return before, "a line with a date"
        dateline = _DATELINE.match(line)
        if dateline:
            return next(filter(None, dateline.groups())).strip(), "the dateline"
    below = head[title_at + 1 :] if title_at is not None else []
    for line in takewhile(lambda line: _says_something_else(line) or _words(line) <= _LONGEST_NAME, below):
        # `BBC News, Oslo`, `Xinhua | Updated: …`, `By AFP`; a sentence that names a publication first is longer.
        named = re.fullmatch(r"([Bb]y )?([^,|·•]{2,60})(?:,(?: [A-Z]\w+){1,3}|\s*[|·•].*)?", line)
        if named and (is_known_outlet if named.group(1) else is_outlet)(name := named.group(2).strip()):
            return name, "a line with its name"
    return None, ""


def _author(head: list[str]) -> tuple[str | None, str | None]:
    """Who wrote it by a line such as `By Jane Doe, Weser Gazette`, and the outlet where that stands there too."""
    for line in head:
        # Not behind a title or an initial: `By Dr. J. Doe`.
        for part in (
            part for whole in _parts(line) for part in re.split(r"(?:(?<=[a-z]{5}\.)|(?<=\d{4}\.))\s+", whole)
        ):
            found = _BYLINE.match(part)
            rest = part[found.end() :].strip(" .,") if found else ""
            if found and (not rest[:1].islower() or _PLACE.fullmatch(rest)) and not is_known_outlet(found.group(1)):
                # A name that stands alone is a person's, even where it ends like a paper's.
                return split_byline(found.group(1)) if "," in found.group(1) else (found.group(1), None)
            dated = _DATED.match(part)  # `March 4, 2025 by Jane Doe`
            found = dated and _BYLINE.fullmatch(part[dated.end() :].strip())
            found = found or _FOREIGN_BYLINE.fullmatch(part) or _STAFF.fullmatch(part)
            if found:
                return split_byline(found.group(1))
    return None, None


def _signed(tail: list[str]) -> _Found:
    """Who signed below the text: `Jane Doe (According to AFP)`, `Reporting by Jane Doe; Editing by Olaf Brand`."""
    for line in reversed(tail):
        found = _REPORTED.fullmatch(line) if len(line) <= _LONGEST_HEADLINE else None
        if found:
            return found.group(1).rstrip("."), "a signature at the end"
    found = _SIGNATURE.fullmatch(tail[-1]) if tail and len(tail[-1]) <= _LONGEST_LINE else None
    return (found.group(1) if found else None), "a signature at the end"


def _headline(lines: list[str], head: list[str]) -> tuple[int | None, str | None]:
    """The headline and where it stands among the lines of the head; None where the first words are not one."""
    for at, line in enumerate(head[:_HEADLINE_WITHIN]):
        heading = _HEADING.fullmatch(line)
        if not is_title(heading.group(1) if heading else line):
            continue
        if heading:
            return at, heading.group(1)
        # A line below which another is drawn, as Markdown has it.
        if any(map(_UNDERLINE.fullmatch, lines[lines.index(line) + 1 :][:1])):
            return at, line
        if _SECTION.fullmatch(line) or is_outlet(line) or _says_something_else(line):
            continue
        if _words(line) < 2 and all(lines[lines.index(line) + 1 :][:1]):
            continue  # a section, unless it stands alone
        below = next((other for other in head[at + 1 :] if not _says_something_else(other)), "")
        if _is_kicker(line) and _is_below_a_kicker(lines, below):
            continue
        if len(head) == at + 1 or not _is_headline(lines, line):
            return None, None
        return at, line
    return None, None


def _is_kicker(line: str) -> bool:
    """Whether a line may be a masthead or a section above the headline: a few words in capitals."""
    return (line.isupper() or " | " in line) and len(line.split()) <= _LONGEST_KICKER


def _is_below_a_kicker(lines: list[str], line: str) -> bool:
    """Whether a line is the headline if what stands above it is a kicker."""
    if _words(line) < _SHORTEST_HEADLINE or line.isupper() or line[-1] in ".!?:":
        return False
    return _is_headline(lines, line)


def _is_headline(lines: list[str], line: str) -> bool:
    if len(line) > _LONGEST_HEADLINE or _words(line) < 2 or line[-1] in ".,;:。，、-" or _says_something_else(line):
        return False
    # The first line of a wrapped paragraph is no headline: there a sentence runs on over the line's end.
    rest = list(takewhile(lambda other: other and not _says_something_else(other), lines[lines.index(line) + 1 :]))
    if len(rest) == 1 and _words(rest[0]) <= _LONGEST_NAME and rest[0][-1] not in ".,;:":
        rest = []  # a name
    if rest and line.split()[-1].lower() in _OPEN_WORDS:
        return False
    return not page_of("\n".join([line, *rest])).goes_on(0)


def _words(line: str) -> int:
    """How many words a line has; where a script parts none, two characters count as one."""
    return max(len(line.split()), len(_UNPARTED.findall(line)) // 2)


def _says_something_else(line: str) -> bool:
    """Whether a line is a label, a byline or a date, and so no headline and no prose."""
    if len(line) > _LONGEST_LINE:
        return False
    patterns = (_LABEL, _BYLINE, _LEADING_DATE)
    if any(pattern.match(line) for pattern in patterns) or _FOREIGN_BYLINE.fullmatch(line) or _STAFF.fullmatch(line):
        return True
    if _NO_YEAR.fullmatch(line) or _is_numeric_date(line):
        return True
    return bool(any(_dated_parts(line)) or published_in([line]) or _OUTLET.match(line))
