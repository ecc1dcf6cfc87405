"""Headings in plain text, told by their place, number, letters or underline."""

import re
from dataclasses import replace

from ingest.dates import WRITTEN_DATE
from ingest.readers.labels import label_of
from ingest.readers.plain_lines import Line, is_small
from ingest.readers.plain_page import Page
from ingest.readers.plain_tables import cells_of, is_rule
from rag.domain import Block, BlockKind, Span
from rag.text.words import STOPWORDS

Found = tuple[list[Block], int]

# Headings of one text rank in this order; their levels are those that the text has.
_TITLE, _PART, _DOUBLE, _CHAPTER, _CENTRED, _CAPITALS, _SINGLE, _SECTION, _OVER_NUMBERED, _NUMBERED = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    7,
    10,
)
_SHORT, OVER_GROUP = 20, 21

_NAMED = re.compile(
    r"(?P<part>part|book|volume|teil|buch|partie|livre|titre|parte|libro|t[ií]tulo)|"
    r"(?P<chapter>chapter|article|schedule|kapitel|artikel|chapitre|cap[ií]tulo|art[ií]culo)|"
    r"(?P<section>section|clause|annex|appendix|exhibit|abschnitt|anhang|anlage|annexe|secci[oó]n|anexo|§{1,2})",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[IVXLC]{1,6}|[A-H])(?![\w/])[.:)]?\s*[-–—:]?\s*")
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:1[5-9]|20)\d\d(?:-\d\d|\b[^\w]*$)")
_ONLY_DATE = re.compile(rf"(?:\w+,? )?(?:{WRITTEN_DATE}|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})", re.IGNORECASE)
_FIELD = re.compile(r"[^\W\d_][\w.]*(?: \w+)?:\s+[^a-zäöüß\s]")
_LABELLED = re.compile(r"[^\W\d_][\w.-]*(?: [\w.-]+)?:\s")
_BYLINE = re.compile(r"(?:by|von|par|por|photo|foto|image|bild)\b", re.IGNORECASE)
_UNFINISHED = STOPWORDS | frozenset(
    "may must shall should can will muss kann darf soll wird doit peut debe puede".split()
)
"""The last words of a sentence that goes on in the items below."""
_LONGEST, _MOST_WORDS, _MOST_WORDS_OVER_LIST = 80, 14, 7
LEADERS = re.compile(r"(?:\.{4,}|(?:[ \t]\.){3,}|…{2,})[ \t.]*\S")
_LONGEST_TITLE = 110
_LEAST_CENTRED = 8
_MOST_CAPITAL_LINES = 3


def heading(page: Page, at: int, end: int) -> Found | None:
    """The heading that the words from this line to `end` are, with its underline; its level is its rank for now."""
    line, last = page.lines[at], page.lines[end - 1]
    span = Span(line.start, last.end)
    if end - at == 1 and end < page.end[at] and _is_underlined(page, at):
        rule = page.lines[end]
        level = _DOUBLE if rule.words[0] in "=*#" else _SINGLE
        return [Block(BlockKind.HEADING, span, level), Block(BlockKind.FURNITURE, Span(rule.start, rule.end))], end + 1
    if (boxed := _end_of_box(page, at)) > at:
        return [Block(BlockKind.HEADING, Span(line.start, page.lines[boxed - 1].end), _DOUBLE)], boxed
    if (capital := _end_of_capitals(page, at)) > end:
        return [Block(BlockKind.HEADING, Span(line.start, page.lines[capital - 1].end), _CAPITALS)], capital
    if headed := _letterhead(page, at):
        return headed, at + 1
    rank = _rank(page, at, end)
    if rank is not None and LEADERS.search(page.lines[page.after(end)].words):
        return [Block(BlockKind.FURNITURE, span)], end  # the title of a table of contents
    return ([Block(BlockKind.HEADING, span, rank)], end) if rank is not None else None


def title_over_table(page: Page, at: int, *, are_headings: bool) -> Block:
    """A line right over a table: its caption, or a heading where such lines over lists are headings too."""
    span = Span(page.lines[at].start, page.lines[at].end)
    return Block(BlockKind.HEADING, span, OVER_GROUP) if are_headings else Block(BlockKind.CAPTION, span)


def with_levels(blocks: list[Block], text: str) -> list[Block]:
    """The blocks, with the ranks of their headings made levels from 1 on.

    What a text begins with is its title, though its sections look the same, where it has no number.
    """
    first = blocks[0] if blocks else None
    if first and first.kind is BlockKind.HEADING and not any(map(str.isdigit, first.span.of(text))):
        blocks = [replace(first, level=min(first.level, _TITLE)), *blocks[1:]]
    levels = {rank: at + 1 for at, rank in enumerate(sorted({b.level for b in blocks if b.kind is BlockKind.HEADING}))}
    return [
        Block(block.kind, block.span, levels[block.level]) if block.kind is BlockKind.HEADING else block
        for block in blocks
    ]


def _letterhead(page: Page, at: int) -> list[Block]:
    """What the first line of a text is where it has two sides: the title, and what stands apart on the right."""
    line = page.lines[at]
    cells = cells_of(line)
    if page.after(0) != at or len(cells) != 2 or page.end[at] - at > _MOST_CAPITAL_LINES or line.is_stopped:
        return []
    title, aside = (cell.span for cell in cells)
    if page.after(page.end[at]) == len(page.lines) or label_of(title.of(page.text)) or is_small(line.words):
        return []
    if aside.of(page.text)[0] in "(0123456789":  # when or where it holds
        return [Block(BlockKind.HEADING, Span(title.start, aside.end), _TITLE)]
    return [Block(BlockKind.HEADING, title, _TITLE), Block(BlockKind.PARAGRAPH, aside)]


def is_over_list(page: Page, at: int) -> bool:
    """Whether a short line stands right over items or steps and so is their title."""
    line = page.lines[at]
    if not line.words or page.first[at] != at or at + 1 >= page.end[at]:
        return False
    if page.marks[at] is not None or page.marks[at + 1] is None or line.is_stopped:
        return False
    if line.words.split()[-1] in _UNFINISHED:
        return False
    is_short = len(line.words.split()) <= _MOST_WORDS_OVER_LIST and len(line.words) <= _LONGEST
    return is_short and line.words[0].isupper() and not _LABELLED.match(line.words)


def _is_underlined(page: Page, at: int) -> bool:
    line, rule = page.lines[at], page.lines[at + 1]
    is_first = page.first[at] == at or is_rule(page.lines[at - 1].words)
    is_long = len(rule.words) >= 3 and 2 * len(rule.words) >= len(line.words)
    return is_first and is_long and is_rule(rule.words) and not line.words.endswith((".", ":", ",", ";"))


def _end_of_box(page: Page, at: int) -> int:
    """The line after a heading of a few lines between two rules; this one where it is none."""
    if page.first[at] == at or not is_rule(page.lines[at - 1].words):
        return at
    for each in range(at, min(page.end[at], at + _MOST_CAPITAL_LINES + 1)):
        if is_rule(page.lines[each].words):
            is_whole = page.lines[each].words == page.lines[at - 1].words and each + 1 == page.end[at]
            return each if is_whole else at
        if page.lines[each].is_stopped or _is_data(page.lines[each]):
            return at
    return at


def _end_of_capitals(page: Page, at: int) -> int:
    """The line after a heading of a few lines in capitals; this one where it is none."""
    lines = page.lines[at : min(page.end[at], at + _MOST_CAPITAL_LINES + 1)]
    if page.first[at] != at or len(lines) > _MOST_CAPITAL_LINES or page.after(page.end[at]) == len(page.lines):
        return at
    is_heading = all(_is_capital(line.words) and not line.is_stopped for line in lines)
    return page.end[at] if is_heading else at


def _rank(page: Page, at: int, end: int) -> int | None:
    line, last = page.lines[at], page.lines[end - 1]
    is_whole = page.first[at] == at and page.end[at] == end
    following = page.after(end)
    if following == len(page.lines) or end - at > 2 or (page.first[at] != at and not page.marks[at]):
        return None
    words = " ".join(page.text[line.start : last.end].split())
    if len(words) > _LONGEST_TITLE or page.marks[following] == page.marks[at] is not None:
        return None
    if not is_whole and is_small(page.lines[following].words):
        return None
    if end - at == 1 and (rank := _numbered_rank(page, at, following, is_whole=is_whole)) is not None:
        return rank
    is_first = page.after(0) == at
    is_loud = is_first and is_whole and words.isupper() and len(cells_of(line)) == 1
    if page.marks[at] or last.is_stopped or page.lines[following].words[0] == ">":
        return None
    if _is_data(line) and not is_loud:
        return None
    if is_first and (is_whole or _is_centred(page, line)) and not _ONLY_DATE.fullmatch(words):
        return _TITLE
    if is_whole and len(words) <= _LONGEST and _is_centred(page, line):
        return _CENTRED
    if _is_capital(words) and (is_whole or not _is_capital(page.lines[following].words)):
        return _CAPITALS
    if is_over_list(page, at):
        return OVER_GROUP
    if not is_whole or len(words) > _LONGEST or len(words.split()) > _MOST_WORDS:
        return None
    if not _is_short_title(page, at, following):
        return None
    # A title right over numbered ones is over all of them.
    is_over = page.marks[following] is not None and _numbered_rank(
        page, following, page.after(following + 1), is_whole=page.is_alone(following)
    )
    return _OVER_NUMBERED if is_over else _SHORT


def _numbered_rank(page: Page, at: int, following: int, *, is_whole: bool) -> int | None:
    line, mark = page.lines[at], page.marks[at]
    if named := _NAMED.match(line.words):
        number = _NAMED_NUMBER.match(line.words, named.end())
        rest = line.words[number.end() :] if number else ""
        if number and (not rest or _is_title_like(rest, is_whole=is_whole)):
            return {"part": _PART, "chapter": _CHAPTER, "section": _SECTION}[named.lastgroup or "section"]
    if mark is None or mark.style[0] not in "1IA":
        return None
    if not _is_title_like(line.words[mark.text :], is_whole=is_whole):
        return None
    beside = page.marks[following]
    is_over = beside is not None and beside.depth > mark.depth and page.first[at] == at
    if beside is not None and (beside.style == mark.style or not (is_whole or is_over)):
        return None
    siblings = [page.siblings[at, step] for step in (-1, 1) if (at, step) in page.siblings]
    if not all(_may_be_title(page, one) for one in siblings):
        return None
    before = page.siblings.get((at, -1))
    if before is not None and page.after(page.end[before]) == at and not (is_whole or is_over):
        return None
    return _NUMBERED + mark.depth - {"I": 2, "A": 1}.get(mark.style[0], 0)


def _may_be_title(page: Page, at: int) -> bool:
    """Whether nothing follows a number and a title on their line."""
    mark = page.marks[at]
    words = page.lines[at].words[mark.text if mark else 0 :]
    return not page.goes_on(at) and ". " not in words and len(words) <= _LONGEST


def _is_title_like(words: str, *, is_whole: bool) -> bool:
    count = len(words.split())
    if (
        len(words) > _LONGEST
        or count > _MOST_WORDS
        or not (words[:1].isupper() or words[:1] in '"“„«' or _is_wide(words))
    ):
        return False
    if ". " in words:
        return False
    if words.endswith("."):
        large = sum(word[0].isupper() for word in words.split())
        return is_whole and (count <= 6 or 2 * large >= count)
    return not words.endswith((":", ";", ",", "!"))


def _is_wide(words: str) -> bool:
    return words[:1] > "\u2fff"


def _is_capital(words: str) -> bool:
    letters = sum(sign.isalpha() for sign in words)
    return (
        words.isupper()
        and letters >= 3
        and 2 * letters > len(words)
        and len(words) <= _LONGEST
        and not _DATE.search(words)
    )


def _is_centred(page: Page, line: Line) -> bool:
    width = page.page_width or max((other.right for other in page.lines), default=0)
    return line.indent >= _LEAST_CENTRED and width <= 150 and abs(line.indent - (width - line.right)) <= 8


def _is_data(line: Line) -> bool:
    """Whether a line holds cells or the day or the author rather than a title."""
    words = line.words
    is_field = _FIELD.match(words) is not None
    return (
        is_field
        or "___" in words
        or len(cells_of(line)) > 1
        or _BYLINE.match(words) is not None
        or words.startswith(("http", "www.", "$ ", ">"))
    )


def _is_short_title(page: Page, at: int, following: int, *, is_last: bool = False) -> bool:
    """Whether a short line alone stands over something that it may be the title of, if only another title."""
    line = page.lines[at]
    if not (line.words[:1].isupper() or line.words[:1] in '"“„«¿') or _DATE.search(line.words):
        return False
    if _LABELLED.match(line.words):
        return False
    below = page.lines[following]
    if not page.is_alone(following) or page.marks[following] or below.is_stopped or below.right > _LONGEST:
        return True
    beyond = page.after(following + 1)
    return not is_last and beyond < len(page.lines) and _is_short_title(page, following, beyond, is_last=True)
