"""What a reader gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.domain import Block


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document as its reader found it. What the document does not state is None."""

    text: str
    search_text: str | None = None
    """The text with what is not prose blanked by spaces; of the same length."""
    blocks: tuple[Block, ...] = ()
    """What the reader knows of the text's structure, in order; empty for plain text, which is parsed for it."""
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    """The language that the document says it is in, such as `en` or `en-GB`."""
    how: str = field(default="the file's own metadata", compare=False)
    """Where the metadata stands that a reader gives, in words for people."""
    known_by: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Where a single field stands, by its name, where it is not `how`."""
    pages: tuple[int, ...] = ()
    notices: tuple[str, ...] = ()
    record_id: str | None = None
    """The corpus's own id of this record."""
    line: int | None = None
    """Where the record stands in its corpus, from 1."""
    prose: bool = True
    """Whether the text may state its own title and date; rows of a table do not."""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record of a corpus that cannot be read; the others can."""

    line: int
    error: str
