"""From what a reader found to a document of the library."""

import hashlib
import json

from ingest.clean import search_copy, storable, without_stamps
from ingest.metadata import Stated, stated_in
from ingest.readers.document import ReadDocument
from rag.domain import Document, Origin
from rag.errors import DocumentError

_LONGEST_FIELD = 500


def document_of(read: ReadDocument, *, document_id: str, shown: str) -> Document:
    """The document as it is stored: its search copy made, and its own words asked for what its format did not state.

    Raises DocumentError where it holds no visible text.
    """
    text = storable(read.text)
    search_text = search_copy(storable(read.search_text) if read.search_text is not None else text)
    if not search_text.strip():
        raise DocumentError(f"Cannot read {shown}: it holds no text.")
    stated = stated_in(search_text) if read.prose else Stated()
    origin = Origin(
        path=shown,
        title=_field(read.title) or _field(stated.title),
        outlet=_field(read.outlet) or _field(stated.outlet),
        published=read.published or stated.published,
        author=_field(read.author) or _field(stated.author),
        url=_field(read.url),
    )
    # Asked for what it states, the text can lose the marks that state it.
    search_text = without_stamps(search_text) if read.prose else search_text
    return Document(id=document_id, text=text, origin=origin, search_text=search_text, pages=read.pages)


def digest_of(read: ReadDocument) -> str:
    """The sha256 of what a record of a corpus says, however its file writes it."""
    said = [read.record_id, read.text, read.title, read.outlet, read.published, read.author, read.url]
    return hashlib.sha256(json.dumps(said).encode("ascii")).hexdigest()


def _field(value: str | None) -> str | None:
    return storable(" ".join((value or "").split()))[:_LONGEST_FIELD] or None
