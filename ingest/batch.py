"""Embeds the passages of several documents at once, then stores each document whole and in order."""

from dataclasses import dataclass

from rag.domain import Document, Span
from rag.library.writer import LibraryWriter
from rag.ports import Embedder

_PASSAGES = 128


@dataclass(frozen=True, slots=True)
class Ready:
    """A document that is read and cut, and waits for its vectors."""

    document: Document
    source: str
    sha256: str
    spans: tuple[Span, ...]


class BatchWriter:
    """Writes to the library in the order of its calls. What waits when a run is broken off is left out whole."""

    def __init__(self, writer: LibraryWriter, embedder: Embedder) -> None:
        self._writer = writer
        self._embedder = embedder
        self._waiting: list[Ready] = []
        self.passages = 0
        """How many passages were written so far."""

    def put(self, ready: Ready) -> None:
        """Stores a document, now or together with the next ones."""
        self._waiting.append(ready)
        if sum(len(waiting.spans) for waiting in self._waiting) >= _PASSAGES:
            self.flush()

    def link(self, *, source: str, path: str, sha256: str, document: str) -> None:
        """Remembers a source as a copy of a document."""
        self.flush()  # the document may still be waiting
        self._writer.link(source=source, path=path, sha256=sha256, document=document)

    def forget(self, source: str) -> None:
        """Removes a source."""
        self.flush()
        self._writer.forget(source)

    def flush(self) -> None:
        """Stores all that waits."""
        if not self._waiting:
            return
        texts = [embedded_text(ready.document, span) for ready in self._waiting for span in ready.spans]
        vectors = self._embedder.embed(texts)
        start = 0
        for ready in self._waiting:
            end = start + len(ready.spans)
            self._writer.put(
                ready.document, source=ready.source, sha256=ready.sha256, spans=ready.spans, vectors=vectors[start:end]
            )
            self.passages += len(ready.spans)
            start = end
        self._waiting.clear()


def embedded_text(document: Document, span: Span) -> str:
    """What is embedded for a passage: its words after the title, so that a passage deep in a text keeps its subject."""
    words, title = span.of(document.search_text), document.origin.title
    return words if not title or words.startswith(title) else f"{title}. {words}"
