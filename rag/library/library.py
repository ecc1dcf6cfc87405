"""The library: the catalog and the vectors as one thing."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import filelock

from rag.domain import Document, Passage, ScoredPassage, Within
from rag.errors import LibraryBusyError, LibraryError
from rag.library.catalog import Catalog
from rag.library.vectors import VectorStore
from rag.library.writer import LibraryWriter
from rag.ports import EVERYWHERE, Vectors

_CATALOG = "catalog.sqlite3"
_VECTORS = "chroma"
_REBUILD_BATCH = 1000
_PROBE_SECONDS = 60
_SAME = 0.999


class DiskLibrary:
    """The documents of one folder on disk. One process writes at a time; any number read."""

    def __init__(
        self, folder: Path, *, embedder: str, dimension: int, chroma_url: str | None = None, create: bool = False
    ) -> None:
        """Opens the library in `folder`.

        Raises LibraryError where there is none and `create` is false, LibraryMismatchError where it was made by
        another embedder. Vectors that are missing, behind or damaged are rebuilt from the catalog.
        """
        self.folder = folder
        if not create and not (folder / _CATALOG).exists():
            raise LibraryError(f"There is no library in {folder}. Make one with `footnoted ingest PATH`.")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"Cannot make the library folder {folder}: {error.strerror}. Choose another --library."
            ) from error
        self._file_lock = filelock.FileLock(folder / "writer.lock", thread_local=False)
        self._thread_lock = threading.RLock()  # the file lock parts processes, this one threads
        self._is_writer = False
        self._embedder, self._dimension, self._chroma_url = embedder, dimension, chroma_url
        self.catalog = Catalog(folder / _CATALOG, embedder=embedder, dimension=dimension)
        self._vectors: VectorStore | None = None
        self._vectors_generation = -1

    def close(self) -> None:
        """Lets go of the files."""
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
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
        # Chroma knows ids alone. A part of the library is searched in the catalog, which knows outlets and dates too.
        if within == EVERYWHERE:
            hits = self.vectors().search(vector, limit=limit)
        else:
            hits = self.catalog.nearest(vector, limit=limit, within=within)
        passages = self.catalog.passages([id_ for id_, _ in hits])
        return [ScoredPassage(passages[id_], score) for id_, score in hits if id_ in passages]

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

    def vectors(self) -> VectorStore:
        """The vector store: opened when first needed, anew after another process changed it, mended where damaged."""
        if self._is_writer and self._vectors is not None:
            return self._vectors
        with self._thread_lock:
            facts = self.catalog.facts()
            generation, unfinished = int(facts["generation"]), facts["writing"] == "1"
            if unfinished:
                try:
                    with self._locked():
                        self._vectors = self._recover()
                        generation = self.catalog.generation()
                        unfinished = False
                except LibraryBusyError:
                    pass  # another process is writing at this moment: search what it has written so far
            if self._vectors is None:
                self._vectors = self._open() if unfinished else self._open_complete()
            elif generation != self._vectors_generation:
                self._vectors.open()  # Chroma serves a stale graph until its client is made anew
            self._vectors_generation = generation
            return self._vectors

    def _open(self) -> VectorStore:
        return VectorStore(
            self.folder / _VECTORS, url=self._chroma_url, embedder=self._embedder, dimension=self._dimension
        )

    def _open_complete(self) -> VectorStore:
        try:
            store = self._open()
            if store.count() == self.catalog.counts()[1]:
                return store
            store.close()
        except LibraryError:
            pass  # damaged, or left by another embedder: made anew below
        with self._locked():
            return self._rebuild()

    def _recover(self) -> VectorStore:
        """After a writer that did not finish: adds and removes what differs, or rebuilds what cannot be opened."""
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
        if not self._survives_probe():
            return self._rebuild()
        store = self._open()
        self._mend(store)
        return store

    def _mend(self, store: VectorStore) -> None:
        """Brings the vectors up to the catalog, and takes the mark away."""
        wanted, held = self.catalog.passage_ids(), store.ids()
        self._put_from_catalog(store, [id_ for id_ in wanted if id_ not in held])
        store.delete(sorted(held.difference(wanted)))
        self._caught_up()

    def _caught_up(self) -> None:
        """Takes the mark away: the vectors are the catalog's."""
        self.catalog.set_writing(False)
        self._vectors_generation = self.catalog.generation()

    def _survives_probe(self) -> bool:
        if self._chroma_url:
            return True
        command = [
            sys.executable,
            "-m",
            "rag.library.probe",
            str(self.folder / _VECTORS),
            self._embedder,
            str(self._dimension),
        ]
        try:
            return subprocess.run(command, capture_output=True, timeout=_PROBE_SECONDS).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def _rebuild(self) -> VectorStore:
        """Makes the vectors anew from the catalog's cache; the writer's lock must be held."""
        self.catalog.set_writing(True)
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
        if self._chroma_url is None:
            _remove_folder(self.folder / _VECTORS)
        store = self._open()
        store.clear()
        self._put_from_catalog(store, self.catalog.passage_ids())
        self.catalog.set_writing(False)
        return store

    def _put_from_catalog(self, store: VectorStore, ids: Sequence[int]) -> None:
        for start in range(0, len(ids), _REBUILD_BATCH):
            part = ids[start : start + _REBUILD_BATCH]
            store.put(part, self.catalog.vectors(part))

    # -- writing -------------------------------------------------------------------------------------------------

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._thread_lock:
            try:
                self._file_lock.acquire(timeout=0)
            except filelock.Timeout:
                raise LibraryBusyError(
                    f"The library {self.folder} is being written by another process. Try again when it has finished."
                ) from None
            except OSError as error:
                raise LibraryError(
                    f"Cannot write the library {self.folder}: {error.strerror}. Choose another --library."
                ) from error
            try:
                yield
            finally:
                self._file_lock.release()

    @contextmanager
    def writing(self) -> Iterator[LibraryWriter]:
        """Writes to the library; raises LibraryBusyError where another process does."""
        with self._locked():
            store = self.vectors()
            self.catalog.set_writing(True)
            self._is_writer = True
            writer = LibraryWriter(self.catalog, store)
            try:
                yield writer
                writer.flush()
            except LibraryError:
                raise  # the mark stays, and the next search mends the vectors
            except BaseException:  # Ctrl-C, at any moment, or an error of the caller's: the catalog is whole
                self._mend(store)
                raise
            else:
                self._caught_up()
            finally:
                self._is_writer = False

    # -- health --------------------------------------------------------------------------------------------------

    def problems(self) -> list[str]:
        """What is wrong with the library, one line each; an empty list when all is well."""
        found = []
        integrity = self.catalog.integrity()
        if integrity != "ok":
            found.append(f"The catalog is damaged: {integrity}")
        if self.catalog.is_writing():
            found.append("A writer did not finish, or is writing now.")
        if not self._survives_probe():
            return [*found, "The vectors cannot be opened."]
        try:
            store = self._vectors or self._open()
            try:
                return found + self._differences(store)
            finally:
                if store is not self._vectors:
                    store.close()
        except LibraryError as error:
            return [*found, str(error)]

    def _differences(self, store: VectorStore) -> list[str]:
        wanted, held = set(self.catalog.passage_ids()), store.ids()
        found = []
        if held != wanted:
            found.append(f"{len(wanted - held)} passages have no vector, {len(held - wanted)} vectors have no passage.")
        sample = sorted(wanted & held)[:: max(1, len(wanted) // 20)]
        lost = sum(not _finds_itself(store, id_, self.catalog.vectors([id_])[0]) for id_ in sample)
        if lost:
            found.append(f"{lost} of {len(sample)} sampled passages are not found by their own vector.")
        return found

    def repair(self) -> None:
        """Rebuilds the vectors from the catalog, without embedding again."""
        with self._locked():
            self._vectors = self._rebuild()
            self._vectors_generation = self.catalog.generation()


def _finds_itself(store: VectorStore, id_: int, vector: Vectors) -> bool:
    hits = store.search(vector, limit=10)
    # Passages with the same words have the same vector: where ten others are as near, this one may come eleventh.
    return id_ in [found for found, _ in hits] or (len(hits) == 10 and hits[-1][1] > _SAME)


def _remove_folder(folder: Path) -> None:
    if folder.exists():
        # A rename is one step: a half-removed folder is never opened as a store.
        ruin = folder.with_name(folder.name + ".removed")
        shutil.rmtree(ruin, ignore_errors=True)
        folder.rename(ruin)
        shutil.rmtree(ruin, ignore_errors=True)
