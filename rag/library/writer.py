"""Writing to the library: what goes into the catalog, and the vectors that follow."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from rag.domain import Document, Span
from rag.errors import LibraryError
from rag.library.catalog import Catalog, Entry
from rag.ports import Vectors

if TYPE_CHECKING:
    from rag.library.vectors import VectorStore

_VECTORS_AT_ONCE = 1000


class LibraryWriter:
    """Changes the library. Each call is whole in the catalog or not at all; the vectors follow, many at once."""

    def __init__(self, catalog: Catalog, store: "VectorStore") -> None:
        self._catalog = catalog
        self._store = store
        self._added: list[int] = []
        self._vectors: list[Vectors] = []
        self._removed: list[int] = []
        self._latest = ""

    def entries(self) -> dict[str, Entry]:
        """Every place a document was read from, by source."""
        return self._catalog.entries()

    def put(
        self,
        document: Document,
        *,
        source: str,
        sha256: str,
        spans: Sequence[Span],
        vectors: Vectors,
        content: str | None = None,
        sketch: Sequence[int] = (),
    ) -> None:
        """Stores a document with its passages, replacing what `source` held before (see `Catalog.put`)."""
        with self._naming(document.origin.path):
            added, removed = self._catalog.put(
                document, source=source, sha256=sha256, spans=spans, vectors=vectors, content=content, sketch=sketch
            )
        self._added += added
        self._vectors.append(vectors)
        self._remove(removed)

    def link(self, *, source: str, path: str, sha256: str, document: str) -> None:
        """Remembers `source` as another copy of a stored document."""
        with self._naming(path):
            removed = self._catalog.link(source=source, path=path, sha256=sha256, document=document)
        self._remove(removed)

    def forget(self, source: str) -> None:
        """Removes a source, and its document where no copy is left."""
        with self._naming(source):
            removed = self._catalog.forget(source)
        self._remove(removed)

    def story_of(self, document: str) -> str:
        """The id of the first document that tells nearly the same in the same words; its own where there is none."""
        return self._catalog.stories([document])[document]

    def _remove(self, ids: list[int]) -> None:
        self._removed += ids
        if len(self._added) + len(self._removed) >= _VECTORS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Brings the vectors up to the catalog."""
        try:
            if self._added:
                self._store.put(self._added, np.concatenate(self._vectors).astype(np.float32))
            self._store.delete(self._removed)
        except LibraryError as error:
            fault = f"The text of {self._latest} and of what came before it is stored, but not all vectors are"
            raise LibraryError(f"{fault}. {error}") from error
        self._added, self._vectors, self._removed = [], [], []

    @contextmanager
    def _naming(self, path: str) -> Iterator[None]:
        """What the catalog refuses is told with the document's name."""
        try:
            yield
        except LibraryError as error:
            raise LibraryError(f"{path} was not stored. {error} What came before it is in the library.") from error
        self._latest = path
