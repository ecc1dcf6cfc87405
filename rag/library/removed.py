"""A document that is taken out of the library, with all that puts it back as it was, unread and not embedded again."""

from dataclasses import dataclass

from rag.domain import Document, Span
from rag.library.catalog import Catalog, Entry
from rag.library.writer import LibraryWriter
from rag.ports import Vectors


@dataclass(frozen=True, slots=True)
class Removed:
    """A document as it was stored."""

    document: Document
    entries: tuple[Entry, ...]
    """The places where copies of it were read, the one that it came from first."""
    tags: dict[str, tuple[str, ...]]
    """By these places."""
    spans: tuple[Span, ...]
    vectors: Vectors
    sketch: tuple[int, ...]


def take_out(document_id: str, catalog: Catalog, writer: LibraryWriter) -> Removed:
    """Removes a document and every copy of it; raises LibraryError where there is none."""
    document = catalog.document(document_id)
    sources = catalog.sources_of(document_id)
    known = filter(None, map(catalog.entry, sources))
    entries = tuple(sorted(known, key=lambda entry: entry.path != document.origin.path))
    ids = catalog.passage_ids_of(document_id)
    removed = Removed(
        document=document,
        entries=entries,
        tags={source: catalog.tags_given(source) for source in sources},
        spans=tuple(passage.span for passage in catalog.passages_of(document_id)),
        vectors=catalog.vectors(ids),
        sketch=catalog.sketch_of(document_id),
    )
    for source in sources:
        writer.forget(source)
    return removed


def put_back(removed: Removed, writer: LibraryWriter) -> None:
    """Stores a document again that was taken out, with its copies and tags."""
    first, *others = removed.entries
    writer.put(
        removed.document,
        source=first.source,
        sha256=first.sha256,
        content=first.content,
        spans=removed.spans,
        vectors=removed.vectors,
        sketch=removed.sketch,
        tags=removed.tags[first.source],
    )
    for entry in others:
        writer.link(source=entry.source, path=entry.path, sha256=entry.sha256, document=removed.document.id)
        writer.tag(entry.source, removed.tags[entry.source])
