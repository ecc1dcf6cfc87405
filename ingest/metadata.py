"""Title, outlet, date and author that a plain text states about itself."""

import re
from collections.abc import Iterator
from itertools import takewhile

from ingest.dates import WRITTEN_DATE, iso_date
from ingest.stated import Stated
from rag.words import sentences

_HEAD_LINES, _TAIL_LINES, _HEAD_CHARACTERS = 10, 8, 4000
_LONGEST_LINE, _LONGEST_HEADLINE = 120, 160

_PUBLISHED = re.compile(
    r"(?:first )?(?:published|publication date|posted|date|issued)(?: on| at)?\s*[:：]\s*(.+)", re.IGNORECASE
)
_LEADING_DATE = re.compile(r"\s*date\s+(\d{4}-\d\d-\d\d)\b\s*", re.IGNORECASE)
_DATED = re.compile(rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?({WRITTEN_DATE})", re.IGNORECASE)
_DATELINE = re.compile(r"[A-Z][A-Z .'’/-]{2,40}(?:,[^()]{0,40})?\(([A-Z][\w .&]{1,30})\)\s*[-–—]")
_OUTLET = re.compile(r"(?:source|outlet|publisher|publication|newspaper)\s*[:：]\s*(.+)", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|headline)\s*[:：]\s*(.+)", re.IGNORECASE)
_AUTHOR = re.compile(r"(?:authors?|written by|byline)\s*[:：]\s*(.+)", re.IGNORECASE)
_NAME = r"[^\W\d_a-z][\w'’.-]*(?: (?:(?:de|van|von|der|bin|al|el|la|da|del|di|du)\b|[^\W\d_a-z][\w'’.-]*)){1,4}"
_BYLINE = re.compile(rf"(?:[Bb]y|BY) ({_NAME}(?:(?:,| and|, and| &) {_NAME}){{0,4}})")
_SIGNATURE = re.compile(rf"({_NAME}) \((?:[Aa]ccording to|[Ww]ith|[Ff]rom|[Ss]ources?:?) [^()]{{2,80}}\)\.?")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(.+)", re.IGNORECASE)
_COPYRIGHT_REST = re.compile(r"\b\d{4}(?:\s*[-–]\s*\d{4})?\b|\ball rights reserved\b.*|^by\b", re.IGNORECASE)
_SECTION = re.compile(r"[A-Z][A-Z &'-]*(?:\s*[/>|]\s*[A-Z][A-Z &'-]*)+")
_LABEL = re.compile(r"[A-Z][a-z]+(?: [a-z]+)?\s*:|https?://|©|Photo\b|Image\b|Updated\b")
_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)(.+?)(?<=\S)[*_]{1,3}")
# Words with which a publication's name ends or begins; a name that has none of them may be a person's or a place's.
_OUTLET_WORDS = frozenset(
    """agency broadcasting bulletin chronicle courier daily digest dispatch echo examiner gazette globe guardian herald
    independent journal ledger magazine mail mercury mirror monitor news newspaper newswire observer post press record
    register reporter review sentinel standard star sun telegraph times tribune weekly wire""".split()
)
# A line that ends with one of these goes on in the next.
_OPEN_WORDS = frozenset(
    "a an and as at but by for from in is its of on or that the their to was were who which with".split()
)
_SMALL_WORDS = frozenset("and of the for & de la le".split())


_Found = tuple[str | None, str]
"""What a line states, and which kind of line it is."""


def stated_in(text: str) -> Stated:
    """What the first and last lines of a text say about it. Give the search text: it is free of markup."""
    lines = [_plain(line) for line in text[:_HEAD_CHARACTERS].split("\n")]
    head = [line for line in lines if line][:_HEAD_LINES]
    tail = [line for line in map(_plain, text[-_HEAD_CHARACTERS:].split("\n")) if line][-_TAIL_LINES:]
    leading = _LEADING_DATE.match(text)
    title_at, title = _headline(lines, head)
    found: dict[str, _Found] = {
        "title": _first((_labelled(_TITLE, head), "a line 'Title: …'"), (title, "the headline")),
        "outlet": _outlet(head, tail, title_at),
        "published": _first((leading and iso_date(leading.group(1)), "a leading date"), _published(head, tail)),
        "author": _first(
            (_labelled(_AUTHOR, head), "a line 'Author: …'"), (_author(head), "the byline"), _signed(tail)
        ),
    }
    known_by = {name: how for name, (value, how) in found.items() if value}
    return Stated(**{name: value for name, (value, _) in found.items()}, known_by=known_by)


def _first(*found: _Found) -> _Found:
    return next((one for one in found if one[0]), (None, ""))


def split_byline(name: str | None) -> tuple[str | None, str | None]:
    """Author and outlet out of one field: `Wenzel Auer, The Ormund Gazette` gives both."""
    parts = [part for part in re.split(r"\s*[,|]\s*", name or "") if part]
    outlets = [part for part in parts if is_outlet(part)]
    authors = [part for part in parts if part not in outlets]
    return ", ".join(authors) or None, outlets[0] if outlets else None


def is_outlet(name: str) -> bool:
    """Whether a name is a publication's by its words: `Lisk Valley Herald`, `GLOBAL TIMES`."""
    words = name.split()
    if not 2 <= len(words) <= 6 or not all(word[0].isupper() or word in _SMALL_WORDS for word in words):
        return False
    return words[-1].lower() in _OUTLET_WORDS or "news" in map(str.lower, words)


def _plain(line: str) -> str:
    """A line without Markdown emphasis; no-break spaces become spaces."""
    return _EMPHASIS.sub(r"\1", " ".join(line.split()))


def _labelled(label: re.Pattern[str], lines: list[str]) -> str | None:
    for line in lines:
        found = label.match(line) if len(line) <= _LONGEST_LINE else None
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
    starts_a_part = not before or before.rstrip()[-1:] in ",|·•.–—-"
    if starts_a_part and (not after or re.match(r"\s*[,|·•.–—-]|\s+(?:at )?\d", after)):
        yield before.rstrip(" ,|·•.–—-"), found.group(1)


def _published(head: list[str], tail: list[str]) -> _Found:
    for line in [*head, *tail]:
        found = _PUBLISHED.match(line) if len(line) <= _LONGEST_LINE else None
        if found:
            dates = [found.group(1), *(date for _, date in _dated_parts(found.group(1)))]
            stated = next(filter(None, map(iso_date, dates)), None)
            if stated:
                return stated, "a line 'Published: …'"
    lines = (iso_date(date) for line in head for before, date in _dated_parts(line) if len(before.split()) <= 8)
    return next(filter(None, lines), None), "a line with a date"


def _outlet(head: list[str], tail: list[str], title_at: int | None) -> _Found:
    labelled = _labelled(_OUTLET, head)
    if labelled:
        return labelled, "a line 'Source: …'"
    before_title = head[: title_at + 1] if title_at is not None else head[:1]
    for line in before_title:
        if is_outlet(line):
            return line, "the masthead"
    for line in head:
        for before, _ in _dated_parts(line):
            if is_outlet(before):
                return before, "a line with a date"
        dateline = _DATELINE.match(line)
        if dateline:
            return dateline.group(1).strip(), "the dateline"
    for line in [*tail, *head]:
        found = _COPYRIGHT.match(line) if len(line) <= _LONGEST_LINE else None
        owner = _COPYRIGHT_REST.sub("", found.group(1)).strip(" .,;|-–") if found else ""
        if owner and owner[0].isupper():
            return owner, "a copyright line"
    return None, ""


def _author(head: list[str]) -> str | None:
    for line in head:
        for part in re.split(r"\s*[|·•]\s*|(?<=\.)\s+", line) if len(line) <= _LONGEST_LINE else ():
            found = _BYLINE.match(part)
            if found and not part[found.end() :].strip(" .,")[:1].islower():
                return split_byline(found.group(1))[0]
    return None


def _signed(tail: list[str]) -> _Found:
    """Who signed below the text: `Jane Doe (According to AFP)`."""
    found = _SIGNATURE.fullmatch(tail[-1]) if tail and len(tail[-1]) <= _LONGEST_LINE else None
    return (found.group(1) if found else None), "a signature at the end"


def _headline(lines: list[str], head: list[str]) -> tuple[int | None, str | None]:
    """The headline and where it stands among the lines of the head; None where the first words are not one."""
    for at, line in enumerate(head[:3]):
        heading = _HEADING.fullmatch(line)
        if heading:
            return at, heading.group(1)
        if _SECTION.fullmatch(line) or is_outlet(line) or any(is_outlet(before) for before, _ in _dated_parts(line)):
            continue
        return (at, line) if len(head) > at + 1 and _is_headline(lines, line) else (None, None)
    return None, None


def _is_headline(lines: list[str], line: str) -> bool:
    words = line.split()
    if len(line) > _LONGEST_HEADLINE or len(words) < 2 or line[-1] in ".,;:" or words[-1].lower() in _OPEN_WORDS:
        return False
    if _says_something_else(line):
        return False
    # The first line of a wrapped paragraph is no headline: there a sentence runs on over the line's end.
    paragraph = takewhile(bool, lines[lines.index(line) + 1 :])
    below = "\n".join([line, *(other for other in paragraph if not _says_something_else(other))])
    return not any(span.start < len(line) < span.end for span in sentences(below))


def _says_something_else(line: str) -> bool:
    """Whether a line is a label, a byline or a date, and so no headline and no prose."""
    return bool(_LABEL.match(line) or _BYLINE.match(line) or _LEADING_DATE.match(line) or any(_dated_parts(line)))
