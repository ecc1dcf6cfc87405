"""What a paragraph of Markdown is: fields, terms, notes, a question, pictures, or words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.readers.labels import is_sentence
from ingest.readers.plain import blocks_of_text
from ingest.readers.plain_lines import is_small
from ingest.structure import shifted
from rag.domain import Block, BlockKind, Part, Span

_LABEL = re.compile(r"(?:\*\*|__)(?:([^*_\n]{1,80}?)[:：](?:\*\*|__)|([^*_\n]{1,80}?)(?:\*\*|__)[ \t]*[:：])[ \t]*")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,200}?)(?<=\S)\1")
_NOTE = re.compile(r"\[\^[^\]\s]{1,60}\]:[ \t]*")
_REFERENCE = re.compile(r"\[[^\]\^\n]{1,40}\][ \t]+(?=\S)")
_DEFINES = re.compile(r":[ \t]+(?=\S)")
_PICTURES = re.compile(r"(?:\s|!\[[^\]]{0,1000}\]\([^)\n]{0,2000}\)|!\[\[[^\]\n]{0,300}\]\]|<img\b[^<>]{0,2000}>)+")
_LINE = re.compile(r"[^\r\n]+")
_LONGEST_HEADING = 80
_ASKS, _ENDED = ("?", "？"), (".", ",", ";", ":", "!", "…", "。", "！", "：")
_IN_TEXT = {BlockKind.FIELD, BlockKind.QUESTION, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.STEP, BlockKind.TERM}


def paragraph_blocks(text: str, span: Span, *, level: int, records: int) -> list[Block]:
    """The blocks of a paragraph; `level` is that of a heading in it, and so many records stand before it."""
    if _PICTURES.fullmatch(text, span.start, span.end):
        return [Block(BlockKind.FURNITURE, span)]
    lines = [
        line
        for found in _LINE.finditer(text, span.start, span.end)
        if (line := trimmed(text, Span(found.start(), found.end())))
    ]
    if any(_NOTE.match(text, line.start, line.end) for line in lines):
        return [
            block
            for part in _parted(text, lines, _NOTE)
            for block in _note(text, part) or paragraph_blocks(text, part, level=level, records=records)
        ]
    if len(lines) > 1 and all(_REFERENCE.match(text, line.start, line.end) for line in lines):
        return [Block(BlockKind.ITEM, line) for line in lines]
    if len(lines) > 1 and _DEFINES.match(text, lines[1].start, lines[1].end):
        return [_term(text, lines)]
    if any(_LABEL.match(text, line.start, line.end) for line in lines):
        fields = list(_parted(text, lines, _LABEL))
        return [_field(text, field, records + 1 if len(fields) > 1 else None) for field in fields]
    bold = _BOLD.fullmatch(text, span.start, span.end)
    if bold and bold.group(2).endswith(_ASKS):
        return [Block(BlockKind.QUESTION, Span(*bold.span(2)))]
    if bold and len(bold.group(2)) <= _LONGEST_HEADING and not bold.group(2).endswith(_ENDED):
        return [Block(BlockKind.HEADING, Span(*bold.span(2)), level)]
    if len(lines) > 1:
        found = _rejoined(blocks_of_text(span.of(text)), span.of(text))
        kinds = {block.kind for block in found}
        if kinds <= _IN_TEXT and kinds != {BlockKind.PARAGRAPH}:  # a line alone begins no paragraph in Markdown
            return [shifted(block, span.start, records=records) for block in found]
    return [Block(BlockKind.PARAGRAPH, span)]


def trimmed(text: str, span: Span) -> Span | None:
    """The span without white space at its ends; None where nothing else is in it."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.start + len(words.rstrip())
    return Span(start, end) if start < end else None


def _rejoined(blocks: Sequence[Block], text: str) -> list[Block]:
    """The blocks, a line that begins small joined to the one before it: in Markdown the end of a line is a space."""
    found: list[Block] = []
    for block in blocks:
        is_paragraph = block.kind is BlockKind.PARAGRAPH and found and found[-1].kind is BlockKind.PARAGRAPH
        if is_paragraph and is_small(block.span.of(text)):
            found[-1] = replace(found[-1], span=Span(found[-1].span.start, block.span.end))
        else:
            found.append(block)
    return found


def _parted(text: str, lines: list[Span], begins: re.Pattern[str]) -> Iterator[Span]:
    """The lines in groups, each of which begins with a line of this kind; what stands before the first is one too."""
    start = lines[0].start
    end = start
    for line in lines:
        if line.start > start and begins.match(text, line.start, line.end):
            yield Span(start, end)
            start = line.start
        end = line.end
    yield Span(start, end)


def _note(text: str, span: Span) -> list[Block]:
    mark = _NOTE.match(text, span.start, span.end)
    words = trimmed(text, Span(mark.end(), span.end)) if mark else None
    return [Block(BlockKind.FOOTNOTE, words)] if words else []


def _term(text: str, lines: list[Span]) -> Block:
    """A term on its line and its definitions below it, each after a colon."""
    values: list[Span] = []
    for line in lines[1:]:
        mark = _DEFINES.match(text, line.start, line.end)
        if mark:
            values.append(Span(mark.end(), line.end))
        else:
            values[-1] = Span(values[-1].start, line.end)
    parts = tuple(Part(value, lines[0]) for value in values)
    return Block(BlockKind.TERM, Span(lines[0].start, lines[-1].end), parts=parts)


def _field(text: str, span: Span, record: int | None) -> Block:
    label = _LABEL.match(text, span.start, span.end)
    value = trimmed(text, Span(label.end(), span.end)) if label else None
    if label is None or value is None:
        return Block(BlockKind.PARAGRAPH, span)
    name = Span(*label.span(1)) if label.group(1) is not None else Span(*label.span(2))
    defines = record is None and value.of(text)[0].islower() and is_sentence(value.of(text))
    return Block(BlockKind.TERM if defines else BlockKind.FIELD, span, parts=(Part(value, name),), record=record)
