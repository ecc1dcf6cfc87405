"""The library: the catalog and the vectors as one thing."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import filelock

from rag.domain import Document, Origin, Passage, ScoredPassage, Within
from rag.errors import LibraryBusyError, LibraryError
from rag.library.catalog import Catalog
from rag.library.keeper import CHILD_LOCK, DoesTasks, shared_keeper
from rag.library.recovery import Recovery
from rag.library.writer import LibraryWriter
from rag.ports import EVERYWHERE, Vectors

if TYPE_CHECKING:
    from rag.library.vectors import VectorStore

_CATALOG = "catalog.sqlite3"
_VECTORS = "chroma"
_LOOKED_THROUGH = 400
"""Of how many nearest passages those of a part of a large library are taken: the graph looks at as many in any case."""
_PATIENCE_SECONDS = 2.0
"""How long a writer waits: a reader holds the lock for the moment in which it opens the vectors."""
_TURN_SECONDS = 0.05
"""How long a question waits for another thread before it looks whether that one writes."""


class DiskLibrary:
    """The documents of one folder on disk. One process writes at a time; any number read."""

    def __init__(
        self,
        folder: Path,
        *,
        embedder: str,
        dimension: int,
        chroma_url: str | None = None,
        create: bool = False,
        keeper: DoesTasks | None = None,
    ) -> None:
        """Opens the library in `folder`; `keeper` writes and checks its vectors, a process of this program by default.

        Raises LibraryError where there is none and `create` is false, LibraryMismatchError where it was made by
        another embedder. Vectors that are missing, behind or damaged are rebuilt from the catalog.
        """
        self.folder = folder
        if not _has_catalog(folder) and not create:
            raise LibraryError(f"There is no library in {folder}. Make one with `footnoted ingest PATH`.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"Cannot make the library folder {folder}: {error.strerror}. Choose another --library."
            ) from error
        self._file_lock = filelock.FileLock(folder / "writer.lock", thread_local=False)
        self._child_lock = filelock.FileLock(folder / CHILD_LOCK, thread_local=False)
        self._thread_lock = threading.RLock()  # the file lock parts processes, this one threads
        self._is_writer = False
        self._chroma_url = chroma_url
        self.catalog = Catalog(folder / _CATALOG, embedder=embedder, dimension=dimension)
        self._recovery = Recovery(
            self.catalog,
            folder / _VECTORS,
            url=chroma_url,
            embedder=embedder,
            dimension=dimension,
            keeper=keeper or shared_keeper(),
        )
        self._vectors: VectorStore | None = None
        self._vectors_generation = -1

    def close(self) -> None:
        """Lets go of the files."""
        self._let_go()
        self.catalog.close()

    # -- searching -----------------------------------------------------------------------------------------------

    def search_keywords(
        self, query: str, *, limit: int, emphasis: str = "", within: Within = EVERYWHERE
    ) -> list[ScoredPassage]:
        """Passages that share words with the query, best first, by BM25; the words of `emphasis` count once more."""
        return self.catalog.search(query, limit=limit, emphasis=emphasis, within=within)

    def search_vectors(self, vector: Vectors, *, limit: int, within: Within = EVERYWHERE) -> list[ScoredPassage]:
        """Passages near a vector of shape (dimension,), best first; the score is the cosine."""
        if self.catalog.is_empty():
            return []
        hits = self._near(vector, limit, within)
        passages = self.catalog.passages([id_ for id_, _ in hits])
        return [ScoredPassage(passages[id_], score) for id_, score in hits if id_ in passages]

    def _near(self, vector: Vectors, limit: int, within: Within) -> list[tuple[int, float]]:
        """The ids near a vector, with their cosine."""
        # Chroma knows ids alone. A part of the library is searched in the catalog, which knows outlets and dates too:
        # of a small library at once, of a large one where too few of the nearest are of this part. And all of it is
        # while the vectors cannot be had.
        everywhere = within == EVERYWHERE
        hits = None
        if everywhere or not self.catalog.is_small():
            hits = self._nearest(vector, limit if everywhere else _LOOKED_THROUGH)
        if hits is not None:
            if everywhere:
                return hits
            inside = self.catalog.inside([id_ for id_, _ in hits], within)
            if len(inside) >= limit:
                return [hit for hit in hits if hit[0] in inside][:limit]
        return self.catalog.nearest(vector, limit=limit, within=within)

    def _nearest(self, vector: Vectors, limit: int) -> list[tuple[int, float]] | None:
        """The ids near a vector by the graph; None where that cannot be had."""
        # The lock is held while searching, so that no thread lets go of the vectors; a writer holds it to its end.
        while not self._thread_lock.acquire(timeout=_TURN_SECONDS):
            if self._is_writer:
                return None
        try:
            store = self.vectors()
            return None if store is None else store.search(vector, limit=limit)
        finally:
            self._thread_lock.release()

    def similarities(self, vector: Vectors, passages: Sequence[Passage]) -> list[float]:
        """The cosine of each passage's vector with this one of shape (dimension,)."""
        return self.catalog.similarities(vector, passages)

    def outlets(self) -> tuple[str, ...]:
        """The outlets of the documents, each once."""
        return self.catalog.outlets()

    def authors(self) -> tuple[str, ...]:
        """The authors of the documents, each once."""
        return self.catalog.authors()

    def document_frequencies(self, words: Sequence[str]) -> tuple[list[int], int]:
        """In how many passages each word occurs, and how many passages there are."""
        return self.catalog.document_frequencies(words)

    def naming(self, words: Sequence[str], document_ids: Sequence[str]) -> set[str]:
        """Those of these documents in which some passage holds all of these words."""
        return self.catalog.naming(words, document_ids)

    def documents(self, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        """The id of every document within and where it comes from, by path."""
        return self.catalog.documents(within)

    def called(self, words: Sequence[str], *, limit: int, within: Within = EVERYWHERE) -> list[tuple[str, Origin]]:
        """Documents of no outlet whose title, file name or headings hold one of these words, by path."""
        return self.catalog.called(words, limit=limit, within=within)

    def document(self, document_id: str) -> Document:
        """A stored document; raises LibraryError where there is none."""
        return self.catalog.document(document_id)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in order."""
        return self.catalog.passages_of(document_id)

    def stories(self, document_ids: Sequence[str]) -> dict[str, str]:
        """The story of each of these documents: two with the same one say nearly the same in the same words."""
        return self.catalog.stories(document_ids)

    # -- vectors -------------------------------------------------------------------------------------------------

    def vectors(self) -> "VectorStore | None":
        """The vector store: opened when first needed, anew after a writer changed it, mended where damaged.

        None while somebody writes, and where this process may neither check nor mend what is there: reading files that
        are being rewritten can crash the reader. Raises LibraryError where a Chroma server fails.
        """
        if self._is_writer:
            return None
        with self._thread_lock:
            try:
                generation = self.catalog.generation()
                if self._vectors is None or generation != self._vectors_generation:
                    with self._locked():
                        self._let_go()  # Chroma serves a stale graph until its client is made anew
                        self._vectors = self._recovery.open()
                        self._vectors_generation = self.catalog.generation()
            except LibraryError:
                if self._chroma_url is not None:
                    raise
                return None
            return self._vectors

    def _let_go(self) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None

    def require_files(self) -> None:
        """Raises LibraryError where the library was removed while it was open."""
        if not self.catalog.path.exists():
            raise LibraryError(f"The library {self.folder} was removed while it was open. Start again, and ingest.")

    # -- writing -------------------------------------------------------------------------------------------------

    @contextmanager
    def _locked(self, *, patience_seconds: float = 0) -> Iterator[None]:
        with self._thread_lock, ExitStack() as stack:
            try:
                stack.enter_context(self._file_lock.acquire(timeout=patience_seconds))
                with self._child_lock.acquire(timeout=patience_seconds):
                    pass  # nobody whose parent was killed still has the vectors open
            except filelock.Timeout:
                raise LibraryBusyError(
                    f"The library {self.folder} is being written by another process. Try again when it has finished."
                ) from None
            except OSError as error:
                raise LibraryError(
                    f"Cannot write the library {self.folder}: {error.strerror}. Choose another --library."
                ) from error
            self.require_files()  # what is written to the open file would be lost with it
            yield

    @contextmanager
    def writing(self) -> Iterator[LibraryWriter]:
        """Writes to the library; raises LibraryBusyError where another process does."""
        with self._locked(patience_seconds=_PATIENCE_SECONDS):
            self._let_go()
            self._is_writer = True
            try:
                with LibraryWriter(self.catalog, self._recovery) as writer:
                    yield writer
            finally:
                self._is_writer = False

    # -- health --------------------------------------------------------------------------------------------------

    def outdated(self) -> list[str]:
        """How many documents an earlier version read, and what to do, in one line; nothing where there are none."""
        count = self.catalog.outdated_count()
        if not count:
            return []
        were = "1 document was" if count == 1 else f"{count} documents were"
        return [f"{were} read by an earlier version: run `footnoted ingest` or `footnoted doctor --repair`."]

    def problems(self) -> list[str]:
        """What is wrong with the library, one line each; an empty list when all is well."""
        integrity = self.catalog.integrity()
        found = [] if integrity == "ok" else [f"The catalog is damaged: {integrity}"]
        try:
            with self._locked():
                if self.catalog.is_writing():
                    found.append("A writer did not finish: the vectors are behind the catalog.")
                return found + self._recovery.problems()
        except LibraryError as error:
            return [*found, str(error)]

    def repair(self) -> None:
        """Rebuilds the vectors from the catalog, without embedding again."""
        with self._locked(patience_seconds=_PATIENCE_SECONDS):
            self._let_go()
            self._recovery.rebuild()


def _has_catalog(folder: Path) -> bool:
    """Whether there is a library; raises LibraryError where only its vectors are left."""
    catalog = folder / _CATALOG
    if catalog.exists() and catalog.stat().st_size:
        return True
    if (folder / _VECTORS).exists():  # else an empty library would be made in its place, without a word
        fault = f"The catalog {catalog} is {'empty' if catalog.exists() else 'missing'}, though there are vectors"
        raise LibraryError(f"{fault}. Restore it, or remove the folder and ingest again.")
    return False
