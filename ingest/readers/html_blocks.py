"""The blocks of a web page, a page of a book or an HTML mail, told by its elements."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from ingest.readers.html_table import Row, as_field, is_layout, rows_of, write_table
from ingest.readers.html_words import BLOCKS, HEADINGS, raw_words_of, words_of
from ingest.readers.labels import TYPED_NUMBER
from ingest.readers.mail_body import INTRODUCES
from ingest.structure import TextWriter
from rag.domain import BlockKind, Span

_DEEPEST = 120
"""What is nested deeper is taken as words: a page may nest thousands of elements in one another."""
_LONGEST_ITEM = 300
"""A paragraph of an item or a definition that is longer than this ends it; what follows leans on it."""
_LONGEST_TITLE = 80
_ASKS = ("?", "？")
_ENDED = (".", ",", ";", ":", "!", "…", "。", "！", "：")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_LABELLED = re.compile(r"([^\W\d_][^:：.!?]{0,39})[:：]\s+(\S.*)|([^\W\d_][^:：.!?]{0,39})[:：]")
_BULLET = re.compile(r"[•·▪◦‣–*-]\s+(?=\S)")
_NOTES = re.compile(r"(?<!\S)(?:doc-)?(?:foot|end|rear)notes?(?!\S)")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the words are that stand directly in an element."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    leans_on: tuple[Span, ...] = ()
    term: str = ""
    """What is defined, where the words are a definition."""


class BlockReader:
    """Writes the blocks of elements in order; `is_furniture` tells which elements a reader passes over."""

    def __init__(
        self, writer: TextWriter, *, is_furniture: Callable[[LexborNode], bool], is_mail: bool = False
    ) -> None:
        self._writer = writer
        self._is_furniture = is_furniture
        self._is_mail = is_mail
        self._words: list[str] = []
        """Of the block under way; a line break only where the page has one."""
        self._bold: tuple[int, int] | None = None
        """Which of these pieces are the first that are bold."""
        self._blocks_ended = 0
        self._frame = _Frame()
        self._list_level = -1
        self._heading_level = 0

    def read(self, node: LexborNode) -> None:
        """Writes all blocks of an element."""
        self._inside(node, 0)
        self._end()

    def _inside(self, node: LexborNode, depth: int) -> None:
        for child in node.iter(include_text=True):
            self._child(child, depth)

    def _child(self, node: LexborNode, depth: int) -> None:
        if node.tag == "-text":
            self._words.append((node.text_content or "").replace("\n", " "))
        elif node.tag == "br":
            self._words.append("\n")
        elif depth >= _DEEPEST:
            self._words.append(words_of(node))
        else:
            self._element(node, depth + 1)

    def _element(self, node: LexborNode, depth: int) -> None:
        tag = node.tag or ""
        if self._is_furniture(node):
            self._alone(BlockKind.FURNITURE, words_of(node))
        elif tag in HEADINGS:
            self._heading(words_of(node), level=int(tag[1]))
        elif tag == "summary":
            self._summary(words_of(node))
        elif tag == "details":
            self._details(node, depth)
        elif tag in ("ul", "ol", "menu"):
            self._list(node, depth)
        elif tag == "dl":
            self._definitions(node, depth)
        elif tag == "table":
            self._table(node, depth)
        elif tag == "pre":
            self._alone(BlockKind.CODE, raw_words_of(node))
        elif tag in ("figcaption", "caption", "legend"):
            self._alone(BlockKind.CAPTION, words_of(node))
        elif tag == "button":
            self._button(node)
        elif tag == "q":
            self._words.append("“")
            self._inside(node, depth)
            self._words.append("”")
        elif tag in ("b", "strong"):
            self._bold_words(node, depth)
        elif _is_note(node):
            with self._framed(_Frame(BlockKind.FOOTNOTE)):
                self._inside(node, depth)
        elif tag == "blockquote" and self._is_mail:
            with self._framed(_Frame(BlockKind.QUOTED)):
                self._inside(node, depth)
        elif tag in BLOCKS:
            self._break()
            self._inside(node, depth)
            self._break()
        else:
            self._inside(node, depth)

    # -- kinds of elements ---------------------------------------------------------------------------------------

    def _alone(self, kind: BlockKind, words: str) -> None:
        self._end()
        self._writer.add(kind, words, leans_on=() if kind is BlockKind.FURNITURE else self._frame.leans_on)

    def _heading(self, words: str, *, level: int) -> None:
        self._end()
        if self._frame.kind in (BlockKind.ITEM, BlockKind.STEP, BlockKind.TERM):
            self._frame = _Frame()  # the item is a place on the page
        if words:
            self._writer.add(BlockKind.HEADING, words, level=level)
            self._heading_level = level

    def _summary(self, words: str) -> None:
        if words.endswith(_ASKS):
            self._alone(BlockKind.QUESTION, words)
        else:
            self._end()
            self._writer.add(BlockKind.HEADING, words, level=self._heading_level + 1)

    def _details(self, node: LexborNode, depth: int) -> None:
        """What opens at a click belongs to its summary, and what follows does not."""
        level = self._heading_level
        self._break()
        self._inside(node, depth)
        self._break()
        self._heading_level = level
        self._writer.end_section(level + 1)

    def _button(self, node: LexborNode) -> None:
        """A button is no text, save one that opens an answer or is a heading's."""
        words = words_of(node)
        if words.endswith(_ASKS) and "aria-expanded" in node.attributes:
            self._alone(BlockKind.QUESTION, words)

    def _bold_words(self, node: LexborNode, depth: int) -> None:
        at, start = self._blocks_ended, len(self._words)
        self._inside(node, depth)
        if at == self._blocks_ended and self._bold is None:
            self._bold = start, len(self._words)

    def _list(self, node: LexborNode, depth: int) -> None:
        kind = BlockKind.STEP if node.tag == "ol" else BlockKind.ITEM
        kind = BlockKind.FOOTNOTE if _is_note(node) or self._frame.kind is BlockKind.FOOTNOTE else kind
        kind = BlockKind.QUOTED if self._frame.kind is BlockKind.QUOTED else kind
        self._end()
        self._list_level += 1
        for child in node.iter(include_text=True):
            if child.tag == "li" and not self._is_furniture(child):
                with self._framed(_Frame(kind, self._list_level, self._frame.leans_on)):
                    self._inside(child, depth)
            else:
                self._child(child, depth)
        self._list_level -= 1

    def _definitions(self, node: LexborNode, depth: int) -> None:
        terms: list[str] = []
        with self._framed(_Frame(leans_on=self._frame.leans_on)):
            outer = self._frame
            for child in _defined(node):
                if child.tag == "dt":
                    self._end()
                    terms = [*(terms if self._frame is outer else ()), words_of(child)]
                    self._frame = outer
                elif child.tag == "dd" and _is_note(node):
                    with self._framed(_Frame(BlockKind.FOOTNOTE)):
                        self._words += [*terms, " "]
                        self._inside(child, depth)
                    terms = []
                elif child.tag == "dd":
                    self._definition(child, ", ".join(filter(None, terms)) if self._frame is outer else "", depth)
                else:
                    self._child(child, depth)
            self._end()
            if self._frame is outer:  # terms of nothing
                self._writer.add(BlockKind.TERM, ", ".join(terms), leans_on=outer.leans_on)

    def _definition(self, node: LexborNode, term: str, depth: int) -> None:
        """A definition of this term, or where none is given a further one of the same."""
        if term.endswith(_ASKS):
            self._alone(BlockKind.QUESTION, term)
            self._frame = replace(self._frame)
        elif term:
            self._frame = replace(self._frame, kind=BlockKind.TERM, term=term)
        elif self._frame.kind is BlockKind.TERM:
            self._words.append("; ")
        else:
            self._end()
        self._inside(node, depth)

    def _table(self, node: LexborNode, depth: int) -> None:
        self._end()
        rows = rows_of(node)
        for caption in (child for child in node.iter() if child.tag == "caption"):
            self._alone(BlockKind.CAPTION, words_of(caption))
        if is_layout(node, rows):
            self._places([row for row, _ in rows], depth)
        else:
            write_table(self._writer, rows, self._frame.leans_on)

    def _places(self, rows: list[Row], depth: int) -> None:
        """What stands in the cells of a table that but places it; rows of a label and a value are fields."""
        record = None
        for row in rows:
            field = as_field(row)
            if field:
                record = record or self._writer.record()
                self._writer.pair(BlockKind.FIELD, *field, leans_on=self._frame.leans_on, record=record)
                continue
            record = None
            for cell in row:
                self._inside(cell.node, depth)
                self._end()

    # -- the block under way -------------------------------------------------------------------------------------

    @contextmanager
    def _framed(self, frame: _Frame) -> Iterator[None]:
        self._end()
        outer, self._frame = self._frame, frame
        yield
        self._end()
        self._frame = outer

    def _break(self) -> None:
        """A block begins or ends here; a short paragraph of an item goes on with the next."""
        goes_on = self._frame.kind in (BlockKind.ITEM, BlockKind.STEP, BlockKind.TERM, BlockKind.FOOTNOTE)
        if goes_on and sum(map(len, self._words)) < _LONGEST_ITEM:
            self._words.append(" ")
        else:
            self._end()

    def _end(self) -> None:
        """Writes the block under way."""
        written = "".join(self._words)
        start, end = self._bold or (0, 0)
        bold = "" if any(map(str.strip, self._words[:start])) else _squeezed("".join(self._words[start:end]))
        self._words, self._bold = [], None
        self._blocks_ended += 1
        if not written.strip():
            return
        frame = self._frame
        if frame.kind is BlockKind.PARAGRAPH:
            for paragraph in _EMPTY_LINE.split(written):
                self._paragraph([words for line in paragraph.split("\n") if (words := _squeezed(line))], bold)
            return
        if frame.kind is BlockKind.TERM:
            span = self._writer.pair(frame.kind, frame.term, written, leans_on=frame.leans_on)
            leans_on = span and Span(span.start, span.start + len(_squeezed(frame.term).rstrip(":： ")))
        else:
            leans_on = self._writer.add(frame.kind, written, level=frame.level, leans_on=frame.leans_on)
        if leans_on and frame.kind in (BlockKind.ITEM, BlockKind.STEP, BlockKind.TERM):
            self._frame = _Frame(leans_on=(*frame.leans_on, leans_on))  # what follows in the item goes on with it

    def _paragraph(self, lines: list[str], bold: str) -> None:
        labelled = [_LABELLED.fullmatch(line) for line in lines]
        record = self._writer.record() if sum(map(bool, labelled)) > 1 else None
        leans_on = self._frame.leans_on
        if record is not None:
            for line, found in zip(lines, labelled, strict=True):
                if found and found.group(1):
                    self._writer.pair(BlockKind.FIELD, found.group(1), found.group(2), leans_on=leans_on, record=record)
                else:
                    self._writer.add(BlockKind.PARAGRAPH, line, leans_on=leans_on)
        elif len(lines) > 1 and all(map(_BULLET.match, lines)):
            for line in lines:
                self._writer.add(BlockKind.ITEM, _BULLET.sub("", line, count=1), leans_on=leans_on)
        else:
            self._words_of_one(" ".join(lines), bold)

    def _words_of_one(self, words: str, bold: str) -> None:
        leans_on = self._frame.leans_on
        rest = words.removeprefix(bold).lstrip()
        is_label = bold and len(bold) <= _LONGEST_TITLE and (bold.endswith((":", "：")) or rest.startswith((":", "：")))
        if is_label and words.startswith(bold) and rest.strip(":： "):
            self._writer.pair(BlockKind.FIELD, bold, rest.lstrip(":： "), leans_on=leans_on)
        elif words == bold and words.endswith(_ASKS):
            self._writer.add(BlockKind.QUESTION, words, leans_on=leans_on)
        elif words == bold and len(words) <= _LONGEST_TITLE and not words.endswith(_ENDED):
            self._writer.add(BlockKind.HEADING, words, level=self._heading_level + 1)
        elif self._is_mail and INTRODUCES.fullmatch(words):
            self._writer.add(BlockKind.QUOTED, words, leans_on=leans_on)
        elif number := TYPED_NUMBER.match(words):
            depth = number.group().strip(" .").count(".")
            self._writer.add(BlockKind.STEP, words, level=depth, leans_on=leans_on)
        else:
            self._writer.add(BlockKind.PARAGRAPH, words, leans_on=leans_on)


def _defined(node: LexborNode) -> Iterator[LexborNode]:
    """Terms and definitions; groups of them may stand in `div` elements."""
    for child in node.iter():
        if child.tag == "div":
            yield from child.iter()
        else:
            yield child


def _is_note(node: LexborNode) -> bool:
    """Whether an element is marked as a note of the foot, or holds such notes."""
    marks = (node.attributes.get(key) or "" for key in ("role", "epub:type", "class"))
    return node.tag not in ("a", "sup") and bool(_NOTES.search(" ".join(marks)))


def _squeezed(words: str) -> str:
    return " ".join(words.split())
