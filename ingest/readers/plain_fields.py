"""Labels and values, what people say, questions and answers, and terms in plain text."""

import re
from collections import defaultdict

from ingest.readers.labels import holds_sentences, is_answer, is_ended, is_sentence, label_of
from ingest.readers.plain_lines import Line
from ingest.readers.plain_page import Page
from ingest.readers.plain_tables import cells_of
from rag.domain import Block, BlockKind, Part, Span

Found = tuple[list[Block], int]

_ASKS = re.compile(r"(?:[QFP]|Question|QUESTION|Frage|Pregunta|问|問)(?:\s?\d{1,3})?\s?[:：]\s*(?=\S)")
_DEFINES = re.compile(
    r"[\"“„«](?P<term>[^\"“”„«»\n]{1,80}?)[\"”“»]\s+"
    r"(?:means|shall mean|refers to|is defined as|bezeichnet|bedeutet|d[ée]signe|signifie|significa)\s+"
)
_DASH = re.compile(r"\s[-–—]\s")
_DASHED = re.compile(r"(?P<term>[^\W\d_][^.:;!?–—]{0,40}?)\s+[-–—]\s+(?=\S)")
_TO_FILL_IN = re.compile(r"[_.…\s]*")
_MOST_WORDS = 5
_LONGEST_TERM = 40
_MOST_WORDS_OF_TERM, _FEWEST_TERMS = 4, 3
_LONGEST_QUESTION = 160
_SENDER = re.compile(
    r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,2}[ \t,]+[\[(]?(?:[\w./-]+,?[ \t]+){0,4}\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?"
)


def speakers_of(page: Page) -> frozenset[str]:
    """Who speaks in the text: labels that come again, with sentences after them."""
    said: dict[str, list[bool]] = defaultdict(list)
    spots: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(page.lines):
        if ":" not in line.words or (label := label_of(line.words)) is None:
            continue
        name = label.group(1)
        if name[0].isupper() and len(name.split()) <= 3:
            said[name].append(is_sentence(line.words[label.end() :]))
            spots[name].append(page.first[at] if not page.is_alone(at) else -1)
    return frozenset(
        name
        for name, sentences in said.items()
        if len(sentences) > 1 and 2 * sum(sentences) > len(sentences) and len(set(spots[name])) < len(spots[name])
    )


def labelled(page: Page, at: int, speakers: frozenset[str]) -> Found | None:
    """Fields from this line on, up to a line that has no label; None where it has none, or somebody speaks."""
    found: list[Block] = []
    run: list[str] = []
    each = at
    while each < page.end[at]:
        taken = _field(page, each)
        if taken is None or (page.marks[each] is not None and each > at):
            break
        blocks, each = taken
        found += blocks
        run += [_label_of(page.text, block) for block in blocks]
    if not found:
        return None
    if _is_speech(page.text, found, sum(label in speakers for label in run)):
        return [Block(BlockKind.PARAGRAPH, block.span) for block in found], each
    if len(found) == 1 and not _is_lone_field(page.text, found[0]):
        return None
    return found, each


def _is_speech(text: str, found: list[Block], speaking: int) -> bool:
    """Whether lines with labels are what people say: most labels speak, or one does and nearly all end as sentences."""
    ended = sum(is_ended(block.span.of(text)) for block in found)
    return 2 * speaking > len(found) or (speaking > 0 and 4 * ended >= 3 * len(found))


def with_records(blocks: list[Block], text: str) -> list[Block]:
    """The blocks, with the fields of one record under one number: a label that comes again begins another."""
    found: list[Block] = []
    record, seen, last, is_parted = 0, set[str](), "", True
    end = 0
    for block in blocks:
        if block.kind is not BlockKind.FIELD:
            is_parted = is_parted or block.kind is not BlockKind.FURNITURE
            found.append(block)
            continue
        label = _label_of(text, block)
        is_apart = is_parted and _has_blank_line(text, end, block.span.start)
        if not record or is_apart or (label in seen and label != last):
            record, seen = record + 1, set()
        seen.add(label)
        last, is_parted, end = label, False, block.span.end
        found.append(Block(block.kind, block.span, parts=block.parts, record=record))
    return found


def _has_blank_line(text: str, start: int, end: int) -> bool:
    """Whether a blank line stands between what is said at these places."""
    return any(not line.strip() for line in text[start:end].splitlines()[1:-1])


def _label_of(text: str, block: Block) -> str:
    name = block.parts[0].name if block.parts else None
    return (name.of(text) if name else block.span.of(text)).rstrip(":： ")


def _field(page: Page, at: int) -> tuple[list[Block], int] | None:
    """The field that begins on this line, or several side by side, and the line after it."""
    line = page.lines[at]
    label = label_of(line.words)
    if label is None:
        return None
    cells = [cell.span for cell in cells_of(line)]
    if len(cells) > 1 and all(label_of(cell.of(page.text)) for cell in cells):
        return [_side_by_side(page.text, cell) for cell in cells], at + 1
    name = Span(line.start, line.start + label.end(1))
    end = at + 1
    if label.end() < len(line.words):
        while end < page.end[at] and (
            (page.goes_on(end - 1) and label_of(page.lines[end].words) is None) or _hangs(page, line, end)
        ):
            end += 1
        value = Span(line.start + label.end(), page.lines[end - 1].end)
        parts = () if _TO_FILL_IN.fullmatch(value.of(page.text)) else (Part(value, name),)
        return [Block(BlockKind.FIELD, Span(line.start, value.end), parts=parts)], end
    below = _value_below(page, at)
    if below == end:
        is_among = end < page.end[at] and label_of(page.lines[end].words) is not None
        return ([Block(BlockKind.FIELD, Span(line.start, line.end))], end) if is_among else None
    value = Span(page.lines[end].start, page.lines[below - 1].end)
    return [Block(BlockKind.FIELD, Span(line.start, value.end), parts=(Part(value, name),))], below


def _side_by_side(text: str, cell: Span) -> Block:
    """The field that a cell is; without a part where its value is yet to be filled in."""
    label = label_of(cell.of(text))
    value = Span(cell.start + label.end() if label else cell.end, cell.end)
    if label is None or _TO_FILL_IN.fullmatch(value.of(text)):
        return Block(BlockKind.FIELD, cell)
    return Block(BlockKind.FIELD, cell, parts=(Part(value, Span(cell.start, cell.start + label.end(1))),))


def _hangs(page: Page, line: Line, at: int) -> bool:
    """Whether a line stands indented below a value and so belongs to it."""
    below = page.lines[at]
    return below.indent > line.indent + 1 and page.marks[at] is None and label_of(below.words) is None


def _value_below(page: Page, at: int) -> int:
    """The line after the value that stands below a label: one line, or all that are indented; the next if none does."""
    line, end = page.lines[at], at + 1
    while end < page.end[at] and _hangs(page, line, end):
        end += 1
    if end > at + 1:
        return end
    if end == page.end[at] or page.marks[end] or label_of(page.lines[end].words) or page.lines[end].is_ended:
        return end
    is_one = end + 1 == page.end[at] or label_of(page.lines[end + 1].words) is not None
    return end + 1 if is_one else end


def _is_lone_field(text: str, block: Block) -> bool:
    """Whether one field alone is a field, not a sentence with a colon."""
    if not block.parts or block.parts[0].name is None:
        return False
    value, name = block.parts[0].value.of(text), block.parts[0].name.of(text)
    if holds_sentences(value):
        return False
    return len(name.split()) <= 3 or not is_sentence(value)


def question_lines(page: Page) -> frozenset[int]:
    """The lines that ask and have their answer right below: all that are marked so, and those that stand alone."""
    has_answers = any(is_answer(line.words) for line in page.lines)
    marked = {
        at
        for at, line in enumerate(page.lines)
        if has_answers and line.words[:1] in "QFP问問" and _ASKS.match(line.words)
    }
    if marked:
        return frozenset(marked)
    alone = [at for at, line in enumerate(page.lines) if line.words.endswith(("?", "？")) and _asks_alone(page, at)]
    if len(alone) == 1:
        before = max((each for each in range(alone[0]) if page.lines[each].words), default=None)
        return frozenset() if before is not None and page.lines[before].is_ended else frozenset(alone)
    return frozenset(alone)


def _asks_alone(page: Page, at: int) -> bool:
    line = page.lines[at]
    following = page.after(at + 1)
    if page.first[at] != at or len(line.words) > _LONGEST_QUESTION or following == len(page.lines):
        return False
    if not (line.words[0].isalpha() or line.words[0] == "¿" or page.marks[at]) or label_of(line.words) is not None:
        return False
    answer = page.lines[following].words
    return not answer.endswith(("?", "？")) and page.end[at] - at <= 3


def term(text: str, span: Span, *, is_dashed: bool) -> Block | None:
    """The term and its definition that a paragraph is, where it plainly is one; a field where figures follow a dash."""
    if is_dashed and (dashed := _DASHED.match(text, span.start, span.end)):
        part = Part(Span(dashed.end(), span.end), Span(*dashed.span("term")))
        value = part.value.of(text)
        kind = BlockKind.FIELD if len(value.split()) < 3 or re.search(r"\d", value) else BlockKind.TERM
        return Block(kind, span, parts=(part,))
    defined = _DEFINES.match(text, span.start, span.end)
    if defined is None or defined.end() >= span.end:
        return None
    part = Part(Span(defined.end(), span.end), Span(*defined.span("term")))
    return Block(BlockKind.TERM, span, parts=(part,))


def hanging_terms(page: Page) -> frozenset[int]:
    """The lines that are a term whose definition is indented below it, where the text has several."""
    terms = {at for at in range(len(page.lines) - 1) if page.end[at] > at + 1 and _is_hanging_term(page, at)}
    return frozenset(terms) if len(terms) > 1 else frozenset()


def _is_hanging_term(page: Page, at: int) -> bool:
    line, below = page.lines[at], page.lines[at + 1]
    if below.indent < line.indent + 2 or line.is_stopped or page.marks[at] or page.marks[at + 1] or page.goes_on(at):
        return False
    if page.first[at] < at and page.lines[at - 1].indent <= line.indent and not page.lines[at - 1].is_ended:
        return False
    return len(line.words.split()) <= _MOST_WORDS and len(line.words) <= _LONGEST_TERM and below.right > line.right


def hanging_term(page: Page, at: int) -> Found:
    """A term on its line and the definition indented below it."""
    line, end = page.lines[at], at + 1
    while end < page.end[at] and page.lines[end].indent > line.indent + 1 and not page.marks[end]:
        end += 1
    value = Span(page.lines[at + 1].start, page.lines[end - 1].end)
    part = Part(value, Span(line.start, line.end))
    return [Block(BlockKind.TERM, Span(line.start, value.end), parts=(part,))], end


def messages_of(page: Page) -> frozenset[int]:
    """The lines that say who wrote what stands below them, and at what time, where the text has several."""
    found = {
        at
        for at, line in enumerate(page.lines)
        if page.first[at] == at and page.end[at] > at + 1 and is_sender(line.words)
    }
    return frozenset(found) if len(found) > 1 else frozenset()


def is_sender(words: str) -> bool:
    """Whether a line is a name and a time, and nothing else."""
    return ":" in words[-12:] and _SENDER.fullmatch(words) is not None


def dashed_terms(page: Page) -> frozenset[int]:
    """The lines that are a term, a dash and a definition, where several of them follow each other."""
    found: set[int] = set()
    run: list[int] = []
    for at, line in enumerate(page.lines):
        if not line.words or (run and page.goes_on(at - 1)):
            continue
        dashed = _DASHED.match(line.words) if _DASH.search(line.words) and not page.marks[at] else None
        if dashed and len(dashed["term"].split()) <= _MOST_WORDS_OF_TERM:
            run.append(at)
            continue
        found.update(run if len(run) >= _FEWEST_TERMS else ())
        run = []
    found.update(run if len(run) >= _FEWEST_TERMS else ())
    return frozenset(found)
