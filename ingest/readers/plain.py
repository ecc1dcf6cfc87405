"""A stand-in until the parser of plain texts comes; the merge takes that one: paragraphs parted by blank lines."""

import re

from ingest.structure import leaning
from rag.domain import Block, BlockKind, Span

_PARAGRAPH = re.compile(r"\S(?:.|\n(?![ \t]*(?:\n|\Z)))*")


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text, their spans in it."""
    found = (Span(found.start(), found.start() + len(found.group().rstrip())) for found in _PARAGRAPH.finditer(text))
    return leaning((Block(BlockKind.PARAGRAPH, span) for span in found), text)
