"""The structure of plain text: the one place where it is guessed from how the lines stand."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.readers.labels import is_answer
from ingest.readers.plain_fields import (
    dashed_terms,
    hanging_term,
    hanging_terms,
    is_sender,
    labelled,
    messages_of,
    question_lines,
    speakers_of,
    term,
    with_records,
)
from ingest.readers.plain_headings import LEADERS, OVER_GROUP, heading, is_over_list, title_over_table, with_levels
from ingest.readers.plain_page import Page, page_of
from ingest.readers.plain_tables import aligned, delimited, is_rule
from ingest.structure import leaning
from rag.domain import Block, BlockKind, Part, Span

Found = tuple[list[Block], int]

_PAGE_NUMBER = re.compile(
    r"[-–—\[(]?\s*(?:(?:page|seite|p\.|página|página|s\.)\s*)?\d{1,3}(?:\s*(?:of|von|de|/)\s*\d{1,4})?\s*[-–—\])]?",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?P<name>\S.*?)[ \t]*" + LEADERS.pattern.removesuffix(r"\S") + r"(?P<value>\S.*)")
_STAMP = re.compile(
    r"\[?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ T]+)?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s?(?:[ap]\.?m\.?)?\]?[ \t]",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"(?:[-–]\s+)?(?P<name>[^:\n]{1,40}):\s+")
_CODE = re.compile(
    r"\$ \S|% \S|>>> |#!/|sudo |\./\S|(?:import|def|class|return|const|let|var|public|private)\b|\w[\w.]*\(.*\)?;?$|"
    r".*[;{}]$|</?\w+(?:\s[\w-]+=\S+)*\s?/?>|[\w-]+(?: \S+)* --?\w|\w+\s?=\s?\S+$"
)
_MOST_CODE = 500
_LONGEST_CAPTION, _LONGEST_ITEM = 80, 80
_PROMPT = re.compile(r"\$ \S|>>> ")


@dataclass(slots=True)
class _Reading:
    """A text being read: what holds for the whole of it, and the list that it is in."""

    page: Page
    speakers: frozenset[str]
    questions: frozenset[int]
    dashed: frozenset[int]
    terms: frozenset[int]
    messages: frozenset[int]
    has_titled_lists: bool
    """Whether short lines right over lists are their titles."""
    nesting: list[tuple[int, str, Span]] = field(default_factory=list)
    """Of the items that are open, outermost first: the column of their words, how they are marked, and where."""


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """What each piece of a plain text is, in order; together they hold every visible character but marks of items."""
    page = page_of(text)
    reading = _Reading(
        page,
        speakers_of(page),
        question_lines(page),
        dashed_terms(page),
        hanging_terms(page),
        messages_of(page),
        any(is_over_list(page, at) for at in range(len(page.lines))),
    )
    found: list[Block] = []
    ends: dict[int, int] = {}
    titled: tuple[int, int] | None = None  # which of the blocks is the title of the lines right below, and their end
    at = page.after(0)
    while at < len(page.lines):
        start = at
        blocks, at = _read(reading, at)
        first = blocks[0]
        if titled and start >= titled[1] and first.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            if first.kind is BlockKind.PARAGRAPH and not first.leans_on:
                ends[len(found)] = titled[0]
            titled = None
        if first.kind is BlockKind.HEADING and first.level == OVER_GROUP and at < page.end[start]:
            titled = len(found), page.end[start]
        if not reading.nesting or any(block.kind is BlockKind.HEADING for block in blocks):
            reading.nesting.clear()
        found += blocks
        at = page.after(at)
    leveled = _with_replies(with_records(with_levels(found, text), text), reading)
    return leaning(leveled, text, {place: leveled[title].level for place, title in ends.items()})


def _with_replies(blocks: list[Block], reading: _Reading) -> list[Block]:
    """The blocks, where what somebody writes right after a question of somebody else leans on its words."""
    text = reading.page.text
    found: list[Block] = []
    asked: Span | None = None
    for block in blocks:
        said = _words_of_message(block, reading) if block.kind is BlockKind.PARAGRAPH else None
        found.append(replace(block, leans_on=(*block.leans_on, asked)) if said and asked else block)
        asked = said if said and said.of(text).rstrip().endswith(("?", "？")) else None
    return found


def _words_of_message(block: Block, reading: _Reading) -> Span | None:
    """What one of several wrote or said, without when and who; None for what is no message."""
    words = block.span.of(reading.page.text)
    stamp = _STAMP.match(words)
    if stamp is None and reading.messages and is_sender(words.split("\n")[0]):
        return Span(block.span.start + words.index("\n") + 1, block.span.end)
    start = stamp.end() if stamp else 0
    who = _SPEAKER.match(words, start)
    if stamp is None and (who is None or who["name"] not in reading.speakers):
        return None
    return Span(block.span.start + (who.end() if who else start), block.span.end)


def _read(reading: _Reading, at: int) -> Found:
    """The blocks that begin on this line, by the first rule that knows them."""
    page = reading.page
    found = _furniture(page, at) or _quoted(page, at) or delimited(page, at)
    if found:
        return found
    if at in reading.questions:
        end = _unit_end(page, at)
        return [Block(BlockKind.QUESTION, _span(page, at, end))], end
    if at in reading.messages:
        return [Block(BlockKind.PARAGRAPH, _span(page, at, page.end[at]))], page.end[at]
    if at in reading.terms:
        return hanging_term(page, at)
    found = aligned(page, at) or _coded(page, at) or _logged(page, at)
    if found:
        return found
    end = _unit_end(page, at)
    if reading.questions and is_answer(page.lines[at].words):
        return [Block(BlockKind.PARAGRAPH, _span(page, at, end))], end
    if _is_caption(page, at, end):
        return [title_over_table(page, at, are_headings=reading.has_titled_lists)], end
    return (
        heading(page, at, end)
        or (_listed(reading, at) if page.marks[at] else None)
        or labelled(page, at, reading.speakers)
        or _paragraphs(reading, at, end)
    )


def _is_caption(page: Page, at: int, end: int) -> bool:
    """Whether a short line stands right over a table or over labels and values in columns."""
    is_over = end == at + 1 and page.first[at] == at and end < page.end[at] and page.marks[at] is None
    if not is_over or page.lines[at].is_stopped or len(page.lines[at].words) > _LONGEST_CAPTION:
        return False
    return aligned(page, end) is not None


def _span(page: Page, at: int, end: int) -> Span:
    return Span(page.lines[at].start, page.lines[end - 1].end)


def _unit_end(page: Page, at: int) -> int:
    """The line after what this line says."""
    while page.goes_on(at):
        at += 1
    return at + 1


def _furniture(page: Page, at: int) -> Found | None:
    """Rules, page numbers and tables of contents; leaders to anything but pages are fields, as in a list of prices."""
    words = page.lines[at].words
    if is_rule(words) or (len(words) < 24 and page.is_alone(at) and _PAGE_NUMBER.fullmatch(words)):
        return [Block(BlockKind.FURNITURE, _span(page, at, at + 1))], at + 1
    if words == "--":
        return [Block(BlockKind.FURNITURE, _span(page, at, at + 1))], at + 1
    end, found = at, []
    while end < len(page.lines) and ("..." in page.lines[end].words or " . ." in page.lines[end].words):
        line = page.lines[end]
        leaders = _LEADERS.fullmatch(line.words)
        if leaders is None:
            break
        found.append((end, leaders))
        end += 1
    if not found:
        return None
    values = [leaders["value"] for _, leaders in found]
    if all(re.fullmatch(r"[\divxlcIVXLC-]{1,6}", value) for value in values):
        return [Block(BlockKind.FURNITURE, _span(page, at, end))], end
    fields = []
    for each, leaders in found:
        start = page.lines[each].start
        part = Part(Span(*leaders.span("value")).shifted(start), Span(*leaders.span("name")).shifted(start))
        fields.append(Block(BlockKind.FIELD, _span(page, each, each + 1), parts=(part,)))
    return fields, end


def _quoted(page: Page, at: int) -> Found | None:
    """Lines of an earlier mail, each begun by `>`; an empty one parts paragraphs."""
    if page.lines[at].words[0] != ">" or page.lines[at].words.startswith(">>> "):
        return None
    blocks: list[Block] = []
    start, end = at, at
    while end < page.end[at] and page.lines[end].words[0] == ">":
        if not page.lines[end].words.strip("> \t"):
            if start < end:
                blocks.append(Block(BlockKind.QUOTED, _span(page, start, end)))
            blocks.append(Block(BlockKind.FURNITURE, _span(page, end, end + 1)))
            start = end + 1
        end += 1
    if start < end:
        blocks.append(Block(BlockKind.QUOTED, _span(page, start, end)))
    return blocks, end


def _coded(page: Page, at: int) -> Found | None:
    """Lines of a program or of a shell: indented ones that look like it, or lines after a prompt."""
    above = page.lines[at - 1] if page.first[at] < at else None
    if above is not None and page.lines[at].indent <= above.indent and not above.words.endswith(":"):
        return None
    line, end = page.lines[at], at
    is_session = _PROMPT.match(line.words) is not None
    if not is_session and (line.indent < page.indent + 2 or not _CODE.match(line.words)):
        return None
    while end < min(page.end[at], at + _MOST_CODE) and (is_session or page.lines[end].indent > page.indent):
        end += 1
    looks = sum(_CODE.match(line.words) is not None for line in page.lines[at:end])
    if not is_session and (2 * looks < end - at or page.lines[end - 1].words.endswith(".")):
        return None
    return [Block(BlockKind.CODE, _span(page, at, end))], end


def _logged(page: Page, at: int) -> Found | None:
    """Lines that begin with a time, as of a chat; those without one go on with the line before."""
    if not _STAMP.match(page.lines[at].words):
        return None
    starts = [each for each in range(at, page.end[at]) if _STAMP.match(page.lines[each].words)]
    pieces = [*starts, page.end[at]]
    return [Block(BlockKind.PARAGRAPH, _span(page, one, two)) for one, two in pairwise(pieces)], page.end[at]


def _listed(reading: _Reading, at: int) -> Found | None:
    """An item, a step or a clause, and the lines that stand below its words."""
    page = reading.page
    mark, line = page.marks[at], page.lines[at]
    if mark is None:
        return None
    end = at + 1
    column = line.indent + mark.text
    while end < page.end[at] and page.marks[end] is None and not is_rule(page.lines[end].words):
        hangs = line.indent < page.lines[end].indent <= column + 2 and not (end == at + 1 and page.is_titled(at))
        if not page.goes_on(end - 1) and not hangs:
            break
        end += 1
    kind = BlockKind.ITEM if mark.is_bullet else BlockKind.STEP
    start = line.start + (mark.text if kind is BlockKind.ITEM else 0)
    span = Span(start, page.lines[end - 1].end)
    level = _nested(reading.nesting, column, mark.style, mark.number, span)
    return [Block(kind, span, level)], end


def _nested(nesting: list[tuple[int, str, Span]], column: int, style: str, number: int, span: Span) -> int:
    """How deep an item is nested; the list that is open is brought up to it."""
    while nesting and nesting[-1][0] > column + 1:
        nesting.pop()
    same = [depth for depth, (left, other, _) in enumerate(nesting) if other == style and abs(left - column) <= 1]
    if same:
        del nesting[same[-1] :]
    elif nesting and abs(nesting[-1][0] - column) <= 1 and number != 1:
        nesting.pop()
    nesting.append((column, style, span))
    return len(nesting) - 1


def _paragraphs(reading: _Reading, at: int, end: int) -> Found:
    """A paragraph; a term that it defines; or the lines below a lead-in, each an item of its own."""
    page = reading.page
    span = _span(page, at, end)
    indent = page.lines[at].indent
    while reading.nesting and reading.nesting[-1][0] > indent + 1:
        reading.nesting.pop()
    if reading.nesting and indent:
        return [Block(BlockKind.PARAGRAPH, span, leans_on=(reading.nesting[-1][2],))], end
    reading.nesting.clear()
    if _is_led_in(page, at) and span.end - span.start <= _LONGEST_ITEM:
        return [Block(BlockKind.ITEM, span)], end
    if defined := term(page.text, span, is_dashed=at in reading.dashed):
        return [defined], end
    return [Block(BlockKind.PARAGRAPH, span)], end


def _is_led_in(page: Page, at: int) -> bool:
    """Whether a line is one of several that stand for themselves below a line that ends with a colon."""
    first = page.first[at]
    if page.widths[at]:
        return False
    if first < at:
        return page.lines[first].words.endswith(":") and page.end[at] > first + 2
    before = next((each for each in range(at - 1, max(-1, at - 4), -1) if page.lines[each].words), None)
    return page.end[at] > at + 1 and before is not None and page.lines[before].words.endswith(":")
