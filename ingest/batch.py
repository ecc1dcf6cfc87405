"""Embeds the passages of several documents at once, then stores each document whole and in order."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from rag.domain import Document, Passage, Span
from rag.library.writer import LibraryWriter
from rag.ports import Embedder, Vectors

_PASSAGES = 128
_CONTEXT_WORDS = 30
"""More would leave too little of the embedder's 256 tokens to the words of the passage."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A document that is read and cut, and waits for its vectors."""

    document: Document
    source: str
    sha256: str
    """What the source is known by: its bytes, and what stood beside them."""
    content: str
    """The sha256 of the bytes alone."""
    spans: tuple[Span, ...]
    sketch: tuple[int, ...]
    tags: tuple[str, ...] = ()


class BatchWriter:
    """Writes to the library in the order of its calls; one batch is embedded while the one before it is written.

    What waits when a run is broken off is left out whole.
    """

    def __init__(self, writer: LibraryWriter, embedder: Embedder) -> None:
        self._writer = writer
        self._embedder = embedder
        self._waiting: list[Ready] = []
        self._underway: tuple[list[Ready], Future[Vectors]] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedding")
        self.passages = 0
        """How many passages were written so far."""
        self.retold: list[tuple[str, str]] = []
        """Documents that say nearly the same as another, each with the id of the first that did."""

    def waiting(self) -> Iterator[Ready]:
        """What is not written yet."""
        if self._underway is not None:
            yield from self._underway[0]
        yield from self._waiting

    def put(self, ready: Ready) -> None:
        """Stores a document, now or together with the next ones."""
        self._waiting.append(ready)
        if sum(len(waiting.spans) for waiting in self._waiting) >= _PASSAGES:
            self._embed()

    def link(self, *, source: str, path: str, sha256: str, document: str) -> None:
        """Remembers a source as a copy of a document."""
        self.flush()  # the document may still be waiting
        self._writer.link(source=source, path=path, sha256=sha256, document=document)

    def tag(self, source: str, names: Sequence[str]) -> None:
        """Gives tags to a source that is stored; what waits has its own."""
        self._writer.tag(source, names)

    def forget(self, source: str) -> None:
        """Removes a source."""
        self.flush()
        self._writer.forget(source)

    def flush(self) -> None:
        """Stores all that waits."""
        if self._waiting:
            self._embed()
        self.write_underway()

    def close(self) -> None:
        """Lets go of the thread that embeds."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _embed(self) -> None:
        """Begins to embed what waits, and meanwhile writes what was embedded before."""
        batch, self._waiting = self._waiting, []
        texts = [embedded_text(ready.document, span) for ready in batch for span in ready.spans]
        vectors = self._thread.submit(self._embedder.embed, texts)
        self.write_underway()
        self._underway = batch, vectors

    def write_underway(self) -> None:
        """Stores what is embedded or being embedded; what waits is left out."""
        if self._underway is None:
            return
        (batch, embedding), self._underway = self._underway, None
        vectors, start = embedding.result(), 0
        for ready in batch:
            end = start + len(ready.spans)
            self._writer.put(
                ready.document,
                source=ready.source,
                sha256=ready.sha256,
                content=ready.content,
                spans=ready.spans,
                sketch=ready.sketch,
                tags=ready.tags,
                vectors=vectors[start:end],
            )
            self.passages += len(ready.spans)
            start = end
            story = self._writer.story_of(ready.document.id)
            if story != ready.document.id:
                self.retold.append((ready.document.origin.path, story))


def embedded_text(document: Document, span: Span) -> str:
    """What is embedded for a passage: its words after the title and its headings, so that it keeps its subject."""
    passage = Passage.cut(document, span)
    words, title = passage.search_text, document.origin.title or ""
    around = passage.context.replace(title, " ") if title else passage.context
    before = [title, " ".join(around.split()[:_CONTEXT_WORDS])]
    return ". ".join([*(part for part in before if part and not words.startswith(part)), words])
