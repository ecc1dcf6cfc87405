"""From what a reader found to a document of the library."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from ingest.clean import cleaned, storable, without_stamps
from ingest.language import language_of
from ingest.metadata import stated_in
from ingest.readers.document import ReadDocument
from ingest.readers.plain import blocks_of_text
from ingest.stated import FIELDS, Stated, merged, stated_by
from ingest.titles import is_title
from rag.domain import Block, BlockKind, Document, Origin
from rag.errors import DocumentError

_LONGEST_FIELD = 500
_NO_TITLES = (BlockKind.ROW, BlockKind.TERM)


def document_of(read: ReadDocument, *, document_id: str, shown: str, beside: Stated | None = None) -> Document:
    """The document as it is stored: its search copy made, and its own words asked for what its format did not state.

    What stands `beside` it, in a metadata.csv, comes before what it states itself. Raises DocumentError where it holds
    no visible text.
    """
    text = storable(read.text)
    copy = cleaned(storable(read.search_text) if read.search_text is not None else text)
    if not copy.text.strip():
        raise DocumentError(f"Cannot read {shown}: it holds no text.")
    own = {name: _field(getattr(read, name)) for name in FIELDS}
    if own["title"] and not is_title(own["title"]):
        own["title"] = None
    blocks = read.blocks or blocks_of_text(text)
    stated = merged(
        beside,
        stated_by(read.how, read.known_by, **own),
        stated_in(_without(_NO_TITLES, copy.text, blocks)) if read.prose else None,
        stated_by("its first heading", title=_first_heading(text, blocks)) if read.prose else None,
        stated_by("a guess from its words", language=language_of(copy.text)),
    )
    # Asked for what it states, the text can lose the marks that state it.
    search_text = without_stamps(copy.text) if read.prose else copy.text
    return Document(
        id=document_id,
        text=text,
        origin=Origin(path=shown, **{name: _field(getattr(stated, name)) for name in FIELDS}),
        search_text=_said(search_text, blocks),
        blocks=blocks,
        pages=read.pages,
        known_by=dict(stated.known_by),
        cleaned=copy.counts,
    )


def _without_names(blocks: Sequence[Block]) -> list[Block]:
    """The blocks but those that name the columns of others."""
    names = sorted({part.name for block in blocks for part in block.parts if part.name is not None})
    starts = [name.start for name in names]
    return [
        block
        for block in blocks
        if (at := bisect_left(starts, block.span.start)) == len(starts) or starts[at] >= block.span.end
    ]


def with_blocks(stored: Document) -> Document:
    """A stored document with the blocks that can be told from its text; all else that is known of it stays."""
    if PurePosixPath(stored.origin.path).suffix.lower() in (".md", ".markdown"):
        from ingest.readers.markdown import markdown_of  # slow to import, and seldom needed

        blocks = markdown_of(stored.text).blocks
    else:
        blocks = blocks_of_text(stored.text)
    return replace(stored, blocks=blocks, search_text=_said(stored.search_text, blocks))


def _said(search_text: str, blocks: Sequence[Block]) -> str:
    """The search copy without furniture, where there is anything else."""
    said = _without((BlockKind.FURNITURE,), search_text, _without_names(blocks))
    return said if said.strip() else search_text


def _first_heading(text: str, blocks: Iterable[Block]) -> str | None:
    """The heading that a text begins with; None where it begins with other words."""
    first = next((block for block in blocks if block.kind is not BlockKind.FURNITURE), None)
    words = first.span.of(text) if first is not None and first.kind is BlockKind.HEADING else ""
    return words if is_title(words) else None


def _without(kinds: Collection[BlockKind], text: str, blocks: Iterable[Block]) -> str:
    """The text with the blocks of these kinds blanked, exactly as long."""
    pieces, at = [], 0
    for block in blocks:
        if block.kind in kinds:
            pieces += [text[at : block.span.start], " " * (block.span.end - block.span.start)]
            at = block.span.end
    return "".join([*pieces, text[at:]])


def digest_of(read: ReadDocument) -> str:
    """The sha256 of what a record of a corpus says, however its file writes it."""
    said = [read.record_id, read.text, *(getattr(read, name) for name in FIELDS)]
    return hashlib.sha256(json.dumps(said).encode("ascii")).hexdigest()


def _field(value: str | None) -> str | None:
    return storable(" ".join((value or "").split()))[:_LONGEST_FIELD] or None
