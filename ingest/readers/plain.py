"""Plain text: paragraphs. (Until the parser is merged.)"""

import re

from ingest.structure import leaning
from rag.domain import Block, BlockKind, Span


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The blocks of a text."""
    return leaning(
        (Block(BlockKind.PARAGRAPH, Span(*found.span())) for found in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)), text
    )
