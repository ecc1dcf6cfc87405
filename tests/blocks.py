"""What a reader made of a document, as tests compare it."""

from ingest.readers.document import ReadDocument
from rag.domain import Block


def said(read: ReadDocument) -> list[tuple[str, str]]:
    """The kind and the words of each block."""
    return [(block.kind.value, block.span.of(read.text)) for block in read.blocks]


def leant(read: ReadDocument, block: Block) -> list[str]:
    """What a block leans on, outermost first."""
    return [span.of(read.text) for span in block.leans_on]


def named(read: ReadDocument, block: Block) -> list[tuple[str | None, str]]:
    """The values in a block, each after what names it."""
    return [(part.name.of(read.text) if part.name else None, part.value.of(read.text)) for part in block.parts]


def not_covered(read: ReadDocument) -> str:
    """The visible text between the blocks."""
    end, between = 0, ""
    for block in read.blocks:
        between += read.text[end : block.span.start]
        end = block.span.end
    return (between + read.text[end:]).strip()
