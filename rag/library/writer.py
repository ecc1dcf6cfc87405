"""Writing to the library: what goes into the catalog, and the vectors that follow."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rag.domain import Document, Span
from rag.errors import LibraryError
from rag.library.catalog import Catalog
from rag.library.recovery import Recovery
from rag.ports import Vectors

_VECTORS_AT_ONCE = 1000


class LibraryWriter:
    """Changes the library. Each call is whole in the catalog or not at all.

    The vectors follow, many at once and while more is written. Leaving the context brings them up to the catalog,
    unless a LibraryError ends it: then the mark stays, and whoever opens the vectors next mends them.
    """

    def __init__(self, catalog: Catalog, recovery: Recovery) -> None:
        self._catalog = catalog
        self._recovery = recovery
        self._needed = recovery.begin()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="vectors")
        self._adding: Future[bool] | None = None
        self._added: list[int] = []
        self._latest = ""

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
        tags: Sequence[str] = (),
    ) -> None:
        """Stores a document with its passages, replacing what `source` held before (see `Catalog.put`)."""
        with self._naming(document.origin.path):
            self._added += self._catalog.put(
                document,
                source=source,
                sha256=sha256,
                spans=spans,
                vectors=vectors,
                content=content,
                sketch=sketch,
                tags=tags,
            )
        if len(self._added) >= _VECTORS_AT_ONCE:
            self._add()

    def link(self, *, source: str, path: str, sha256: str, document: str) -> None:
        """Remembers `source` as another copy of a stored document."""
        with self._naming(path):
            self._catalog.link(source=source, path=path, sha256=sha256, document=document)

    def tag(self, source: str, names: Sequence[str]) -> None:
        """Gives tags to what was read from a place."""
        self._catalog.tag(source, names)

    def forget(self, source: str) -> None:
        """Removes a source, and its document where no copy is left."""
        with self._naming(source):
            self._catalog.forget(source)

    def story_of(self, document: str) -> str:
        """The id of the first document that tells nearly the same in the same words; its own where there is none."""
        return self._catalog.stories([document])[document]

    @contextmanager
    def _naming(self, path: str) -> Iterator[None]:
        """What the catalog refuses is told with the document's name."""
        try:
            yield
        except LibraryError as error:
            raise LibraryError(f"{path} was not stored. {error} What came before it is in the library.") from error
        if not self._latest:
            self._recovery.start()
        self._latest = path

    # -- the vectors ---------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if isinstance(error, LibraryError):
                self._wait()
                self._recovery.stop_adding()
            else:  # also on Ctrl-C, at any moment, or an error of the caller's: the catalog is whole
                self._finish()
        finally:
            self._thread.shutdown(wait=False)

    def _add(self) -> None:
        """Has the vectors of what was added written, unless those before are still being written."""
        if self._adding is None or self._adding.done():
            self._wait()
            if self._needed != "rebuild":
                ids, self._added = self._added, []
                self._adding = self._thread.submit(self._recovery.add, ids)

    def _wait(self) -> None:
        """Waits for the vectors that are being written; where that fails, all of them are made anew at the end."""
        if self._adding is not None and not self._adding.result():
            self._needed = "rebuild"
        self._adding = None

    def _finish(self) -> None:
        """Brings the vectors up to the catalog."""
        try:
            self._wait()
            if self._needed is not None or self._catalog.is_writing():
                self._recovery.finish(self._needed or "mend")
        except LibraryError as error:
            if not self._latest:
                raise
            fault = f"The text of {self._latest} and of what came before it is stored, but not all vectors are"
            raise LibraryError(f"{fault}. {error}") from error
