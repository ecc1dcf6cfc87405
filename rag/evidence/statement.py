"""Statements: the smallest pieces of a document that say something, each with the context that it needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from rag.domain import Block, BlockKind, Part, Passage, Quote, Span
from rag.text.sentences import sentences
from rag.text.words import content_stems, name_in_words, words

RECORDS = frozenset({BlockKind.ROW, BlockKind.FIELD, BlockKind.TERM, BlockKind.ITEM})
"""Kinds whose neighbours tell of other things: what stands in the next row says nothing of this one."""
TOLD_ALONE = RECORDS | {BlockKind.STEP}
"""Kinds that say something by themselves, with what they stand under; sentences of prose lean on their neighbours."""
_SILENT = frozenset({BlockKind.FURNITURE, BlockKind.QUESTION})
_WHOLE = frozenset({BlockKind.ROW, BlockKind.FIELD, BlockKind.TERM, BlockKind.HEADING, BlockKind.CODE})
_LISTED = frozenset({BlockKind.ITEM, BlockKind.STEP})
_LONGEST_ITEM = 300
"""A longer item of a list is not quoted whole, but sentence by sentence."""
_CLOSING = r"[\"'“”‘’«»」』)\]*_]*\s*$"
_ASKS = re.compile(rf"[?？]{_CLOSING}")
_LEADS = re.compile(rf"[:：]{_CLOSING}")
_GAP = re.compile(r"(?<=[(\[]) +| +(?=[,.;:!?)\]])")
_SPACE = re.compile(r"\s")
_STATEMENTS_KEPT = 1024
_PART_ENDS = re.compile(r"(?<=[.;!?])\s+|\s{2,}|\n")
_LONGEST_PART = 80
_LONGEST_PATH = 200
_LONGEST_BESIDE = 100


@dataclass(frozen=True)
class Statement:
    """Words of a passage that say something; `span` lies in the document's text."""

    passage: Passage
    span: Span
    kind: BlockKind = field(default=BlockKind.PARAGRAPH, compare=False)
    context: tuple[Quote, ...] = field(default=(), compare=False)
    """The words of the document that it needs to be understood, outermost first."""
    values: tuple[tuple[str, Span], ...] = field(default=(), compare=False)
    """Of a row, a field or a term: each value's span with its name, "" where it has none."""
    beside: str = field(default="", compare=False)
    """The other blocks of its record, such as the fields of one form."""
    asked: str = field(default="", compare=False)
    """Of a row, the cells that are shown in an answer; of a field, the field with its subject; empty for all of it."""
    subject: Span | None = field(default=None, compare=False)
    """Words of the passage that say in an answer what a field is of; they are cited with it."""

    @cached_property
    def text(self) -> str:
        """The words, on one line."""
        return self.value(self.span)

    @property
    def day(self) -> str | None:
        """When its document was published."""
        return self.passage.origin.published

    @cached_property
    def path(self) -> str:
        """Its context as it is read: each part ends like a sentence."""
        return " ".join(text if text[-1] in ".:?!：？。！" else f"{text}." for text in self.headed if text)

    @cached_property
    def headed(self) -> tuple[str, ...]:
        """The words of its context, each on one line; those whose text is blanked are left out."""
        return tuple(filter(None, (_on_one_line(quote.text) for quote in self.context)))

    @cached_property
    def said(self) -> str:
        """Its words, with the names of its values where they stand elsewhere, as the heads of columns may."""
        names = [name for name, _ in self.values]
        if not names or all(not name or name in self.text for name in names):
            return self.text
        written = ((name, self.value(span)) for name, span in self.values)
        return "; ".join(f"{name}: {value}" if name else value for name, value in written)

    @cached_property
    def reading(self) -> str:
        """What it says to somebody who sees nothing else: its context, and what it says."""
        return f"{self.path} {self.said}".strip()

    def setting(self, asked: str) -> str:
        """Where it stands, on one line, for a model that reads it alone: `file › title › headings · what is beside it`.

        Beside it is the rest of its record, or else how its document begins: first what of both holds a word that is
        `asked` and that nothing else of it says, such as the name of a tenant or the month of a bill. The innermost
        stays where it gets long.
        """
        path, beside = self.around
        known = set(content_stems(f"{path} {self.said}"))
        wanted = set(content_stems(asked)) - known
        parts = [part for part in _PART_ENDS.split(beside) if part.strip()]
        begins = _PART_ENDS.split(self.passage.head) if self.beside else []
        first = [part for part in (*begins, *parts) if not wanted.isdisjoint(content_stems(part))]
        told = " ".join([*first, *(part for part in parts if part not in first)])[:_LONGEST_BESIDE].strip()
        return f"{path} · {told}" if told and told not in path else path

    @cached_property
    def around(self) -> tuple[str, str]:
        """Its path, outermost first, and what stands beside it, or how its document begins."""
        origin, head = self.passage.origin, self.passage.head
        title = origin.title or ""
        parts = [_on_one_line(part)[:_LONGEST_PART] for part in (name_in_words(origin.path), title, *self.headed)]
        said = {" ".join(words(part)).lower(): part for part in parts}
        path = " › ".join(part for key, part in said.items() if key)[-_LONGEST_PATH:].strip()
        before = head[: head.find(self.text)] if self.text in head else head
        return path, self.beside or before.removeprefix(title).lstrip(". ")

    def value(self, span: Span) -> str:
        """The words at a span of it, such as one of its values."""
        place = span.shifted(-self.passage.span.start)
        return _on_one_line(_without_gaps(place.of(self.passage.search_text), place.of(self.passage.text)))


def statements_of(passage: Passage) -> tuple[Statement, ...]:
    """What a passage says, in order. What asks, has a label and no value, or leads to what follows says nothing."""
    return _kept(passage, passage.blocks)  # which are no part of what tells passages apart


@lru_cache(maxsize=_STATEMENTS_KEPT)
def _kept(passage: Passage, _: tuple[Block, ...]) -> tuple[Statement, ...]:
    return tuple(
        statement
        for block in passage.blocks or (Block(BlockKind.PARAGRAPH, passage.span),)
        if block.kind not in _SILENT
        for statement in _statements(passage, block)
        if not _ASKS.search(statement.text) and not _LEADS.search(statement.text)
    )


def _statements(passage: Passage, block: Block) -> Iterator[Statement]:
    held = Span(max(block.span.start, passage.span.start), min(block.span.end, passage.span.end))
    around = {quote.span: quote for quote in passage.around}
    context = tuple(around[span] for span in block.leans_on if span in around)
    if block.kind is BlockKind.FIELD and not block.parts:
        return
    for span in _cut(passage, block, held):
        inside = [part for part in block.parts if part.value.within(span)]
        if block.kind is BlockKind.ROW and block.parts and len(inside) < 2 and not _is_named(inside):
            continue  # a row with a name and no value
        yield Statement(
            passage,
            span,
            block.kind,
            context,
            tuple((_name(part, around), part.value) for part in inside),
            _beside(passage, block),
        )


def _is_named(parts: list[Part]) -> bool:
    return bool(parts) and parts[0].name is not None


def _name(part: Part, around: dict[Span, Quote]) -> str:
    return _on_one_line(around[part.name].text) if part.name is not None and part.name in around else ""


def _cut(passage: Passage, block: Block, held: Span) -> list[Span]:
    """A block as the pieces that are quoted: whole, or its sentences."""
    text = held.shifted(-passage.span.start).of(passage.search_text)
    cut = [span.shifted(held.start) for span in sentences(text)]
    if not cut:
        return []
    is_whole = block.kind in _WHOLE or (block.kind in _LISTED and len(text) <= _LONGEST_ITEM)
    return [Span(cut[0].start, cut[-1].end)] if is_whole else cut


def _beside(passage: Passage, block: Block) -> str:
    if block.record is None:
        return ""
    others = (one for one in passage.blocks if one.record == block.record and one is not block)
    return " ".join(
        _on_one_line(one.span.shifted(-passage.span.start).of(passage.search_text))
        for one in others
        if one.span.within(passage.span)
    )


def _without_gaps(text: str, stored: str) -> str:
    """The text without the blanks that marks of the stored text have left at a stop or a bracket: `(**shut**).`"""
    if text == stored:
        return text
    gaps = [gap.span() for gap in _GAP.finditer(text) if not _SPACE.search(stored, *gap.span())]
    ends, starts = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
